from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from coach.errors import InputError
from coach.score import score
from coach.score.batch import FIELDS, csv_header, csv_line, find_files, jsonl_line, score_files
from tests.score.logs import scenario

GOOD = json.dumps({"t0": 0, "t1": 9, "role": "streamer", "text": "这件很透气，55%亚麻"}, ensure_ascii=False)


def folder(path: Path) -> Path:
    (path / "deep").mkdir()
    (path / "a.jsonl").write_text(GOOD, encoding="utf-8")
    (path / "deep" / "b.jsonl").write_text(GOOD + "\nbroken", encoding="utf-8")
    (path / "c.jsonl").write_text("broken", encoding="utf-8")
    (path / "note.txt").write_text("x", encoding="utf-8")
    return path


def test_folders_are_searched_and_each_file_is_taken_once(tmp_path: Path) -> None:
    found = find_files([folder(tmp_path), tmp_path / "a.jsonl"])
    assert [path.name for path in found] == ["a.jsonl", "c.jsonl", "b.jsonl"]


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        find_files([tmp_path / "nowhere"])


def test_every_file_gives_a_result_with_its_own_problems(tmp_path: Path) -> None:
    results = list(score_files(find_files([folder(tmp_path)]), scenario()))
    assert [(result.path.name, result.scorecard is not None, len(result.problems)) for result in results] == [
        ("a.jsonl", True, 0),
        ("c.jsonl", False, 0),
        ("b.jsonl", True, 1),
    ]
    assert "c.jsonl" in (results[1].error or "")


def test_a_fault_of_the_scorer_costs_one_file_its_result_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    faults = iter([ZeroDivisionError("division by zero")])

    def faulty(*arguments: Any) -> Any:
        for fault in faults:
            raise fault
        return score(*arguments)

    monkeypatch.setattr("coach.score.batch.score", faulty)
    results = list(score_files(find_files([folder(tmp_path)]), scenario()))
    assert [result.scorecard is not None for result in results] == [False, False, True]
    assert f"{tmp_path / 'a.jsonl'}: scoring failed (ZeroDivisionError: division by zero)" in (results[0].error or "")
    assert "a.jsonl" in caplog.text


def test_without_a_scenario_the_one_beside_the_file_is_used_or_missed(tmp_path: Path) -> None:
    [result] = score_files([folder(tmp_path) / "a.jsonl"])
    assert "expected a scenario" in (result.error or "")


def test_rows_read_back(tmp_path: Path) -> None:
    results = list(score_files(find_files([folder(tmp_path)]), scenario()))
    rows = list(csv.DictReader((csv_header() + "".join(map(csv_line, results))).splitlines()))
    assert list(rows[0]) == list(FIELDS)
    assert rows[0]["coverage"] == "66.7"
    assert rows[0]["pacing"] == ""
    assert [bool(json.loads(jsonl_line(result))["scorecard"]) for result in results] == [True, False, True]


def test_cells_that_a_spreadsheet_would_run_are_quoted(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(GOOD, encoding="utf-8")
    [result] = score_files([path], scenario())
    odd = type(result)(Path("=cmd.jsonl"), result.scorecard)
    assert csv_line(odd).startswith("'=cmd")


@pytest.mark.slow
def test_several_processes_give_the_same_results_in_the_same_order(tmp_path: Path) -> None:
    files = find_files([folder(tmp_path)])
    assert list(score_files(files, scenario(), workers=2)) == list(score_files(files, scenario()))
