from __future__ import annotations

import pytest

from coach.events import (
    LinePosted,
    LineVoicing,
    RoomChanged,
    StageEntered,
    UtteranceHeard,
    ViewerJoined,
    ViewerLeft,
    WordsHeard,
)
from coach.language import language_for
from coach.room.audience import Audience
from coach.room.heard import flatten
from coach.room.request import Dropped
from coach.scenario.model import Scenario
from tests.room.rooms import room
from tests.room.simulate import SPEAKS_SEC, Room, rehearse, shipped

SHIPPED = ["linen-shirt", "oat-crisps", "kettle", "lantern"]
GOOD_KETTLE = [
    (6.0, "hello everyone welcome in"),
    (14.0, "this spout gives you a slow steady pour so the coffee never tastes bitter"),
    (22.0, "dana i hear you it's forty nine today and you also get paper filters"),
    (33.0, "priya good question the inside is all 304 stainless steel no plastic"),
    (45.0, "look at the test report right here"),
    (58.0, "dana i can't go lower the price is set but the coffee scoop is in the box too"),
    (70.0, "it holds ninety six degrees for thirty minutes so the second cup is hot"),
    (82.0, "thanks rex back to the kettle"),
    (95.0, "a full kettle boils in four minutes"),
    (108.0, "you have 30 day free returns and a two year warranty"),
    (120.0, "it's forty nine today so hit the link and grab yours"),
    (135.0, "dana shall i put one aside for you"),
    (150.0, "the link is up order now"),
]
BAD_KETTLE = [
    (12.0, "yeah so this is a kettle"),
    (24.0, "dana i can't do forty"),
    (40.0, "i don't know ask support"),
    (55.0, "shut up rex you idiot"),
    (70.0, "please please just buy one"),
    (90.0, "if you can't afford it get lost"),
]


def texts(room: Room) -> list[str]:
    return [request.text for request in room.requests]


def test_a_rehearsal_begins_with_numbers_a_stage_and_viewers() -> None:
    room = rehearse(shipped("kettle"), until=10)
    first = [record.event.type for record in room.records[:4]]
    assert first == ["rehearsal_started", "room_changed", "stage_entered", "viewer_joined"]
    assert [joined.viewer_id for joined in room.events(ViewerJoined) if isinstance(joined, ViewerJoined)] == [
        "dana",
        "rex",
        "priya",
    ]


@pytest.mark.parametrize("name", SHIPPED)
@pytest.mark.parametrize("difficulty", [1, 3, 5])
def test_no_line_is_said_twice_and_nobody_talks_after_leaving(name: str, difficulty: int) -> None:
    scenario = shipped(name)
    says = GOOD_KETTLE if scenario.language == "en" else [(at, "今天到手价就这样 大家看吊牌") for at, _ in GOOD_KETTLE]
    room = rehearse(scenario, says, difficulty=difficulty)
    language = language_for(scenario.locale)
    said = [flatten(text, language) for text in texts(room)]
    assert len(said) == len(set(said)) > 5
    gone: set[str] = set()
    for record in room.records:
        event = record.event
        if isinstance(event, ViewerLeft):
            gone.add(event.viewer_id)
        assert not (isinstance(event, LinePosted | LineVoicing) and event.viewer_id in gone)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_same_seed_records_and_ticks_give_the_same_events(name: str) -> None:
    scenario = shipped(name)
    one, two = (rehearse(scenario, BAD_KETTLE, seed=3, cut=("l2", "l4")) for _ in range(2))
    assert one.records == two.records
    assert one.requests == two.requests
    assert rehearse(scenario, BAD_KETTLE, seed=4).records != one.records


def test_a_streamer_who_answers_well_sells_to_the_haggler_and_the_skeptic() -> None:
    room = rehearse(shipped("kettle"), GOOD_KETTLE)
    assert {room.outcomes()["dana"], room.outcomes()["priya"]} == {"bought"}
    orders = [event.orders for event in room.events(RoomChanged) if isinstance(event, RoomChanged)]
    assert orders[-1] >= 2


@pytest.mark.parametrize("seed", range(5))
def test_holding_the_price_with_value_never_needs_a_concession(seed: int) -> None:
    room = rehearse(shipped("kettle"), GOOD_KETTLE, seed=seed)
    assert room.outcomes()["dana"] == "bought"


def test_a_streamer_who_insults_loses_everybody_but_the_troll() -> None:
    room = rehearse(shipped("kettle"), BAD_KETTLE)
    assert room.outcomes()["dana"] in ("offended", "lost_patience")
    assert room.outcomes()["priya"] in ("offended", "lost_patience")
    assert "rex" not in room.outcomes()


