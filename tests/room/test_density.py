from __future__ import annotations

from collections import Counter
from functools import cache
from statistics import mean

import pytest

from coach.events import LineVoicing, ViewerJoined, ViewerLeft
from coach.room.audience import Audience
from coach.room.passers_by import is_passer_by
from coach.room.tempo import HOSTILE
from tests.room.rooms import room
from tests.room.talking import TalkingRoom, talked

SEEDS = range(3)
LADDER = [(1, 2, 4), (2, 5, 8), (3, 8, 15), (4, 15, 30), (5, 28, 40)]


def types_in(played: TalkingRoom) -> dict[str, str]:
    return {
        event.viewer_id: event.viewer_type for event in played.events(ViewerJoined) if isinstance(event, ViewerJoined)
    }


def hostile_share(played: TalkingRoom) -> float:
    types = types_in(played)
    lines = [record.event for record in played.lines()]
    return mean(types[getattr(line, "viewer_id", "")] in HOSTILE for line in lines)


@cache
def at_level(level: int, language: str) -> list[TalkingRoom]:
    """Return what was played at a rung of the ladder; nobody plays on in these rooms."""
    scenario = room(language=language, difficulty=2, intensity_cap=2)
    return [talked(scenario, seed=seed, difficulty=level) for seed in SEEDS]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("level", "low", "high"), LADDER)
def test_lines_a_minute_are_those_of_the_ladder(language: str, level: int, low: float, high: float) -> None:
    rates = [len(played.lines()) / (played.now / 60) for played in at_level(level, language)]
    assert low <= mean(rates) <= high


@pytest.mark.slow
@pytest.mark.parametrize(
    ("level", "low", "high"), [(1, 0, 0), (2, 0, 0.1), (3, 0.1, 0.25), (4, 0.25, 0.42), (5, 0.4, 0.6)]
)
def test_the_share_of_hostile_lines_is_that_of_the_ladder(level: int, low: float, high: float) -> None:
    shares = [hostile_share(played) for played in at_level(level, "en")]
    assert low <= mean(shares) <= high


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.0, 0.3, 0.7])
def test_a_scenario_sets_its_own_share_and_density(share: float) -> None:
    scenario = room("haggler", "friendly", difficulty=2, density={"lines_per_min": 18, "hostile_share": share})
    played = [talked(scenario, seed=seed) for seed in SEEDS]
    assert mean(len(one.lines()) / (one.now / 60) for one in played) == pytest.approx(18, rel=0.15)
    assert mean(hostile_share(one) for one in played) == pytest.approx(share, abs=0.1)


@pytest.mark.parametrize("share", [0.0, 0.5])
def test_a_scenario_sets_its_own_share_of_voices(share: float) -> None:
    scenario = room("haggler", "friendly", difficulty=2, density={"voice_share": share})
    played = talked(scenario, seed=1)
    voiced = sum(isinstance(record.event, LineVoicing) for record in played.lines())
    assert voiced / len(played.lines()) == pytest.approx(share, abs=0.12)


def test_passers_by_come_type_and_go_and_are_never_a_pressure_event() -> None:
    played = talked(room(difficulty=4), seed=2)
    joined = [event for event in played.events(ViewerJoined) if isinstance(event, ViewerJoined)]
    passing = [event for event in joined if is_passer_by(event.viewer_id)]
    assert len(passing) >= 5
    assert len({event.name for event in joined}) == len(joined)
    assert {event.channel for event in passing} == {"chat"}
    gone = Counter(event.viewer_id for event in played.events(ViewerLeft) if isinstance(event, ViewerLeft))
    assert set(gone.values()) == {1}
    assert sum(is_passer_by(viewer_id) for viewer_id in gone) >= len(passing) - 12
    lines = [record.event for record in played.lines()]
    assert not [
        line for line in lines if is_passer_by(getattr(line, "viewer_id", "")) and getattr(line, "pressure", True)
    ]


@pytest.mark.parametrize(("level", "kind"), [(2, "rehearsal"), (5, "drill")])
def test_nobody_passes_by_where_the_room_is_meant_to_be_small(level: int, kind: str) -> None:
    played = talked(room(kind=kind), seed=1, difficulty=level, until=120)
    assert not [viewer_id for viewer_id in types_in(played) if is_passer_by(viewer_id)]


def test_nobody_new_stays_to_watch_silence() -> None:
    played = TalkingRoom(Audience(room(viewer={"channel": "chat"}), seed=1, difficulty=5))
    played.start().run(60)
    late = [record for record in played.records if isinstance(record.event, ViewerJoined) and record.at > 14]
    assert late == []


def test_a_passer_by_is_answered_when_called_by_name() -> None:
    played = talked(room(difficulty=5), seed=3, until=60)
    gone = {event.viewer_id for event in played.events(ViewerLeft) if isinstance(event, ViewerLeft)}
    joined = [event for event in played.events(ViewerJoined) if isinstance(event, ViewerJoined)]
    friendly = next(
        event
        for event in joined
        if event.viewer_type == "friendly" and event.viewer_id not in gone and is_passer_by(event.viewer_id)
    )
    played.say(f"hello {friendly.name} what would you like to know")
    answers = [request for request in played.run(played.now + 8).requests if request.reply_to]
    assert friendly.viewer_id in {answer.viewer_id for answer in answers}


@pytest.mark.slow
@pytest.mark.parametrize("level", [3, 5])
def test_the_same_seed_fills_the_room_in_the_same_way(level: int) -> None:
    one, two = (talked(room(), seed=4, difficulty=level) for _ in range(2))
    assert one.records == two.records
    assert one.requests == two.requests


def test_passers_by_who_are_gone_leave_nothing_behind() -> None:
    audience = talked(room("friendly", difficulty=5), seed=1, until=240).audience
    kept = {viewer_id for viewer_id, _ in audience._scribe._pool._order} | set(audience._director._speechless)
    assert audience._guests._count > 20
    assert kept <= {state.spec.id for state in audience._crowd.states}


def test_plans_do_not_wait_for_passers_by() -> None:
    audience = talked(room("friendly", difficulty=5), seed=1, until=240).audience
    passers = {viewer_id for viewer_id in audience._seen.left | audience._seen.bought if is_passer_by(viewer_id)}
    assert audience._guests._count > 20
    assert not passers
