"""How late the viewers' sound comes back: whitened correlation of the microphone with what was played.

Phase transform (Knapp and Carter 1976): with the loudness of each frequency taken out, an echo is one sharp peak,
also in a room, and two voices that have nothing to do with each other are noise without one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.fft import irfft, rfft

from audio.echo_reference import Float32Array
from coach.ports import EAR_RATE_HZ

_RATE_HZ = EAR_RATE_HZ // 2
_SIZE = 8192
HEARD_SAMPLES = 6144
"""Microphone samples (16 kHz) that are looked at: 384 ms, one or two syllables."""
PLAYED_SAMPLES = 2 * _SIZE
LONGEST_SEC = (_SIZE - HEARD_SAMPLES // 2) / _RATE_HZ
"""Longest delay that is found, 0.64 s: 250 ms of network and buffers each way, and the sound card."""
_LOW_BIN, _HIGH_BIN = round(250 * _SIZE / _RATE_HZ), round(3600 * _SIZE / _RATE_HZ)
_HALF_TAPS = 15


@dataclass(frozen=True, slots=True)
class DelayPeak:
    """Where the microphone is most like what was played."""

    samples: int
    """Delay, samples at 16 kHz."""
    height: float
    """Peak over the root mean square of all delays. Of noise alone the highest of 5,000 stays under 4.5 (Gaussian);
    voices stay under 8 mostly, because they are periodic."""


def find_delay(played: Float32Array, heard: Float32Array) -> DelayPeak:
    """Compare two stretches that end at the same instant. About 0.3 ms.

    Args:
        played: Shape (`PLAYED_SAMPLES`,), 16 kHz.
        heard: Shape (`HEARD_SAMPLES`,), 16 kHz.

    Raises:
        ValueError: If a shape differs.
    """
    if played.shape != (PLAYED_SAMPLES,) or heard.shape != (HEARD_SAMPLES,):
        raise ValueError(
            f"Expected shapes ({PLAYED_SAMPLES},) and ({HEARD_SAMPLES},), got {played.shape} and {heard.shape}."
        )
    late = np.zeros(_SIZE, np.float32)
    late[-len(_WINDOW) :] = _halved(heard) * _WINDOW
    cross = np.conj(rfft(_halved(played))) * rfft(late)
    cross[:_LOW_BIN] = 0
    cross[_HIGH_BIN:] = 0
    cross /= np.abs(cross) + 1e-12
    match = np.abs(irfft(cross)[: _SIZE - len(_WINDOW)])
    best = int(np.argmax(match))
    return DelayPeak(2 * best, float(match[best] / (np.sqrt(np.mean(np.square(match))) + 1e-12)))


def _halved(samples: Float32Array) -> Float32Array:
    """Halve the rate; both sides are halved alike, so the filter need not be a good one."""
    return np.convolve(samples, _HALF, "same")[::2].astype(np.float32)


def _half_band() -> Float32Array:
    place = np.arange(_HALF_TAPS) - _HALF_TAPS // 2
    taps = np.sinc(place / 2) * np.hamming(_HALF_TAPS)
    return np.asarray(taps / taps.sum(), np.float32)


_HALF = _half_band()
_WINDOW = np.hanning(HEARD_SAMPLES // 2).astype(np.float32)
