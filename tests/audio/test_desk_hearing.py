"""One utterance at a desk, with a scripted reader."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable

import numpy as np
import pytest
import pytest_asyncio

from audio.asr.desk import Desk
from audio.asr.desk_hearing import UTTERANCE_SAMPLES, DeskHearing, Early, Terms
from coach.errors import EngineError
from coach.ports import Hypothesis, Int16Array

PACE = 1000


class CountingReader:
    """Reads the number of samples."""

    def __init__(self) -> None:
        self.partials: list[int] = []
        self.finals: list[int] = []
        self.fail: EngineError | None = None
        self.failures = 1 << 30
        self.hold: threading.Event | None = None
        self.early = ""

    def partial(self, pcm: Int16Array) -> Hypothesis | None:
        self.partials.append(len(pcm))
        return Hypothesis(f"{len(pcm)} so far")

    def final(self, pcm: Int16Array, early: Early) -> Hypothesis:
        early(Hypothesis(self.early))
        if self.hold is not None:
            self.hold.wait(30)
        self.finals.append(len(pcm))
        if self.fail is not None and self.failures:
            self.failures -= 1
            raise self.fail
        return Hypothesis(f"{len(pcm)} in all")


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk[Hypothesis | None]]:
    desk: Desk[Hypothesis | None] = Desk("engine")
    yield desk
    await desk.aclose(lambda: None)


def opened(
    desk: Desk[Hypothesis | None],
    reader: CountingReader,
    told: list[str] | None = None,
    *,
    limit_sec: float = 30.0,
    over: Callable[[], None] = lambda: None,
    piece: int = UTTERANCE_SAMPLES,
    asks_again: bool = False,
    hung: Callable[[], None] = lambda: None,
) -> DeskHearing:
    def tell(partial: Hypothesis) -> None:
        if told is not None:
            told.append(partial.text)

    terms = Terms("engine", lambda: PACE, limit_sec, piece, asks_again, hung)
    return DeskHearing(desk, reader, tell, terms, over)


def sound(samples: int) -> Int16Array:
    return np.zeros(samples, np.int16)


async def test_partials_come_with_every_pace_of_new_sound_and_read_all_of_it(
    desk: Desk[Hypothesis | None],
) -> None:
    reader, told = CountingReader(), list[str]()
    hearing = opened(desk, reader, told)
    for _ in range(4):
        hearing.feed(sound(600))
        await desk.submit(lambda: None)
        await desk.submit(lambda: None)
    assert reader.partials == [1200, 2400]
    assert told == ["1200 so far", "2400 so far"]
    await hearing.aclose()


async def test_a_lot_of_sound_is_read_in_pieces_so_that_a_final_never_waits_long(
    desk: Desk[Hypothesis | None],
) -> None:
    reader = CountingReader()
    hearing = opened(desk, reader, piece=1500)
    hearing.feed(sound(5000))
    for _ in range(6):
        await desk.submit(lambda: None)
    assert reader.partials == [1500, 3000, 4500]
    await hearing.aclose()


@pytest.mark.parametrize(
    ("asks_again", "retryable", "failures", "asked"),
    [(True, True, 1, 2), (True, True, 2, 2), (True, False, 1, 1), (False, True, 1, 1)],
    ids=["may pass", "fails twice", "for good", "not on these terms"],
)
async def test_a_final_is_asked_once_more_where_that_may_help(
    desk: Desk[Hypothesis | None], asks_again: bool, retryable: bool, failures: int, asked: int
) -> None:
    reader = CountingReader()
    reader.fail, reader.failures = EngineError("engine", "died.", retryable=retryable), failures
    hearing = opened(desk, reader, asks_again=asks_again)
    hearing.feed(sound(100))
    if asked > failures:
        assert (await hearing.final()).text == "100 in all"
    else:
        with pytest.raises(EngineError, match="died"):
            await hearing.final()
    assert len(reader.finals) == asked
    await hearing.aclose()


async def test_a_final_is_kept_until_there_is_more_sound(desk: Desk[Hypothesis | None]) -> None:
    reader = CountingReader()
    hearing = opened(desk, reader)
    assert (await hearing.final()).text == ""
    hearing.feed(sound(100))
    first = await hearing.final()
    assert await hearing.final() is first
    hearing.feed(sound(50))
    assert (await hearing.final()).text == "150 in all"
    assert reader.finals == [100, 150]
    await hearing.aclose()


async def test_words_of_a_final_are_shown_before_it_is_done_if_no_sound_came_since(
    desk: Desk[Hypothesis | None],
) -> None:
    reader, told = CountingReader(), list[str]()
    reader.early, reader.hold = "its words", threading.Event()
    hearing = opened(desk, reader, told)
    hearing.feed(sound(100))
    async with asyncio.TaskGroup() as group:
        final = group.create_task(hearing.final())
        while not told:
            await asyncio.sleep(0)
        assert (told, final.done()) == (["its words"], False)
        reader.hold.set()
    hearing.feed(sound(50))
    reader.early, reader.hold = "stale words", threading.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(hearing.final())
        await asyncio.sleep(0)
        hearing.feed(sound(50))
        reader.hold.set()
    await asyncio.sleep(0)
    assert told == ["its words"]
    await hearing.aclose()


async def test_a_failed_final_is_asked_anew(desk: Desk[Hypothesis | None]) -> None:
    reader = CountingReader()
    hearing = opened(desk, reader)
    hearing.feed(sound(100))
    reader.fail = EngineError("engine", "broken.")
    with pytest.raises(EngineError, match="broken"):
        await hearing.final()
    reader.fail = None
    assert (await hearing.final()).text == "100 in all"
    await hearing.aclose()


async def test_an_engine_that_hangs_is_given_up_and_another_final_still_works(
    desk: Desk[Hypothesis | None],
) -> None:
    reader, hung = CountingReader(), list[int]()
    reader.hold = threading.Event()
    hearing = opened(desk, reader, limit_sec=0.01, asks_again=True, hung=lambda: hung.append(1))
    hearing.feed(sound(100))
    with pytest.raises(EngineError, match="no answer within") as caught:
        await hearing.final()
    assert caught.value.retryable
    assert hung == [1]
    reader.hold.set()
    other = opened(desk, reader)
    other.feed(sound(7))
    assert (await other.final()).text == "7 in all"
    await hearing.aclose()
    await other.aclose()


async def test_giving_up_ends_who_waits_and_tells_once(desk: Desk[Hypothesis | None]) -> None:
    reader, over = CountingReader(), list[int]()
    reader.hold = threading.Event()
    hearing = opened(desk, reader, over=lambda: over.append(1))
    hearing.feed(sound(100))
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(_error_of(hearing))
        await asyncio.sleep(0)
        await hearing.aclose()
        await hearing.aclose()
        reader.hold.set()
    assert "given up" in waiting.result()
    assert over == [1]
    hearing.feed(sound(5000))
    with pytest.raises(RuntimeError, match="after aclose"):
        await hearing.final()


async def _error_of(hearing: DeskHearing) -> str:
    with pytest.raises(EngineError) as caught:
        await hearing.final()
    return str(caught.value)


async def test_two_may_wait_for_the_same_final_and_one_may_leave(desk: Desk[Hypothesis | None]) -> None:
    reader = CountingReader()
    reader.hold = threading.Event()
    hearing = opened(desk, reader)
    hearing.feed(sound(100))
    async with asyncio.TaskGroup() as group:
        leaving = group.create_task(hearing.final())
        staying = group.create_task(hearing.final())
        await asyncio.sleep(0)
        leaving.cancel()
        await asyncio.sleep(0)
        reader.hold.set()
    assert staying.result().text == "100 in all"
    assert reader.finals == [100]
    await hearing.aclose()


async def test_an_endless_utterance_is_cut_at_a_minute(desk: Desk[Hypothesis | None]) -> None:
    reader = CountingReader()
    hearing = opened(desk, reader)
    for _ in range(3):
        hearing.feed(sound(UTTERANCE_SAMPLES // 2))
    assert (await hearing.final()).text == f"{UTTERANCE_SAMPLES} in all"
    await hearing.aclose()
