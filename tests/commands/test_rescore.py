"""`rescore`: shows what changed; writes only when told, and keeps the old scorecard beside the new one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import run_coach
from coach.events import Record, RehearsalEnded
from coach.scenario.library import Library
from coach.score.scorecard import Scorecard
from coach.store.files import replace_scorecard
from coach.store.keeper import Keeper
from coach.store.repository import SqlRehearsalStore
from coach.store.summary import summary_of_scorecard
from commands.scoring import score_saved
from tests import started as beginnings
from tests.commands.examples import STARTED_AT, log, summary
from tests.commands.running import ROOT

KETTLE = next(loaded.text for loaded in Library([ROOT / "scenarios"]).all() if loaded.scenario.id == "en-pour-kettle")


def ended(name: str) -> list[Record]:
    """The log of a typed rehearsal that was ended."""
    records = log(name)
    return [*records, Record(seq=len(records), at=60.0, event=RehearsalEnded(reason="streamer"))]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with two scored rehearsals, of which the first was scored by an older version."""
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    store = SqlRehearsalStore(f"sqlite:///{tmp_path / 'coach.db'}")
    keeper = Keeper(tmp_path / "rehearsals", store)
    for name in ("r1", "r2"):
        files = keeper.open(summary(name), KETTLE)
        files.append(ended(name))
        card = score_saved(keeper.load(name))
        card = outdated(card) if name == "r1" else card
        files.save_scorecard(card.model_dump_json())
        files.close()
        keeper.update(summary_of_scorecard(card, STARTED_AT))
    store.close()
    return tmp_path


def outdated(card: Scorecard) -> Scorecard:
    scores = [item.model_copy(update={"value": 99.0}) if item.id == "coverage" else item for item in card.scores]
    return card.model_copy(update={"scores": scores, "versions": card.versions.model_copy(update={"scorer": "2020.1"})})


def rescore(*arguments: str) -> int:
    return run_coach.main(["rescore", *arguments, "--lang", "en"])


def kept(data: Path, name: str = "scorecard.json") -> Scorecard:
    return Scorecard.model_validate_json((data / "rehearsals" / "r1" / name).read_text(encoding="utf-8"))


