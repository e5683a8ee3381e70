"""Is there more in the microphone than the echo of the viewers? The evidence, block by block.

Two things are learned of an echo, each in bands of equal pitch width: how loud it comes back, which two syllables
tell, and how much of that the filter takes out, which takes seconds. What the filter leaves counts as somebody else's
only as far as it stands above both.
"""

from __future__ import annotations

import numpy as np
from numpy.fft import rfft
from numpy.typing import NDArray

from audio.echo_filter import BINS, Prediction
from audio.echo_reference import Float32Array
from coach.ports import EAR_FRAME, EAR_RATE_HZ, FRAME_SEC

BANDS = 16
_LOW_HZ, _HIGH_HZ = 250, 5000
"""Where speech tells itself apart from rumble and hiss."""
_TAIL = 0.63
"""What is left of an echo in the room one block later: 2 dB, 0.6 s reverberation."""
_SOUNDING = 1e-2
"""Power of a band that was played, from which it teaches: a sixteenth of a block at -60 dBFS."""
_FLOOR_RISE = 10 ** (0.3 * FRAME_SEC)
"""The background is the quietest there was, rising by 3 dB a second."""
_CLIP_DB = (-6.0, 12.0)
"""A band counts for no more than this, so that one whistle does not make a voice."""
_SMOOTH_BLOCKS = 4
_MARGIN_DB = 3.0
"""By how much a block of echo may stand above the mean before it is evidence: half the spread of a band (5 to 6 dB
around what was played 20 ms before, simulated rooms)."""
_OVER = 1.0
_DOUBT = 0.5
"""How much of what the filter says that it does not know yet counts as echo, as far as the echo's level allows: it
knows which sounds it has never heard."""
_NEAR_DB = 3.0
"""Nothing is learned from a block that stands above all echo by this much..."""
_SURELY_ECHO = 0.25
"""...unless the filter takes 6 dB out of it."""
_LEVEL_BLOCKS = 50
_LEFT_BLOCKS = 40
"""Memory of both, about a second of sound; a mean of all until then."""
_LOUDEST_DB, _LEVEL_PRIOR = -6.0, 2.0
"""An echo is taken for the loudest there is at the beginning, and that counts for this many blocks."""
_LEFT_PRIOR = 3.0
"""Blocks that the belief in a filter that takes nothing out counts for."""
_LEFT_MIN_DB = -25.0
"""No more of an echo is believed to be taken out: loudspeakers distort."""


class NearEvidence:
    """How far the residual stands above all that the echo can explain, dB averaged over the bands.

    Echo alone lies around -4; speech as loud as the echo around 6 once the path is learned.
    """

    def __init__(self) -> None:
        self._floor: Float32Array | None = None
        self._tail: Float32Array = np.zeros(BANDS, np.float32)
        self._level = _BandMean(_LEVEL_BLOCKS, _LOUDEST_DB, _LEVEL_PRIOR)
        self._left = _BandMean(_LEFT_BLOCKS, 0.0, _LEFT_PRIOR)
        self._echo_share: Float32Array = np.zeros(BANDS, np.float32)
        self.echo_power: Float32Array = np.zeros(BANDS, np.float32)
        """What each band of the last block may hold of echo, squared spectrum, shape (16,)."""
        self._last: list[float] = []

    @property
    def latest(self) -> float:
        """The last block's evidence by itself."""
        return self._last[-1] if self._last else _CLIP_DB[0]

    @property
    def average(self) -> float:
        """Of the last 80 ms."""
        return sum(self._last) / len(self._last) if self._last else _CLIP_DB[0]

    @property
    def near_share(self) -> Float32Array:
        """How much of each band's residual is not echo, power from 0 to 1, shape (16,)."""
        share: Float32Array = 1 - self._echo_share
        return share

    def judge(self, heard: Float32Array, prediction: Prediction, *, audible: bool) -> None:
        """Take one block.

        Args:
            heard: The microphone, shape (320,).
            prediction: What the filter made of it.
            audible: Whether the microphone stands above the background.
        """
        power, left, played, unsure = _band_powers(heard, prediction)
        floor, before = self._background(power), self._tail
        residual = np.minimum(left, power)
        self._tail = np.maximum(played, _TAIL * before)
        self.echo_power = bound = self._bound(unsure)
        self._echo_share = 0.5 * (self._echo_share + np.minimum(_OVER * bound / (residual + 1e-9), 1))
        above = np.minimum(np.maximum(_db(residual) - _db(bound + 2 * floor), _CLIP_DB[0]), _CLIP_DB[1])
        self._last = [*self._last[-(_SMOOTH_BLOCKS - 1) :], float(above.sum()) / BANDS]
        if audible and self._is_lesson(residual, power):
            # The first block of a sound is louder than its echo, which has only begun.
            sounding = (self._tail > _SOUNDING) & (power > 4 * floor) & (played < 2 * before)
            self._level.learn(_db(power) - _db(self._tail), sounding)
            self._left.learn(_db(residual) - _db(self._tail) - self._level.bands, sounding)

    def forget(self) -> None:
        """Doubt what the filter takes out, as after a pause; how loud the echo is does not change so soon."""
        self._left.forget()

    def _bound(self, unsure: Float32Array) -> Float32Array:
        """Return the power of each band that may be echo."""
        expected_db = _db(self._tail) + self._level.bands + _MARGIN_DB
        left_db = np.maximum(self._left.bands, _LEFT_MIN_DB)
        known, whole = 10 ** ((expected_db + left_db) / 10), 10 ** (expected_db / 10)
        bound: Float32Array = np.maximum(known, np.minimum(whole, _DOUBT * unsure))
        return bound

    def _is_lesson(self, residual: Float32Array, power: Float32Array) -> bool:
        is_echo = float(residual.sum()) < _SURELY_ECHO * float(power.sum())
        return self.latest < _NEAR_DB or is_echo

    def _background(self, power: Float32Array) -> Float32Array:
        power = np.maximum(power, 1e-5)
        self._floor = power if self._floor is None else np.minimum(self._floor * _FLOOR_RISE, power)
        return self._floor


