from __future__ import annotations

import csv
import json
import zlib
from pathlib import Path
from typing import Any

import pytest

from coach.events import dump_record
from coach.score.batch.job import Outcome, Task
from coach.score.batch.outputs import csv_lines
from coach.score.batch.rows import COLUMNS
from coach.score.batch.work import score_file
from coach.score.proposals import Proposal, Proposals
from coach.score.scorer import score
from tests.score.batch.files import GOOD, OTHER, SCENARIO, folder, job, scored
from tests.score.logs import log, said


def whole(outcome: Outcome) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(zlib.decompress(outcome.line))
    return value


def test_every_file_gives_an_outcome_with_its_own_problems(tmp_path: Path) -> None:
    root = folder(tmp_path)
    good, bad, partly = scored([root / "a.jsonl", root / "c.jsonl", root / "deep" / "b.jsonl"])
    assert (good.error, good.problems, bool(good.fingerprint)) == (None, (), True)
    assert (bad.fingerprint, str(root / "c.jsonl") in str(bad.error)) == ("", True)
    assert [problem.place.line for problem in partly.problems] == [2]
    assert [bool(whole(item)["scorecard"]) for item in (good, bad, partly)] == [True, False, True]
    assert whole(partly)["problems"] == [str(problem) for problem in partly.problems]


def test_a_fault_of_the_scorer_costs_one_file_its_result_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    faults = iter([ZeroDivisionError("division by zero")])

    def faulty(*arguments: Any, **more: Any) -> Any:
        for fault in faults:
            raise fault
        return score(*arguments, **more)

    monkeypatch.setattr("coach.score.batch.work.score", faulty)
    root = folder(tmp_path)
    outcomes = scored([root / "a.jsonl", root / "deep" / "b.jsonl"])
    assert [outcome.error is None for outcome in outcomes] == [False, True]
    assert f"{root / 'a.jsonl'}: scoring failed (ZeroDivisionError: division by zero)" in str(outcomes[0].error)
    assert "a.jsonl" in caplog.text


def test_without_a_scenario_the_one_beside_the_file_is_used_or_missed(tmp_path: Path) -> None:
    path = folder(tmp_path) / "a.jsonl"
    [missed] = scored([path], job(scenario_text=None))
    (tmp_path / "scenario.yaml").write_text(SCENARIO, encoding="utf-8")
    [found] = scored([path], job(scenario_text=None))
    (tmp_path / "scenario.yaml").write_text("id: [", encoding="utf-8")
    [broken] = scored([path], job(scenario_text=None))
    assert "expected a scenario" in str(missed.error)
    assert found.row["scenario_id"] == "zh-shirt"
    assert str(tmp_path / "scenario.yaml") in str(broken.error)


@pytest.mark.parametrize(
    ("change", "is_other"),
    [
        ({}, False),
        ({"version": "2"}, True),
        ({"streamer_pattern": "{}"}, True),
        ({"scenario_text": SCENARIO + "# reviewed\n"}, True),
    ],
)
def test_a_kept_result_stands_until_something_it_depends_on_changes(
    tmp_path: Path, change: dict[str, Any], is_other: bool
) -> None:
    path = str(folder(tmp_path) / "a.jsonl")
    first = score_file(Task(path), job())
    again = score_file(Task(path, first.fingerprint), job(**change))
    assert again.unchanged is not is_other
    Path(path).write_text(OTHER, encoding="utf-8")
    assert not score_file(Task(path, first.fingerprint), job()).unchanged


