"""The folder of one rehearsal: whole lines, whatever fails."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from coach.errors import InputError, StorageError
from coach.events import dump_record
from coach.store.files import RehearsalFiles, is_owned, load_folder
from tests.store import examples


def _folder(path: Path, raw: bytes) -> Path:
    path.mkdir()
    (path / "events.jsonl").write_bytes(raw)
    (path / "scenario.yaml").write_text(examples.SCENARIO, encoding="utf-8")
    return path


def _lines(ended: bool = False) -> list[bytes]:
    return [dump_record(record) + b"\n" for record in examples.log(ended=ended)]


def test_what_was_appended_is_loaded_again(tmp_path: Path) -> None:
    files = RehearsalFiles.create(tmp_path / "r1", examples.SCENARIO)
    files.append(examples.log(ended=True)[:2])
    files.append(examples.log(ended=True)[2:])
    files.save_scorecard('{"a": 1}')
    files.close()

    saved = load_folder(tmp_path / "r1")

    assert saved.records == tuple(examples.log(ended=True))
    assert (saved.scenario_text, saved.scorecard_text, saved.dropped) == (examples.SCENARIO, '{"a": 1}', ())
    assert saved.started == examples.started()


def test_lines_are_on_disk_before_the_folder_is_closed(tmp_path: Path) -> None:
    files = RehearsalFiles.create(tmp_path / "r1", examples.SCENARIO)
    files.append(examples.log())
    assert load_folder(tmp_path / "r1").records == tuple(examples.log())
    files.close()


def test_the_scenario_is_kept_to_the_byte(tmp_path: Path) -> None:
    text = "id: a\r\ntitle: 亚麻\n\n# end without newline"
    RehearsalFiles.create(tmp_path / "r1", text).close()
    assert (tmp_path / "r1" / "scenario.yaml").read_bytes() == text.encode()


@pytest.mark.parametrize(
    ("tail", "kept", "note"),
    [
        (b"", 3, None),
        (_lines()[2][:-20], 3, "cut off"),
        (b'{"seq":3', 3, "events.jsonl:4: dropped 8 bytes: the last line was cut off"),
        (b"\x00" * 40, 3, "cut off"),
        (_lines(ended=True)[3].rstrip(), 4, None),
    ],
)
def test_a_cut_last_line_is_dropped_and_reported(tmp_path: Path, tail: bytes, kept: int, note: str | None) -> None:
    folder = _folder(tmp_path / "r1", b"".join(_lines()) + tail)

    saved = load_folder(folder)

    assert len(saved.records) == kept
    assert bool(saved.dropped) == (note is not None)
    assert note is None or note in saved.dropped[0]


def test_a_broken_line_in_the_middle_is_named_and_the_rest_kept(tmp_path: Path) -> None:
    first, second, third = _lines()
    saved = load_folder(_folder(tmp_path / "r1", first + b"{broken\n" + second + third))
    assert len(saved.records) == 3
    assert saved.dropped[0].startswith("events.jsonl:2: dropped 7 bytes: Not a record")


def test_reopening_removes_a_cut_line_and_goes_on_after_it(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "r1", b"".join(_lines()) + b'{"seq":3,"at"')
    files = RehearsalFiles.reopen(folder)
    files.append(examples.log(ended=True))
    files.close()
    assert (folder / "events.jsonl").read_bytes() == b"".join(_lines(ended=True))


def test_reopening_completes_a_line_that_lacks_only_its_newline(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "r1", b"".join(_lines()).rstrip())
    files = RehearsalFiles.reopen(folder)
    files.append(examples.log(ended=True)[3:])
    files.close()
    assert (folder / "events.jsonl").read_bytes() == b"".join(_lines(ended=True))


def test_a_gap_in_the_log_is_refused(tmp_path: Path) -> None:
    files = RehearsalFiles.create(tmp_path / "r1", examples.SCENARIO)
    with pytest.raises(StorageError, match="record 2 cannot follow"):
        files.append(examples.log()[2:])
    files.close()


def test_one_folder_has_one_writer(tmp_path: Path) -> None:
    files = RehearsalFiles.create(tmp_path / "r1", examples.SCENARIO)
    assert is_owned(tmp_path / "r1")
    with pytest.raises(StorageError, match="another process"):
        RehearsalFiles.reopen(tmp_path / "r1")
    files.close()
    files.close()
    assert not is_owned(tmp_path / "r1")


def test_a_folder_is_never_made_twice(tmp_path: Path) -> None:
    RehearsalFiles.create(tmp_path / "r1", examples.SCENARIO).close()
    with pytest.raises(StorageError, match="could not be made"):
        RehearsalFiles.create(tmp_path / "r1", examples.SCENARIO)


def test_a_folder_without_a_log_is_no_rehearsal(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"events\.jsonl"):
        load_folder(tmp_path)


_FULL_DISK = """
import resource, sys
from pathlib import Path
from coach.errors import StorageError
from coach.store.files import RehearsalFiles
from tests.store import examples

folder = Path(sys.argv[1])
files = RehearsalFiles.create(folder, examples.SCENARIO)
records = examples.log(ended=True)
files.append(records[:2])
used = (folder / "events.jsonl").stat().st_size
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
for limit, write in ((used + 10, lambda: files.append(records[2:])), (8, lambda: files.save_scorecard("x" * 100))):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        write()
        raise SystemExit("expected StorageError")
    except StorageError:
        pass
assert (folder / "events.jsonl").stat().st_size == used
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
files.append(records)
files.close()
assert sorted(path.name for path in folder.iterdir()) == ["events.jsonl", "scenario.yaml", "writer.lock"]
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file size")
def test_a_failed_write_leaves_whole_lines_and_may_be_tried_again(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", _FULL_DISK, str(tmp_path / "r1")], check=True, timeout=60)
    assert load_folder(tmp_path / "r1").records == tuple(examples.log(ended=True))
