"""Whole rehearsals over scripted ports, in virtual time: five minutes take milliseconds."""

from __future__ import annotations

import asyncio
import threading
from asyncio import TaskGroup
from collections.abc import Sequence
from pathlib import Path

import pytest

from coach.errors import RoomFull
from coach.events import (
    Event,
    LinePosted,
    LineVoiced,
    LineVoicing,
    Record,
    RehearsalEnded,
    RehearsalPaused,
    RehearsalResumed,
    RehearsalStarted,
    TurnTimed,
    UtteranceHeard,
    load_record,
)
from coach.scenario.load import LoadedScenario
from coach.testing import (
    Answer,
    Say,
    ScriptedChat,
    ScriptedRecognizer,
    ScriptedSynthesizer,
)
from tests.live.rehearsals import Values, events, labels, room, talk
from tests.virtual_time import virtual_time


@virtual_time
async def test_scorecards_that_are_waited_for_hold_nobody_up() -> None:
    graded, begun = threading.Event(), threading.Barrier(3)

    def slow(scenario: LoadedScenario, records: Sequence[Record], folder: Path) -> Values:
        if not graded.is_set():
            begun.wait(20)
            assert graded.wait(20)
        return Values(len(records))

    async with room(limit=3, score=slow) as here:
        waiting = [await here.host.create(here.scenario, input="typed") for _ in range(2)]
        for rehearsal in waiting:
            rehearsal.end()
        await asyncio.to_thread(begun.wait, 20)
        late = await here.host.create(here.scenario, input="typed")
        assert [rehearsal.id for rehearsal in here.host.active()] == [*(one.id for one in waiting), late.id]
        graded.set()
    assert all(kept.scorecard is not None for kept in here.keeper.files.values())


@virtual_time
async def test_a_typed_rehearsal_runs_to_its_time_and_is_kept_and_scored() -> None:
    async with room() as here:
        rehearsal = await here.host.create(here.scenario, input="typed")
        await asyncio.sleep(20)
        rehearsal.say("  Welcome in, everyone. The kettle is 39 dollars today.  ")
        await rehearsal.finished()
        assert labels(rehearsal, RehearsalStarted, UtteranceHeard, RehearsalEnded) == [
            "rehearsal_started",
            "utterance_heard",
            "rehearsal_ended",
        ]
        assert events(rehearsal, RehearsalEnded)[0].reason == "time"
        assert events(rehearsal, LinePosted)
        assert not events(rehearsal, LineVoicing)
        files = here.keeper.files[rehearsal.id]
        assert [load_record(line) for line in files.lines] == list(rehearsal.log.records)
        assert files.scorecard == f'{{"records": {len(files.lines)}}}'
        assert here.keeper.index[rehearsal.id].state == "scored"
        assert here.keeper.index[rehearsal.id].duration_sec == pytest.approx(here.scenario.scenario.duration_sec, 0.01)
        assert here.host.get(rehearsal.id) is None


@virtual_time
async def test_viewers_speak_and_are_recorded_and_a_streamer_who_talks_over_them_cuts_them_off() -> None:
    script = [Say(1.0, 3.0)] + [Say(8.0 + 4 * n, 10.0 + 4 * n) for n in range(14)]  # then viewers are heard out
    recognizer = ScriptedRecognizer(["so this is our kettle and it is lovely."] * 21)
    async with room(recognizer=recognizer, synthesizer=ScriptedSynthesizer()) as here:
        rehearsal = await here.host.create(here.scenario)
        mouth = await talk(rehearsal, script, 90.0)
        voiced = events(rehearsal, LineVoiced)
        cut = [line for line in voiced if line.cut_off]
        assert cut
        assert {line.cut_by for line in voiced} == {"streamer", "none"}
        assert all(line.text.startswith(line.heard_text) and line.heard_text != line.text for line in cut)
        assert max(peak for _, peak in mouth.played) > 0
        assert here.recorder.streamer_sec > 60
        assert here.recorder.viewers_sec > 0
        stops = [event for event in events(rehearsal, TurnTimed) if event.kind == "stop"]
        assert len(stops) >= len(cut)  # one stopped in its last word was heard whole
        assert max(event.total_ms for event in stops) <= 220
        rehearsal.end()
        await rehearsal.finished()
        spoken = [event.line_id for event in events(rehearsal, LineVoicing)]
        assert [line.line_id for line in events(rehearsal, LineVoiced)] == spoken
        assert here.recorder.closed


@virtual_time
async def test_a_lost_connection_pauses_the_room_and_comes_back_on_the_same_log() -> None:
    async with room(recognizer=ScriptedRecognizer([])) as here:
        rehearsal = await here.host.create(here.scenario)
        await talk(rehearsal, [], 5.0)
        await asyncio.sleep(10)
        before = len(rehearsal.log.records)
        await talk(rehearsal, [], 5.0)
        assert labels(rehearsal, RehearsalPaused, RehearsalResumed)[:3] == [
            "rehearsal_paused",
            "rehearsal_resumed",
            "rehearsal_paused",
        ]
        assert events(rehearsal, RehearsalResumed)[0].paused_sec == pytest.approx(10.0, abs=0.05)
        assert rehearsal.log.records[before].event.type == "rehearsal_resumed"
        await rehearsal.finished()
        assert events(rehearsal, RehearsalEnded)[0].reason == "disconnected"
        assert here.keeper.index[rehearsal.id].duration_sec == pytest.approx(10.0, abs=0.3)


@virtual_time
async def test_a_rehearsal_nobody_connects_to_is_closed_with_a_whole_log() -> None:
    async with room() as here:
        rehearsal = await here.host.create(here.scenario)
        await rehearsal.finished()
        assert rehearsal.log.records[0].event.type == "rehearsal_started"
        assert events(rehearsal, RehearsalEnded)[0].reason == "disconnected"


