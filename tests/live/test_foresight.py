"""Answers computed in the pause before it is certain that the streamer has finished: used, dropped, or failed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from pathlib import Path

import pytest

from coach.errors import Sentence
from coach.events import (
    EngineFailed,
    LinePosted,
    LineVoiced,
    LineVoicing,
    SpeechPaused,
    TurnTimed,
    UtteranceHeard,
)
from coach.events import Record as LogRecord
from coach.live.foresight import Waste, same_words
from coach.live.gate import Gate
from coach.live.rehearsal import LiveRehearsal
from coach.live.tuning import LiveTuning
from coach.live.writer import LineWriter
from coach.ports import SpeechChunk, VoiceSpec
from coach.room.audience import Audience
from coach.room.request import LineBrief, LineRequest
from coach.scenario.load import load_scenario
from coach.testing import Answer, Say, ScriptedChat, ScriptedRecognizer, ScriptedSynthesizer
from tests.live.rehearsals import events, room, talk
from tests.started import started
from tests.virtual_time import virtual_time

BENCH = Path(__file__).parents[2] / "evals" / "cases" / "latency.yaml"
SLOW_SEC = 0.03
"""First sound of the slow voice; longer than a frame, shorter than any hangover."""
ASK = "so what do you think about it?"


async def rehearse(
    script: list[Say],
    texts: list[str],
    *,
    voice: ScriptedSynthesizer | None = None,
    chat: ScriptedChat | None = None,
    total_sec: float = 30.0,
) -> LiveRehearsal:
    """Rehearse with one haggler who answers whatever is said."""
    recognizer = ScriptedRecognizer(list(texts))
    async with room(recognizer=recognizer, synthesizer=voice or ScriptedSynthesizer(), chat=chat) as here:
        rehearsal = await here.host.create(load_scenario(BENCH))
        await talk(rehearsal, script, total_sec)
        return rehearsal


def answers(rehearsal: LiveRehearsal) -> list[TurnTimed]:
    return [event for event in events(rehearsal, TurnTimed) if event.kind == "answer"]


@virtual_time
async def test_an_answer_is_ready_when_the_utterance_ends_however_slow_the_voice() -> None:
    rehearsal = await rehearse([Say(20.0, 22.0)], [ASK], voice=ScriptedSynthesizer(delay_sec=SLOW_SEC))
    (answer,) = answers(rehearsal)
    assert answer.foreseen
    assert answer.endpoint_ms is not None
    assert answer.endpoint_ms >= SLOW_SEC * 1000 + 80  # else there was no time to compute it in
    assert (answer.write_ms, answer.synthesize_ms, answer.floor_ms) == (0.0, 0.0, 0.0)
    assert answer.total_ms - answer.endpoint_ms <= 40.0
    assert (answer.dropped_finals, answer.dropped_answers) == (0, 0)


@virtual_time
async def test_nothing_of_an_answer_is_logged_before_its_utterance() -> None:
    rehearsal = await rehearse([Say(20.0, 22.0)], [ASK])
    kinds = [record.event.type for record in rehearsal.log.records if 20.0 < record.at < 24.0]
    said = kinds.index("utterance_heard")
    assert "line_voicing" in kinds[said:]
    quiet = {"speech_started", "speech_paused", "words_heard", "viewer_changed", "room_changed"}
    assert set(kinds[:said]) <= quiet


@virtual_time
async def test_an_answer_foreseen_in_a_pause_is_dropped_as_speech_goes_on_and_counted() -> None:
    voice = ScriptedSynthesizer()
    rehearsal = await rehearse([Say(20.0, 21.0), Say(21.1, 23.0)], [ASK], voice=voice)
    pauses = [event.start for event in events(rehearsal, SpeechPaused)]
    assert len([start for start in pauses if 20.0 < start < 24.0]) == 2
    (answer,) = answers(rehearsal)
    assert (answer.foreseen, answer.dropped_finals, answer.dropped_answers) == (True, 1, 1)
    assert answer.dropped_chars
    assert answer.dropped_sound_sec
    assert not [event for event in events(rehearsal, LineVoicing) if 20.0 < event.start < 23.0]


@virtual_time
async def test_a_model_is_asked_in_the_pause_and_not_again_for_the_same_answer() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    chat = ScriptedChat(
        [Answer((f"does it fit a {one}{two} cup ",), first_after_sec=SLOW_SEC) for one in letters for two in "pqrst"]
    )
    rehearsal = await rehearse([Say(20.0, 21.0), Say(21.1, 23.0)], [ASK], chat=chat)
    (answer,) = answers(rehearsal)
    assert (answer.foreseen, answer.write_ms, answer.dropped_answers) == (True, 0.0, 1)
    said = [event for event in events(rehearsal, LineVoiced) if event.start > 20.0]
    assert said[0].text.startswith("does it fit a")
    spoken = [*events(rehearsal, LineVoiced), *events(rehearsal, LinePosted)]
    assert len(chat.asked) == len(spoken) + 1  # the one that speech went on over


@virtual_time
async def test_a_model_that_fails_ahead_is_told_only_if_its_line_is_said() -> None:
    silent = [Answer((), error="gone")] * 200
    chat = ScriptedChat(silent)
    dropped = await rehearse([Say(20.0, 21.0), Say(21.1, 60.0)], [ASK], chat=chat, total_sec=22.0)
    failed = [record for record in dropped.log.records if isinstance(record.event, EngineFailed)]
    assert not [record for record in failed if 20.0 < record.at < 22.0]
    assert len(chat.asked) == len(failed) + 1
    said = await rehearse([Say(20.0, 22.0)], [ASK], chat=ScriptedChat(silent))
    assert answers(said)[0].foreseen
    assert {event.port for event in events(said, EngineFailed)} == {"chat_model"}
    assert {event.error for event in events(said, EngineFailed)} == {"gone"}
    assert all(isinstance(event.error, Sentence) for event in events(said, EngineFailed))  # to be told in Chinese too


@virtual_time
async def test_a_voice_that_fails_ahead_sends_the_committed_line_to_chat() -> None:
    rehearsal = await rehearse([Say(20.0, 22.0)], [ASK], voice=ScriptedSynthesizer(fail_on=""))
    failed = [record for record in rehearsal.log.records if isinstance(record.event, EngineFailed)]
    heard = next(record for record in rehearsal.log.records if isinstance(record.event, UtteranceHeard))
    assert [record for record in failed if record.seq > heard.seq]
    assert not [record for record in failed if heard.at - 0.3 < record.at < heard.at]
    assert {event.fallback for event in events(rehearsal, EngineFailed)} == {"line goes to chat"}
    assert [event for event in events(rehearsal, LinePosted) if event.reply_to == "u1"]


class Hanging(ScriptedSynthesizer):
    """Gives `words` words of the first line it is asked for, then nothing for ever."""

    def __init__(self, words: int) -> None:
        super().__init__()
        self.words = words

    async def speak(self, text: str, voice: VoiceSpec) -> AsyncGenerator[SpeechChunk, None]:
        async with aclosing(super().speak(text, voice)) as chunks:
            given = 0
            async for chunk in chunks:
                if given == self.words:
                    await asyncio.Event().wait()
                given += 1
                yield chunk


class Mute(ScriptedSynthesizer):
    """Ends every clause without a sound."""

    async def speak(self, text: str, voice: VoiceSpec) -> AsyncGenerator[SpeechChunk, None]:
        for _ in ():
            yield SpeechChunk(_)


@virtual_time
async def test_a_voice_that_hangs_before_its_first_sound_sends_the_line_to_chat() -> None:
    rehearsal = await rehearse([Say(20.0, 22.0)], [ASK], voice=Hanging(0))
    assert {event.fallback for event in events(rehearsal, EngineFailed)} == {"line goes to chat"}
    assert events(rehearsal, LinePosted)
    assert not events(rehearsal, LineVoicing)


@virtual_time
async def test_a_line_that_goes_to_chat_is_whole_though_its_voice_failed_at_the_first_clause() -> None:
    scripted = await rehearse([], [], voice=ScriptedSynthesizer(fail_on=""), total_sec=60.0)
    assert events(scripted, LinePosted)
    assert not [event.text for event in events(scripted, LinePosted) if event.text.endswith(",")]
    letters = "abcdefghijklmnopqrstuvwxyz"
    worded = [Answer((f"Well, {one}, ", "does it fit a cup?")) for one in letters for _ in range(8)]
    model = await rehearse([Say(20.0, 22.0)], [ASK], voice=ScriptedSynthesizer(fail_on=""), chat=ScriptedChat(worded))
    lines = [event.text for event in events(model, LinePosted) if event.writer != "scripted"]
    assert lines
    assert all(line.endswith("cup?") for line in lines)


@virtual_time
async def test_a_voice_that_hangs_in_mid_clause_leaves_the_words_that_were_heard() -> None:
    rehearsal = await rehearse([], [], voice=Hanging(2), total_sec=60.0)
    lines = events(rehearsal, LineVoiced)
    assert lines
    assert {event.fallback for event in events(rehearsal, EngineFailed)} == {"the line ends early"}
    # Two words of the clause that hangs, after a clause of one or two where the line begins with one (“Come on,”).
    assert all(line.cut_off and len(line.heard_text.split()) in (2, 3, 4) for line in lines)
    assert len(events(rehearsal, LineVoicing)) == len(lines)


@virtual_time
async def test_a_voice_without_a_sound_sends_the_line_to_chat() -> None:
    rehearsal = await rehearse([Say(20.0, 22.0)], [ASK], voice=Mute())
    assert not events(rehearsal, LineVoicing)
    assert [event for event in events(rehearsal, LinePosted) if event.reply_to == "u1"]


# --- the parts ----------------------------------------------------------------------------------------------------


def test_a_gate_keeps_the_order_and_opens_once() -> None:
    gate, done = Gate(), list[str]()
    gate.do(lambda: done.append("first"))
    gate.do(lambda: done.append("second"))
    assert not done
    gate.open()
    gate.open()
    gate.do(lambda: done.append("third"))
    assert done == ["first", "second", "third"]


def test_waste_is_counted_once() -> None:
    waste = Waste()
    waste.add(10, 0.5)
    waste.add(5, 0.25)
    assert waste.take() == Waste(2, 15, 0.75)
    assert waste.take() == Waste()


def _request() -> LineRequest:
    brief = LineBrief(
        language="en",
        persona="p",
        intent="ask",
        instruction="i",
        product="x",
        state="calm",
        intensity_cap=1,
        max_chars=90,
    )
    voice = VoiceSpec("en")
    return LineRequest(
        line_id="l1",
        viewer_id="a",
        channel="voice",
        intent="ask",
        text="How much?",
        voice=voice,
        expires_at=9,
        brief=brief,
    )


@pytest.mark.parametrize(
    ("change", "scripted", "model"),
    [
        ({}, True, True),
        ({"expires_at": 10.0}, True, True),
        ({"text": "How much is it?"}, False, False),
        ({"line_id": "l2"}, False, False),
        ({"voice": VoiceSpec("en", rate=1.2)}, False, False),
        ({"brief": replace(_request().brief, state="angry")}, True, False),
    ],
)
def test_an_answer_foreseen_is_used_only_for_the_same_words(
    change: dict[str, object], scripted: bool, model: bool
) -> None:
    asked = replace(_request(), **change)  # type: ignore[arg-type]  # a table of fields of several types
    assert same_words(_request(), asked, by_model=False) is scripted
    assert same_words(_request(), asked, by_model=True) is model


@pytest.mark.parametrize("path", ["en-US/home/kettle.yaml", "zh-CN/apparel/linen-shirt.yaml"])
def test_asking_an_audience_ahead_changes_nothing_and_tells_what_it_then_does(path: str) -> None:
    scenario = load_scenario(Path(__file__).parents[2] / "scenarios" / path).scenario
    asked, left_alone = Audience(scenario, seed=5), Audience(scenario, seed=5)
    start = started(scenario_id=scenario.id, locale=scenario.locale)
    for audience in (asked, left_alone):
        audience.observe(LogRecord(seq=0, at=0.0, event=start))
    for number in range(60):
        at = 0.5 * number
        said = UtteranceHeard(utterance_id=f"u{number}", text="only 39, 今天只要89元", start=at, end=at, source="voice")
        ahead = asked.answers(said, at)
        if number % 3 == 0:
            record = LogRecord(seq=1 + number, at=at, event=said)
            assert ahead == asked.observe(record) == left_alone.observe(record)
        assert asked.tick(at + 0.2) == left_alone.tick(at + 0.2)


@virtual_time
async def test_a_line_that_is_played_again_is_not_left_to_a_model() -> None:
    again = replace(_request(), fixed=True)
    writer = LineWriter(ScriptedChat([]), LiveTuning().reply, lambda engine, error: None)
    assert (await writer.whole(again)).text == again.text
    async with aclosing(writer.clauses(again, Gate())) as clauses:
        assert "".join([clause.text async for clause in clauses]) == again.text
