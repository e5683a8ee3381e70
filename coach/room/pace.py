"""When the next line nobody asked for is due: bursts whose average is the density. Pure and seeded."""

from __future__ import annotations

import random

from coach.room.tempo import Tempo

_BURST = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6}
"""Most lines of one burst; danmaku come in bursts, the busier the room the longer (DOMAIN §3.6). A design default."""
_BURST_GAP_SEC = (0.3, 1.2)
"""Time between two lines of a burst: two people typing at once."""
_FIRST_SEC = (4.0, 8.0)
"""When the first line nobody asked for comes."""
_STALE_SEC = 4.0
"""A burst that nobody could carry on for so long is over."""
_DEBT = -3.0
"""Lines that came by plan or as answers are saved up again, but not more than this many."""
_OVERDRAWN = -1.0
_SAVED_SEC = 15.0
"""How long a held room may save up lines, so that it comes back lively and not as a flood."""


class Pace:
    """Saves up lines at the wanted rate; every line of the room spends one. All times room seconds."""

    def __init__(self, tempo: Tempo, rng: random.Random) -> None:
        self._rng = rng
        self._per_sec = tempo.lines_per_min / 60
        self._longest = _BURST[tempo.level]
        self._size = self._draw()
        self._saved = self._size - self._per_sec * rng.uniform(*_FIRST_SEC)
        self._left = 0
        self._next_at = 0.0
        self._now = 0.0
        self.share = 1.0
        """Share of the rate that holds now, e.g. while nobody feels like writing."""

    def is_due(self, now: float) -> bool:
        """Return whether somebody should write now."""
        self._save(now)
        if self._left and now - self._next_at > _STALE_SEC:
            self._left = 0
        if self._left:
            return now >= self._next_at
        return self._saved >= self._size

    @property
    def starved(self) -> bool:
        """Whether more lines are due than the viewers write."""
        return self._saved >= self._most() - 0.5

    @property
    def is_overdrawn(self) -> bool:
        """Whether a line or more has come ahead of its time."""
        return self._saved <= _OVERDRAWN

    def began(self, now: float) -> None:
        """Note that somebody is going to write."""
        if not self._left:
            self._left, self._size = self._size, self._draw()
        self._left -= 1
        self._next_at = now + self._rng.uniform(*_BURST_GAP_SEC)

    def spend(self, lines: int = 1) -> None:
        """Count lines that come, or, with a negative number, that came to nothing."""
        self._saved = max(_DEBT, self._saved - lines)

    def restart(self, now: float) -> None:
        """Begin anew at `now`, as in the first seconds of a room."""
        self._now, self._left = now, 0
        self._saved = self._size - self._per_sec * self._rng.uniform(*_FIRST_SEC)

    def _save(self, now: float) -> None:
        self._saved = min(self._most(), self._saved + self._per_sec * self.share * max(0.0, now - self._now))
        self._now = max(now, self._now)

    def _most(self) -> float:
        return self._longest + self._per_sec * _SAVED_SEC

    def _draw(self) -> int:
        """Return the length of the next burst: mostly short."""
        return min(self._rng.randint(1, self._longest), self._rng.randint(1, self._longest))
