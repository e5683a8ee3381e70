"""Every shipped scenario can be played: the room keeps its own rules, whoever streams."""

from __future__ import annotations

import pytest

from coach.room.simulated.manner import StreamerName
from coach.room.simulated.simulate import simulate
from coach.scenario.library import Library
from coach.scenario.model import Scenario
from tests.room.simulate import SCENARIOS

LIBRARY = [loaded.scenario for loaded in Library([SCENARIOS]).all()]


@pytest.mark.slow
@pytest.mark.parametrize("streamer", ["skilled", "rude"])
@pytest.mark.parametrize("scenario", LIBRARY, ids=lambda scenario: scenario.id)
def test_the_room_keeps_its_rules(scenario: Scenario, streamer: StreamerName) -> None:
    outcome = simulate(scenario, streamer, 1)
    assert outcome.repeated == ()
    assert outcome.promises == ()
    assert outcome.breaches == ()
    assert outcome.lines