class _BandMean:
    """A level, dB: what all bands have in common, known soon, and how each differs from that, known later.

    Args:
        memory: Blocks.
        begin_db: What is believed at the beginning.
        prior: Blocks that this belief counts for.
    """

    FALL_DB, RISE_DB = 9.0, 6.0
    """One block's say: a band of an echo is rarely further off."""
    ALIKE_BLOCKS = 8.0
    """Blocks that the belief in no difference counts for."""

    def __init__(self, memory: float, begin_db: float, prior: float) -> None:
        self._memory = memory
        self._begin_db, self._prior = begin_db, prior
        self._mean, self.count = begin_db, prior
        self._offset: Float32Array = np.zeros(BANDS, np.float32)
        self._seen: Float32Array = np.zeros(BANDS, np.float32)

    @property
    def bands(self) -> Float32Array:
        """Shape (16,)."""
        return self._mean + self._offset

    def learn(self, found: Float32Array, sounding: NDArray[np.bool_]) -> None:
        """Take one block's levels where they are known; three bands at least."""
        known = int(sounding.sum())
        if known < 3:
            return
        off = np.where(sounding, found - self.bands, 0.0)
        off = np.minimum(np.maximum(off, -self.FALL_DB), self.RISE_DB)
        self.count = min(self.count + 1, self._memory)
        common = float(off.sum()) / known
        self._mean += common / self.count
        self._seen = np.minimum(self._seen + sounding, self._memory)
        step = np.where(sounding, (off - common) / (self._seen + self.ALIKE_BLOCKS), 0)
        self._offset = (self._offset + step).astype(np.float32)

    def forget(self) -> None:
        """Begin anew with what all bands have in common."""
        self._mean, self.count = self._begin_db, self._prior


def _db(power: Float32Array) -> Float32Array:
    decibels: Float32Array = 10 * np.log10(power + 1e-9)
    return decibels


def _band_powers(heard: Float32Array, prediction: Prediction) -> Float32Array:
    """Return microphone, residual, what was played and what is unsure, shape (4, 16)."""
    spectrum = rfft(heard, 2 * EAR_FRAME)
    power = spectrum.real**2 + spectrum.imag**2
    rows = (power, prediction.residual_power, prediction.played_power, prediction.unsure_power)
    bands: Float32Array = np.stack(rows).astype(np.float32) @ _MATRIX
    return bands


def _bands() -> Float32Array:
    """Return which bin belongs to which band: equal steps on the mel scale (O'Shaughnessy 1987)."""
    mel = 2595 * np.log10(1 + np.linspace(0, EAR_RATE_HZ / 2, BINS) / 700)
    low, high = (2595 * np.log10(1 + hz / 700) for hz in (_LOW_HZ, _HIGH_HZ))
    band = np.floor((mel - low) / (high - low) * BANDS)
    return np.asarray(band[:, None] == np.arange(BANDS), np.float32)


_MATRIX = _bands()
BAND_BINS: Float32Array = _MATRIX.sum(axis=0)
"""How many bins each band has."""
BAND_CENTRES: Float32Array = np.asarray(np.arange(BINS) @ _MATRIX / BAND_BINS, np.float32)
"""Middle of each band, bins."""
