"""What every recogniser must do, run against the scripted one and each engine.

An engine joins by one line in `ENGINES` of recognizer_engines.py, with recordings that it can be expected to know:
people for pocketsphinx; eSpeak NG's sentences for the micro Whisper, which has learnt nothing else; what a server was
told by heart for that.
No test waits for a clock: where time is the matter, what the engine was asked for meanwhile is counted instead.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from itertools import pairwise

import numpy as np
import pytest
import pytest_asyncio

from audio.asr.agreement import joined, key, units
from coach.errors import EngineError
from coach.ports import EAR_FRAME, EAR_RATE_HZ, Hearing, Hypothesis, Int16Array, RecognitionHints, Recognizer
from tests.audio.recognizer_engines import ENGINES, Clip

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]
every_engine = pytest.mark.parametrize("engine", list(ENGINES), scope="module")
every_real_engine = pytest.mark.parametrize(
    "engine", [name for name, engine in ENGINES.items() if engine.listens], scope="module"
)
every_shared_engine = pytest.mark.parametrize(
    "engine", [name for name, engine in ENGINES.items() if engine.listens and engine.is_shared], scope="module"
)
PATIENCE_SEC = 60
"""After which a test that waits for something that never comes fails."""


@pytest.fixture(autouse=True)
def at_any_speed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let partials come as often on a busy machine as on an idle one."""
    monkeypatch.setattr("audio.asr.local.PARTIAL_SHARE", math.inf)
    monkeypatch.setattr("audio.asr.local.QUICK_SEC", math.inf)


@pytest.fixture(scope="module")
def outside() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def recognizer(engine: str, outside: ExitStack) -> AsyncIterator[Recognizer]:
    """One recogniser and one loop for all tests of an engine, as in the product."""
    recognizer = ENGINES[engine].make(outside)
    await recognizer.prepare(ENGINES[engine].hints)
    yield recognizer
    await recognizer.aclose()


@pytest.fixture
def hints(engine: str) -> RecognitionHints:
    return ENGINES[engine].hints


@pytest.fixture
def clip(engine: str) -> Clip:
    return ENGINES[engine].clips()[0]


@pytest.fixture
def other(engine: str) -> Clip:
    return ENGINES[engine].clips()[1]


def noise(seconds: float) -> Int16Array:
    return np.random.default_rng(7).normal(0, 600, round(seconds * EAR_RATE_HZ)).astype(np.int16)


def feed(hearing: Hearing, pcm: Int16Array) -> None:
    """Feed 20 ms frames, as the loop does."""
    for start in range(0, len(pcm), EAR_FRAME):
        hearing.feed(pcm[start : start + EAR_FRAME])


def ignore(_: Hypothesis) -> None:
    """Take a partial and do nothing."""


def words_of(text: str, hints: RecognitionHints) -> list[str]:
    return [key(unit) for unit in units(text, hints.language)]


async def hear(recognizer: Recognizer, hints: RecognitionHints, pcm: Int16Array) -> Hypothesis:
    hearing = recognizer.open(hints, ignore)
    feed(hearing, pcm)
    try:
        return await hearing.final()
    finally:
        await hearing.aclose()


