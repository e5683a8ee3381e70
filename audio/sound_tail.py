"""The last moments of a sound, kept without moving all of them for each block that comes."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]


class SoundTail:
    """So many samples, float32, zeros before the first. Moves a sample once for each time the tail has passed by.

    Args:
        samples: How many are kept.
    """

    def __init__(self, samples: int) -> None:
        self._kept = np.zeros(2 * samples, np.float32)
        self._size = self._end = samples

    def __len__(self) -> int:
        return self._size

    @property
    def latest(self) -> Floats:
        """All that is kept, oldest first; a view that holds until the next `append`."""
        return self._kept[self._end - self._size : self._end]

    def append(self, block: Floats) -> None:
        """Add sound; of more than is kept, the end."""
        block = block[-self._size :]
        if self._end + len(block) > len(self._kept):
            self._kept[: self._size] = self.latest.copy()
            self._end = self._size
        self._kept[self._end : self._end + len(block)] = block
        self._end += len(block)

    def clear(self) -> None:
        """Forget all; zeros stand in its place."""
        self._kept[: self._size] = 0.0
        self._end = self._size
