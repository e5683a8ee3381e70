"""How late the event loop is: what every frame and every decision waits for before its turn comes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from coach.clock import Clock

EVERY_SEC = 0.1
"""Time between two looks. Ten a second cost 0.05 % of a core, and a stall of one 20 ms frame is met by every fifth."""
KEPT = 600
"""Looks kept for `percentile_ms`: the last minute."""


class LoopLag:
    """Wakes at fixed times and notes how much later it really ran.

    Args:
        clock: The clock of the loop to watch.
        note: Told each lateness, ms.
    """

    def __init__(self, clock: Clock, note: Callable[[float], None] = lambda ms: None) -> None:
        self._clock = clock
        self._note = note
        self._recent: deque[float] = deque(maxlen=KEPT)
        self.worst_ms = 0.0
        """Latest of all."""

    async def run(self) -> None:
        """Watch until cancelled."""
        due = self._clock.now()
        while True:
            due += EVERY_SEC
            await self._clock.sleep_until(due)
            late = self._clock.now() - due
            self._take(1000 * max(0.0, late))
            if late > EVERY_SEC:
                # The looks missed in a long stall are not made up for: it would count as many times as it is long.
                due = self._clock.now()

    def percentile_ms(self, share: float) -> float | None:
        """Return a percentile of the last minute, ms; None before the first look.

        Args:
            share: 0 to 1; 0.95 gives the value that 95 % do not exceed.
        """
        ordered = sorted(self._recent)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else None

    def _take(self, late_ms: float) -> None:
        self._recent.append(late_ms)
        self.worst_ms = max(self.worst_ms, late_ms)
        self._note(late_ms)
