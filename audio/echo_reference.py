"""What was played, on the microphone's rate and time line: the exact reference of any echo."""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from audio.sound_tail import SoundTail
from coach.ports import EAR_FRAME, EAR_RATE_HZ, MOUTH_FRAME, MOUTH_RATE_HZ, MOUTH_SILENCE, Int16Array

Float32Array = NDArray[np.float32]

_RATIO = MOUTH_RATE_HZ // EAR_RATE_HZ
_TAPS = 48
"""Length of the low-pass before taking every third sample: 1 ms, 60 dB down from 8.7 kHz on (Hamming window)."""
_EARLY_SEC = 0.04
_LATE_SEC = 0.12
"""A pull this much off its place in the row means skipped time, not a loop that is late: mouths make up 100 ms."""


class Reference:
    """The last seconds handed to the mouth, float32 at 16 kHz, full scale 1.

    A frame's place is counted from the frames before it, so a loop that pulls late does not move the sound.
    """

    def __init__(self, keep_sec: float) -> None:
        self._kept = SoundTail(round(keep_sec * EAR_RATE_HZ))
        self._wide = np.zeros(_TAPS - 1 + MOUTH_FRAME, np.float32)
        """The last samples of the frame before, and the frame."""
        self._windows = sliding_window_view(self._wide, _TAPS)[_RATIO - 1 :: _RATIO]
        self._is_ringing = False
        self._origin: float | None = None
        self._end = 0
        self.loud_until = -len(self._kept)
        """Number of the sample after the last one that was not silence."""

    @property
    def has_sounded(self) -> bool:
        """Whether anything but silence was played so far."""
        return self.loud_until > -len(self._kept)

    @property
    def end(self) -> int:
        """Number of the sample after the last one played; sample 0 was played at rehearsal time 0."""
        return self._end

    def played(self, pcm: Int16Array, at: float) -> None:
        """Add one frame handed out at `at` (rehearsal seconds).

        Raises:
            ValueError: If it is not int16 of shape (960,).
        """
        if pcm.shape != (MOUTH_FRAME,) or pcm.dtype != np.int16:
            raise ValueError(f"Expected int16 of shape ({MOUTH_FRAME},), got {pcm.dtype} of shape {pcm.shape}.")
        self._place(at)
        is_loud = pcm is not MOUTH_SILENCE and bool(pcm.any())
        if is_loud or self._is_ringing:
            self._append(self._decimate(pcm))
            self._is_ringing = is_loud and bool(pcm[-(_TAPS - 1) :].any())
            self.loud_until = self._end
        else:
            self._append(_SILENCE)

    def before(self, end: int, samples: int) -> Float32Array:
        """Return the `samples` before number `end`; zeros where nothing was played or nothing is kept."""
        behind = self._end - end
        if behind < 0:
            late = min(samples, -behind)
            return np.concatenate([self.before(self._end, samples - late), np.zeros(late, np.float32)])
        kept = self._kept.latest
        stop = len(kept) - behind
        if stop - samples >= 0:
            return kept[stop - samples : stop].copy()
        kept = kept[: max(0, stop)]
        return np.concatenate([np.zeros(samples - len(kept), np.float32), kept])

    def _place(self, at: float) -> None:
        """Skip the time in which nothing was pulled."""
        due = round(at * EAR_RATE_HZ)
        off = (due - self._end) / EAR_RATE_HZ
        if self._origin is None or not -_EARLY_SEC <= off <= _LATE_SEC:
            self._origin = at
            self._append(np.zeros(min(max(0, due - self._end), len(self._kept)), np.float32))
            self._end = due
            self._wide[:] = 0
            self._is_ringing = False

    def _append(self, samples: Float32Array) -> None:
        self._kept.append(samples)
        self._end += len(samples)

    def _decimate(self, pcm: Int16Array) -> Float32Array:
        self._wide[: _TAPS - 1] = self._wide[MOUTH_FRAME:]
        np.multiply(pcm, np.float32(1 / 32768), out=self._wide[_TAPS - 1 :])
        narrow: Float32Array = self._windows @ _LOW_PASS
        return narrow


def _low_pass() -> Float32Array:
    place = np.arange(_TAPS) - (_TAPS - 1) / 2
    taps = np.sinc(place * 2 * _CUT_HZ / MOUTH_RATE_HZ) * np.hamming(_TAPS)
    return np.asarray(taps / taps.sum(), np.float32)


_CUT_HZ = 7200
_LOW_PASS = _low_pass()
_SILENCE: Float32Array = np.zeros(EAR_FRAME, np.float32)
