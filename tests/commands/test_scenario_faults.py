"""What is simulated and scored with a scenario that has errors says so, once, and goes on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import pytest

import run_coach
from coach.clock import wall_time
from commands import scenario_faults
from commands.texts import Say
from tests.scenario.samples import VALID

SOUND = VALID.replace("2026-11-01", f"{wall_time():%Y-%m-%d}")
FAULTY = SOUND.replace("live: 12", "live: 25").replace("name: Tom", "name: Tom, evidence_needed: [weight]")
TALK = json.dumps({"t0": 0, "t1": 9, "role": "streamer", "text": "It holds 300 ml, which is a lot."})

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))


def written(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name in ("a.jsonl", "b.jsonl"):
        (folder / name).write_text(TALK, encoding="utf-8")
    (folder / "scenario.yaml").write_text(text, encoding="utf-8")
    return folder / "scenario.yaml"


@pytest.mark.parametrize("given", [True, False], ids=["given", "beside"])
@pytest.mark.parametrize(("lang", "count"), [("zh", "场景有 3 个错误"), ("en", "The scenario has 3 error(s)")])
def test_scoring_says_once_that_its_scenario_has_errors(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], given: bool, lang: str, count: str
) -> None:
    scenario = written(tmp_path / "talks", FAULTY)
    options = ["--scenario", str(scenario)] if given else []
    assert run_coach.main(["score", str(tmp_path / "talks"), "--lang", lang, *options]) == 0
    told = capsys.readouterr()
    [said] = told.err.splitlines()
    assert count in said
    assert f"{scenario}:9:27 (product.price.live): " in said
    assert said.endswith(f"run_coach.py scenario check {scenario}")
    assert len(told.out.splitlines()) == 3


def test_a_scenario_without_errors_is_scored_without_a_word(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path / "talks", SOUND.replace("intensity_cap: 2", "intensity_cap: 3"))
    assert run_coach.main(["score", str(tmp_path / "talks")]) == 0
    assert capsys.readouterr().err == "", "a note is no error"


def test_simulating_says_that_its_scenario_has_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scenario = written(tmp_path / "talks", FAULTY)
    options = ["--streamer", "silent", "--seeds", "1", "--workers", "1", "--json", "--lang", "en"]
    run_coach.main(["scenario", "simulate", str(scenario), *options])
    told = capsys.readouterr()
    assert told.err.startswith(
        f"The scenario has 3 error(s); it is used as it is, and results may be off. The first: {scenario}"
    )
    assert json.loads(told.out)["scenario"] == "en-mug"


@pytest.mark.parametrize("dates", ["created: 2019-01-01", "created: 2019-01-01\nexpires: 2019-02-01"])
def test_the_age_of_a_scenario_is_no_error_of_its_results(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], dates: str
) -> None:
    day = f"created: {wall_time():%Y-%m-%d}"
    assert day in SOUND
    scenario = written(tmp_path / "talks", SOUND.replace(day, dates))
    assert run_coach.main(["scenario", "check", str(scenario)]) == 1
    capsys.readouterr()
    assert run_coach.main(["score", str(tmp_path / "talks")]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("lang", "words"), [("zh", "已检查 2 个不同的场景"), ("en", "2 different scenarios")])
def test_that_no_more_scenarios_are_looked_at_is_said_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: Literal["zh", "en"], words: str
) -> None:
    monkeypatch.setattr(scenario_faults, "_MOST_LOOKED_AT", 2)
    faults = scenario_faults.ScenarioFaults(Say(lang))
    for title in ("Mug", "Cup", "Jug", "Pot", "Cup"):
        faults.tell("one.yaml", SOUND.replace("title: Mug", f"title: {title}"))
    [told] = capsys.readouterr().err.splitlines()
    assert words in told
