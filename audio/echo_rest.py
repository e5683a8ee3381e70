"""Turns down, band by band, what the echo filter leaves, so that the voice detector hears what is beside the echo.

A door or a keyboard is no echo, and what is left of a viewer beneath it would be taken for the streamer's voice. A
detector knows a voice however quiet it is, so a hiss as loud as what may be left is put over it.
"""

from __future__ import annotations

import numpy as np
from numpy.fft import irfft, rfft

from audio.echo_evidence import BAND_BINS, BAND_CENTRES
from audio.echo_filter import BINS
from audio.echo_reference import Float32Array
from coach.ports import EAR_FRAME

_TAPS = 64
"""4 ms: as fine as the bands are; half of it is the delay."""
_LEAST = 0.1
"""No band is turned down by more than 20 dB: as much again as the filter does."""
_MASK = 0.5
"""Power of the hiss over that of the echo that may be left."""


class RestGain:
    """An equaliser that changes with each block. About 40 microseconds."""

    def __init__(self) -> None:
        self._turn = 0
        self._before: Float32Array = np.zeros(_TAPS - 1, np.float32)
        self._taps: Float32Array = _FLAT

    def quieten(self, residual: Float32Array, near_share: Float32Array, echo_power: Float32Array) -> Float32Array:
        """Return one block, 2 ms late, with each band as loud as its share that is not echo, and a hiss over the rest.

        Args:
            residual: Shape (320,).
            near_share: Power from 0 to 1, shape (16,).
            echo_power: What each band may hold of echo, squared spectrum of a block, shape (16,).
        """
        old, self._taps = self._taps, _filter(np.maximum(np.sqrt(near_share), _LEAST))
        wide = np.concatenate([self._before, residual])
        self._before = wide[-(_TAPS - 1) :]
        was, becomes = np.convolve(wide, old, "valid"), np.convolve(wide, self._taps, "valid")
        quiet: Float32Array = was + _FADE * (becomes - was) + self._hiss(echo_power)
        return quiet

    def _hiss(self, power: Float32Array) -> Float32Array:
        self._turn = (self._turn + 1) % len(_NOISES)
        loud = np.sqrt(_MASK * power / _WHITE) @ _SPREAD
        hiss: Float32Array = irfft(loud * _NOISES[self._turn], 2 * EAR_FRAME)[:EAR_FRAME].astype(np.float32)
        return hiss


def _filter(gain: Float32Array) -> Float32Array:
    response = np.roll(irfft(gain @ _SPREAD, 2 * EAR_FRAME), _TAPS // 2)[:_TAPS]
    return np.asarray(response * _WINDOW, np.float32)


def _spread() -> Float32Array:
    """Return how much each band's gain counts in each bin: straight lines between the bands' middles."""
    bins = np.arange(BINS)
    return np.asarray([np.interp(bins, BAND_CENTRES, row) for row in np.eye(len(BAND_CENTRES))], np.float32)


_SPREAD = _spread()
_WHITE = EAR_FRAME * BAND_BINS
"""Squared spectrum of a block of white noise, by band."""
_WINDOW = np.hanning(_TAPS + 1)[:_TAPS]
_FADE: Float32Array = np.linspace(0, 1, EAR_FRAME, dtype=np.float32)
_FLAT: Float32Array = np.zeros(_TAPS, np.float32)
_FLAT[_TAPS // 2] = 1
_NOISES = rfft(np.random.default_rng(0).standard_normal((32, 2 * EAR_FRAME)), axis=1).astype(np.complex64)
"""White noise of power one, spectra; 0.6 s of it do not sound like a voice when they come again."""