def test_a_concession_to_the_limit_is_taken_at_once() -> None:
    room = rehearse(shipped("kettle"), [(80.0, "dana okay i'll do forty five for you")], until=100, difficulty=1)
    answer = next(request for request in room.requests if request.reply_to == "u1")
    assert (answer.viewer_id, answer.intent, answer.brief.may_concede) == ("dana", "accept", True)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_silent_streamer_is_asked_remarked_upon_and_left(name: str) -> None:
    room = rehearse(shipped(name))
    intents = {request.intent for request in room.requests}
    assert {"open", "silence", "leave"} <= intents
    assert "lost_patience" in room.outcomes().values()
    online = [event.viewers for event in room.events(RoomChanged) if isinstance(event, RoomChanged)]
    assert online[-1] < online[0]


def test_one_spoken_line_at_a_time_even_when_all_want_to_speak() -> None:
    scenario = shipped("lantern")
    viewers = [viewer.model_copy(update={"channel": "voice"}) for viewer in scenario.viewers]
    audience = Audience(scenario.model_copy(update={"viewers": viewers}), difficulty=5)
    pending: set[str] = set()
    room = Room(audience).start()
    for _ in range(600):
        room.run(room.now + 0.1)
        heard = {event.line_id for event in room.events(LineVoicing) if isinstance(event, LineVoicing)}
        done = {record.event.line_id for record in room.records if record.event.type == "line_voiced"}
        pending = heard - done
        assert len(pending) <= 1


def test_who_is_called_by_name_answers_first() -> None:
    room = rehearse(shipped("kettle"), [(30.0, "priya what would you like to see")], until=36)
    answers = [request for request in room.requests if request.reply_to == "u1"]
    assert [answer.viewer_id for answer in answers] == ["priya"]


def test_viewers_do_not_pile_on_after_one_utterance() -> None:
    room = rehearse(shipped("kettle"), [(30.0, "shut up all of you")], until=33)
    assert len([request for request in room.requests if request.reply_to == "u1"]) <= 1


