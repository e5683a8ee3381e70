"""Whole rehearsals over scripted ports, in virtual time: five minutes take milliseconds."""

from __future__ import annotations

import asyncio
import threading
from asyncio import TaskGroup
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest

from coach.errors import EngineError, RoomFull
from coach.events import (
    EngineFailed,
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
from coach.live.engines import Engines
from coach.live.host import Finish, RehearsalHost
from coach.live.rehearsal import LiveRehearsal
from coach.live.scene import Scene
from coach.live.terms import Terms
from coach.ports import Recognizer, SpeechChunk, VoiceSpec
from coach.room.audience import Audience
from coach.room.request import Action
from coach.scenario.load import LoadedScenario, load_scenario
from coach.testing import (
    Answer,
    LevelVad,
    MemoryKeeper,
    MemoryMouth,
    MemoryRecorder,
    Say,
    ScriptedChat,
    ScriptedEars,
    ScriptedRecognizer,
    ScriptedSynthesizer,
)
from tests.virtual_time import virtual_time

E = TypeVar("E")
SCENARIOS = Path(__file__).parents[2] / "scenarios"


@dataclass
class Values:
    """A scorecard as far as the host needs one."""

    records: int

    @property
    def scores(self) -> list[Values]:
        return []

    @property
    def id(self) -> str:
        return ""

    @property
    def value(self) -> float | None:
        return None

    def model_dump_json(self, *, indent: int | None = None) -> str:
        return f'{{"records": {self.records}}}'


def finish(scenario: LoadedScenario, records: Sequence[Record], folder: Path) -> Values:
    return Values(len(records))


@dataclass
class Room:
    host: RehearsalHost
    keeper: MemoryKeeper
    recorder: MemoryRecorder
    scenario: LoadedScenario


@asynccontextmanager
async def room(
    *,
    recognizer: Recognizer | None = None,
    synthesizer: ScriptedSynthesizer | None = None,
    chat: ScriptedChat | None = None,
    recorder: MemoryRecorder | None = None,
    limit: int = 2,
    score: Finish = finish,
) -> AsyncIterator[Room]:
    kept = recorder or MemoryRecorder()
    engines = Engines(
        vad=LevelVad,
        recognizer=lambda language: recognizer if language == "en" else None,
        synthesizer=synthesizer,
        chat=chat,
        recorder=lambda folder: kept,
        names={"vad": "level"},
    )
    keeper = MemoryKeeper(Path("memory"))
    scenario = load_scenario(SCENARIOS / "en-US" / "home" / "kettle.yaml")
    async with RehearsalHost(engines, keeper, score, limit=limit) as host:
        yield Room(host, keeper, kept, scenario)


def events(rehearsal: LiveRehearsal, kind: type[E]) -> list[E]:
    return [record.event for record in rehearsal.log.records if isinstance(record.event, kind)]


def labels(rehearsal: LiveRehearsal, *kinds: type[Event]) -> list[str]:
    return [record.event.type for record in rehearsal.log.records if isinstance(record.event, kinds)]


async def talk(rehearsal: LiveRehearsal, script: list[Say], total_sec: float) -> MemoryMouth:
    mouth = MemoryMouth(rehearsal.clock)
    await rehearsal.converse(ScriptedEars(rehearsal.clock, script, total_sec), mouth)
    return mouth


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
