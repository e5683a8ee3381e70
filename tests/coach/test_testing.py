from __future__ import annotations

import asyncio
from contextlib import aclosing
from pathlib import Path

import numpy as np
import pytest

from coach.clock import LoopClock
from coach.errors import EngineError, StorageError
from coach.events import CueShown, Record, load_record
from coach.ports import (
    EAR_FRAME,
    MOUTH_FRAME,
    ChatMessage,
    Hypothesis,
    Int16Array,
    RecognitionHints,
    RehearsalSummary,
    VoiceSpec,
)
from coach.testing import (
    Answer,
    LevelVad,
    ManualClock,
    MemoryKeeper,
    MemoryMouth,
    MemoryRecorder,
    Say,
    ScriptedChat,
    ScriptedEars,
    ScriptedRecognizer,
    ScriptedSynthesizer,
    ScriptError,
)
from tests.virtual_time import virtual_time

HINTS = RecognitionHints("en")
QUESTION = [ChatMessage("user", "hello")]


@virtual_time
async def test_scripted_ears_and_the_level_vad_agree_on_who_speaks_when() -> None:
    clock, vad = LoopClock(), LevelVad()
    ears = ScriptedEars(clock, [Say(0.1, 0.3), Say(0.5, 0.6)], total_sec=1.0)
    heard = []
    async with aclosing(ears.frames()) as frames:
        async for frame in frames:
            assert clock.now() == pytest.approx(frame.position / 16_000 + 0.020)
            if vad.feed(frame.pcm).quick:
                heard.append(frame.position / 16_000)
    assert len(heard) == 15
    assert (heard[0], heard[9], heard[10], heard[-1]) == pytest.approx((0.1, 0.28, 0.5, 0.58))


def test_the_level_vad_refuses_a_frame_of_another_length() -> None:
    with pytest.raises(ValueError, match="320"):
        LevelVad().feed(np.zeros(319, dtype=np.int16))


async def test_the_recogniser_reports_growing_prefixes_then_the_scripted_text() -> None:
    partials: list[Hypothesis] = []
    recognizer = ScriptedRecognizer(["one two three"])
    hearing = recognizer.open(HINTS, partials.append)
    for _ in range(20):
        hearing.feed(np.zeros(EAR_FRAME, dtype=np.int16))
    assert [partial.text for partial in partials] == ["one", "one two"]
    assert (await hearing.final()).text == "one two three"
    await hearing.aclose()
    with pytest.raises(ScriptError):
        await hearing.final()
    recognizer.assert_complete()


async def test_a_scripted_failure_of_the_recogniser_is_raised() -> None:
    hearing = ScriptedRecognizer([EngineError("asr", "broken")]).open(HINTS, lambda _: None)
    with pytest.raises(EngineError, match="broken"):
        await hearing.final()


def test_a_script_fails_on_steps_too_many_and_too_few() -> None:
    recognizer = ScriptedRecognizer(["only one"])
    with pytest.raises(ScriptError, match="expected 1"):
        recognizer.assert_complete()
    recognizer.open(HINTS, lambda _: None)
    with pytest.raises(ScriptError, match="unexpected"):
        recognizer.open(HINTS, lambda _: None)


async def test_the_synthesizer_marks_where_each_word_begins() -> None:
    synthesizer = ScriptedSynthesizer(fail_on="crash")
    chunks = [chunk async for chunk in synthesizer.speak("the  the end", VoiceSpec("en"))]
    assert [(word.offset, word.length, word.sample) for chunk in chunks for word in chunk.words] == [
        (0, 3, 0),
        (5, 3, 9600),
        (9, 3, 19200),
    ]
    assert {len(chunk.pcm) for chunk in chunks} == {9600}
    with pytest.raises(EngineError):
        await anext(synthesizer.speak("now crash", VoiceSpec("en")))


@virtual_time
async def test_the_chat_model_answers_late_and_fails_where_the_script_says() -> None:
    chat = ScriptedChat([Answer(("well ", "then"), first_after_sec=2.0, error="cut off")])
    answer, loop = chat.stream(QUESTION), asyncio.get_running_loop()
    assert [(await anext(answer), loop.time()), (await anext(answer), loop.time())] == [("well ", 2.0), ("then", 2.0)]
    with pytest.raises(EngineError, match="cut off"):
        await anext(answer)
    chat.assert_complete()
    with pytest.raises(ScriptError, match="unexpected"):
        await anext(chat.stream(QUESTION))


@virtual_time
async def test_the_memory_mouth_pulls_a_frame_every_20_ms() -> None:
    class Tone:
        def next_frame(self) -> Int16Array:
            return np.full(MOUTH_FRAME, -7, dtype=np.int16)

    mouth = MemoryMouth(LoopClock())
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.995):
            await mouth.play(Tone())
    assert len(mouth.played) == 50
    at, peak = mouth.played[-1]
    assert at == pytest.approx(0.98)
    assert peak == 7


def test_memory_files_hold_whole_lines_and_can_refuse_like_a_full_disk(tmp_path: Path) -> None:
    keeper = MemoryKeeper(tmp_path)
    row = RehearsalSummary("r1", "s", "title", "en-US", "running", "2026-11-22T10:00:00Z")
    files = keeper.open(row, "id: s")
    record = Record(seq=0, at=0.0, event=CueShown(text="slow down", rule="pace"))
    files.refuse = 1
    with pytest.raises(StorageError):
        files.append([record])
    files.append([record])
    files.save_scorecard("{}")
    files.close()
    assert [load_record(line) for line in files.lines] == [record]
    assert (files.scorecard, files.closed, keeper.index["r1"]) == ("{}", True, row)


async def test_the_memory_recorder_tells_its_failure_once() -> None:
    recorder = MemoryRecorder("disk full")
    recorder.streamer(np.zeros(EAR_FRAME, dtype=np.int16), 0.0)
    recorder.viewers(np.zeros(MOUTH_FRAME, dtype=np.int16), 0.0)
    assert (recorder.failure(), recorder.failure()) == ("disk full", None)
    assert (recorder.streamer_sec, recorder.viewers_sec) == (0.02, 0.02)
    await recorder.aclose()
    assert recorder.closed


async def test_the_manual_clock_moves_only_when_told() -> None:
    clock = ManualClock(3.0)
    await clock.sleep_until(1.0)
    assert clock.now() == 3.0
    await clock.sleep_until(8.0)
    assert clock.now() == 8.0
