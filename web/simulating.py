"""Runs simulated rehearsals for the page, each order in a process that a closed page ends."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coach.room.simulated.worker import SimulationOrder

PLACES = 2
"""Orders played at a time; more wait, for playing keeps a core busy."""
LONGEST_SEC = 120.0
"""After this long an order is given up: 25 rehearsals of five minutes take about 15 s on one core."""
_LOOKS_EVERY_SEC = 0.4
"""How soon it is noticed that nobody reads any more."""
_LONGEST_LINE = 4 * 1024 * 1024
_ROOT = Path(__file__).resolve().parents[1]


class Simulations:
    """The places for orders of one server."""

    def __init__(self, places: int = PLACES) -> None:
        self._places = asyncio.Semaphore(places)

    @property
    def full(self) -> bool:
        """Whether another order would have to wait."""
        return self._places.locked()

    async def run(
        self, order: SimulationOrder, is_gone: Callable[[], Awaitable[bool]], limit_sec: float = LONGEST_SEC
    ) -> AsyncGenerator[dict[str, Any], None]:
        """Yield the lines of an order as they come; close it to stop the playing at once.

        The last line is `stopped` with a `reason` where not all was played: `too_long`, or `failed` for a fault of
        ours. Ends without it once `is_gone` says that nobody reads.
        """
        async with self._places:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "coach.room.simulated.worker",
                cwd=_ROOT,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=_LONGEST_LINE,
            )
            try:
                await _give(process, order)
                async for line in _read(process, is_gone, limit_sec):
                    yield line
            finally:
                await _end(process)


async def _give(process: asyncio.subprocess.Process, order: SimulationOrder) -> None:
    if process.stdin is None:
        raise RuntimeError("expected a pipe to the simulating process")
    with suppress(ConnectionError):  # it died at once: reading says so
        process.stdin.write(json.dumps(asdict(order)).encode())
        await process.stdin.drain()
        process.stdin.close()


async def _read(
    process: asyncio.subprocess.Process, is_gone: Callable[[], Awaitable[bool]], limit_sec: float
) -> AsyncGenerator[dict[str, Any], None]:
    if process.stdout is None:
        raise RuntimeError("expected a pipe from the simulating process")
    loop = asyncio.get_running_loop()
    deadline = loop.time() + limit_sec
    while not await is_gone():
        if loop.time() > deadline:
            yield {"kind": "stopped", "reason": "too_long"}
            return
        try:
            async with asyncio.timeout(_LOOKS_EVERY_SEC):
                line = await process.stdout.readline()
        except TimeoutError:
            continue
        if not line:
            if await process.wait() != 0:
                yield {"kind": "stopped", "reason": "failed"}
            return
        yield json.loads(line)


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
    await process.wait()
