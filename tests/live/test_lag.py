from __future__ import annotations

import asyncio

import pytest

from coach.live.lag import EVERY_SEC, KEPT, LoopLag
from tests.virtual_time import virtual_time


class StallingClock:
    """A loop that is held up for some time before the n-th wake-up, s."""

    def __init__(self, stalls: dict[int, float]) -> None:
        self._stalls = stalls
        self._now = 0.0
        self.waits = 0

    def now(self) -> float:
        return self._now

    async def sleep_until(self, at: float) -> None:
        await asyncio.sleep(0)
        self.waits += 1
        self._now = max(self._now, at) + self._stalls.get(self.waits, 0.0)


async def watched(stalls: dict[int, float], looks: int) -> tuple[LoopLag, list[float]]:
    noted: list[float] = []
    clock = StallingClock(stalls)
    lag = LoopLag(clock, noted.append)
    async with asyncio.TaskGroup() as tasks:
        watching = tasks.create_task(lag.run())
        while len(noted) < looks:
            await asyncio.sleep(0)
        watching.cancel()
    return lag, noted[:looks]


@virtual_time
async def test_a_loop_in_time_shows_no_lag() -> None:
    lag, noted = await watched({}, 20)
    assert noted == pytest.approx([0.0] * 20, abs=1e-6)
    assert lag.percentile_ms(0.5) == pytest.approx(0.0, abs=1e-6)


@virtual_time
async def test_a_stall_shows_once_however_long_it_is() -> None:
    lag, noted = await watched({3: 0.03, 6: 2.0}, 10)
    assert noted == pytest.approx([0, 0, 30, 0, 0, 2000, 0, 0, 0, 0], abs=1e-6)
    assert lag.worst_ms == pytest.approx(2000)
    assert lag.percentile_ms(0.85) == pytest.approx(30)


@virtual_time
async def test_only_the_last_minute_counts() -> None:
    lag, _ = await watched({1: 0.05}, KEPT + 5)
    assert lag.percentile_ms(1.0) == pytest.approx(0.0, abs=1e-6)
    assert pytest.approx(60) == KEPT * EVERY_SEC


def test_before_the_first_look_nothing_is_said() -> None:
    assert LoopLag(StallingClock({})).percentile_ms(0.5) is None
