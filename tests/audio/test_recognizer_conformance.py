"""What every recogniser must do, run against the scripted one and each engine.

An engine joins by one line in `ENGINES`. Words are checked on recorded people only: what a synthesiser says proves
nothing about hearing.
"""

from __future__ import annotations

import asyncio
import wave
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
import pytest_asyncio

from audio.asr.pocketsphinx import PocketsphinxRecognizer
from coach.errors import EngineError
from coach.ports import EAR_FRAME, EAR_RATE_HZ, Hearing, Hypothesis, Int16Array, RecognitionHints, Recognizer
from coach.testing import ScriptedRecognizer
from tests.data import audio_clip

CLIP, SAID = "en/icefall_voices_sp0307.wav", "i had that curiosity beside me at this moment"
HINTS = RecognitionHints("en", phrases=("This shirt never pills after a wash.",), words=("linen",))


@dataclass(frozen=True)
class Engine:
    make: Callable[[], Recognizer]
    listens: bool = True
    """False for a fake, whose words do not depend on the sound."""


ENGINES = {
    "scripted": Engine(lambda: ScriptedRecognizer([SAID] * 20), listens=False),
    "pocketsphinx": Engine(PocketsphinxRecognizer),
}


pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]
every_engine = pytest.mark.parametrize("engine", list(ENGINES), scope="module")
every_real_engine = pytest.mark.parametrize(
    "engine", [name for name, engine in ENGINES.items() if engine.listens], scope="module"
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def recognizer(engine: str) -> AsyncIterator[Recognizer]:
    """One recogniser and one loop for all tests of an engine, as in the product."""
    recognizer = ENGINES[engine].make()
    yield recognizer
    await recognizer.aclose()


@cache
def recording(name: str = CLIP) -> Int16Array:
    with wave.open(str(audio_clip(name))) as file:
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


def noise(seconds: float) -> Int16Array:
    return np.random.default_rng(7).normal(0, 600, round(seconds * EAR_RATE_HZ)).astype(np.int16)


def feed(hearing: Hearing, pcm: Int16Array) -> None:
    """Feed 20 ms frames, as the loop does."""
    for start in range(0, len(pcm), EAR_FRAME):
        hearing.feed(pcm[start : start + EAR_FRAME])


def ignore(_: Hypothesis) -> None:
    """Take a partial and do nothing."""


async def hear(recognizer: Recognizer, pcm: Int16Array) -> Hypothesis:
    hearing = recognizer.open(HINTS, ignore)
    feed(hearing, pcm)
    try:
        return await hearing.final()
    finally:
        await hearing.aclose()


@every_engine
async def test_partials_grow_while_somebody_speaks(recognizer: Recognizer) -> None:
    partials: asyncio.Queue[Hypothesis] = asyncio.Queue()
    hearing = recognizer.open(HINTS, partials.put_nowait)
    feed(hearing, recording())
    async with asyncio.timeout(30):
        first, second = await partials.get(), await partials.get()
    await hearing.aclose()
    assert first.text
    assert second.text != first.text


@every_engine
async def test_final_has_the_words_that_were_said(recognizer: Recognizer) -> None:
    heard = (await hear(recognizer, recording())).text.split()
    assert len(set(heard) & set(SAID.split())) >= 7, heard


@every_real_engine
async def test_word_times_follow_each_other_inside_the_sound(recognizer: Recognizer) -> None:
    pcm = recording()
    heard = await hear(recognizer, pcm)
    assert " ".join(word.text for word in heard.words) == heard.text
    assert heard.words[0].start_sec >= 0.3  # the recording begins with 0.6 s of quiet
    assert heard.words[-1].end_sec <= len(pcm) / EAR_RATE_HZ + 0.02
    assert all(word.start_sec < word.end_sec for word in heard.words)
    assert all(before.end_sec <= after.start_sec for before, after in pairwise(heard.words))
    assert all(word.confidence is None or 0 <= word.confidence <= 1 for word in heard.words)


@every_engine
async def test_final_twice_gives_the_same_and_more_sound_is_read_from_the_front(recognizer: Recognizer) -> None:
    pcm = recording()
    half = len(pcm) // 2
    hearing = recognizer.open(HINTS, ignore)
    feed(hearing, pcm[:half])
    early = await hearing.final()
    assert await hearing.final() == early
    feed(hearing, pcm[half:])
    late = await hearing.final()
    await hearing.aclose()
    # The cut goes through "curiosity": only a reading that joins both halves has it and the words on either side.
    # How well an engine reads the clip's end is no part of this contract.
    assert {"i", "had", "that", "curiosity", "beside", "me"} <= set(late.text.split()), late.text


@every_real_engine
@pytest.mark.parametrize(
    "pcm",
    [
        pytest.param(np.empty(0, np.int16), id="nothing"),
        pytest.param(np.zeros(1, np.int16), id="one sample"),
        pytest.param(np.zeros(3 * EAR_RATE_HZ, np.int16), id="digital silence"),
        pytest.param(noise(0.3), id="a short noise"),
        pytest.param(noise(3.0), id="a long noise"),
    ],
)
async def test_where_nobody_speaks_there_are_no_words(recognizer: Recognizer, pcm: Int16Array) -> None:
    heard = await hear(recognizer, pcm)
    assert heard.text == ""
    assert heard.words == ()


@every_real_engine
async def test_two_utterances_at_once_do_not_mix(recognizer: Recognizer) -> None:
    async with asyncio.TaskGroup() as group:
        spoken = group.create_task(hear(recognizer, recording()))
        other = group.create_task(hear(recognizer, recording("en/pocketsphinx_librivox_0880.wav")))
        quiet = group.create_task(hear(recognizer, noise(1.5)))
    assert "curiosity" in spoken.result().text
    assert "young man" in other.result().text
    assert quiet.result().text == ""


@every_engine
async def test_giving_up_at_any_moment_leaves_the_engine_usable(recognizer: Recognizer) -> None:
    for fed in (0, EAR_FRAME, len(recording())):
        hearing = recognizer.open(HINTS, ignore)
        feed(hearing, recording()[:fed])
        await hearing.aclose()
        await hearing.aclose()
        hearing.feed(recording()[:EAR_FRAME])
    assert (await hear(recognizer, recording())).text


@every_engine
async def test_a_cancelled_final_can_be_asked_again(recognizer: Recognizer) -> None:
    hearing = recognizer.open(HINTS, ignore)
    feed(hearing, recording())
    async with asyncio.TaskGroup() as group:
        final = group.create_task(hearing.final())
        await asyncio.sleep(0)
        final.cancel()
    assert (await hearing.final()).text
    await hearing.aclose()


@every_real_engine
async def test_closing_ends_waiting_finals_with_an_error_and_is_idempotent(engine: str) -> None:
    recognizer = ENGINES[engine].make()
    hearing = recognizer.open(HINTS, ignore)
    feed(hearing, noise(5.0))

    async def wait_for_the_end() -> None:
        with pytest.raises(EngineError):
            await hearing.final()

    async with asyncio.TaskGroup() as group:
        group.create_task(wait_for_the_end())
        await asyncio.sleep(0)
        await recognizer.aclose()
    await hearing.aclose()
    await recognizer.aclose()
