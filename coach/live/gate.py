"""Where a reply computed ahead waits: nothing of it is logged or heard before it is committed."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable


class Gate:
    """Runs actions in order: at once when open, else when it opens. It opens once and never shuts.

    Bounded by its user, who waits at `opened` before going on past the first clause.
    """

    def __init__(self) -> None:
        self._held: deque[Callable[[], object]] = deque()
        self._open = asyncio.Event()

    @property
    def is_open(self) -> bool:
        """Whether the reply is committed."""
        return self._open.is_set()

    def do(self, action: Callable[[], object]) -> None:
        """Run an action now, or keep it for the opening."""
        if self.is_open:
            action()
        else:
            self._held.append(action)

    def open(self) -> None:
        """Commit: run what is held, oldest first. Idempotent."""
        while self._held:
            self._held.popleft()()
        self._open.set()

    async def opened(self) -> None:
        """Wait for the commit."""
        await self._open.wait()
