from __future__ import annotations

import random

import pytest

from coach.events import LineVoicing
from coach.room.audience import Audience
from coach.room.cut_ins import CutIns
from coach.room.tempo import tempo_of
from coach.room.viewer import ViewerState, new_state
from coach.scenario.model import Scenario
from tests.room.rooms import room
from tests.room.talking import PITCH, TalkingRoom, talked


def states(scenario: Scenario) -> list[ViewerState]:
    found = [new_state(spec) for spec in scenario.viewers]
    for state in found:
        state.present = True
    return found


def moments(scenario: Scenario, level: int, *, speaking_sec: float = 3.0) -> list[float]:
    cut_ins = CutIns(tempo_of(scenario, level), scenario.duration_sec, random.Random(1))
    here, found, now = states(scenario), [], 0.0
    while now < scenario.duration_sec:
        now += 0.2
        if cut_ins.is_due(now, speaking_sec):
            assert cut_ins.who(now, here) is not None
            cut_ins.done()
            found.append(now)
    return found


@pytest.mark.parametrize(("level", "least", "most"), [(1, 0, 0), (2, 1, 1), (3, 3, 6), (4, 4, 9), (5, 7, 16)])
def test_how_often_somebody_cuts_in(level: int, least: int, most: int) -> None:
    assert least <= len(moments(room(), level)) <= most


def test_nobody_cuts_into_silence() -> None:
    assert moments(room(), 4, speaking_sec=0.5) == []


@pytest.mark.parametrize(("level", "over"), [(2, "needs_gap"), (3, "cuts_in"), (5, "cuts_in")])
def test_at_level_two_the_interruption_waits_for_the_end_of_a_clause(level: int, over: str) -> None:
    assert CutIns(tempo_of(room(), level), 300, random.Random(1)).over == over


@pytest.mark.parametrize(
    ("keys", "level", "able"),
    [
        ({"channel": "chat"}, 4, False),
        ({"floor": "waits"}, 4, False),
        ({"floor": "needs_gap"}, 3, False),
        ({"floor": "needs_gap"}, 4, True),  # played harder than written
        ({"floor": "cuts_in"}, 3, True),
        ({}, 3, True),
    ],
)
def test_who_may_be_heard_over_the_streamer(keys: dict[str, str], level: int, able: bool) -> None:
    scenario = room("haggler", viewer=keys)
    cut_ins = CutIns(tempo_of(scenario, level), 300, random.Random(1))
    assert (cut_ins.who(60.0, states(scenario)) is not None) == able


def floors(scenario: Scenario, level: int, seed: int) -> list[str]:
    played = talked(scenario, seed=seed, difficulty=level)
    heard = {event.line_id for event in played.events(LineVoicing) if isinstance(event, LineVoicing)}
    return [request.floor for request in played.requests if request.line_id in heard]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_line_is_over_the_streamer_below_level_three(seed: int) -> None:
    scenario = room(viewer={"floor": "cuts_in"})
    for level in (1, 2):
        assert "cuts_in" not in floors(scenario, level, seed)
    assert "cuts_in" in floors(scenario, 3, seed)
    assert "cuts_in" not in floors(room(viewer={"floor": "cuts_in"}, density={"cut_ins": False}), 5, seed)
    assert "cuts_in" in floors(room(viewer={"floor": "cuts_in"}, density={"cut_ins": True}), 1, seed)


def test_the_one_interruption_that_found_no_pause_is_tried_again() -> None:
    scenario = room()
    cut_ins = CutIns(tempo_of(scenario, 2), 300, random.Random(1))
    here = states(scenario)
    at = next(second for second in range(300) if cut_ins.is_due(second, 3.0))
    assert cut_ins.who(at, here) is not None
    assert not cut_ins.is_due(at + 10, 3.0)
    assert cut_ins.is_due(at + 21, 3.0)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_level_two_has_one_scripted_interruption_while_the_streamer_talks(seed: int) -> None:
    played = TalkingRoom(Audience(room(difficulty=2, viewer={"floor": None}), seed=seed))
    played.start()
    played.talk(300.0, PITCH["en"])
    over = []
    talking = False
    for record in played.records:
        event = record.event
        if event.type in ("speech_started", "utterance_heard"):
            talking = event.type == "speech_started"
        elif isinstance(event, LineVoicing) and talking and event.intent != "buy":
            over.append(next(request for request in played.requests if request.line_id == event.line_id))
    assert over
    assert {request.floor for request in over} == {"needs_gap"}
