"""Whether a streamer is connected, and when a lost one is given up."""

from __future__ import annotations

import asyncio

FIRST_GRACE_SEC = 120.0
"""How long a new rehearsal waits for its first connection, s: a permission prompt may stand in between."""


class Connection:
    """One voice connection at a time, up or down."""

    def __init__(self, grace_sec: float) -> None:
        self._grace_sec = grace_sec
        self._up = asyncio.Event()
        self._down = asyncio.Event()
        self._down.set()
        self._ever = False

    @property
    def up(self) -> bool:
        """Whether a streamer is connected."""
        return self._up.is_set()

    def connect(self) -> None:
        """Note a connection.

        Raises:
            RuntimeError: If one is up.
        """
        if self.up:
            raise RuntimeError("expected no voice connection, but one is up; end it before opening another")
        self._ever = True
        self._down.clear()
        self._up.set()

    def disconnect(self) -> None:
        """Note that it is gone."""
        self._up.clear()
        self._down.set()

    async def lost_for_good(self) -> None:
        """Return once nobody has been connected for the whole grace time."""
        while True:
            await self._down.wait()
            try:
                async with asyncio.timeout(self._grace_sec if self._ever else max(FIRST_GRACE_SEC, self._grace_sec)):
                    await self._up.wait()
            except TimeoutError:
                return

    async def wait_down(self, timeout_sec: float) -> None:
        """Wait a bounded time for the connection to say goodbye."""
        try:
            async with asyncio.timeout(timeout_sec):
                await self._down.wait()
        except TimeoutError:
            return
