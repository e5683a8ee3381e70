from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest

from coach.room.beats import Beats, Seen
from coach.room.reading import MoveKind
from coach.scenario.moves import MOVES
from tests.room.rooms import room
from tests.room.simulate import rehearse

NOTHING = Seen()
CASES: list[tuple[dict[str, Any], Seen]] = [
    ({"when": "price_said"}, Seen(price_said=True)),
    ({"when": "concession"}, Seen(conceded=True)),
    ({"when": "reading", "move": "insults"}, Seen(moves={"greets", "insults"})),
    ({"when": "point_covered"}, Seen(points={"bright"})),
    ({"when": "point_covered", "point": "bright"}, Seen(points={"bright"})),
    ({"when": "stage", "stage": "close"}, Seen(stage="close")),
    ({"when": "silence"}, Seen(silent_sec=6.0)),
    ({"when": "silence", "after_sec": 12}, Seen(silent_sec=12.0)),
    ({"when": "viewer_bought"}, Seen(bought={"haggler"})),
    ({"when": "viewer_left"}, Seen(left={"haggler"})),
    ({"when": "viewer_left", "kind": "raid", "viewer": "haggler"}, Seen(left={"haggler"})),
    ({"when": "viewer_bought", "kind": "raid", "viewer": "haggler"}, Seen(bought={"haggler"})),
]
NOT_YET: list[tuple[dict[str, Any], Seen]] = [
    ({"when": "reading", "move": "insults"}, Seen(moves={"greets"})),
    ({"when": "point_covered", "point": "bright"}, Seen(points={"other"})),
    ({"when": "silence", "after_sec": 12}, Seen(silent_sec=11.9)),
    ({"when": "viewer_left"}, Seen(bought={"haggler"})),
    ({"when": "viewer_left", "kind": "raid", "viewer": "troll"}, Seen(left={"haggler"})),
]


def planned(event: dict[str, Any]) -> dict[str, Any]:
    return {"viewer": "troll", "intent": "heckle", **event} if event.get("kind", "line") == "line" else event


@pytest.mark.parametrize(("event", "seen"), CASES)
def test_an_event_comes_when_its_moment_has_come_and_only_once(event: dict[str, Any], seen: Seen) -> None:
    beats = Beats(room(events=[planned(event)]))
    assert beats.events_due(10.0, NOTHING) == []
    assert len(beats.events_due(11.0, seen)) == 1
    assert beats.events_due(12.0, seen) == []


@pytest.mark.parametrize(("event", "seen"), NOT_YET)
def test_an_event_waits_for_its_very_moment(event: dict[str, Any], seen: Seen) -> None:
    assert Beats(room(events=[planned(event)])).events_due(10.0, seen) == []


@pytest.mark.parametrize("move", MOVES)
def test_any_move_can_be_waited_for(move: str) -> None:
    beats = Beats(room(events=[planned({"when": "reading", "move": move})]))
    assert beats.events_due(1.0, replace(NOTHING, moves=set(MOVES) - {move})) == []
    assert len(beats.events_due(1.0, Seen(moves={move}))) == 1


def test_the_scenario_knows_the_moves_of_the_readings() -> None:
    assert set(MOVES) == set(get_args(MoveKind))


def test_events_of_the_same_moment_come_in_the_order_of_the_file() -> None:
    first, second = planned({"at_sec": 20}), planned({"at_sec": 10})
    beats = Beats(room(events=[first, second]))
    assert [event.at_sec for event in beats.events_due(10.0, NOTHING)] == [10]
    assert [event.at_sec for event in Beats(room(events=[first, second])).events_due(30.0, NOTHING)] == [20, 10]


def test_a_concession_calls_the_next_haggler() -> None:
    events = [planned({"when": "concession", "viewer": "product_skeptic", "intent": "push", "pressure": True})]
    scenario = room("haggler", "product_skeptic", difficulty=2, events=events)
    quiet = rehearse(scenario, [(20.0, "it is forty today")], until=40)
    gave = rehearse(scenario, [(20.0, "okay hanna i'll do thirty eight for you")], until=40)
    assert not [request for request in quiet.requests if request.pressure]
    assert [request.viewer_id for request in gave.requests if request.pressure] == ["product_skeptic"]
