"""Time on the rehearsal clock: float seconds since the rehearsal began.

The only module that may read a clock. Monotonic time comes from the running event loop, so a test that swaps
the loop for one with virtual time moves every deadline of the product with it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Seconds since the rehearsal began."""

    def now(self) -> float:
        """Return seconds since the rehearsal began; never goes back."""
        ...

    async def sleep_until(self, at: float) -> None:
        """Return at or just after `at` (rehearsal seconds); at once if that is past."""
        ...


class LoopClock:
    """The running event loop's monotonic clock, counted from construction."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._origin = self._loop.time()

    def restart(self) -> None:
        """Make now second 0, when the rehearsal really begins; to be called before anything was timed."""
        self._origin = self._loop.time()

    def now(self) -> float:
        """Return seconds since construction or `restart`."""
        return self._loop.time() - self._origin

    async def sleep_until(self, at: float) -> None:
        """Sleep to an absolute deadline, so that waits never add up to drift."""
        await asyncio.sleep(max(0.0, at - self.now()))

    def call_at(self, at: float, do: Callable[[], None]) -> asyncio.TimerHandle:
        """Have `do` called at or just after `at`; for what is done so often that waking a task would cost more."""
        return self._loop.call_at(self._origin + at, do)


class Stopwatch:
    """Elapsed process seconds for engines and start-up figures, off the rehearsal clock."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    def elapsed_sec(self) -> float:
        """Return seconds since construction."""
        return time.monotonic() - self._start


def wall_time() -> datetime:
    """Return the present moment in UTC, for names and lists; never for measuring."""
    return datetime.now(UTC)