def test_it_shows_what_changed_and_why_and_writes_nothing(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (data / "rehearsals" / "r1" / "scorecard.json").read_bytes()
    assert rescore("r1") == 0
    shown = capsys.readouterr()
    assert "99 → " in shown.out
    assert "scorer: 2020.1 → " in shown.out
    assert "1 scored again, 1 with changes." in shown.err
    assert "--write" in shown.err
    assert (data / "rehearsals" / "r1" / "scorecard.json").read_bytes() == before


def test_all_are_scored_and_written_once_and_the_old_one_stays_beside(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = kept(data)
    assert rescore("--all", "--write", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert {item["rehearsal_id"]: bool(item["scores"]) for item in told} == {"r1": True, "r2": False}
    assert kept(data, "scorecard.1.json") == old
    assert kept(data).versions.scorer != "2020.1"
    assert not (data / "rehearsals" / "r2" / "scorecard.1.json").exists()
    store = SqlRehearsalStore(f"sqlite:///{data / 'coach.db'}")
    row = store.get("r1")
    store.close()
    assert row is not None
    assert row.scores == {score.id: score.value for score in kept(data).scores}
    assert rescore("--all", "--write") == 0
    assert not (data / "rehearsals" / "r1" / "scorecard.2.json").exists()


def test_a_copied_folder_is_scored_without_an_index(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "rehearsals" / "r1").rename(data / "copied")
    assert rescore("copied", "--write") == 0
    assert (data / "copied" / "scorecard.1.json").is_file()


def test_one_that_cannot_be_scored_is_told_and_the_others_are(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "rehearsals" / "r2" / "scenario.yaml").write_text("id: [", encoding="utf-8")
    assert rescore("--all") == 1
    shown = capsys.readouterr()
    assert "r2: " in shown.err
    assert "r1" in shown.out


@pytest.mark.parametrize(("names", "code"), [(["absent"], 2), (["rehearsals"], 2), (["r1", "absent"], 1)])
def test_what_is_not_there_is_bad_input_as_for_report(
    data: Path, names: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rescore(*names) == code
    assert f"{names[-1]}: " in capsys.readouterr().err
    assert run_coach.main(["report", names[-1]]) == 2


def test_a_damaged_scorecard_is_made_again(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "rehearsals" / "r1" / "scorecard.json").write_text("{", encoding="utf-8")
    assert rescore("r1", "--write") == 0
    assert kept(data).scenario_id
    assert (data / "rehearsals" / "r1" / "scorecard.1.json").read_text(encoding="utf-8") == "{"


def test_a_missing_scorecard_is_made_by_what_report_names(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    card = data / "rehearsals" / "r2" / "scorecard.json"
    card.unlink()
    assert run_coach.main(["report", "r2", "--lang", "en"]) == 2
    assert "run_coach.py recover scores it" in capsys.readouterr().err
    assert run_coach.main(["report", "rehearsals/r2", "--lang", "en"]) == 2
    assert "run_coach.py rescore rehearsals/r2 --write" in capsys.readouterr().err
    assert run_coach.main(["recover", "--lang", "en"]) == 0
    assert "r2" in capsys.readouterr().out
    assert run_coach.main(["report", "r2"]) == 0
    card.unlink()
    assert rescore("rehearsals/r2", "--write") == 0
    assert card.is_file()


def test_a_rehearsal_without_its_scenario_is_told_what_to_do(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "rehearsals" / "r1" / "scenario.yaml").unlink()
    assert run_coach.main(["report", "r1", "--rescore", "--lang", "zh"]) == 2
    told = "".join(capsys.readouterr().err.split())
    assert "它保存着这场排练用的场景" in told
    assert "events.jsonl--scenario" in told
    assert rescore("r1") == 2
    assert "scenario.yaml is missing or empty" in " ".join(capsys.readouterr().err.split())


def test_an_empty_recording_is_told_and_counts_as_left_out(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = data / "rehearsals" / "r1"
    (folder / "streamer.ogg").write_bytes(b"")
    assert run_coach.main(["score", str(folder), "--workers", "1", "--lang", "zh"]) == 1
    told = "".join(capsys.readouterr().err.split())
    assert "没有测量录音" in told
    assert "AudioInputError" not in told


@pytest.mark.parametrize("arguments", [(), ("r1", "--all")])
def test_either_names_or_all(data: Path, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert rescore(*arguments) == 2
    assert "Which rehearsals?" in capsys.readouterr().err


def test_old_scorecards_are_numbered(tmp_path: Path) -> None:
    assert replace_scorecard(tmp_path, "a") is None
    assert replace_scorecard(tmp_path, "b") == tmp_path / "scorecard.1.json"
    assert replace_scorecard(tmp_path, "c") == tmp_path / "scorecard.2.json"
    assert [(tmp_path / name).read_text(encoding="utf-8") for name in ("scorecard.1.json", "scorecard.2.json")] == [
        "a",
        "b",
    ]


def test_a_scored_rehearsal_looks_back_to_the_one_before(data: Path) -> None:
    store = SqlRehearsalStore(f"sqlite:///{data / 'coach.db'}")
    keeper = Keeper(data / "rehearsals", store)
    later = "2026-11-23T10:00:00+00:00"
    files = keeper.open(replace(summary("r3"), started_at=later), KETTLE)
    begun = beginnings.started(rehearsal_id="r3", scenario_id="en-pour-kettle", input="typed", started_at=later)
    files.append([Record(seq=0, at=0.0, event=begun), *ended("r3")[1:]])
    files.close()
    saved = keeper.load("r3")
    assert score_saved(saved, keeper).compared_with in {"r1", "r2"}
    assert score_saved(saved).compared_with == ""
    store.close()
