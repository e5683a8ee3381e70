"""How loud a recording is over time, as a waveform needs it: the loudest sample of every fiftieth of a second."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audio.parts import require
from coach.errors import AudioInputError
from coach.ports import Int16Array

RATE_HZ = 50
"""Peaks a second: at the highest zoom of the page, 100 pixels a second, one every second pixel."""
MAX_SEC = 6 * 3600
"""What lies beyond is left out: one rehearsal is no longer."""
_FULL = 32768

Peaks = NDArray[np.uint8]


def peaks_of(path: Path) -> Peaks:
    """Return one peak per 1/`RATE_HZ` s, 0 to 255 of full scale; of a damaged file, as far as it decodes.

    Holds a frame at a time, never the whole sound. Takes about 0.15 s a minute of Opus, so call it in a thread.

    Raises:
        AudioInputError: If nothing of it decodes.
        MissingPart: If PyAV is not installed.
    """
    require("av", "Drawing a recording")
    import av
    from av.error import FFmpegError

    fold = _Fold()
    try:
        with av.open(str(path)) as container:
            for frame in container.decode(audio=0):
                fold.take(_mono(frame.to_ndarray()), frame.sample_rate)
                if fold.seconds > MAX_SEC:
                    break
    except (FFmpegError, ValueError, OSError, IndexError) as error:
        if not fold.seconds:
            raise _undecodable(path) from error
    if not fold.seconds:
        raise _undecodable(path)
    return fold.finish()


def _undecodable(path: Path) -> AudioInputError:
    return AudioInputError("{path}: holds no sound: a header and nothing that decodes. Export it again.", path=path)


def thinned(peaks: Peaks, points: int) -> Peaks:
    """Return at most `points` peaks, each the highest of its part; parts differ by at most one peak in length."""
    if len(peaks) <= points:
        return peaks
    starts = np.arange(points) * len(peaks) // points
    return np.maximum.reduceat(peaks, starts).astype(np.uint8)


class _Fold:
    """Takes sound in pieces of any length, gives peaks of equal length."""

    def __init__(self) -> None:
        self.peaks: list[int] = []
        self._bin: list[Int16Array] = []
        self._held = 0
        self._taken = 0
        self._rate_hz = 0

    @property
    def seconds(self) -> float:
        """Sound taken so far."""
        return self._taken / self._rate_hz if self._rate_hz else 0.0

    def take(self, pcm: Int16Array, rate_hz: int) -> None:
        """Add sound."""
        self._rate_hz = rate_hz
        self._taken += len(pcm)
        size = rate_hz // RATE_HZ
        while len(pcm):
            part = pcm[: size - self._held]
            self._bin.append(part)
            self._held += len(part)
            pcm = pcm[len(part) :]
            if self._held == size:
                self._close()

    def finish(self) -> Peaks:
        """Close the last peak and return all."""
        if self._held:
            self._close()
        return np.array(self.peaks, dtype=np.uint8)

    def _close(self) -> None:
        loudest = max(int(np.abs(part.astype(np.int32)).max()) for part in self._bin)
        self.peaks.append(min(255, loudest * 256 // _FULL))
        self._bin.clear()
        self._held = 0


def _mono(sound: NDArray[np.generic]) -> Int16Array:
    """Return one channel of int16, whatever the decoder gives: planar or packed, float or int."""
    first = np.ascontiguousarray(sound[0])
    if np.issubdtype(first.dtype, np.floating):
        scaled: Int16Array = (np.clip(first, -1.0, 1.0) * (_FULL - 1)).astype(np.int16)
        return scaled
    whole: Int16Array = first.astype(np.int16)
    return whole