def test_a_viewer_who_was_cut_off_says_so_next() -> None:
    scenario = shipped("kettle")
    probe = rehearse(scenario, until=60)
    first = next(request for request in probe.requests if request.viewer_id == "dana" and request.channel == "voice")
    room = rehearse(scenario, [(25.0, "so this kettle is really nice")], until=60, cut=(first.line_id,))
    after = [request for request in room.requests if request.viewer_id == "dana"]
    position = next(number for number, request in enumerate(after) if request.line_id == first.line_id)
    assert after[position + 1].intent == "cut_off_remark"
    heard = first.text[: len(first.text) // 3]
    assert heard in after[position + 1].brief.state
    assert any(turn.text == f"{heard}—" for turn in after[position + 1].brief.recent)


def test_a_voice_that_never_gets_the_floor_types_or_tries_again() -> None:
    room = rehearse(shipped("lantern"), deny_voice=True, until=120)
    june = [request for request in room.requests if request.viewer_id == "june"]
    assert {request.channel for request in june} == {"voice", "chat"}
    posted = [event for event in room.events(LinePosted) if isinstance(event, LinePosted)]
    assert len({event.text for event in posted}) == len(posted) > 3


def test_planned_lines_come_at_their_time_with_their_pressure() -> None:
    room = rehearse(shipped("kettle"), GOOD_KETTLE, until=100)
    planned = [
        (record.at, record.event)
        for record in room.records
        if isinstance(record.event, LinePosted | LineVoicing) and record.event.pressure
    ]
    assert any(event.viewer_id == "dana" and 50 <= at < 60 for at, event in planned)
    assert any(event.viewer_id == "rex" and 85 <= at < 95 for at, event in planned)


def test_an_audience_drop_is_a_pressure_event_that_leaves_air() -> None:
    room = rehearse(shipped("kettle"), GOOD_KETTLE, until=170)
    drop = next(record for record in room.records if isinstance(record.event, RoomChanged) and record.event.pressure)
    assert isinstance(drop.event, RoomChanged)
    assert (drop.event.viewers, drop.event.reason) == (70, "audience_drop")
    after = [
        record
        for record in room.records
        if drop.at < record.at < drop.at + 8
        and isinstance(record.event, LinePosted | LineVoicing)
        and record.event.reply_to is None
        and record.event.intent not in ("buy", "leave")
    ]
    assert after == []


def test_lines_answering_price_wait_for_it_to_be_said() -> None:
    scenario = shipped("lantern")
    before = rehearse(scenario, [(10.0, "hello everyone")], until=30)
    assert not [request for request in before.requests if request.intent == "push" and request.pressure]
    after = rehearse(scenario, [(10.0, "it's twenty nine today")], until=30)
    pushed = [request for request in after.requests if request.intent == "push" and request.pressure]
    assert [request.viewer_id for request in pushed] == ["marcus"]


def test_stages_follow_the_plan() -> None:
    room = rehearse(shipped("kettle"), until=299)
    entered = [
        (round(record.at), record.event.name) for record in room.records if isinstance(record.event, StageEntered)
    ]
    assert entered == [(0, "hook"), (40, "explain"), (150, "price"), (200, "close"), (255, "qa")]


def test_paused_time_does_not_count() -> None:
    straight = rehearse(shipped("kettle"), until=100)
    room = Room(Audience(shipped("kettle"))).start().run(40)
    room.pause(60.0)
    room.run(160)
    assert texts(room) == texts(straight)
    late = [request for request in room.requests if request.line_id == room.requests[-1].line_id]
    assert late[0].expires_at > 100


def test_difficulty_sets_how_densely_viewers_write() -> None:
    counts = [
        len(rehearse(shipped("kettle"), GOOD_KETTLE, difficulty=level, until=120).requests) for level in (1, 3, 5)
    ]
    assert counts == sorted(counts)
    assert counts[2] > counts[0]


def test_at_the_lowest_difficulty_nobody_cuts_in() -> None:
    assert {request.floor for request in rehearse(shipped("lantern"), difficulty=1).requests} == {"waits"}
    assert "cuts_in" in {request.floor for request in rehearse(shipped("lantern"), difficulty=4).requests}


def test_records_before_the_start_and_after_the_end_are_harmless() -> None:
    audience = Audience(shipped("kettle"))
    room = Room(audience)
    room.note(WordsHeard(text="hm", start=0.0))
    assert audience.tick(1.0) == []
    audience.dropped(Dropped("l99", "unknown"))
    assert room.requests == []


def test_difficulty_and_seed_default_to_the_scenario() -> None:
    scenario: Scenario = shipped("oat-crisps")
    audience = Audience(scenario)
    assert (audience.seed, audience.difficulty) == (scenario.seed, scenario.difficulty)
    assert Audience(scenario, seed=1, difficulty=5).difficulty == 5


def test_utterances_reach_the_model_as_recent_turns() -> None:
    room = rehearse(shipped("kettle"), [(20.0, "dana okay i'll do forty five for you")], until=25)
    answer = next(request for request in room.requests if request.reply_to == "u1")
    assert ("streamer", "dana okay i'll do forty five for you") in [
        (turn.speaker, turn.text) for turn in answer.brief.recent
    ]
    assert len(room.events(UtteranceHeard)) == 1


def test_a_viewer_whose_opening_is_planned_keeps_it_for_then() -> None:
    line = "I'm four months along, can I use this?"
    planned = [{"at_sec": 90, "viewer": "special_care", "intent": "open"}]
    scenario = room("special_care", "friendly", events=planned, viewer={"lines": {"open": [line]}, "channel": "chat"})
    found = rehearse(scenario, [(at, "it gives 800 lumens") for at in range(10, 110, 12)], until=120.0)
    posted = [event for event in found.events(LinePosted) if isinstance(event, LinePosted)]
    lines = [event for event in posted if event.viewer_id == "special_care"]
    assert [event.intent for event in lines].count("open") == 1
    assert next(record.at for record in found.records if record.event == lines[0]) >= 90.0


def test_a_planned_opening_of_one_who_has_opened_goes_on_from_there() -> None:
    planned = [{"at_sec": 60, "viewer": "angry_returner", "intent": "open"}]
    scenario = room("angry_returner", events=planned, viewer={"channel": "chat"})
    found = rehearse(scenario, [(20.0, "angry returner what is it")], until=80.0)
    intents = [event.intent for event in found.events(LinePosted) if isinstance(event, LinePosted)]
    assert intents.count("open") == 1
    assert "ask" in intents


def test_a_planned_line_does_not_come_on_top_of_the_viewers_own() -> None:
    planned = [{"when": "price_said", "viewer": "haggler", "intent": "push", "pressure": True}]
    scenario = room("haggler", events=planned, viewer={"channel": "voice", "price_limit": 30})
    says = [(20.0, "hello hanna what is it"), (30.0, "hanna it's forty dollars today"), (45.0, "it gives 800 lumens")]
    voiced = rehearse(scenario, says, until=70.0).events(LineVoicing)
    spoken = [event for event in voiced if isinstance(event, LineVoicing)]
    planned_at = [event.start for event in spoken if event.intent == "push" and event.pressure]
    before = [event.start for event in spoken if planned_at and event.start < planned_at[0]]
    assert before
    assert planned_at[0] - before[-1] >= SPEAKS_SEC + 5.0
