"""How late the viewers' sound comes back: whitened correlation of the microphone with what was played.

Phase transform (Knapp and Carter 1976): with the loudness of each frequency taken out, an echo is one sharp peak,
also in a room, and two voices that have nothing to do with each other are noise without one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.fft import irfft, rfft
from numpy.typing import NDArray

from audio.echo_reference import Float32Array
from coach.ports import EAR_RATE_HZ

_RATE_HZ = EAR_RATE_HZ // 2
_SIZE = 8192
HEARD_SAMPLES = 8192
"""Microphone samples (16 kHz) that are looked at: 512 ms, two syllables."""
PLAYED_SAMPLES = 2 * _SIZE
LONGEST_SEC = (_SIZE - HEARD_SAMPLES // 2) / _RATE_HZ
"""Longest delay that is found, 0.51 s: 250 ms each way."""
_LOW_BIN, _HIGH_BIN = round(250 * _SIZE / _RATE_HZ), round(3600 * _SIZE / _RATE_HZ)
_HALF_TAPS = 15
_PERIODS = slice(_RATE_HZ // 500, _RATE_HZ // 50)
_TONE = 0.95
"""A sound of 50 to 500 Hz that is this much like itself one period later, all second long, is a tone or a buzz. Speech
changes its pitch and its vowels: eSpeak reaches 0.92 on a long 啊, a buzz 0.99."""
_OLD_EDGE, _NEW_EDGE = 128, 64


@dataclass(frozen=True, slots=True)
class DelayPeak:
    """Where the microphone is most like what was played."""

    samples: int
    """Delay, samples at 16 kHz."""
    height: float
    """Peak over the root mean square of all delays. Of noise alone the highest of 4,000 stays under 4.5 (Gaussian);
    unrelated voices pass 6 in one look of ten and 9 in one of some hundred, because they are periodic."""


def find_delay(played: Float32Array, heard: Float32Array) -> DelayPeak:
    """Compare two stretches that end at the same instant. About 0.3 ms.

    Args:
        played: Shape (`PLAYED_SAMPLES`,), 16 kHz.
        heard: Shape (`HEARD_SAMPLES`,), 16 kHz.

    Raises:
        ValueError: If a shape differs.
    """
    return DelayFinder(played).find(heard)


class DelayFinder:
    """Compares one stretch that was played with what was heard.

    Args:
        played: Shape (`PLAYED_SAMPLES`,), 16 kHz.

    Raises:
        ValueError: If the shape differs.
    """

    def __init__(self, played: Float32Array) -> None:
        if played.shape != (PLAYED_SAMPLES,):
            raise ValueError(f"Expected shapes ({PLAYED_SAMPLES},) and ({HEARD_SAMPLES},), got {played.shape}.")
        self._sounded = rfft(_halved(played))
        self._is_tone = _is_tone(self._sounded)

    def find(self, heard: Float32Array, newest: int = HEARD_SAMPLES) -> DelayPeak:
        """Return where the microphone is most like what was played.

        Args:
            heard: Shape (`HEARD_SAMPLES`,), 16 kHz; ends when what was played does.
            newest: How many of its last samples are looked at.

        Raises:
            ValueError: If the shape differs.
        """
        if heard.shape != (HEARD_SAMPLES,):
            raise ValueError(f"Expected shapes ({PLAYED_SAMPLES},) and ({HEARD_SAMPLES},), got {heard.shape}.")
        if self._is_tone:
            return DelayPeak(0, 0.0)
        late = np.zeros(_SIZE, np.float32)
        late[-len(_WINDOW) :] = _halved(heard) * _WINDOW
        late[: -newest // 2] = 0
        cross = np.conj(self._sounded) * rfft(late)
        cross[:_LOW_BIN] = 0
        cross[_HIGH_BIN:] = 0
        cross /= np.abs(cross) + 1e-12
        match = np.abs(irfft(cross)[: _SIZE - len(_WINDOW)])
        best = int(np.argmax(match))
        return DelayPeak(2 * best, float(match[best] / (np.sqrt(np.mean(np.square(match))) + 1e-12)))


def _is_tone(spectrum: NDArray[np.complexfloating]) -> bool:
    """Return whether a second of sound repeats itself period by period: then it fits anything voiced, at any delay."""
    alike = irfft(np.square(np.abs(spectrum)))
    return bool(alike[0] > 0 and alike[_PERIODS].max() > _TONE * alike[0])


def _halved(samples: Float32Array) -> Float32Array:
    """Halve the rate; both sides are halved alike, so the filter need not be a good one."""
    return np.convolve(samples, _HALF, "same")[::2].astype(np.float32)


def _half_band() -> Float32Array:
    place = np.arange(_HALF_TAPS) - _HALF_TAPS // 2
    taps = np.sinc(place / 2) * np.hamming(_HALF_TAPS)
    return np.asarray(taps / taps.sum(), np.float32)


_HALF = _half_band()


def _window() -> Float32Array:
    """Return a window that takes the newest samples in full: an echo is to be seen as it begins."""
    window = np.ones(HEARD_SAMPLES // 2, np.float32)
    window[:_OLD_EDGE] = np.linspace(0, 1, _OLD_EDGE)
    window[-_NEW_EDGE:] = np.linspace(1, 0, _NEW_EDGE)
    return window


_WINDOW = _window()
