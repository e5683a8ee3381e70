from __future__ import annotations

from typing import Any

import pytest

from coach.errors import InputError
from coach.events import (
    LinePosted,
    LineVoicing,
    Record,
    RehearsalStarted,
    RoomChanged,
    ViewerChanged,
    ViewerJoined,
    ViewerLeft,
)
from coach.room.audience import Audience
from coach.room.beats import Beats, Seen
from coach.room.replay import REPLAY_SEC, Replay, replay
from coach.room.second_time import planned_again
from coach.room.viewer import ViewerState
from coach.scenario.load import LoadedScenario, parse_scenario
from coach.scenario.model import Scenario
from coach.scenario.text import keys_of, text_of
from tests.room.rooms import room
from tests.room.simulate import Room, rehearse, shipped

KETTLE = [
    (6.0, "hello everyone welcome in"),
    (14.0, "this spout gives you a slow steady pour so the coffee never tastes bitter"),
    (22.0, "dana i hear you it's forty nine today and you also get paper filters"),
    (33.0, "priya good question the inside is all 304 stainless steel no plastic"),
    (45.0, "look at the test report right here"),
    (58.0, "dana i can't go lower the price is set but the coffee scoop is in the box too"),
]


def loaded(scenario: Scenario) -> LoadedScenario:
    return parse_scenario(text_of(keys_of(scenario), "test"), "test.yaml")


def log(played: Room, scenario: Scenario, difficulty: int | None = None) -> list[Record]:
    """Return the log with the beginning it would have had."""
    started = RehearsalStarted(
        rehearsal_id="r1",
        scenario_id=scenario.id,
        scenario_version=1,
        scenario_hash="",
        locale=scenario.locale,
        difficulty=scenario.difficulty if difficulty is None else difficulty,
        seed=scenario.seed,
        input="voice",
        started_at="2026-11-25T00:00:00Z",
    )
    return [Record(seq=0, at=0.0, event=started), *played.records[1:]]


def again(scenario: Scenario, says: list[tuple[float, str]], at: float, until: float) -> tuple[Replay, Room]:
    found = replay(loaded(scenario), log(rehearse(scenario, says, until=until), scenario), at)
    return found, Room(found.audience).start()


def states(audience: Audience) -> dict[str, ViewerState]:
    return {state.spec.id: state for state in audience._crowd.states if state.present}


def first_line(played: Room) -> LinePosted | LineVoicing:
    return next(record.event for record in played.records if isinstance(record.event, LinePosted | LineVoicing))


@pytest.mark.parametrize("name", ["kettle", "linen-shirt", "lantern", "oat-crisps"])
def test_a_moment_begins_with_the_line_that_led_to_it(name: str) -> None:
    scenario = shipped(name)
    records = log(rehearse(scenario, KETTLE, until=80), scenario)
    lines = [record for record in records if isinstance(record.event, LinePosted | LineVoicing)]
    for record in lines[2::3]:
        found = replay(loaded(scenario), records, record.at + 1.0)
        assert isinstance(found.beginning, LinePosted | LineVoicing)
        played = Room(found.audience).start().run(10)
        line = first_line(played)
        assert (line.viewer_id, line.text, line.intent) == (
            found.beginning.viewer_id,
            found.beginning.text,
            found.beginning.intent,
        )
        assert type(line) is type(found.beginning)
        assert line.pressure == found.beginning.pressure


def test_viewers_are_as_they_were() -> None:
    scenario = shipped("kettle")
    records = log(rehearse(scenario, KETTLE, until=90), scenario)
    record = next(record for record in records if isinstance(record.event, LinePosted | LineVoicing) and record.at > 62)
    found = replay(loaded(scenario), records, record.at)
    straight = Room(Audience(scenario)).start().run(found.begins_at - 0.25, KETTLE)
    was, now = states(straight.audience), states(found.audience)
    assert set(was) == set(now)
    for viewer_id, before in was.items():
        after = now[viewer_id]
        assert after.patience == pytest.approx(before.patience, abs=6.0)
        assert after.trust == pytest.approx(before.trust, abs=3.0)
        assert after.hostility == pytest.approx(before.hostility, abs=0.4)
        assert (after.lines, after.opened, after.evidence_left, after.last_said) == (
            before.lines,
            before.opened,
            before.evidence_left,
            before.last_said,
        )
        assert {value for value in after.valued ^ before.valued if not value.startswith("said:")} == set()


def test_those_who_had_gone_stay_away_and_nothing_said_is_said_twice() -> None:
    scenario = shipped("kettle")
    says = [*KETTLE, (66.0, "shut up priya you idiot"), (70.0, "get lost priya"), (74.0, "shut up all of you")]
    records = log(rehearse(scenario, says, until=130), scenario)
    left = {record.event.viewer_id for record in records if isinstance(record.event, ViewerLeft)}
    assert left
    at = max(record.at for record in records if isinstance(record.event, LinePosted | LineVoicing))
    found = replay(loaded(scenario), records, at)
    played = Room(found.audience).start().run(60)
    joined = {event.viewer_id for event in played.events(ViewerJoined) if isinstance(event, ViewerJoined)}
    gone = {record.event.viewer_id for record in records if isinstance(record.event, ViewerLeft) and record.at < at}
    assert not joined & gone
    said = [
        record.event.text
        for record in records
        if isinstance(record.event, LinePosted | LineVoicing) and record.at < found.begins_at
    ]
    assert not set(said) & {request.text for request in played.requests}