@virtual_time
async def test_pausing_stops_time_and_viewers() -> None:
    async with room() as here:
        rehearsal = await here.host.create(here.scenario, input="typed")
        await asyncio.sleep(30)
        rehearsal.pause()
        rehearsal.pause()
        count = len(rehearsal.log.records)
        await asyncio.sleep(600)
        assert len(rehearsal.log.records) == count
        rehearsal.resume()
        assert rehearsal.room_sec() == pytest.approx(30, abs=0.01)
        await rehearsal.finished()
        assert rehearsal.log.records[-1].at == pytest.approx(600 + here.scenario.scenario.duration_sec, abs=0.5)


@virtual_time
@pytest.mark.parametrize("by", ["pause", "end"])
async def test_a_line_that_the_streamer_did_not_cut_off_says_what_ended_it(by: str) -> None:
    async with room(recognizer=ScriptedRecognizer([]), synthesizer=ScriptedSynthesizer()) as here, TaskGroup() as group:
        rehearsal = await here.host.create(here.scenario)
        group.create_task(talk(rehearsal, [], 60.0))
        while len(events(rehearsal, LineVoicing)) == len(events(rehearsal, LineVoiced)):
            await asyncio.sleep(0.02)
        rehearsal.pause() if by == "pause" else rehearsal.end()
        await asyncio.sleep(1.0)
        rehearsal.end()
    assert (events(rehearsal, LineVoiced)[-1].cut_off, events(rehearsal, LineVoiced)[-1].cut_by) == (True, by)


@virtual_time
async def test_a_pause_without_end_gives_its_place_back() -> None:
    async with room(limit=1) as here:
        rehearsal = await here.host.create(here.scenario, input="typed")
        await asyncio.sleep(10)
        rehearsal.pause()
        await rehearsal.finished()
        assert events(rehearsal, RehearsalEnded)[0].reason == "disconnected"
        assert rehearsal.log.records[-1].at == pytest.approx(910, abs=1)


@virtual_time
async def test_words_of_a_model_that_keep_in_character_are_used() -> None:
    answers = [Answer((f"is that number {n} the ", "real colour though")) for n in "abcdefghijklmnopqrstuvwxyz" * 3]
    async with room(chat=ScriptedChat(answers)) as here:
        rehearsal = await here.host.create(here.scenario, input="typed")
        await asyncio.sleep(60)
        assert "scripted-chat" in {line.writer for line in events(rehearsal, LinePosted)}


@virtual_time
async def test_a_full_room_refuses_and_leaves_those_inside_alone() -> None:
    async with room(limit=1) as here:
        rehearsal = await here.host.create(here.scenario, input="typed")
        with pytest.raises(RoomFull):
            await here.host.create(here.scenario, input="typed")
        rehearsal.end()
        await rehearsal.finished()
        await here.host.create(here.scenario, input="typed")


@virtual_time
async def test_leaving_the_host_ends_and_scores_what_runs() -> None:
    async with room() as here:
        rehearsal = await here.host.create(here.scenario, input="typed")
        await asyncio.sleep(5)
    assert events(rehearsal, RehearsalEnded)[0].reason == "stopped"
    assert here.keeper.index[rehearsal.id].state == "scored"


@virtual_time
async def test_the_same_script_gives_the_same_rehearsal_to_the_event() -> None:
    async def once() -> list[Event]:
        async with room() as here:
            rehearsal = await here.host.create(here.scenario, input="typed")
            await asyncio.sleep(12)
            rehearsal.say("It is 39 dollars and you get free returns.")
            await rehearsal.finished()
            return [record.event for record in rehearsal.log.records[1:]]

    assert await once() == await once()


@virtual_time
@pytest.mark.parametrize("by", ["word", "button"])
async def test_the_safe_word_and_the_stop_button_silence_everybody_at_once(by: str) -> None:
    async with room(recognizer=ScriptedRecognizer([]), synthesizer=ScriptedSynthesizer()) as here, TaskGroup() as group:
        rehearsal = await here.host.create(here.scenario)
        group.create_task(talk(rehearsal, [], 60.0))
        while len(events(rehearsal, LineVoicing)) == len(events(rehearsal, LineVoiced)):
            await asyncio.sleep(0.02)
        asked = rehearsal.clock.now()
        rehearsal.say("Red light!") if by == "word" else rehearsal.stop()
        await rehearsal.finished()
    assert events(rehearsal, RehearsalEnded)[0].reason == "safe_word"
    assert events(rehearsal, LineVoiced)[-1].end <= asked + 0.05
    later = [record.event for record in rehearsal.log.records if record.at > asked + 0.05]
    assert not [event for event in later if isinstance(event, LinePosted | LineVoicing)]
    assert here.keeper.index[rehearsal.id].state == "scored"


@virtual_time
@pytest.mark.parametrize("by", ["word", "button", "pause"])
async def test_what_a_model_is_still_wording_is_not_posted_into_the_silence(by: str) -> None:
    chat = ScriptedChat([Answer(("Really now?",), first_after_sec=1.0)] * 40)
    async with room(chat=chat) as here:
        rehearsal = await here.host.create(here.scenario, input="typed")
        while len(chat.asked) == len(events(rehearsal, LinePosted)):
            await asyncio.sleep(0.02)
        asked = rehearsal.clock.now()
        match by:
            case "word":
                rehearsal.say("Red light!")
            case "button":
                rehearsal.stop()
            case _:
                rehearsal.pause()
                await asyncio.sleep(5)
                rehearsal.stop()
        await rehearsal.finished()
    later = [record.event for record in rehearsal.log.records if record.at > asked]
    assert not [event for event in later if isinstance(event, LinePosted)]
