"""An event loop whose time is virtual: when nothing is ready it jumps to the next timer instead of waiting.

For tests and evaluations without sockets. Work handed to an executor holds the clock still until it is done, so that
a slow disk changes nothing in a test; a thread that the loop does not know of does not.

    played = run_virtual(rehearse())
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from typing import Any, TypeVar

T = TypeVar("T")

LONGEST_TEST_SEC = 24 * 3600.0
"""Virtual. A test in which everybody waits for everybody gets here at once, and fails instead of hanging."""

LONGEST_JOB_SEC = 30.0
"""Real. A job in an executor that never ends would otherwise stop the test for good."""


class _JumpingSelector(selectors.DefaultSelector):
    """Advances the loop's clock by the time it is asked to wait, and does not wait."""

    def __init__(self) -> None:
        super().__init__()
        self.elapsed = 0.0
        self.jobs = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None or self.jobs:
            events = super().select(0 if timeout == 0 else LONGEST_JOB_SEC)
            if not events and timeout != 0:
                raise RuntimeError(f"nothing happened for {LONGEST_JOB_SEC:g} s of real time: {self.jobs} jobs running")
            return events
        events = super().select(0)
        if not events:
            self.elapsed += max(0.0, timeout)
        return events


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """An event loop that begins at second 0 and never waits for a timer."""

    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        """Return virtual seconds since the loop was made."""
        return self._jumping.elapsed

    def run_in_executor(  # type: ignore[override]  # typeshed spells the variadic arguments differently by version
        self, executor: Executor | None, func: Callable[..., T], *args: Any
    ) -> asyncio.Future[T]:
        """Run a job in a thread; time stands still until it is done."""
        future = super().run_in_executor(executor, func, *args)
        self._jumping.jobs += 1
        future.add_done_callback(self._job_done)
        return future

    def _job_done(self, _: asyncio.Future[Any]) -> None:
        self._jumping.jobs -= 1


def run_virtual(main: Coroutine[Any, Any, T]) -> T:
    """Run `main` to its end in virtual time; raise TimeoutError if it can never end."""
    results: list[T] = []

    async def bounded() -> None:
        # The result is not the task's: asyncio's signal handling prints a finished task, minutes of sound included.
        async with asyncio.timeout(LONGEST_TEST_SEC):
            results.append(await main)

    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        runner.run(bounded())
    return results[0]
