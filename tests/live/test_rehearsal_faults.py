"""What a rehearsal does when engines, disk, models or rules fail."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

import pytest

from coach.errors import EngineError
from coach.events import (
    EngineFailed,
    LinePosted,
    LineVoiced,
    LineVoicing,
    Record,
    RehearsalEnded,
    UtteranceHeard,
    load_record,
)
from coach.live.scene import Scene
from coach.live.terms import Terms
from coach.ports import SpeechChunk, VoiceSpec
from coach.room.audience import Audience
from coach.room.request import Action
from coach.testing import (
    Answer,
    MemoryRecorder,
    Say,
    ScriptedChat,
    ScriptedRecognizer,
    ScriptedSynthesizer,
)
from tests.live.rehearsals import events, labels, room, talk
from tests.virtual_time import virtual_time


@virtual_time
async def test_a_failing_voice_sends_the_line_to_chat_and_a_failing_recogniser_leaves_typing() -> None:
    recognizer = ScriptedRecognizer([EngineError("ear", "broke")])
    async with room(recognizer=recognizer, synthesizer=ScriptedSynthesizer(fail_on="")) as here:
        rehearsal = await here.host.create(here.scenario)
        await talk(rehearsal, [Say(1.0, 2.0)], 60.0)
        failed = {(event.port, event.fallback) for event in events(rehearsal, EngineFailed)}
        assert ("recognizer", "typed input stays") in failed
        assert ("synthesizer", "line goes to chat") in failed
        assert not events(rehearsal, LineVoicing)
        voices = {viewer.id for viewer in here.scenario.scenario.viewers if viewer.channel == "voice"}
        assert voices & {line.viewer_id for line in events(rehearsal, LinePosted)}


@virtual_time
async def test_a_recorder_that_fails_is_told_and_the_rehearsal_goes_on() -> None:
    async with room(recorder=MemoryRecorder(failure="No space left."), recognizer=ScriptedRecognizer([])) as here:
        rehearsal = await here.host.create(here.scenario)
        await talk(rehearsal, [], 10.0)
        assert [event.error for event in events(rehearsal, EngineFailed)] == ["No space left."]
        assert rehearsal.log.records[-1].at > 9


@virtual_time
async def test_a_full_disk_loses_no_record_once_there_is_room_again() -> None:
    async with room() as here:
        rehearsal = await here.host.create(here.scenario, input="typed")
        here.keeper.files[rehearsal.id].refuse = 3
        await rehearsal.finished()
        assert [event.port for event in events(rehearsal, EngineFailed)] == ["recorder"]
        written = [load_record(line) for line in here.keeper.files[rehearsal.id].lines]
        assert written == list(rehearsal.log.records)


@virtual_time
async def test_a_disk_that_stays_full_delays_the_end_by_no_minutes_and_the_scorecard_is_tried() -> None:
    async with room() as here:
        rehearsal = await here.host.create(here.scenario, input="typed")
        files = here.keeper.files[rehearsal.id]
        files.refuse = 10_000
        await asyncio.sleep(100)
        ended = asyncio.get_running_loop().time()
        rehearsal.end()
        await rehearsal.finished()
        assert asyncio.get_running_loop().time() - ended < 1.0
        assert files.scorecard is not None
        assert len(events(rehearsal, EngineFailed)) == 1
        assert 10_000 - files.refuse < 60


@virtual_time
async def test_a_voice_that_fails_in_mid_line_leaves_the_words_that_were_heard() -> None:
    class BreaksOff(ScriptedSynthesizer):
        """Speaks the first clause it is given and fails from then on."""

        async def speak(self, text: str, voice: VoiceSpec) -> AsyncGenerator[SpeechChunk, None]:
            if self.spoken:
                raise EngineError(self.name, "broke off")
            async with aclosing(super().speak(text, voice)) as chunks:
                async for chunk in chunks:
                    yield chunk

    voice = BreaksOff()
    async with room(recognizer=ScriptedRecognizer([]), synthesizer=voice) as here:
        rehearsal = await here.host.create(here.scenario)
        await talk(rehearsal, [], 60.0)
        line = events(rehearsal, LineVoiced)[0]
        assert (line.cut_off, line.cut_by, line.heard_text) == (True, "failure", voice.spoken[0].strip())
        assert line.text.startswith(line.heard_text)
        assert line.text != line.heard_text
        assert events(rehearsal, EngineFailed)[0].fallback == "the line ends early"
        assert len(events(rehearsal, LineVoiced)) == len(events(rehearsal, LineVoicing))


@virtual_time
async def test_a_fault_in_the_loop_still_closes_the_line_and_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(scene: Scene, at: float) -> None:
        raise ZeroDivisionError

    async with room(recognizer=ScriptedRecognizer([]), synthesizer=ScriptedSynthesizer()) as here:
        rehearsal = await here.host.create(here.scenario)

        async def break_it() -> None:
            async for record in rehearsal.log.follow():
                if isinstance(record.event, LineVoicing):
                    monkeypatch.setattr(Scene, "tick", broken)

        async with asyncio.TaskGroup() as group:
            group.create_task(break_it())
            await talk(rehearsal, [], 60.0)
            await rehearsal.finished()
        assert labels(rehearsal, LineVoicing, LineVoiced, RehearsalEnded) == [
            "line_voicing",
            "line_voiced",
            "rehearsal_ended",
        ]
        assert events(rehearsal, RehearsalEnded)[0].reason == "failed"
        assert here.keeper.index[rehearsal.id].state == "scored"


@virtual_time
async def test_a_late_model_is_replaced_by_the_scripted_line() -> None:
    chat = ScriptedChat([Answer(("never used",), first_after_sec=30.0)] * 60)
    async with room(chat=chat) as here:
        rehearsal = await here.host.create(here.scenario, input="typed")
        await asyncio.sleep(60)
        posted = events(rehearsal, LinePosted)
        assert posted
        assert {line.writer for line in posted} == {"scripted"}
        assert {(event.port, event.fallback) for event in events(rehearsal, EngineFailed)} == {
            ("chat_model", "scripted line")
        }


class Faulty(Audience):
    """An audience in which one rule fails at every third tick, and whenever words are heard."""

    ticks = 0

    def tick(self, at: float) -> list[Action]:
        self.ticks += 1
        if self.ticks % 3 == 0:
            raise ZeroDivisionError
        return super().tick(at)

    def observe(self, record: Record) -> list[Action]:
        if isinstance(record.event, UtteranceHeard):
            raise StopIteration
        return super().observe(record)


@virtual_time
async def test_a_viewer_whose_rule_fails_does_not_end_the_rehearsal() -> None:
    async with room() as here:
        terms = Terms(audience=Faulty(here.scenario.scenario))
        rehearsal = await here.host.create(here.scenario, terms=terms, input="typed")
        await asyncio.sleep(20)
        rehearsal.say("It is 39 dollars.")
        await rehearsal.finished()
    assert events(rehearsal, RehearsalEnded)[0].reason == "time"
    assert len(events(rehearsal, LinePosted)) > 5
