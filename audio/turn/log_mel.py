"""The picture of sound that Whisper's encoder wants: log-mel levels every 10 ms.

Sizes are those of OpenAI's Whisper: 25 ms windows, 80 bands on Slaney's mel scale, 80 dB of range.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from coach.ports import EAR_RATE_HZ

Floats = NDArray[np.float32]

BANDS = 80
WINDOW = 400
STEP = 160
RANGE = 8.0
"""Powers of ten under the loudest place that are told apart."""
FLOOR = 1e-10

_KNEE_HZ, _KNEE_MEL = 1000.0, 15.0
"""Slaney's scale is straight below, logarithmic above: 27 steps for a factor of 6.4."""
_GROWTH = np.log(6.4) / 27.0


def log_mel(sound: Floats) -> Floats:
    """Return the levels of a sound, shape (80, n // 160), about -1 to 1.

    Args:
        sound: Shape (n,), float32, 16 kHz.
    """
    padded = np.pad(sound, WINDOW // 2, mode="reflect")
    windows = sliding_window_view(padded, WINDOW)[::STEP][: len(sound) // STEP]
    spectrum = np.fft.rfft(windows * _hann())
    power = np.square(spectrum.real) + np.square(spectrum.imag)
    levels = np.log10(np.maximum(_bands() @ power.T, FLOOR))
    return np.asarray(np.maximum(levels, levels.max() - RANGE) / 4.0 + 1.0, np.float32)


@cache
def _hann() -> Floats:
    return (0.5 - 0.5 * np.cos(2.0 * np.pi * np.arange(WINDOW) / WINDOW)).astype(np.float32)


@cache
def _bands() -> Floats:
    """Return the weight of each frequency in each band, shape (80, 201): triangles, evenly spaced in mel."""
    highest = _KNEE_MEL + np.log(EAR_RATE_HZ / 2 / _KNEE_HZ) / _GROWTH
    corners = _hertz(np.linspace(0.0, highest, BANDS + 2))
    low, peak, high = (corners[first : first + BANDS, None] for first in range(3))
    hertz = np.linspace(0.0, EAR_RATE_HZ / 2, WINDOW // 2 + 1)
    triangles = np.minimum((hertz - low) / (peak - low), (high - hertz) / (high - peak))
    return (np.maximum(triangles, 0.0) * 2.0 / (high - low)).astype(np.float32)


def _hertz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    straight = mel * _KNEE_HZ / _KNEE_MEL
    bent = _KNEE_HZ * np.exp(np.maximum(mel - _KNEE_MEL, 0.0) * _GROWTH)
    return np.where(mel < _KNEE_MEL, straight, bent)
