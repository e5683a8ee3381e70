from __future__ import annotations

from typing import Any

import pytest

from coach.events import LinePosted, LineVoicing, RoomChanged, ViewerJoined, ViewerLeft
from coach.room.passers_by import is_passer_by
from coach.scenario.model import Scenario
from tests.room.rooms import room
from tests.room.simulate import Room, rehearse

Say = tuple[float, str]


def changes(played: Room) -> list[RoomChanged]:
    return [event for event in played.events(RoomChanged) if isinstance(event, RoomChanged)]


def told(played: Room) -> list[tuple[float, str, bool, str]]:
    """Return (at, reason, pressure, detail) of what happened to the room, without its drifting."""
    return [
        (record.at, record.event.reason, record.event.pressure, record.event.detail)
        for record in played.records
        if isinstance(record.event, RoomChanged) and record.event.reason not in ("start", "drift")
    ]


def lines(played: Room, intent: str) -> list[tuple[float, LinePosted | LineVoicing]]:
    return [
        (record.at, record.event)
        for record in played.records
        if isinstance(record.event, LinePosted | LineVoicing) and record.event.intent == intent
    ]


def with_event(*types: str, difficulty: int = 2, language: str = "en", **event: Any) -> Scenario:
    types = types or ("haggler", "friendly", "troll")
    return room(*types, difficulty=difficulty, language=language, events=[{"at_sec": 20, **event}], intensity_cap=2)


# --- golden sequences ---------------------------------------------------------------------------------------


def test_a_link_fails_until_the_streamer_reacts() -> None:
    scenario = with_event(kind="link_failure", for_sec=60)
    played = rehearse(scenario, [(35.0, "sorry about the link i have put it up again order now")], until=60)
    assert told(played) == [(20.0, "link_failure", True, ""), (35.0, "link_restored", False, "streamer")]
    complaints = lines(played, "link_down")
    assert complaints
    assert all(21.0 <= at <= 37.0 for at, _ in complaints)
    assert complaints[0][1].viewer_id != "troll"


def test_a_link_that_nobody_minds_comes_back_by_itself() -> None:
    played = rehearse(with_event(kind="link_failure", for_sec=40), [(30.0, "this lamp is nice")], until=90)
    assert told(played) == [(20.0, "link_failure", True, ""), (60.0, "link_restored", False, "time")]
    speakers = {event.viewer_id for _, event in lines(played, "link_down")}
    assert len(speakers) >= 2


def test_a_link_is_not_mended_before_anybody_said_that_it_fails() -> None:
    played = rehearse(with_event(kind="link_failure"), [(20.5, "the link is up order now")], until=40)
    assert [reason for _, reason, _, _ in told(played)] == ["link_failure"]


@pytest.mark.parametrize(
    ("language", "says"),
    [("en", "that price on the card is wrong it is forty dollars"), ("zh", "页面标错了 今天到手价129块")],
)
def test_a_wrong_price_stands_until_the_right_one_is_said(language: str, says: str) -> None:
    scenario = with_event(language=language, kind="wrong_price", price=9, for_sec=80)
    played = rehearse(scenario, [(40.0, says)], until=70)
    assert told(played) == [(20.0, "wrong_price", True, ""), (40.0, "price_corrected", False, "streamer")]
    shown = {record.at: record.event.shown_price for record in played.records if isinstance(record.event, RoomChanged)}
    assert {price for at, price in shown.items() if 20.0 <= at < 40.0} == {9}
    assert {price for at, price in shown.items() if not 20.0 <= at < 40.0} == {None}
    asked = lines(played, "wrong_price")
    assert asked
    assert any("9" in event.text for _, event in asked)


def test_a_wrong_price_that_is_never_put_right_is_reset() -> None:
    played = rehearse(with_event(kind="wrong_price", price=9, for_sec=30), [(30.0, "what a lamp")], until=60)
    assert told(played)[-1] == (50.0, "price_reset", False, "time")


def test_minutes_without_orders_end_with_time() -> None:
    says = [(at, "the link is up order now grab yours") for at in range(22, 200, 8)]
    played = rehearse(with_event("friendly", "low_room", kind="zero_orders", for_sec=120), says, until=200)
    bare = rehearse(with_event("friendly", "low_room", kind="audience_surge", to=300), says, until=200)
    begun, ended = told(played)[0], told(played)[-1]
    assert begun[:3] == (20.0, "zero_orders", True)
    assert ended[1] == "orders_back"
    dry = [
        record.event.orders
        for record in played.records
        if 20 <= record.at < ended[0] and isinstance(record.event, RoomChanged)
    ]
    assert max(dry) - min(dry) == 0
    wet = [
        record.event.orders
        for record in bare.records
        if 20 <= record.at < ended[0] and isinstance(record.event, RoomChanged)
    ]
    assert max(wet) > min(wet)


def test_a_dry_room_writes_less() -> None:
    scenario = with_event("friendly", "impatient", "haggler", difficulty=4, kind="zero_orders", for_sec=160)
    says: list[Say] = [(at, "let me show you the lamp from the side") for at in range(8, 180, 8)]
    dry = [
        at
        for at in (
            record.at for record in rehearse(scenario, says, until=180).records if isinstance(record.event, LinePosted)
        )
        if at > 40
    ]
    wet_room = scenario.model_copy(update={"events": []})
    wet = [
        at
        for at in (
            record.at for record in rehearse(wet_room, says, until=180).records if isinstance(record.event, LinePosted)
        )
        if at > 40
    ]
    assert len(dry) < 0.6 * len(wet)