async def partials_of(recognizer: Recognizer, hints: RecognitionHints, pcm: Int16Array) -> list[str]:
    """Speak as fast as the engine reads: after each piece wait for a partial, 2 s for one that does not come."""
    told: list[str] = []
    hearing = recognizer.open(hints, lambda partial: told.append(partial.text))
    for start in range(0, len(pcm), EAR_RATE_HZ // 2):
        before = len(told)
        feed(hearing, pcm[start : start + EAR_RATE_HZ // 2])
        for _ in range(200):
            if len(told) > before:
                break
            await asyncio.sleep(0.01)
    await hearing.aclose()
    return told


@every_engine
async def test_partials_grow_while_somebody_speaks(
    recognizer: Recognizer, hints: RecognitionHints, clip: Clip, engine: str
) -> None:
    told = await partials_of(recognizer, hints, clip.pcm)
    lengths = [len(words_of(text, hints)) for text in told]
    assert len(told) >= 2, told
    assert told == list(dict.fromkeys(told))
    assert lengths[-1] > lengths[0] > 0, told
    if not engine.startswith("pocketsphinx"):  # one search that may rethink, and no agreement of readings
        assert lengths == sorted(lengths), told


@every_engine
async def test_final_has_the_words_that_were_said(
    recognizer: Recognizer, hints: RecognitionHints, clip: Clip, engine: str
) -> None:
    heard = words_of((await hear(recognizer, hints, clip.pcm)).text, hints)
    right = [word for word in words_of(clip.text, hints) if word in heard]
    assert len(right) >= ENGINES[engine].least_units, heard


@every_real_engine
async def test_word_times_follow_each_other_inside_the_sound(
    recognizer: Recognizer, hints: RecognitionHints, clip: Clip
) -> None:
    heard = await hear(recognizer, hints, clip.pcm)
    assert joined([word.text for word in heard.words], hints.language) == heard.text
    assert heard.words[0].start_sec >= clip.onset_sec
    assert heard.words[-1].end_sec <= len(clip.pcm) / EAR_RATE_HZ + 0.02
    assert all(word.start_sec < word.end_sec for word in heard.words)
    assert all(before.end_sec <= after.start_sec for before, after in pairwise(heard.words))
    assert all(word.confidence is None or 0 <= word.confidence <= 1 for word in heard.words)


@every_engine
async def test_final_twice_gives_the_same_and_more_sound_is_read_from_the_front(
    recognizer: Recognizer, hints: RecognitionHints, clip: Clip, engine: str
) -> None:
    half = len(clip.pcm) // 2
    hearing = recognizer.open(hints, ignore)
    feed(hearing, clip.pcm[:half])
    early = await hearing.final()
    assert await hearing.final() == early
    feed(hearing, clip.pcm[half:])
    late = await hearing.final()
    await hearing.aclose()
    # The cut goes through a word: only a reading that joins both halves has it and the words on either side.
    heard = words_of(late.text, hints)
    right = [word for word in words_of(clip.text, hints) if word in heard]
    assert len(right) >= ENGINES[engine].least_units - 1, heard


@every_real_engine
@pytest.mark.parametrize(
    "pcm",
    [
        pytest.param(np.empty(0, np.int16), id="nothing"),
        pytest.param(np.zeros(1, np.int16), id="one sample"),
        pytest.param(np.zeros(3 * EAR_RATE_HZ, np.int16), id="digital silence"),
        pytest.param(np.full(EAR_RATE_HZ, 32767, np.int16), id="a stuck sensor"),
        pytest.param(noise(0.3), id="a short noise"),
        pytest.param(noise(3.0), id="a long noise"),
    ],
)
async def test_where_nobody_speaks_there_are_no_words(
    recognizer: Recognizer, hints: RecognitionHints, pcm: Int16Array
) -> None:
    heard = await hear(recognizer, hints, pcm)
    assert heard.text == ""
    assert heard.words == ()


@every_shared_engine
async def test_two_utterances_at_once_do_not_mix(
    recognizer: Recognizer, hints: RecognitionHints, clip: Clip, other: Clip
) -> None:
    alone = await hear(recognizer, hints, clip.pcm), await hear(recognizer, hints, other.pcm)
    async with asyncio.TaskGroup() as group:
        spoken = group.create_task(hear(recognizer, hints, clip.pcm))
        beside = group.create_task(hear(recognizer, hints, other.pcm))
        quiet = group.create_task(hear(recognizer, hints, noise(1.5)))
    assert words_of(alone[0].text, hints)[:3] == words_of(spoken.result().text, hints)[:3]
    assert joined(words_of(other.text, hints), hints.language) in joined(
        words_of(beside.result().text, hints), hints.language
    )
    assert words_of(alone[1].text, hints)[0] != words_of(alone[0].text, hints)[0]
    assert quiet.result().text == ""


@every_shared_engine
async def test_a_final_does_not_wait_for_the_partials_of_others(
    recognizer: Recognizer, hints: RecognitionHints, clip: Clip
) -> None:
    """In engine time: of the partials that eight others have queued, hardly any is read before the final is."""
    told: list[str] = []
    others = [recognizer.open(hints, lambda partial: told.append(partial.text)) for _ in range(8)]
    hearing = recognizer.open(hints, ignore)
    feed(hearing, clip.pcm)
    for talker in others:
        feed(talker, clip.pcm)
    await hearing.final()
    meanwhile = len(told)
    for talker in (*others, hearing):
        await talker.aclose()
    assert meanwhile <= 8  # at most those that a thread had in hand already


@every_engine
async def test_giving_up_at_any_moment_leaves_the_engine_usable(
    recognizer: Recognizer, hints: RecognitionHints, clip: Clip
) -> None:
    for fed in (0, EAR_FRAME, len(clip.pcm)):
        hearing = recognizer.open(hints, ignore)
        feed(hearing, clip.pcm[:fed])
        await hearing.aclose()
        await hearing.aclose()
        hearing.feed(clip.pcm[:EAR_FRAME])
    assert (await hear(recognizer, hints, clip.pcm)).text


@every_engine
async def test_a_cancelled_final_can_be_asked_again(
    recognizer: Recognizer, hints: RecognitionHints, clip: Clip
) -> None:
    hearing = recognizer.open(hints, ignore)
    feed(hearing, clip.pcm)
    async with asyncio.TaskGroup() as group:
        final = group.create_task(hearing.final())
        await asyncio.sleep(0)
        final.cancel()
    async with asyncio.timeout(PATIENCE_SEC):
        assert (await hearing.final()).text
    await hearing.aclose()


@every_shared_engine
async def test_many_rehearsals_at_once_all_get_their_words(
    recognizer: Recognizer, hints: RecognitionHints, clip: Clip, engine: str
) -> None:
    alone = await hear(recognizer, hints, clip.pcm)
    async with asyncio.timeout(PATIENCE_SEC), asyncio.TaskGroup() as group:
        heard = [group.create_task(hear(recognizer, hints, clip.pcm)) for _ in range(ENGINES[engine].at_once)]
    first = words_of(alone.text, hints)[:3]
    assert all(words_of(one.result().text, hints)[:3] == first for one in heard)


@every_real_engine
async def test_hints_with_odd_characters_do_no_harm(
    recognizer: Recognizer, hints: RecognitionHints, clip: Clip
) -> None:
    odd = RecognitionHints(
        hints.language,
        phrases=("", "  ", "\0\n", "<|endoftext|><|zh|>", "🎁🎁", "a" * 5000, "¥89 / 50%", "ทดสอบ", "\ud800"),
        words=("", "<s>", "++COUGH++", "it's", "涤纶", "²"),
    )
    await recognizer.prepare(odd)
    heard = await hear(recognizer, odd, clip.pcm)
    assert "<" not in heard.text


@every_shared_engine
async def test_an_unknown_language_is_refused_with_a_sentence(recognizer: Recognizer) -> None:
    with pytest.raises(EngineError, match=r"'fr'"):
        await recognizer.prepare(RecognitionHints("fr"))
    with pytest.raises(EngineError, match=r"'fr'"):
        recognizer.open(RecognitionHints("fr"), ignore)


@every_shared_engine
async def test_only_rows_of_int16_are_taken(recognizer: Recognizer, hints: RecognitionHints) -> None:
    hearing = recognizer.open(hints, ignore)
    for wrong in (np.zeros(320, np.float32), np.zeros((1, 320), np.int16)):
        with pytest.raises(ValueError, match="int16"):
            hearing.feed(wrong)  # type: ignore[arg-type]
    await hearing.aclose()


@every_shared_engine
async def test_closing_ends_waiting_finals_with_an_error_and_is_idempotent(
    engine: str, hints: RecognitionHints, clip: Clip, outside: ExitStack
) -> None:
    recognizer = ENGINES[engine].make(outside)
    hearing = recognizer.open(hints, ignore)
    feed(hearing, clip.pcm)

    async def wait_for_the_end() -> None:
        with pytest.raises(EngineError):
            await hearing.final()

    async with asyncio.TaskGroup() as group:
        group.create_task(wait_for_the_end())
        await asyncio.sleep(0)
        await recognizer.aclose()
    await hearing.aclose()
    await recognizer.aclose()
    late = recognizer.open(hints, ignore)
    feed(late, clip.pcm)
    with pytest.raises(EngineError):
        await late.final()
    await late.aclose()
