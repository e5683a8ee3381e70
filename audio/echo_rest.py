"""Turns down, band by band, what the echo filter leaves, so that the voice detector hears what is beside the echo.

A door or a keyboard is no echo, and what is left of a viewer beneath it would be taken for the streamer's voice.
"""

from __future__ import annotations

import numpy as np
from numpy.fft import irfft

from audio.echo_evidence import BAND_CENTRES
from audio.echo_filter import BINS
from audio.echo_reference import Float32Array
from coach.ports import EAR_FRAME

_TAPS = 64
"""4 ms: as fine as the bands are; half of it is the delay."""
_LEAST = 0.1
"""No band is turned down by more than 20 dB: as much again as the filter does."""


class RestGain:
    """An equaliser that changes with each block. About 40 microseconds."""

    def __init__(self) -> None:
        self._before: Float32Array = np.zeros(_TAPS - 1, np.float32)
        self._taps: Float32Array = _FLAT

    def quieten(self, residual: Float32Array, near_share: Float32Array) -> Float32Array:
        """Return one block, 2 ms late, with each band as loud as its share that is not echo.

        Args:
            residual: Shape (320,).
            near_share: Power from 0 to 1, shape (16,).
        """
        gain = np.maximum(np.sqrt(near_share), _LEAST)
        response = np.roll(irfft(gain @ _SPREAD, 2 * EAR_FRAME), _TAPS // 2)[:_TAPS]
        old, self._taps = self._taps, (response * _WINDOW).astype(np.float32)
        wide = np.concatenate([self._before, residual])
        self._before = wide[-(_TAPS - 1) :]
        was, becomes = np.convolve(wide, old, "valid"), np.convolve(wide, self._taps, "valid")
        quiet: Float32Array = was + _FADE * (becomes - was)
        return quiet


def _spread() -> Float32Array:
    """Return how much each band's gain counts in each bin: straight lines between the bands' middles."""
    bins = np.arange(BINS)
    return np.asarray([np.interp(bins, BAND_CENTRES, row) for row in np.eye(len(BAND_CENTRES))], np.float32)


_SPREAD = _spread()
_WINDOW = np.hanning(_TAPS + 1)[:_TAPS]
_FADE: Float32Array = np.linspace(0, 1, EAR_FRAME, dtype=np.float32)
_FLAT: Float32Array = np.zeros(_TAPS, np.float32)
_FLAT[_TAPS // 2] = 1