def test_a_moment_can_be_a_room_event() -> None:
    scenario = room("haggler", "friendly", difficulty=2, events=[{"at_sec": 30, "kind": "wrong_price", "price": 9}])
    found, played = again(scenario, [(10.0, "hello everyone")], 33.0, 60.0)
    assert isinstance(found.beginning, RoomChanged)
    played.run(20)
    changes = [event for event in played.events(RoomChanged) if isinstance(event, RoomChanged)]
    told = next(event for event in changes if event.reason == "wrong_price")
    assert (told.pressure, told.shown_price) == (True, 9)
    played.say("the card is wrong it is forty dollars")
    assert [event.reason for event in played.events(RoomChanged) if isinstance(event, RoomChanged)][-1:] != []
    assert "price_corrected" in {event.reason for event in played.events(RoomChanged) if isinstance(event, RoomChanged)}


def test_a_trouble_that_was_on_is_still_on() -> None:
    events: list[dict[str, Any]] = [
        {"at_sec": 20, "kind": "wrong_price", "price": 9, "for_sec": 200, "pressure": False}
    ]
    scenario = room("haggler", "friendly", difficulty=2, events=events)
    found, played = again(scenario, [(10.0, "hello everyone")], 60.0, 80.0)
    assert isinstance(found.beginning, LinePosted | LineVoicing)
    played.run(10)
    played.say("the card is wrong it is forty dollars")
    assert "price_corrected" in {event.reason for event in played.events(RoomChanged) if isinstance(event, RoomChanged)}


def test_numbers_and_crowd_go_on_from_there() -> None:
    scenario = room(difficulty=4)
    records = log(rehearse(scenario, KETTLE, until=80), scenario)
    found = replay(loaded(scenario), records, 75.0)
    played = Room(found.audience).start()
    before = [event for event in (record.event for record in records) if isinstance(event, RoomChanged)]
    last = [record.event for record in records if isinstance(record.event, RoomChanged) and record.at < found.begins_at]
    first = next(event for event in played.events(RoomChanged) if isinstance(event, RoomChanged))
    assert before
    assert isinstance(last[-1], RoomChanged)
    assert (first.viewers, first.orders, first.likes) == (last[-1].viewers, last[-1].orders, last[-1].likes)
    played.run(60)
    ids = [event.viewer_id for event in played.events(ViewerJoined) if isinstance(event, ViewerJoined)]
    assert len(ids) == len(set(ids)) > 3


def test_the_same_moment_plays_the_same_way_twice() -> None:
    scenario = room(difficulty=4)
    records = log(rehearse(scenario, KETTLE, until=80), scenario)
    one, two = (Room(replay(loaded(scenario), records, 70.0).audience).start().run(60) for _ in range(2))
    assert one.records == two.records


def test_its_scenario_is_short_and_has_a_text_of_its_own() -> None:
    scenario = shipped("kettle")
    found, _ = again(scenario, KETTLE, 60.0, 80.0)
    short = found.scenario.scenario
    assert (short.id, short.kind, short.skill, short.duration_sec) == (scenario.id, "drill", "replay", REPLAY_SEC)
    assert short.product == scenario.product
    assert not short.events
    assert not short.goals
    assert parse_scenario(found.scenario.text).scenario == short


@pytest.mark.parametrize(("at", "says"), [(0.2, "the first line comes at"), (2.0, "Expected a moment")])
def test_a_moment_before_anybody_spoke_is_refused(at: float, says: str) -> None:
    scenario = shipped("kettle")
    with pytest.raises(InputError, match=says):
        again(scenario, KETTLE, at, 40.0)


def test_a_log_without_a_beginning_is_refused() -> None:
    with pytest.raises(InputError, match="without a beginning"):
        replay(loaded(shipped("kettle")), [], 5.0)


def test_a_moment_played_milder_than_then_says_nothing_harsh() -> None:
    scenario = room("troll", difficulty=4, intensity_cap=4)
    records = log(rehearse(scenario, KETTLE, until=20), scenario)
    harsh = "you are a scammer and an idiot"
    line = LinePosted(line_id="x1", viewer_id="troll", text=harsh, intent="heckle", pressure=True)
    angry = ViewerChanged(viewer_id="troll", patience=80, trust=20, hostility=4.0, price_limit=None, reason="insults")
    records += [Record(seq=0, at=21.0, event=angry), Record(seq=0, at=21.0, event=line)]
    mild = loaded(scenario.model_copy(update={"intensity_cap": 1}))
    found = replay(mild, records, 21.0, milder=True)
    assert states(found.audience)["troll"].hostility <= 1.0
    said = first_line(Room(found.audience).start().run(10))
    assert (said.viewer_id, said.intent) == ("troll", "heckle")
    assert said.text != harsh
    as_it_was = Room(replay(loaded(scenario), records, 21.0).audience).start().run(10)
    assert first_line(as_it_was).text == harsh
    assert as_it_was.requests[0].fixed


def test_a_room_event_in_the_last_second_of_four_hours_can_be_played_again() -> None:
    event = RoomChanged(viewers=90, orders=0, likes=0, reason="link_failure", pressure=True)
    planned = planned_again(event, 14_401.0)
    assert planned is not None
    beats = Beats(room().model_copy(update={"events": [planned]}))
    assert beats.events_due(14_401.0, Seen()) == [planned]
