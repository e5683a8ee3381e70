"""Is there more in the microphone than the echo of the viewers? The evidence, block by block."""

from __future__ import annotations

import numpy as np
from numpy.fft import rfft

from audio.echo_filter import BINS, Prediction
from audio.echo_reference import Float32Array
from coach.ports import EAR_FRAME, EAR_RATE_HZ, FRAME_SEC

_BANDS = 16
_LOW_HZ, _HIGH_HZ = 250, 5000
"""Where speech tells itself apart from rumble and hiss."""
_TAIL = 0.63
"""What is left of an echo in the room one block later: 2 dB, 0.6 s reverberation."""
_FLOOR_RISE = 10 ** (0.3 * FRAME_SEC)
"""The background is the quietest there was, rising by 3 dB a second."""
_CLIP_DB = (-6.0, 12.0)
"""A band counts for no more than this, so that one whistle does not make a voice."""
_LEAK_UP, _LEAK_DOWN = 1.12, 0.97
"""How the share of echo that no linear filter can take out is followed: where four blocks rise for one that falls
it stands, at the eightieth percentile."""
_LEAK_MIN, _LEAK_MAX = 10**-2.5, 1.0
_SMOOTH_BLOCKS = 4
_DOUBT, _DOUBT_YOUNG = 0.25, 4.0
"""How much of what the filter is unsure of counts as echo. A fresh one takes the room for simpler than it is, 6 dB; one
that has learned doubts for ever, in case the room changes, while the leak tells better what it leaves over."""


class NearEvidence:
    """How far the residual stands above all that the echo can explain, dB averaged over bands of equal pitch width.

    Echo alone lies around -5 and stays under 2 once the path is learned; speech as loud as the echo lies around 4.
    """

    def __init__(self) -> None:
        self._floor: Float32Array | None = None
        self._tail: Float32Array = np.zeros(_BANDS, np.float32)
        self._leak: Float32Array = np.full(_BANDS, 0.1, np.float32)
        self._last: list[float] = []

    @property
    def latest(self) -> float:
        """The last block's evidence by itself."""
        return self._last[-1] if self._last else _CLIP_DB[0]

    def judge(self, heard: Float32Array, prediction: Prediction, youth: float) -> float:
        """Take one block and return the evidence, averaged over the last 80 ms.

        Args:
            heard: The microphone, shape (320,).
            prediction: What the filter made of it.
            youth: 1 for a filter that knows nothing yet, 0 for one that has learned.
        """
        residual = prediction.residual_power @ _MATRIX
        floor = self._background(heard)
        self._tail = np.maximum(_band_power(prediction.echo), _TAIL * self._tail)
        doubt = _DOUBT + (_DOUBT_YOUNG - _DOUBT) * youth
        explained = doubt * (prediction.unsure_power @ _MATRIX) + self._leak * self._tail + 2 * floor
        above = 10 * np.log10((residual + 1e-9) / (explained + 1e-9))
        score = float(np.mean(np.clip(above, *_CLIP_DB)))
        self._last = [*self._last[-(_SMOOTH_BLOCKS - 1) :], score]
        if score < 3.0:
            self._follow_leak(residual, floor)
        return sum(self._last) / len(self._last)

    def _background(self, heard: Float32Array) -> Float32Array:
        power = np.maximum(_band_power(heard), 1e-5)
        self._floor = power if self._floor is None else np.minimum(self._floor * _FLOOR_RISE, power)
        return self._floor

    def _follow_leak(self, residual: Float32Array, floor: Float32Array) -> None:
        share = residual / np.maximum(self._tail, 1e-9)
        moved = self._leak * np.where(share > self._leak, _LEAK_UP, _LEAK_DOWN)
        sounding = self._tail > 4 * floor
        self._leak = np.clip(np.where(sounding, moved, self._leak), _LEAK_MIN, _LEAK_MAX).astype(np.float32)


def _band_power(block: Float32Array) -> Float32Array:
    spectrum = rfft(block, 2 * EAR_FRAME)
    power: Float32Array = (spectrum.real**2 + spectrum.imag**2).astype(np.float32) @ _MATRIX
    return power


def _bands() -> Float32Array:
    """Return which bin belongs to which band: equal steps on the mel scale (O'Shaughnessy 1987)."""
    mel = 2595 * np.log10(1 + np.linspace(0, EAR_RATE_HZ / 2, BINS) / 700)
    low, high = (2595 * np.log10(1 + hz / 700) for hz in (_LOW_HZ, _HIGH_HZ))
    band = np.floor((mel - low) / (high - low) * _BANDS)
    return np.asarray(band[:, None] == np.arange(_BANDS), np.float32)


_MATRIX = _bands()