def test_a_pile_on_has_a_leader_and_followers() -> None:
    scenario = with_event(
        "haggler", "troll", "contrarian", kind="pile_on", viewer="troll", viewers=["contrarian", "haggler"]
    )
    played = rehearse(scenario, [(15.0, "this lamp is nice")], until=40)
    (at, reason, pressure, detail), *_ = told(played)
    assert (at, reason, pressure, detail) == (20.0, "pile_on", True, "troll")
    attack = [request for request in played.requests if request.intent in ("heckle", "pile_on")]
    attack = attack[-3:]
    assert attack[0].viewer_id == "troll"
    assert [request.viewer_id for request in attack[1:]] == ["contrarian", "haggler"]


def test_whoever_is_hostile_joins_a_pile_on_that_names_nobody() -> None:
    played = rehearse(with_event(kind="pile_on", count=4), [(15.0, "this lamp is nice")], until=40)
    joined = [event for event in played.events(ViewerJoined) if isinstance(event, ViewerJoined)]
    crew = [event.viewer_id for event in joined if is_passer_by(event.viewer_id)]
    assert told(played)[0][3] == "troll"
    assert len(crew) == 3
    assert set(crew) <= {event.viewer_id for _, event in lines(played, "pile_on")}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_raid_is_a_burst_of_strangers_who_go_again(language: str) -> None:
    scenario = with_event(language=language, kind="raid", count=12, for_sec=15)
    played = rehearse(scenario, [(15.0, "hello everyone")], until=90)
    assert [entry[:3] for entry in told(played)] == [(20.0, "raid", True), (35.0, "raid_over", False)]
    raids = lines(played, "raid")
    assert len(raids) == 12
    assert all(20.0 <= at <= 36.0 for at, _ in raids)
    assert len({event.viewer_id for _, event in raids}) == 12
    assert all(is_passer_by(event.viewer_id) and not event.pressure for _, event in raids)
    gone = {event.viewer_id for event in played.events(ViewerLeft) if isinstance(event, ViewerLeft)}
    assert {event.viewer_id for _, event in raids} <= gone
    others = [event for at, event in lines(played, "ask") if 20 < at < 35 and event.reply_to is None]
    assert others == []


def test_after_a_raid_the_streamer_is_left_room() -> None:
    played = rehearse(with_event(kind="raid", count=8, for_sec=10), [(15.0, "hello everyone")], until=60)
    late = [
        record.event
        for record in played.records
        if isinstance(record.event, LinePosted | LineVoicing) and 31 < record.at < 39
    ]
    assert [event for event in late if event.reply_to is None and event.intent not in ("leave", "buy")] == []


def test_numbers_follow_what_happens() -> None:
    raided = changes(rehearse(with_event(kind="raid", count=30), until=25))
    before = next(change.viewers for change in raided if change.reason == "start")
    assert next(change.viewers for change in raided if change.reason == "raid") > before
    says: list[Say] = [(at, "hello let me show you this") for at in range(8, 100, 6)]
    failing = changes(rehearse(with_event(kind="link_failure", for_sec=70), says, until=85))
    calm = changes(rehearse(with_event(kind="audience_surge", to=1), says, until=19))
    assert failing[-1].viewers < calm[-1].viewers


# --- rules --------------------------------------------------------------------------------------------------

KINDS: list[dict[str, Any]] = [
    {"kind": "link_failure"},
    {"kind": "zero_orders"},
    {"kind": "wrong_price", "price": 5},
    {"kind": "raid"},
    {"kind": "pile_on"},
    {"kind": "audience_drop", "to": 50, "pressure": True},
    {"kind": "audience_surge", "to": 500},
]


@pytest.mark.parametrize("event", KINDS, ids=lambda event: event["kind"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_event_happens_once_and_the_same_way_again(event: dict[str, Any], seed: int) -> None:
    scenario = with_event(difficulty=4, **event)
    says: list[Say] = [(at, "the link is here the price is forty and i hear you") for at in range(10, 150, 9)]
    one, two = (rehearse(scenario, says, seed=seed, until=150) for _ in range(2))
    assert one.records == two.records
    reasons = [reason for _, reason, _, _ in told(one)]
    assert reasons.count(event["kind"]) == 1
    others = [reason for reason in reasons if reason != "bought"]
    assert len(others) == len(set(others))


@pytest.mark.parametrize(("event", "pressure"), [(event, event["kind"] != "audience_surge") for event in KINDS])
def test_what_is_pressing_says_so(event: dict[str, Any], pressure: bool) -> None:
    played = rehearse(with_event(**event), [(10.0, "hello")], until=30)
    assert [change.pressure for change in changes(played) if change.reason == event["kind"]] == [pressure]


def test_an_author_may_say_that_it_is_no_pressure() -> None:
    played = rehearse(with_event(kind="raid", pressure=False), until=30)
    assert not any(change.pressure for change in changes(played))


def test_a_raid_stays_under_the_cap() -> None:
    for cap in (0, 1):
        scenario = with_event(kind="raid", count=20).model_copy(update={"intensity_cap": cap})
        played = rehearse(scenario, until=45)
        assert all(request.brief.intensity_cap == cap for request in played.requests)
        changed = [record.event for record in played.records if record.event.type == "viewer_changed"]
        assert all(getattr(event, "hostility", 0) <= cap for event in changed)


@pytest.mark.parametrize("kind", ["raid", "pile_on"])
def test_nobody_attacks_in_a_room_made_easy(kind: str) -> None:
    played = rehearse(with_event(kind=kind), difficulty=1, until=60)
    assert told(played) == []
    assert not [event for _, event in [*lines(played, "raid"), *lines(played, "pile_on")]]
