from __future__ import annotations

import pytest

from coach.events import LinePosted, LineVoicing, RoomChanged, ViewerChanged, ViewerJoined
from coach.room.audience import Audience
from coach.room.tempo import HOSTILE
from coach.scenario.model import Scenario
from tests.room.rooms import room
from tests.room.simulate import SCENARIOS, shipped
from tests.room.talking import PITCH, TalkingRoom

RUDE = ("shut up you idiot", "please please just buy one", "闭嘴 你懂什么", "求求你们买一个吧")
NAMES = sorted(path.stem for path in SCENARIOS.rglob("*/*/*.yaml"))


def calm(scenario: Scenario, seed: int, pitch: tuple[str, ...] | None = None) -> TalkingRoom:
    played = TalkingRoom(Audience(scenario, seed=seed, exposure="calm"))
    played.start()
    return played.talk(200.0, pitch or PITCH[scenario.language])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_is_hostile_in_calm(name: str, seed: int) -> None:
    played = calm(shipped(name), seed, RUDE if seed == 2 else None)
    joined = {event.viewer_type for event in played.events(ViewerJoined) if isinstance(event, ViewerJoined)}
    assert joined
    assert not joined & HOSTILE
    assert not {request.intent for request in played.requests} & {"heckle", "bait", "pile_on", "raid"}
    assert not [request for request in played.requests if request.floor == "cuts_in" or request.pressure]
    lines = [event for event in played.events(LinePosted, LineVoicing) if isinstance(event, LinePosted | LineVoicing)]
    assert lines
    assert not [line for line in lines if line.pressure]
    assert not [event for event in played.events(RoomChanged) if isinstance(event, RoomChanged) and event.pressure]
    changed = [event.hostility for event in played.events(ViewerChanged) if isinstance(event, ViewerChanged)]
    assert max(changed, default=0.0) <= 1.0


def test_easy_is_between_calm_and_full() -> None:
    scenario = room("haggler", "troll", "product_skeptic", "contrarian", difficulty=4)
    counts = []
    for exposure in ("calm", "easy", "full"):
        played = TalkingRoom(Audience(scenario, seed=3, exposure=exposure))
        played.start()
        played.talk(240.0, PITCH["en"])
        counts.append((len(played.lines()), sum(request.pressure for request in played.requests)))
    assert counts == sorted(counts)
    assert counts[0][1] == 0 < counts[2][1]
