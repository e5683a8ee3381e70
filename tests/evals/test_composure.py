"""The eval of composure: a dose of change after each event shows, and the more the lower."""

from __future__ import annotations

import random

import pytest

from coach.room.simulated.simulate import staged
from coach.scenario.load import load_scenario
from coach.score.scorer import score
from evals.composure import CHANGES, ROOT, estimate, reread, shaken

pytestmark = pytest.mark.slow
PATH = sorted(ROOT.glob("*/*/*heckler*.yaml"))[0]


def test_the_more_changes_after_pressure_the_lower_the_score() -> None:
    scenario = load_scenario(PATH).scenario
    records = staged(scenario, "skilled", 1, 4).records
    changes = (CHANGES["restarting"], CHANGES["halting"])
    found = [estimate(score(scenario, shaken(records, scenario, changes, dose))) for dose in (0, 2, 4)]
    assert all(value is not None for value in found)
    assert (found[0] or 0) > (found[1] or 0) > (found[2] or 0)


def test_another_reading_of_the_same_talk_hardly_moves_it() -> None:
    scenario = load_scenario(PATH).scenario
    records = staged(scenario, "skilled", 1, 4).records
    once, again = (estimate(score(scenario, log)) for log in (records, reread(records, random.Random(1))))
    assert once == pytest.approx(again, abs=5)
