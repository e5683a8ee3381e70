"""What the acoustic model hears: mel cepstra, made here and not inside pocketsphinx.

pocketsphinx either subtracts the mean of a whole utterance, which is known only at its end, or a running mean that
begins with a stock value: on recorded people that alone costs some 5 points of word errors. With the cepstra in our
hands the mean and the speaker's transform are ours to choose, an utterance can be read again under a better one, and
no decoder has to change between its two modes (which crashed it).

Every number below is a parameter of the en-US model (its `feat.params` and the front end's defaults): cepstra made
otherwise do not fit what it was trained on. The noise tracking follows Doblinger's spectral minima and the temporal
masking of Kim and Stern's PNCC, as that front end does.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.ports import EAR_RATE_HZ, Int16Array

Cepstra = NDArray[np.float32]
"""Shape (n, 13), a row for each 10 ms."""
Floats = NDArray[np.float64]

CEPSTRA = 13
SHIFT, WINDOW, FFT = 160, 410, 512
"""Samples: a frame each 10 ms of 25.6 ms."""
BANDS, LOWEST_HZ, HIGHEST_HZ = 25, 130.0, 6800.0
PRE_EMPHASIS = 0.97
LIFTER = 22
LOG_FLOOR = 1e-4

POWER_KEPT, RISE_KEPT, FALL_KEPT = 0.7, 0.995, 0.5
"""Shares of the old value in the smoothed power, and in a floor below it as it rises and as it falls."""
MASK_KEPT, MASK_LEVEL = 0.85, 0.2
DEEPEST_GAIN = 1 / 20
BANDS_BESIDE = 4
"""Bands on either side over which a gain is averaged."""


def _filters() -> Floats:
    """Triangles of unit area, equally wide in mel, their corners on whole FFT lines."""
    line = EAR_RATE_HZ / FFT
    low, high = (2595.0 * np.log10(1.0 + hz / 700.0) for hz in (LOWEST_HZ, HIGHEST_HZ))
    mels = np.linspace(low, high, BANDS + 2)
    corners = np.floor((10.0 ** (mels / 2595.0) - 1.0) * 700.0 / line + 0.5) * line
    left, middle, right = (corners[n : n + BANDS, None] for n in range(3))
    hz = np.arange(FFT // 2 + 1) * line
    rising, falling = (hz - left) / (middle - left), (right - hz) / (right - middle)
    return np.maximum(np.minimum(rising, falling), 0.0) * 2.0 / (right - left)


def _cosines() -> Floats:
    """The cosine transform to 13 cepstra with the lifter in it, shape (13, bands)."""
    order, band = np.arange(CEPSTRA)[:, None], np.arange(BANDS)[None, :]
    cosines = np.cos(np.pi * order * (band + 0.5) / BANDS) * np.sqrt(np.where(order == 0, 1.0, 2.0) / BANDS)
    lift: Floats = 1.0 + LIFTER / 2 * np.sin(np.pi * order / LIFTER)
    return np.asarray(cosines * lift)


def _neighbours() -> Floats:
    """Averages each band with those beside it, shape (bands, bands)."""
    distance = np.abs(np.arange(BANDS)[:, None] - np.arange(BANDS)[None, :])
    near = (distance <= BANDS_BESIDE).astype(np.float64)
    return np.asarray(near / near.sum(axis=1, keepdims=True))


_FILTERS, _COSINES, _NEIGHBOURS = _filters(), _cosines(), _neighbours()
_HAMMING = np.hamming(WINDOW)


class FrontEnd:
    """Turns the sound of one utterance into cepstra, piece by piece."""

    def __init__(self) -> None:
        self._left = np.empty(0, np.float64)
        self._last = 0.0
        self._noise = NoiseTracker()

    def feed(self, pcm: Int16Array) -> Cepstra:
        """Take further samples, int16 16 kHz mono, any number; return the frames that they complete."""
        sound = pcm.astype(np.float64)
        if not sound.size:
            return np.empty((0, CEPSTRA), np.float32)
        before = np.concatenate(([self._last], sound[:-1]))
        self._last = float(sound[-1])
        audio = np.concatenate((self._left, sound - PRE_EMPHASIS * before))
        frames = (len(audio) - WINDOW) // SHIFT + 1 if len(audio) >= WINDOW else 0
        self._left = audio[frames * SHIFT :]
        if not frames:
            return np.empty((0, CEPSTRA), np.float32)
        windows = np.lib.stride_tricks.sliding_window_view(audio, WINDOW)[::SHIFT][:frames]
        bands = np.abs(np.fft.rfft(windows * _HAMMING, FFT)) ** 2 @ _FILTERS.T
        clean = np.array([self._noise.clean(row) for row in bands])
        return np.asarray((np.log(clean + LOG_FLOOR) @ _COSINES.T), np.float32)


class NoiseTracker:
    """Takes the steady noise out of mel bands, a frame at a time."""

    def __init__(self) -> None:
        self._power: Floats | None = None
        self._noise = self._floor = self._peak = np.zeros(BANDS)

    def clean(self, bands: Floats) -> Floats:
        """Return the bands of one frame with what is steady in them turned down."""
        if self._power is None:
            self._power = bands
            self._noise = self._floor = bands * DEEPEST_GAIN
        self._power = POWER_KEPT * self._power + (1 - POWER_KEPT) * bands
        self._noise = _floor_under(self._power, self._noise)
        signal = np.maximum(self._power - self._noise, 1.0)
        self._floor = _floor_under(signal, self._floor)
        masked = np.maximum(self._mask(signal), self._floor)
        gain = np.maximum(masked / np.maximum(self._power, LOG_FLOOR), DEEPEST_GAIN)
        return np.asarray(bands * (_NEIGHBOURS @ np.minimum(gain, 1 / DEEPEST_GAIN)))

    def _mask(self, signal: Floats) -> Floats:
        """Hold down what follows a peak, as the ear does."""
        faded = self._peak * MASK_KEPT
        self._peak = np.maximum(faded, signal)
        return np.where(signal < MASK_KEPT * faded, MASK_LEVEL * faded, signal)


def _floor_under(value: Floats, floor: Floats) -> Floats:
    """Let a floor follow what lies above it slowly, what falls below it quickly."""
    kept = np.where(value >= floor, RISE_KEPT, FALL_KEPT)
    return np.asarray(kept * floor + (1 - kept) * value)
