"""When the frames of a steady stream come, modulo a frame: so that what answers them can leave right after.

A viewer's first sound waits for the next frame of the viewers' track. Where that track keeps its own time, it waits
for 10 ms on average, and for 20 throughout a rehearsal that happened to begin so.
"""

from __future__ import annotations

from coach.ports import FRAME_SEC

MARGIN_SEC = 0.005
"""From a frame's arrival to the track's next frame: detectors, decisions and the encoder take 1 to 3 ms."""
WINDOW_SEC = 5.0
"""The least delayed frame of one to two such windows stands for one that was not delayed."""


class Rhythm:
    """One stream. Times are seconds on any monotonic clock."""

    def __init__(self) -> None:
        self._before: float | None = None
        self._least: float | None = None
        self._until = 0.0

    def heard(self, end_sec: float, now: float) -> None:
        """Take a frame.

        Args:
            end_sec: Its last sample's place in the stream.
            now: Its arrival.
        """
        lag = now - end_sec
        if self._least is None or now >= self._until:
            self._before, self._least, self._until = self._least, lag, now + WINDOW_SEC
        self._least = min(self._least, lag)

    def misses(self, at: float) -> float:
        """Return how many seconds `at` lies behind (negative: before) the nearest good moment, 0 if there is none."""
        if self._least is None:
            return 0.0
        least = self._least if self._before is None else min(self._least, self._before)
        half = FRAME_SEC / 2
        return (at - least - MARGIN_SEC + half) % FRAME_SEC - half
