"""How high a stretch of speech is: median and spread of the fundamental frequency. Pure.

Autocorrelation of 40 ms windows, corrected for the window's own (Boersma 1993, "Accurate short-term analysis of the
fundamental frequency").
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.ports import Int16Array

_WINDOW_SEC, _STEP_SEC = 0.04, 0.01
_LOWEST_HZ, _HIGHEST_HZ = 60.0, 420.0
_VOICED = 0.55
"""Least periodicity of a voiced window; Boersma's 0.45 plus a margin for buzzy synthetic speech."""
_AS_GOOD = 0.85
"""Share of the best lag's similarity that a shorter one must have; Boersma's octave cost has the same effect."""
_QUIET = 0.02
"""Windows under 2 % of full scale are pauses."""


def pitches(pcm: Int16Array, rate_hz: int) -> NDArray[np.float64]:
    """Return the fundamental frequency of each voiced window, Hz, 10 ms apart. Empty if nothing is voiced."""
    size, step = round(_WINDOW_SEC * rate_hz), round(_STEP_SEC * rate_hz)
    if len(pcm) < size:
        return np.zeros(0)
    windows = np.lib.stride_tricks.sliding_window_view(pcm.astype(np.float64) / 32768, size)[::step]
    windows = windows[np.sqrt(np.mean(windows**2, axis=1)) > _QUIET]
    if len(windows) == 0:
        return np.zeros(0)
    shape = np.hanning(size)
    windows = (windows - windows.mean(axis=1, keepdims=True)) * shape
    similar = _autocorrelation(windows) / _autocorrelation(shape[np.newaxis])
    low, high = int(rate_hz / _HIGHEST_HZ), int(rate_hz / _LOWEST_HZ)
    searched = similar[:, low:high]
    voiced = searched[searched.max(axis=1) > _VOICED]
    return np.array([rate_hz / _period(window, low) for window in voiced], dtype=np.float64)


def median_pitch(pcm: Int16Array, rate_hz: int) -> float | None:
    """Return the median fundamental frequency in Hz; None if under ten windows are voiced."""
    found = pitches(pcm, rate_hz)
    return float(np.median(found)) if len(found) >= 10 else None


def _period(similar: NDArray[np.float64], low: int) -> int:
    """Return the shortest lag about as good as the best: multiples of the period are as similar as the period."""
    first = int(np.argmax(similar >= _AS_GOOD * similar.max()))
    hump = similar[first : first + (low + first) // 4]
    return low + first + int(np.argmax(hump))


def _autocorrelation(windows: NDArray[np.float64]) -> NDArray[np.float64]:
    size = windows.shape[1]
    spectrum = np.fft.rfft(windows, 2 * size, axis=1)
    similar = np.fft.irfft(np.abs(spectrum) ** 2, axis=1)[:, : size // 2 + size // 4]
    result: NDArray[np.float64] = similar / np.maximum(similar[:, :1], 1e-12)
    return np.maximum(result, 1e-9) if len(windows) == 1 else result
