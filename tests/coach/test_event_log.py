from __future__ import annotations

import asyncio
import time
from contextlib import aclosing

import pytest

from coach.clock import LoopClock
from coach.event_log import EventLog
from coach.events import CueShown, Record
from tests.virtual_time import virtual_time


def cue(text: str) -> CueShown:
    return CueShown(text=text, rule="r")


async def read_all(log: EventLog, since: int = 0, pause_sec: float = 0.0) -> list[Record]:
    seen = []
    async with aclosing(log.follow(since)) as records:
        async for record in records:
            seen.append(record)
            await asyncio.sleep(pause_sec)
    return seen


@virtual_time
async def test_records_are_numbered_without_gaps_and_timed_on_the_rehearsal_clock() -> None:
    log = EventLog(LoopClock())
    for step in range(5):
        assert log.append(cue(str(step))).seq == step
        await asyncio.sleep(0.5)
    assert [(record.seq, record.at) for record in log.records] == [(0, 0.0), (1, 0.5), (2, 1.0), (3, 1.5), (4, 2.0)]


@virtual_time
async def test_readers_at_any_pace_see_everything_in_order_and_slow_nobody() -> None:
    log = EventLog(LoopClock())
    async with asyncio.TaskGroup() as group:
        fast = group.create_task(read_all(log))
        slow = group.create_task(read_all(log, pause_sec=60.0))
        for number in range(200):
            log.append(cue(str(number)))
            await asyncio.sleep(0.01)
        log.close()
        assert log.records[-1].at == pytest.approx(1.99), "the slow reader held the writer up"
    assert [record.seq for record in fast.result()] == list(range(200))
    assert slow.result() == fast.result() == list(log.records)


@virtual_time
async def test_a_stalled_reader_never_slows_the_writer() -> None:
    log = EventLog(LoopClock())
    stalled = log.follow()
    log.append(cue("first"))
    assert (await anext(stalled)).seq == 0
    for number in range(10_000):
        log.append(cue(str(number)))
    log.close()
    assert len([record async for record in stalled]) == 10_000


@pytest.mark.parametrize(("since", "first"), [(-3, 0), (0, 0), (4, 4), (9, 9)])
@virtual_time
async def test_a_late_reader_gets_everything_from_since(since: int, first: int) -> None:
    log = EventLog(LoopClock())
    for number in range(10):
        log.append(cue(str(number)))
    log.close()
    assert [record.seq for record in await read_all(log, since)] == list(range(first, 10))


@virtual_time
async def test_a_reader_ahead_of_the_log_waits_for_its_record() -> None:
    log = EventLog(LoopClock())
    async with asyncio.TaskGroup() as group:
        reader = group.create_task(read_all(log, since=3))
        for number in range(5):
            log.append(cue(str(number)))
            await asyncio.sleep(1)
        log.close()
    assert [record.seq for record in reader.result()] == [3, 4]


@virtual_time
async def test_closing_ends_readers_after_the_last_record_and_may_happen_twice() -> None:
    log = EventLog(LoopClock())
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(read_all(log))
        await asyncio.sleep(1)
        log.append(cue("last"))
        log.close()
        log.close()
    assert log.closed
    assert [record.event for record in waiting.result()] == [cue("last")]


@virtual_time
async def test_appending_to_a_closed_log_is_a_programmer_error() -> None:
    log = EventLog(LoopClock())
    log.close()
    with pytest.raises(RuntimeError, match="cue_shown"):
        log.append(cue("too late"))
    assert len(log.records) == 0


@virtual_time
async def test_a_cancelled_reader_leaves_the_others_alone() -> None:
    log = EventLog(LoopClock())
    async with asyncio.TaskGroup() as group:
        doomed, steady = group.create_task(read_all(log)), group.create_task(read_all(log))
        await asyncio.sleep(1)
        doomed.cancel()
        log.append(cue("heard"))
        await asyncio.sleep(1)
        log.close()
    assert doomed.cancelled()
    assert len(steady.result()) == 1


def test_nothing_here_reads_the_wall_clock() -> None:
    """Virtual time proves nothing if the log had a clock of its own."""
    import coach.event_log as module

    assert time not in vars(module).values()
