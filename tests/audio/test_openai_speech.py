"""Against a real local HTTP server that speaks the protocol."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager

import numpy as np
import openai  # noqa: F401 - loaded before the first test, since it takes long
import pytest

from audio.tts.level import TARGET_LUFS, loudness
from audio.tts.openai_speech import OpenAISpeechSynthesizer
from coach.errors import EngineError
from coach.ports import MOUTH_RATE_HZ, SpeechChunk, VoiceSpec
from tests.audio.speech_server import RATE_HZ, Body, Handler, sounds, speaks, speech_server, status, tone, wav

EN = VoiceSpec("en", "female")


@asynccontextmanager
async def served(
    handler: Handler, seen: list[Body] | None = None, *, timeout_sec: float = 30.0
) -> AsyncIterator[OpenAISpeechSynthesizer]:
    async with speech_server(handler, seen) as url:
        engine = OpenAISpeechSynthesizer(url, "tones", api_key="key", timeout_sec=timeout_sec)
        try:
            yield engine
        finally:
            await engine.aclose()


async def chunks_of(engine: OpenAISpeechSynthesizer, text: str, voice: VoiceSpec = EN) -> list[SpeechChunk]:
    async with aclosing(engine.speak(text, voice)) as chunks:
        return [chunk async for chunk in chunks]


async def test_the_request_is_what_the_protocol_wants_and_figures_are_worded() -> None:
    seen: list[Body] = []
    async with served(speaks, seen) as engine:
        await chunks_of(engine, "It's $14.50 😀", VoiceSpec("en", "male", rate=1.2, seed=1))
    assert seen == [
        {
            "path": "/v1/audio/speech",
            "model": "tones",
            "voice": "echo",
            "input": "It's fourteen dollars fifty",
            "response_format": "pcm",
            "speed": 1.2,
        }
    ]


async def test_sound_is_handed_on_while_the_rest_is_on_its_way() -> None:
    heard = asyncio.Event()

    async def answer(body: Body, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: audio/pcm\r\nconnection: close\r\n\r\n" + tone("x" * 8))
        await writer.drain()
        await heard.wait()
        writer.write(tone("x" * 8, lead_sec=0))

    async with served(answer) as engine, aclosing(engine.speak("can you go lower", EN)) as chunks:
        first = await anext(chunks)
        heard.set()
        rest = [chunk async for chunk in chunks]
    total = len(first.pcm) + sum(len(chunk.pcm) for chunk in rest)
    assert total == pytest.approx(0.06 * 16 * MOUTH_RATE_HZ, rel=0.05)


@pytest.mark.parametrize("rate_hz", [RATE_HZ, 22_050, 44_100])
@pytest.mark.parametrize("size", [None, 0xFFFFFFFF, 0])
async def test_a_server_without_raw_sound_is_asked_for_wav_once(rate_hz: int, size: int | None) -> None:
    seen: list[Body] = []
    wavs = sounds(lambda body: wav(tone(str(body["input"]), rate_hz), rate_hz, size=size), "audio/wav", piece=33)
    refuses = status(400, '{"error": {"message": "response_format must be wav or mp3", "param": "response_format"}}')

    async def answer(body: Body, writer: asyncio.StreamWriter) -> None:
        await (refuses if body["response_format"] == "pcm" else wavs)(body, writer)

    async with served(answer, seen) as engine:
        found = await chunks_of(engine, "how much is it")
        await chunks_of(engine, "how much is it")
    assert [body["response_format"] for body in seen] == ["pcm", "wav", "wav"]
    assert sum(len(chunk.pcm) for chunk in found) == pytest.approx(14 * 0.06 * MOUTH_RATE_HZ, rel=0.06)


async def test_wav_is_understood_also_where_raw_sound_was_asked_for_and_remarks_after_it_are_no_sound() -> None:
    data = sounds(lambda body: wav(tone("x" * 10)) + b"LIST" + b"\x7f\x7f" * 4000, "application/octet-stream")
    async with served(data) as engine:
        found = await chunks_of(engine, "how much")
    assert sum(len(chunk.pcm) for chunk in found) == pytest.approx(0.6 * MOUTH_RATE_HZ, rel=0.06)


async def test_marks_follow_the_pace_the_voice_has_shown() -> None:
    text = "can you go lower, I would take two of them today"
    async with served(speaks) as engine:
        for _ in range(3):
            found = await chunks_of(engine, text)
    marks = [mark for chunk in found for mark in chunk.words]
    total = sum(len(chunk.pcm) for chunk in found)
    assert [text[mark.offset : mark.offset + mark.length] for mark in marks] == text.replace(",", "").split()
    for mark in marks:  # the server takes 60 ms a character
        assert mark.sample / total == pytest.approx(mark.offset / len(text), abs=0.12)


@pytest.mark.parametrize("syllable_ms", [40, 500])
async def test_a_voice_far_off_the_usual_pace_still_gets_all_its_marks_in_order(syllable_ms: int) -> None:
    text = "one two three four five six"
    data = sounds(lambda _: tone("x" * (6 * syllable_ms // 60)))
    async with served(data) as engine:
        found = await chunks_of(engine, text)
    marks = [mark for chunk in found for mark in chunk.words]
    assert len(marks) == 6
    assert [mark.sample for mark in marks] == sorted(mark.sample for mark in marks)
    assert marks[-1].sample < sum(len(chunk.pcm) for chunk in found)


async def test_the_level_is_learned_and_kept() -> None:
    quiet = sounds(lambda body: tone(str(body["input"]), amplitude=0.05))
    async with served(quiet) as engine:
        await engine.prepare("en")
        voice = VoiceSpec("en", "neutral")
        levels = [loudness(np.concatenate([c.pcm for c in await chunks_of(engine, text, voice)])) for text in
                  ("how much is this one", "can you go lower for two of them")]  # fmt: skip
    assert all(level == pytest.approx(TARGET_LUFS, abs=1.5) for level in levels)


@pytest.mark.parametrize(
    ("handler", "said", "retryable"),
    [
        (status(401), "refused the key", False),
        (status(404), "does not know this model", False),
        (status(429), "fewer requests", True),
        (status(503), "answered 503", True),
        (status(400), "answered 400", False),
        (status(200), "got 'application/json'", False),
        (sounds(lambda _: b"ID3" + bytes(5000), "audio/mpeg"), "got 'audio/mpeg'", False),
        (sounds(lambda _: b"ID3" + bytes(5000)), "got another format", False),
        (sounds(lambda _: b"\xff\xfb\x90\x00" + bytes(5000)), "got another format", False),
        (sounds(lambda _: b""), "sent no sound", True),
        (sounds(lambda _: bytes(48_000)), "sent no sound", True),
        (sounds(lambda _: wav(bytes(4800), bits=24), "audio/wav"), "16-bit", False),
        (sounds(lambda _: b"RIFF" + bytes(6000), "audio/wav"), "header", False),
    ],
    ids=[
        "401",
        "404",
        "429",
        "503",
        "400",
        "json",
        "mp3",
        "mp3 called pcm",
        "mpeg frames",
        "empty",
        "silent",
        "24 bits",
        "no header",
    ],
)
async def test_each_failure_is_one_sentence(handler: Handler, said: str, retryable: bool) -> None:
    async with served(handler) as engine:
        with pytest.raises(EngineError, match=said) as caught:
            await chunks_of(engine, "how much is it")
    assert caught.value.retryable is retryable
    assert caught.value.engine == "openai"
    assert "secret detail" not in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_sound_that_breaks_off_is_an_error_after_what_came() -> None:
    async def answer(_: Body, writer: asyncio.StreamWriter) -> None:
        body = tone("x" * 20)
        head = f"HTTP/1.1 200 OK\r\ncontent-type: audio/pcm\r\ncontent-length: {2 * len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()

    got: list[SpeechChunk] = []
    async with served(answer) as engine:
        with pytest.raises(EngineError, match=r"broke off|cannot reach") as caught:  # noqa: PT012
            async with aclosing(engine.speak("how much is it", EN)) as chunks:
                async for chunk in chunks:
                    got.append(chunk)
    assert got
    assert caught.value.retryable


async def test_a_server_that_says_nothing_times_out() -> None:
    over = asyncio.Event()

    async def answer(_: Body, __: asyncio.StreamWriter) -> None:
        await over.wait()

    async with served(answer, timeout_sec=0.1) as engine:
        with pytest.raises(EngineError, match=r"no answer within 0\.1 s"):
            await chunks_of(engine, "how much is it")
        over.set()


async def test_an_unreachable_server_is_named() -> None:
    engine = OpenAISpeechSynthesizer("http://127.0.0.1:1/v1", "tones", timeout_sec=1.0)
    with pytest.raises(EngineError, match=r"cannot reach http://127\.0\.0\.1:1/v1"):
        await engine.prepare("en")
    await engine.aclose()


async def test_closing_the_iterator_ends_the_request() -> None:
    hung_up = asyncio.Event()

    async def answer(_: Body, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: audio/pcm\r\nconnection: close\r\n\r\n")
        while not hung_up.is_set():
            try:
                writer.write(tone("x"))
                await writer.drain()
                await asyncio.sleep(0)
            except ConnectionError:
                hung_up.set()

    async with served(answer) as engine:
        async with aclosing(engine.speak("how much is it", EN)) as chunks:
            await anext(chunks)
        async with asyncio.timeout(5):
            await hung_up.wait()


def test_viewers_are_told_apart_by_sex_and_seed() -> None:
    engine = OpenAISpeechSynthesizer("http://127.0.0.1:1/v1", "m", {"female": ["a", "b"], "male": ["c"]})
    assert [engine.voice_name(VoiceSpec("en", "female", seed=seed)) for seed in range(3)] == ["a", "b", "a"]
    assert engine.voice_name(VoiceSpec("en", "male", seed=5)) == "c"
    assert {engine.voice_name(VoiceSpec("en", "neutral", seed=seed)) for seed in range(3)} == {"a", "b", "c"}


def test_a_server_may_have_other_voices_for_each_language() -> None:
    voices = {"zh_female": ["zf"], "zh_male": ["zm"], "en_female": ["af"], "male": ["am"]}
    engine = OpenAISpeechSynthesizer("http://127.0.0.1:1/v1", "m", voices)
    assert engine.voice_name(VoiceSpec("zh", "female")) == "zf"
    assert engine.voice_name(VoiceSpec("zh", "male")) == "zm"
    assert engine.voice_name(VoiceSpec("en", "male")) == "am"
    assert {engine.voice_name(VoiceSpec("zh", seed=seed)) for seed in range(4)} == {"zf", "zm"}
    only = OpenAISpeechSynthesizer("http://127.0.0.1:1/v1", "m", {"zh_female": ["zf"]})
    assert only.voice_name(VoiceSpec("en", "male")) == "zf"


async def test_the_usual_speed_is_not_mentioned() -> None:
    seen: list[Body] = []
    async with served(speaks, seen) as engine:
        await chunks_of(engine, "how much is it")
    assert "speed" not in seen[0]


async def test_a_closed_synthesizer_and_an_unknown_language_say_so() -> None:
    engine = OpenAISpeechSynthesizer("http://127.0.0.1:1/v1", "m")
    with pytest.raises(EngineError, match="'fr'"):
        await engine.prepare("fr")
    await engine.aclose()
    with pytest.raises(EngineError, match="closed"):
        await chunks_of(engine, "hello")
