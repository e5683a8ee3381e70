"""How much a stretch of voice is like words: speaking puts different sounds in a row, laughing and humming repeat one.

Two measures, both over the frames that a voice detector took for speech:

- *distinct sounds*: how many spectral shapes have occurred that differ from all before. Speech makes 10 to 15 phones a
  second, most of them unlike their neighbours; a laugh is one syllable again and again, a hum one sound.
- *voiced share*: how much of it has a pitch. Connected speech is voiced for 60 to 80 % of its time; half or more of a
  laugh is breath between its notes (Bachorowski, Smoski and Owren 2001).
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from coach.ports import EAR_FRAME, EAR_RATE_HZ, FRAME_SEC, Int16Array

Floats: TypeAlias = NDArray[np.float64]

_SHAPE_WINDOW = 512
"""Samples of a spectral shape, 32 ms: two periods of the lowest voice, shorter than most phones."""
_PITCH_WINDOW = 768
"""Samples in which a pitch is looked for, 48 ms: three periods of a 62 Hz voice."""
_BANDS = 15
_LOW_HZ, _HIGH_HZ = 60.0, 6500.0
"""From the lowest pitch to over the hiss of s; no band is narrower than the distance of two harmonics."""
_NEW_SOUND_DB = 6.5
"""RMS distance of two level-free shapes from which on they are different sounds. eSpeak NG's vowels, measured: 0.3 to
1 dB within one, 2 to 4 dB to the same at another pitch, 8 to 23 dB to another (10th to 90th percentile)."""
_SHAPE_RANGE_DB = 50.0
"""What lies further under a shape's loudest band is background."""
_PITCH_LOW_HZ, _PITCH_HIGH_HZ = 62.0, 400.0
_PITCH_BAND_HZ = 1000.0
"""Pitch is looked for under this: breath and hiss lie above."""
_VOICED = 0.7
"""Normalised autocorrelation from which on a frame is voiced. Source: Praat's voicing threshold of 0.45 is for
whole files with a path search; single frames need a stricter one."""


class Articulation:
    """Collects both measures frame by frame. About 60 microseconds for each frame counted."""

    def __init__(self) -> None:
        self._recent = np.zeros(_PITCH_WINDOW, dtype=np.int16)
        self.reset()

    def reset(self) -> None:
        """Forget what was counted, not the last samples."""
        self._sounds: list[Floats] = []
        self._counts: list[int] = []
        self.counted_ms = 0.0
        """Time counted."""
        self.voiced_ms = 0.0
        """Of it, with a pitch."""

    @property
    def is_voiced(self) -> bool:
        """Whether the last 48 ms have a pitch."""
        return is_voiced(self._recent)

    @property
    def distinct(self) -> int:
        """How many different sounds have been counted that lasted 40 ms or more; what is shorter lies between two."""
        return sum(count >= 2 for count in self._counts)

    @property
    def voiced_share(self) -> float:
        """Share of the counted time that has a pitch; 0 before anything was counted."""
        return self.voiced_ms / self.counted_ms if self.counted_ms else 0.0

    def hear(self, pcm: Int16Array, *, counts: bool) -> None:
        """Take one frame.

        Args:
            pcm: Shape (320,), int16, 16 kHz mono.
            counts: Whether it belongs to the stretch that is judged.
        """
        self._recent[:-EAR_FRAME] = self._recent[EAR_FRAME:]
        self._recent[-EAR_FRAME:] = pcm
        if not counts:
            return
        self.counted_ms += FRAME_SEC * 1000
        if is_voiced(self._recent):
            self.voiced_ms += FRAME_SEC * 1000
        self._place(spectral_shape(self._recent[-_SHAPE_WINDOW:]))

    def _place(self, shape: Floats) -> None:
        """Count a shape to the sound it is most like, or as a new one."""
        if self._sounds:
            distances = np.sqrt(((np.stack(self._sounds) - shape) ** 2).mean(axis=1))
            nearest = int(distances.argmin())
            if distances[nearest] < _NEW_SOUND_DB:
                self._counts[nearest] += 1
                self._sounds[nearest] = self._sounds[nearest] + (shape - self._sounds[nearest]) / self._counts[nearest]
                return
        self._sounds.append(shape)
        self._counts.append(1)


def spectral_shape(pcm: Int16Array) -> Floats:
    """Return the level-free band spectrum of 512 samples, dB, shape (15,)."""
    power = np.abs(np.fft.rfft(pcm * _SHAPE_TAPER)) ** 2
    bands = np.maximum(_FILTERS @ power, 1.0)
    levels = 10.0 * np.log10(np.maximum(bands, bands.max() * 10 ** (-_SHAPE_RANGE_DB / 10)))
    shape: Floats = levels - levels.mean()
    return shape


def is_voiced(pcm: Int16Array) -> bool:
    """Return whether 768 samples have a pitch between 62 and 400 Hz."""
    size = 4 * _SHAPE_WINDOW
    power = np.abs(np.fft.rfft((pcm - pcm.mean()) * _PITCH_TAPER, size)) ** 2
    power[round(_PITCH_BAND_HZ * size / EAR_RATE_HZ) :] = 0.0
    correlation = np.fft.irfft(power)[: len(_PITCH_LAGS) + _PITCH_FIRST]
    if correlation[0] <= 0.0:
        return False
    return float((correlation[_PITCH_FIRST:] / _PITCH_LAGS).max() / correlation[0]) >= _VOICED


def _filters() -> Floats:
    """Return overlapping triangles of equal width in mel, shape (15, 257)."""
    frequencies = np.fft.rfftfreq(_SHAPE_WINDOW, 1 / EAR_RATE_HZ)
    low, high = (2595 * np.log10(1 + hz / 700) for hz in (_LOW_HZ, _HIGH_HZ))
    edges = 700 * (10 ** (np.linspace(low, high, _BANDS + 2) / 2595) - 1)
    rising = (frequencies[None, :] - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - frequencies[None, :]) / (edges[2:] - edges[1:-1])[:, None]
    triangles: Floats = np.clip(np.minimum(rising, falling), 0.0, None)
    return triangles


def _lag_weights() -> Floats:
    """Return what the taper takes from the correlation at each lag that can be a pitch."""
    taper = np.fft.rfft(_PITCH_TAPER, 4 * _SHAPE_WINDOW)
    correlation = np.fft.irfft(np.abs(taper) ** 2)
    weights: Floats = (correlation / correlation[0])[_PITCH_FIRST : round(EAR_RATE_HZ / _PITCH_LOW_HZ)]
    return weights


_SHAPE_TAPER = np.hanning(_SHAPE_WINDOW)
_PITCH_TAPER = np.hanning(_PITCH_WINDOW)
_FILTERS = _filters()
_PITCH_FIRST = round(EAR_RATE_HZ / _PITCH_HIGH_HZ)
_PITCH_LAGS = _lag_weights()
