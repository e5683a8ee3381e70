from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from coach.clock import LoopClock
from tests.virtual_time import run_virtual, virtual_time


@virtual_time
async def test_ten_minutes_pass_at_once_and_exactly() -> None:
    clock = LoopClock()
    for tick in range(1, 30_001):
        await clock.sleep_until(tick * 0.020)
    assert clock.now() == pytest.approx(600.0, abs=1e-6)


@virtual_time
async def test_timers_fire_in_their_order_and_at_their_times() -> None:
    fired: list[tuple[str, float]] = []
    loop = asyncio.get_running_loop()

    async def wait(name: str, delay: float) -> None:
        await asyncio.sleep(delay)
        fired.append((name, round(loop.time(), 6)))

    async with asyncio.TaskGroup() as group:
        for name, delay in (("c", 7.5), ("a", 0.01), ("b", 3600.0), ("now", 0.0)):
            group.create_task(wait(name, delay))
    assert fired == [("now", 0.0), ("a", 0.01), ("c", 7.5), ("b", 3600.0)]


@virtual_time
async def test_work_in_a_thread_holds_the_clock_still() -> None:
    loop = asyncio.get_running_loop()
    release = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        job = loop.run_in_executor(pool, release.wait)
        loop.call_soon(release.set)
        async with asyncio.timeout(0.001):
            assert await job
    assert loop.time() == 0.0


def test_a_test_that_can_never_end_fails_instead_of_hanging() -> None:
    async def deadlock() -> None:
        await asyncio.Event().wait()

    with pytest.raises(TimeoutError):
        run_virtual(deadlock())


@virtual_time
async def test_fixtures_reach_a_test_in_virtual_time(tmp_path: Path) -> None:
    await asyncio.sleep(1)
    assert tmp_path.name


def test_two_runs_are_alike() -> None:
    async def walk() -> list[float]:
        times: list[float] = []

        async def step(every: float) -> None:
            for _ in range(50):
                await asyncio.sleep(every)
                times.append(asyncio.get_running_loop().time())

        async with asyncio.TaskGroup() as group:
            for every in (0.02, 0.03, 0.1):
                group.create_task(step(every))
        return times

    assert run_virtual(walk()) == run_virtual(walk())
