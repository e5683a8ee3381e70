"""`scenario show`: every shipped scenario in both languages, and what its timeline must say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

import run_coach
from coach.room.reading import MoveKind
from coach.scenario.library import Library
from commands.scenario_plan import moments
from commands.texts import TEXTS, Say
from tests.commands.running import ROOT

SHIPPED = Library([ROOT / "scenarios"]).all()


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_shipped_scenario_can_be_shown(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    for loaded in SHIPPED:
        assert run_coach.main(["scenario", "show", loaded.name, "--lang", lang]) == 0
        told = capsys.readouterr().out
        assert all(viewer.name in told for viewer in loaded.scenario.viewers)


def test_a_raid_is_told_with_its_length_and_consent_is_announced(capsys: pytest.CaptureFixture[str]) -> None:
    run_coach.main(["scenario", "show", "zh-raid-earbuds", "--lang", "en"])
    told = " ".join(capsys.readouterr().out.split())
    assert "asked for consent first: lines may get as harsh as 3 of 4" in told
    assert "1:40 a raid: about 18 lines within 25 s [pressure]" in told
    assert "2:50 a pile-on by 一刀不留, 钢哥讲道理, about 4 lines [pressure]" in told
    assert re.search(r"\b\d+ % of viewers cannot be sold to", told)


@pytest.mark.parametrize("width", [24, 40, 200])
def test_nothing_is_wider_than_the_terminal_in_the_plan(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert run_coach.main(["scenario", "show", "en-drill-hold-price", "--lang", "en"]) == 0
    plan = capsys.readouterr().out.split("Timeline")[1].split("Viewers")[0]
    assert max(map(len, plan.split("\n"))) <= width


def test_moments_come_in_order_from_the_beginning_to_the_end() -> None:
    for loaded in SHIPPED:
        found = moments(loaded.scenario, Say("en"))
        assert [at for at, _ in found] == sorted(at for at, _ in found)
        assert (found[0][0], found[-1]) == (0.0, (loaded.scenario.duration_sec, "ends"))


def test_every_move_of_a_streamer_has_words() -> None:
    assert {f"move.{move}" for move in get_args(MoveKind)} <= set(TEXTS)
