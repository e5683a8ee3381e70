from __future__ import annotations

from itertools import pairwise

import pytest

from coach.events import ViewerJoined, ViewerLeft
from coach.room.passers_by import is_passer_by
from coach.scenario.model import Scenario
from tests.room.rooms import room
from tests.room.simulate import Room, rehearse

GIVES = [
    (at, "okay hanna i'll do thirty eight for you and the spare bulb is in the box too") for at in range(12, 178, 7)
]
RUDE = [(at, "shut up you idiot") for at in range(12, 178, 7)]


def drill(viewer: str = "haggler", difficulty: int = 3) -> Scenario:
    keys = {"price_limit": 39}
    return room(viewer, kind="drill", skill="hold_price", difficulty=difficulty, duration_sec=180, viewer=keys)


def comings(played: Room) -> list[tuple[float, str]]:
    return [
        (record.at, record.event.type)
        for record in played.records
        if isinstance(record.event, ViewerJoined | ViewerLeft)
    ]


@pytest.mark.parametrize("says", [GIVES, RUDE], ids=["won", "lost"])
def test_the_one_viewer_comes_back_with_a_fresh_approach_until_the_end(says: list[tuple[float, str]]) -> None:
    played = rehearse(drill(), says, until=180)
    moves = comings(played)
    assert len(moves) >= 4
    assert [kind for _, kind in moves] == ["viewer_joined", "viewer_left"] * (len(moves) // 2) + ["viewer_joined"] * (
        len(moves) % 2
    )
    for (left, kind), (back, _) in pairwise(moves):
        if kind == "viewer_left":
            assert 4.0 <= back - left <= 8.5
    opened = [request for request in played.requests if request.intent == "open"]
    assert len(opened) >= 2
    assert len({request.text for request in played.requests}) == len(played.requests)


def test_it_does_not_remember_the_price_of_last_time() -> None:
    offer = "okay hanna i'll do thirty eight for you"
    played = rehearse(drill(), [(30.0, offer), (38.0, offer), (46.0, offer)], until=120)
    back = [record.at for record in played.records if isinstance(record.event, ViewerJoined)][1]
    first = next(request for request in played.requests if request.expires_at > back + 8 and request.intent != "buy")
    assert not first.brief.may_concede


def test_nobody_comes_back_for_the_last_seconds_or_in_a_rehearsal() -> None:
    gone = rehearse(drill(), [(at, "shut up you idiot") for at in (12.0, 15.0, 18.0)], until=60)
    assert len(comings(gone)) >= 3
    short = drill().model_copy(update={"duration_sec": 40.0})
    assert [kind for _, kind in comings(rehearse(short, RUDE[:4], until=40))].count("viewer_joined") == 1
    usual = room("haggler", difficulty=2)
    assert [kind for _, kind in comings(rehearse(usual, RUDE, until=180))] == ["viewer_joined", "viewer_left"]


@pytest.mark.parametrize("kind", ["troll", "friendly", "angry_returner", "bait", "special_care"])
@pytest.mark.parametrize("difficulty", [1, 5])
def test_a_drill_plays_its_viewer_whatever_its_type_and_nobody_else(kind: str, difficulty: int) -> None:
    played = rehearse(drill(kind, difficulty=difficulty), GIVES, until=120)
    assert played.requests
    assert {request.viewer_id for request in played.requests} == {kind}
    joined = [event for event in played.events(ViewerJoined) if isinstance(event, ViewerJoined)]
    assert not [event for event in joined if is_passer_by(event.viewer_id)]
