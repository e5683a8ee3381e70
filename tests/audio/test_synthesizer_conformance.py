"""What every synthesizer must do, run against the scripted one and each engine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from dataclasses import dataclass

import numpy as np
import pytest

from audio.tts.espeak import EspeakSynthesizer
from audio.tts.level import TARGET_LUFS, loudness
from audio.tts.openai_speech import OpenAISpeechSynthesizer
from audio.tts.piper import PiperSynthesizer
from coach.ports import MOUTH_RATE_HZ, Int16Array, Synthesizer, VoiceSpec, WordMark
from coach.testing import ScriptedSynthesizer
from tests.audio.speech_server import speaks, speech_server
from tests.data import data_folder

Maker = Callable[[], AbstractAsyncContextManager[Synthesizer]]


@asynccontextmanager
async def scripted() -> AsyncIterator[Synthesizer]:
    yield ScriptedSynthesizer()


@asynccontextmanager
async def espeak() -> AsyncIterator[Synthesizer]:
    yield EspeakSynthesizer()


@asynccontextmanager
async def piper() -> AsyncIterator[Synthesizer]:
    tones = data_folder() / "models" / "tone-voice.onnx"
    yield PiperSynthesizer({"en": [tones], "zh": [tones]})


@asynccontextmanager
async def openai() -> AsyncIterator[Synthesizer]:
    async with speech_server(speaks) as url:
        yield OpenAISpeechSynthesizer(url, "tones", api_key="key", timeout_sec=30)


ENGINES: dict[str, Maker] = {"scripted": scripted, "espeak": espeak, "piper": piper, "openai": openai}
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
    async with ENGINES[request.param]() as made:
        yield made
        await made.aclose()


@pytest.fixture(params=[name for name in ENGINES if name != "scripted"])
async def voice_engine(request: pytest.FixtureRequest) -> AsyncIterator[Synthesizer]:
    """Engines whose sound is speech or a tone; the scripted one gives a constant level."""
    async with ENGINES[request.param]() as made:
        yield made
        await made.aclose()


@pytest.mark.parametrize(("language", "text"), TEXTS)
async def test_speech_is_sound_and_its_marks_are_the_words_of_the_text_in_order(
    engine: Synthesizer, language: str, text: str
) -> None:
    await engine.prepare(language)
    spoken = await speak(engine, text, VoiceSpec(language, "female"))
    assert 0.1 < len(spoken.pcm) / MOUTH_RATE_HZ < 120
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


@pytest.mark.parametrize("text", ["……", "?!", "—— 。", "😀👍🏽", "(╥﹏╥)"])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_marks_and_emoji_alone_yield_nothing(voice_engine: Synthesizer, text: str, language: str) -> None:
    assert len((await speak(voice_engine, text, VoiceSpec(language))).pcm) == 0


@pytest.mark.parametrize(("language", "text"), [("en", "so nice and so very cheap " * 8), ("zh", "好看又便宜" * 26)])
async def test_a_text_without_end_and_without_marks_is_spoken_whole(
    engine: Synthesizer, language: str, text: str
) -> None:
    spoken = await speak(engine, text, VoiceSpec(language))
    if language == "zh" and isinstance(engine, ScriptedSynthesizer):
        assert len(spoken.marks) == 1
        return
    assert spoken.marks[-1].offset > 0.9 * len(text)
    assert spoken.marks[-1].sample > len(spoken.pcm) / 2


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


async def test_the_same_viewer_sounds_as_loud_in_every_clause(voice_engine: Synthesizer) -> None:
    engine = voice_engine
    voice = VoiceSpec("en", "female", seed=1)
    await engine.prepare("en")
    for text in (
        "How much is this one, please?",
        "Can I take two of the green ones?",
    ):  # a voice may need to be learned
        await speak(engine, text, voice)
    levels = [
        loudness((await speak(engine, text, voice)).pcm)
        for text in ("Could you go lower?", "I would rather wait for the weekend.", "It is a nice colour.")
    ]
    assert max(levels) - min(levels) < 4
    assert all(abs(level - TARGET_LUFS) < 4 for level in levels)


async def test_sound_begins_at_once_and_ends_without_a_click(voice_engine: Synthesizer) -> None:
    engine = voice_engine
    await engine.prepare("en")
    for text in ("Could you go lower?", "Well, I have seen it cheaper."):
        pcm = (await speak(engine, text, VoiceSpec("en", "male"))).pcm.astype(int)
        assert np.flatnonzero(abs(pcm) > 104)[0] < 0.010 * MOUTH_RATE_HZ  # 104 of 32768 is -50 dBFS
        assert abs(pcm[0]) < 200
        assert abs(pcm[-1]) < 200


@pytest.mark.parametrize("wild", [VoiceSpec("en", rate=0.0, pitch=0.0), VoiceSpec("en", rate=99.0, pitch=99.0)])
async def test_a_voice_beyond_all_limits_still_speaks(engine: Synthesizer, wild: VoiceSpec) -> None:
    assert 0.02 < len((await speak(engine, "okay then", wild)).pcm) / MOUTH_RATE_HZ < 30


async def test_closing_twice_is_closing_also_in_the_middle_of_a_text(engine: Synthesizer) -> None:
    async with aclosing(engine.speak("One, two, three, four, five, six.", VoiceSpec("en"))) as chunks:
        await anext(chunks)
        await engine.aclose()
        await engine.aclose()
