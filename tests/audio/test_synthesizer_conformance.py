"""What every synthesizer must do, run against the scripted one and each engine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import dataclass

import numpy as np
import pytest

from audio.tts.espeak import EspeakSynthesizer
from coach.ports import MOUTH_RATE_HZ, Int16Array, Synthesizer, VoiceSpec, WordMark
from coach.testing import ScriptedSynthesizer

ENGINES: dict[str, Callable[[], Synthesizer]] = {"scripted": ScriptedSynthesizer, "espeak": EspeakSynthesizer}
TEXTS = [
    ("en", "Can you go any lower? I would take two."),
    ("en", "It's $89.90, right - 50% off... OK, that's one of the best 24/7 deals (really)!"),
    ("en", "Look 😀 at this 亚麻 shirt, hello! 500ml"),
    ("zh", "这件衬衫能不能便宜点？我买两件，89块行不行"),
    ("zh", "我们的 CloudSync Pro 支持ＵＳＢ，价格¥89.90，55%亚麻😀好的！3件200元"),
    ("zh", "主播@小美,T恤A4大小?50-60℃也行……重庆银行行长长大了"),
]


@dataclass(frozen=True)
class Spoken:
    pcm: Int16Array
    marks: tuple[WordMark, ...]

    def words(self, text: str) -> list[str]:
        return [text[mark.offset : mark.offset + mark.length] for mark in self.marks]


async def speak(engine: Synthesizer, text: str, voice: VoiceSpec) -> Spoken:
    """Speak a text and check what holds for every chunk."""
    parts: list[Int16Array] = []
    marks: list[WordMark] = []
    async with aclosing(engine.speak(text, voice)) as chunks:
        async for chunk in chunks:
            begin = sum(len(part) for part in parts)
            assert chunk.pcm.dtype == np.int16
            assert chunk.pcm.ndim == 1
            assert len(chunk.pcm) > 0
            assert all(begin <= mark.sample < begin + len(chunk.pcm) for mark in chunk.words)
            parts.append(chunk.pcm)
            marks.extend(chunk.words)
    return Spoken(np.concatenate(parts) if parts else np.zeros(0, np.int16), tuple(marks))


@pytest.fixture(params=ENGINES)
async def engine(request: pytest.FixtureRequest) -> AsyncIterator[Synthesizer]:
    made = ENGINES[request.param]()
    yield made
    await made.aclose()


@pytest.mark.parametrize(("language", "text"), TEXTS)
async def test_speech_is_sound_and_its_marks_are_the_words_of_the_text_in_order(
    engine: Synthesizer, language: str, text: str
) -> None:
    await engine.prepare(language)
    spoken = await speak(engine, text, VoiceSpec(language, "female"))
    assert 0.1 < len(spoken.pcm) / MOUTH_RATE_HZ < 30
    assert np.sqrt(np.mean(spoken.pcm.astype(np.float64) ** 2)) > 300
    assert [mark.sample for mark in spoken.marks] == sorted(mark.sample for mark in spoken.marks)
    end = 0
    for mark in spoken.marks:
        assert end <= mark.offset < mark.offset + mark.length <= len(text)
        end = mark.offset + mark.length
    covered = {index for mark in spoken.marks for index in range(mark.offset, mark.offset + mark.length)}
    assert [char for index, char in enumerate(text) if char.isalnum() and index not in covered] == []


@pytest.mark.parametrize("text", ["", "   ", "\n"])
async def test_nothing_to_say_yields_nothing(engine: Synthesizer, text: str) -> None:
    assert len((await speak(engine, text, VoiceSpec("en"))).pcm) == 0


async def test_after_a_cut_the_next_text_is_spoken_whole(engine: Synthesizer) -> None:
    voice = VoiceSpec("en", "male")
    whole = await speak(engine, "One, two, three.", voice)
    async with aclosing(engine.speak("Ten, twenty, thirty, forty.", voice)) as chunks:
        async for _ in chunks:
            break
    again = await speak(engine, "One, two, three.", voice)
    assert again.words("One, two, three.") == whole.words("One, two, three.")
    assert len(again.pcm) == pytest.approx(len(whole.pcm), rel=0.05)


async def test_a_speaker_cancelled_while_it_waits_leaves_the_engine_usable(engine: Synthesizer) -> None:
    voice = VoiceSpec("zh", "female")
    async with asyncio.TaskGroup() as group:
        task = group.create_task(speak(engine, "你好，" * 40, voice))
        await asyncio.sleep(0)
        task.cancel()
    assert len((await speak(engine, "再便宜点", voice)).pcm) > 0


async def test_two_speakers_at_once_do_not_mix(engine: Synthesizer) -> None:
    asked = [
        ("Can you go lower, please, a bit?", VoiceSpec("en", "male", seed=1)),
        ("这个多少钱，能不能便宜，我买两件", VoiceSpec("zh", "female", rate=1.3, seed=2)),
    ]
    alone = [await speak(engine, text, voice) for text, voice in asked]
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(speak(engine, text, voice)) for text, voice in asked]
    for (text, _), before, task in zip(asked, alone, tasks, strict=True):
        assert task.result().words(text) == before.words(text)
        assert len(task.result().pcm) == pytest.approx(len(before.pcm), rel=0.05)


async def test_closing_twice_is_closing(engine: Synthesizer) -> None:
    await engine.aclose()
    await engine.aclose()
