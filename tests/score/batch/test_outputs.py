from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from coach.errors import Sentence, StorageError
from coach.score.batch.job import Job
from coach.score.batch.journal import Journal, opened
from coach.score.batch.local import score_here
from coach.score.batch.outputs import FORMATS, PROBLEMS, write_all
from coach.score.batch.rows import COLUMNS
from coach.score.batch.sentences import kept, told
from tests.score.batch.files import OTHER, folder, job


def filled(journal: Journal, root: Path, how: Job | None = None, *, backwards: bool = False) -> None:
    paths = sorted(str(path) for path in root.rglob("*.jsonl"))
    journal.list_files(paths)
    tasks = list(journal.tasks())
    for outcome in score_here(tasks[::-1] if backwards else tasks, how or job(roots=(str(root),))):
        journal.keep(outcome)


def written(root: Path, out: Path, formats: Sequence[str] = FORMATS, *, backwards: bool = False) -> dict[str, bytes]:
    with opened(out) as journal:
        filled(journal, root, backwards=backwards)
        write_all(journal, out, formats, "en")
    return {path.name: path.read_bytes() for path in out.iterdir() if "journal" not in path.name}


def test_files_come_out_the_same_in_whatever_order_they_were_done(tmp_path: Path) -> None:
    root = folder(tmp_path / "in")
    (root / "d.jsonl").write_text(OTHER, encoding="utf-8")
    once = written(root, tmp_path / "one")
    assert written(root, tmp_path / "two", backwards=True) == once
    assert sorted(once) == sorted([*(f"scores.{name}" for name in FORMATS), PROBLEMS])
    lines = [json.loads(line) for line in once["scores.jsonl"].splitlines()]
    assert [Path(line["path"]).name for line in lines] == ["a.jsonl", "c.jsonl", "d.jsonl", "b.jsonl"]
    assert b"deep/b.jsonl:2: not valid JSON" in once[PROBLEMS]


def test_lines_left_out_are_told_in_the_language_of_the_reader_and_data_stay_the_same(tmp_path: Path) -> None:
    root = folder(tmp_path / "in")
    with opened(tmp_path / "out") as journal:
        filled(journal, root)
        found = {}
        for language in ("en", "zh"):
            write_all(journal, tmp_path / "out", ["csv"], language)
            found[language] = (tmp_path / "out" / PROBLEMS).read_text(), (tmp_path / "out" / "scores.csv").read_bytes()
    assert "b.jsonl:2: not valid JSON" in found["en"][0]
    assert "b.jsonl:2: 不是有效的 JSON" in found["zh"][0]
    assert found["en"][1] == found["zh"][1]


def test_a_path_that_is_no_text_is_kept_in_a_sentence(tmp_path: Path) -> None:
    said = Sentence("{path}: the file is empty", path="a\udcff.txt")
    assert told(json.loads(json.dumps(kept(said))), "zh") == "a?.txt：文件是空的"


def test_parquet_holds_typed_columns(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    out = tmp_path / "out"
    written(folder(tmp_path / "in"), out, ["parquet"])
    table = parquet.read_table(out / "scores.parquet")
    assert table.column_names == list(COLUMNS)
    assert [str(table.schema.field(name).type) for name in ("path", "overall", "passed", "hit")] == [
        "string",
        "double",
        "bool",
        "int32",
    ]
    assert table.column("coverage").to_pylist() == [66.7, None, 66.7]


def test_nothing_is_left_out_and_then_no_list_of_it(tmp_path: Path) -> None:
    root, out = folder(tmp_path / "in"), tmp_path / "out"
    (root / "c.jsonl").write_text(OTHER, encoding="utf-8")
    (root / "deep" / "b.jsonl").write_text(OTHER, encoding="utf-8")
    out.mkdir()
    (out / PROBLEMS).write_text("of an earlier run", encoding="utf-8")
    assert PROBLEMS not in written(root, out, ["csv"])


def test_a_disk_that_refuses_is_told_in_a_sentence(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with opened(out) as journal:
        filled(journal, folder(tmp_path / "in"))
        (out / "scores.csv").mkdir()
        with pytest.raises(StorageError, match=r"scores\.csv could not be written"):
            write_all(journal, out, ["csv"], "en")
