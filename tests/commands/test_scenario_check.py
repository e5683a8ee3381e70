"""`scenario check` as a mentor uses it: findings, JSON, --fix with its copy, languages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import run_coach
from coach.clock import wall_time
from tests.scenario.samples import VALID, broken

TODAY = f"{wall_time():%Y-%m-%d}"
SOUND = VALID.replace("2026-11-01", TODAY)


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))


def written(folder: Path, old: str = "", new: str = "") -> Path:
    path = folder / "mug.yaml"
    text = broken(old, new) if old else VALID
    path.write_text(text.replace("2026-11-01", TODAY), encoding="utf-8")
    return path


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, dict[str, Any]]:
    code = run_coach.main(["scenario", "check", "--json", *map(str, arguments)])
    return code, json.loads(capsys.readouterr().out)


def test_json_has_the_same_keys_for_every_finding_in_both_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, found = as_json(capsys, written(tmp_path, "type: troll", "type: trol"))
    assert (code, found["errors"]) == (1, 1)
    by_rule = {one["rule"]: one for one in found["findings"]}
    error = by_rule["not_one_of"]
    assert (error["line"], error["column"], error["severity"]) == (16, 21, "error")
    assert error["message"]["en"].startswith("expected one of haggler")
    assert error["message"]["zh"].startswith("应为 haggler")
    assert error["suggestion"] == {"zh": "是不是想写 'troll'？", "en": "did you mean 'troll'?"}
    assert (error["fixable"], error["fixed"]) == (True, False)
    keys = {"file", "line", "column", "field", "rule", "severity", "message", "suggestion", "fixable", "fixed"}
    assert all(set(one) == keys for one in found["findings"])


def test_fix_writes_the_file_keeps_a_copy_and_shows_the_difference(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "type: troll", "type: Troll")
    before = path.read_text(encoding="utf-8")
    path.chmod(0o640)
    assert run_coach.main(["scenario", "check", "--fix", "--lang", "en", str(path)]) == 0
    told = capsys.readouterr().out
    assert "-  - {id: tom, type: Troll, name: Tom}" in told
    assert "+  - {id: tom, type: troll, name: Tom}" in told
    assert path.with_name("mug.yaml.bak").read_text(encoding="utf-8") == before
    assert path.stat().st_mode & 0o777 == 0o640
    assert run_coach.main(["scenario", "check", "--fix", str(path)]) == 0
    assert len(list(tmp_path.glob("mug.yaml.bak*"))) == 1, "nothing to fix, no second copy"


def test_what_was_fixed_is_in_the_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, found = as_json(capsys, "--fix", written(tmp_path, "type: troll", "type: Troll"))
    assert code == 0
    assert {one["rule"] for one in found["findings"] if one["fixed"]} == {"not_one_of", "schema_line"}


def test_a_read_only_file_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, "type: troll", "type: Troll")
    path.chmod(0o444)
    assert run_coach.main(["scenario", "check", "--fix", "--lang", "zh", str(path)]) == 2
    assert "只读" in "".join(capsys.readouterr().err.split())
    assert "type: Troll" in path.read_text(encoding="utf-8")
    assert not list(tmp_path.glob("*.bak"))


def test_a_file_in_a_chinese_encoding_is_named_and_can_be_fixed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "gb.yaml"
    path.write_bytes(SOUND.replace("title: Mug", "title: 好看的杯子，送人也行").encode("gb18030"))
    code, found = as_json(capsys, path)
    assert (code, found["findings"][0]["rule"], found["findings"][0]["line"]) == (1, "encoding", 3)
    assert "GB18030" in found["findings"][0]["suggestion"]["en"]
    before = path.read_bytes()
    path.with_name("gb.yaml.bak").write_text("somebody's own copy")
    assert run_coach.main(["scenario", "check", "--fix", "--lang", "zh", str(path)]) == 0
    assert "好看的杯子，送人也行" in path.read_text(encoding="utf-8")
    told = capsys.readouterr().out
    assert f"{path}：原来是 GBK (GB18030) 编码，已改存为 UTF-8" in told
    assert f"原文件存为 {path.with_name('gb.yaml.bak2')}" in told
    assert path.with_name("gb.yaml.bak2").read_bytes() == before


def test_every_line_is_chinese_where_chinese_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_coach.main(["scenario", "check", "--lang", "zh", str(written(tmp_path, "floor: 10", "floor: 13"))])
    told = capsys.readouterr().err
    assert "错误: 应有 floor ≤ live" in told
    assert "建议" in told


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_two_files_with_one_id_are_an_error_that_names_both(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    for name in ("a.yaml", "b.yaml", "other.yaml"):
        (tmp_path / name).write_text(SOUND.replace("id: en-mug", f"id: en-{name[0].replace('b', 'a')}"))
    assert run_coach.main(["scenario", "check", "--lang", lang, str(tmp_path)]) == 1
    [told] = [line for line in capsys.readouterr().err.splitlines() if "[same_id]" in line]
    assert told.startswith(f"{tmp_path / 'b.yaml'}:1:5 (id): {'错误' if lang == 'zh' else 'error'}: ")
    assert str(tmp_path / "a.yaml") in told
    one = str(tmp_path / "a.yaml")
    assert run_coach.main(["scenario", "check", one, one]) == 0, "one file, named twice"


@pytest.mark.parametrize(("beside", "code"), [("events.jsonl", 0), ("talk.jsonl", 1)])
def test_rehearsals_that_were_kept_share_the_id_of_their_scenario(tmp_path: Path, beside: str, code: int) -> None:
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / beside).touch()
        (folder / "scenario.yaml").write_text(SOUND, encoding="utf-8")
    assert run_coach.main(["scenario", "check", str(tmp_path)]) == code