def test_the_scenario_beside_a_file_and_the_sound_beside_a_log_count_as_its_content(tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text(SCENARIO, encoding="utf-8")
    path = tmp_path / "events.jsonl"
    path.write_text(GOOD, encoding="utf-8")
    (tmp_path / "streamer.ogg").write_bytes(b"one")
    first = score_file(Task(str(path)), job(scenario_text=None)).fingerprint
    (tmp_path / "streamer.ogg").write_bytes(b"two")
    second = score_file(Task(str(path)), job(scenario_text=None)).fingerprint
    (tmp_path / "scenario.yaml").write_text(SCENARIO + "# x\n", encoding="utf-8")
    third = score_file(Task(str(path)), job(scenario_text=None)).fingerprint
    assert len({first, second, third}) == 3


def test_a_log_is_scored_with_the_measures_of_its_recording(tmp_path: Path) -> None:
    from coach.events import dump_record
    from coach.score.voice import VoiceFeatures

    records = log(said(1.0, 6.0, "这件很透气，55%亚麻"), end=8.0)
    (tmp_path / "events.jsonl").write_text(
        "\n".join(dump_record(record).decode() for record in records), encoding="utf-8"
    )
    (tmp_path / "streamer.ogg").write_bytes(b"sound")
    [outcome] = scored(
        [tmp_path / "events.jsonl"], job(measure=lambda _: VoiceFeatures(((1.0, 6.0),), 8.0, "a detector"))
    )
    assert whole(outcome)["scorecard"]["versions"]["engines"]["voice_features"] == "a detector"


def test_a_recording_that_cannot_be_measured_is_left_out_and_told(tmp_path: Path) -> None:
    from coach.error_texts import in_chinese
    from coach.errors import AudioInputError
    from coach.events import dump_record

    def refuse(folder: Path) -> None:
        raise AudioInputError("{path}: the file is empty (0 bytes). Record or export it again.", path="streamer.ogg")

    records = log(said(1.0, 6.0, "这件很透气，55%亚麻"), end=8.0)
    path = tmp_path / "events.jsonl"
    path.write_text("\n".join(dump_record(record).decode() for record in records), encoding="utf-8")
    (tmp_path / "streamer.ogg").write_bytes(b"")
    [outcome] = scored([path], job(measure=refuse))
    [problem] = outcome.problems
    assert str(problem) == f"{path}: the recording was not measured: streamer.ogg: the file is empty (0 bytes). " + (
        "Record or export it again."
    )
    assert in_chinese(problem.text) == "没有测量录音：streamer.ogg：文件是空的（0 字节）。请重新录制或导出。"
    assert (outcome.row["problems"], outcome.row["hit"]) == (1, 1)


def test_a_recording_is_heard_and_nobody_elses_voice(tmp_path: Path) -> None:
    path = tmp_path / "take.m4a"
    path.write_bytes(b"sound")
    records = log(said(1.0, 6.0, "这件很透气，55%亚麻"), end=8.0)
    from coach.score.formats.turn import Reading
    from coach.score.transcript import ImportedTranscript

    heard = job(hear=lambda path, scenario: (ImportedTranscript(tuple(records), (), has_times=True), None))
    [outcome] = scored([path], heard)
    [viewers] = scored([path], job(hear=heard.hear, reading=Reading("viewer")))
    [deaf] = scored([path])
    assert outcome.row["hit"] == 1
    assert "streamer's voice" in str(viewers.error)
    assert "cannot be transcribed" in str(deaf.error)


def test_rows_read_back(tmp_path: Path) -> None:
    root = folder(tmp_path)
    outcomes = scored([root / "a.jsonl", root / "c.jsonl"])
    rows = list(csv.DictReader("".join(csv_lines(outcome.row for outcome in outcomes)).splitlines()))
    assert list(rows[0]) == list(COLUMNS)
    assert rows[0]["coverage"] == "66.7"
    assert (rows[0]["pacing"], rows[0]["compliance_h"], rows[0]["unanswered"]) == ("", "0", "0")
    assert rows[1]["error"].startswith(str(root / "c.jsonl"))


def test_cells_that_a_spreadsheet_would_run_are_quoted() -> None:
    _, line = csv_lines([{"path": "=cmd.jsonl"}])
    assert line.startswith("'=cmd")


def test_what_a_model_proposed_is_used_beside_a_log_alone(tmp_path: Path) -> None:
    words = json.dumps({"t0": 0, "t1": 9, "role": "streamer", "text": "大热天站一下午后背都是爽的"}, ensure_ascii=False)
    (tmp_path / "a.jsonl").write_text(words, encoding="utf-8")
    (tmp_path / "events.jsonl").write_bytes(
        b"\n".join(map(dump_record, log(said(0, 9, json.loads(words)["text"]), end=9)))
    )
    claim = Proposal(point="breathable", turn=0, quote="站一下午后背都是爽的")
    kept = Proposals(model="m", prompt="p", proposals=(claim,))
    how, plain = job(proposed=lambda folder: kept if folder == tmp_path else None), job()
    states = [
        [whole(outcome)["scorecard"]["coverage"][0]["state"] for outcome in scored([tmp_path / name], one)]
        for name in ("events.jsonl", "a.jsonl")
        for one in (how, plain)
    ]
    assert states == [["partial"], ["miss"], ["miss"], ["miss"]]
    first = score_file(Task(str(tmp_path / "events.jsonl")), plain)
    assert not score_file(Task(first.path, first.fingerprint), how).unchanged


def test_a_talk_in_another_language_is_refused_instead_of_scored_as_missing_everything(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("主播：" + "hello everyone and welcome to the stream today " * 4, encoding="utf-8")
    outcome = score_file(Task(str(path)), job())
    assert outcome.error is not None
    assert "not in the language of the scenario" in str(outcome.error)
    path.write_text("主播：今天这款 OPPO 的 logo 很 nice，" * 3, encoding="utf-8")
    assert score_file(Task(str(path)), job()).error is None
