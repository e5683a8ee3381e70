"""What pauses tell about a speaker: a slow thinker is given more time, a brisk one is answered at once."""

from __future__ import annotations

from collections import deque

from coach.live.hangover import Pauses

SHORTEST_MS = 180.0
"""Shorter gaps are consonants, not pauses: the usual cut-off of pause studies lies at 180 to 250 ms."""
QUANTILE = 0.8
"""Of a speaker's pauses, the long one that is compared with what is usual."""
KEPT = 24
"""Pauses remembered: some minutes of speech."""
FEW = 4
"""Below this many pauses nothing is concluded from them."""
STRETCH = (0.85, 1.6)
"""Bounds of how much hangovers shrink and grow."""
FALSE_END_SEC = 1.0
"""Speech this soon after an end shows that there was none."""
PATIENCE = 1.25
"""Share of the pause that was taken for an end which the next ones are given."""
ONCE = 0.6
"""The same after a first false end, which may be chance."""
MOST_PATIENCE_MS = 850.0
"""Whoever talks on after each sentence is waited for so long; more would make the room deaf."""
KEEP = 0.5
"""Share of the patience left after an end that stood: two turns with answers and a talker is answered fast again."""


class PauseHabit:
    """Learns within one rehearsal from pauses that were resumed and from ends that were none.

    Args:
        usual: What hangovers are made for.
    """

    def __init__(self, usual: Pauses) -> None:
        self._usual_ms = usual.quantile(QUANTILE) * 1000
        self._pauses: deque[float] = deque(maxlen=KEPT)
        self._patience_ms = 0.0

    @property
    def stretch(self) -> float:
        """By what hangovers are to be multiplied."""
        if len(self._pauses) < FEW:
            return 1.0
        ordered = sorted(self._pauses)
        long_pause = ordered[min(len(ordered) - 1, int(QUANTILE * len(ordered)))]
        low, high = STRETCH
        return min(high, max(low, long_pause / self._usual_ms))

    @property
    def patience_ms(self) -> float:
        """Least silence that ends an utterance, however finished: sentences of this speaker follow so closely."""
        return self._patience_ms

    def resumed(self, pause_ms: float) -> None:
        """Learn a pause inside an utterance, ms from the last voiced sound to the next."""
        if pause_ms >= SHORTEST_MS:
            self._pauses.append(pause_ms)

    def ended(self) -> None:
        """Learn that an end stood, told by the silence after it."""
        self._patience_ms = self._patience_ms * KEEP if self._patience_ms > SHORTEST_MS else 0.0

    def cut(self, pause_ms: float) -> None:
        """Learn that an end was none: speech came back `pause_ms` after the last voiced sound."""
        self._pauses.append(pause_ms)
        share = PATIENCE if self._patience_ms else ONCE
        self._patience_ms = min(MOST_PATIENCE_MS, max(self._patience_ms, share * pause_ms))
