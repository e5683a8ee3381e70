"""Follows an echo that comes a little earlier or later than it did: loudspeaker and microphone have separate clocks.

Two sound cards differ by up to 100 millionths, which is 13 samples after eight silent seconds; half a period of a
vowel's formants is enough to make a well learned filter double the echo instead of taking it out.
"""

from __future__ import annotations

import numpy as np
from numpy.fft import irfft, rfft

from audio.echo_reference import Float32Array

REACH = 48
"""Samples either way that are looked at, 3 ms: 100 millionths over half a minute."""
_ALIKE = 0.5
"""Correlation from which on the place of an echo can be told; of two unrelated vowels it is mostly under 0.4."""
_BETTER = 1.1
"""By how much another place must fit better than the present one."""
_LOOKS = (4, 8)
"""Audible blocks after a pause at which it is looked: 80 ms, a vowel, and once more for who begins with a hiss."""
_LONGEST_BLOCKS = 50


class Aligner:
    """Looks at the beginning of each line. `shift` is what the block heard last has shown, in samples, else 0."""

    def __init__(self) -> None:
        self.shift = 0
        self._blocks: list[tuple[Float32Array, Float32Array]] | None = None
        self._audible = 0

    def begin(self) -> None:
        """Look anew: a pause is over."""
        self._blocks, self._audible = [], 0

    def hear(self, echo: Float32Array, heard: Float32Array, *, audible: bool) -> None:
        """Take one block of prediction and microphone, each of shape (320,)."""
        self.shift = 0
        if self._blocks is None:
            return
        self._blocks = [*self._blocks, (echo, heard)][-_LONGEST_BLOCKS:]
        self._audible += audible
        if not audible or self._audible not in _LOOKS:
            return
        predicted, came = (np.concatenate(part) for part in zip(*self._blocks, strict=True))
        self.shift = find_shift(predicted, came)
        if self.shift or self._audible == _LOOKS[-1]:
            self._blocks = None


def find_shift(echo: Float32Array, heard: Float32Array) -> int:
    """Return how many samples later than predicted an echo comes; 0 where that cannot be told.

    Args:
        echo: What was predicted, some 100 ms, 16 kHz.
        heard: The microphone at the same time, same length.
    """
    size = 1 << (2 * len(echo)).bit_length()
    cross = irfft(rfft(heard, size) * np.conj(rfft(echo, size)), size)
    around = np.concatenate([cross[-REACH:], cross[: REACH + 1]])
    best = int(np.argmax(around))
    strength = float(np.sqrt(np.dot(echo, echo) * np.dot(heard, heard))) + 1e-12
    if around[best] < _ALIKE * strength or around[best] < _BETTER * around[REACH]:
        return 0
    return best - REACH
