"""A remote Opus stream in order, in; 20 ms frames at 16 kHz with true positions, out."""

from __future__ import annotations

import numpy as np

from audio.jitter import RATE_HZ, Piece
from audio.opus import OpusDecoder
from audio.pcm import ear_frames, silence
from coach.ports import EAR_FRAME, EAR_RATE_HZ, EarFrame, Int16Array

CONCEAL_SEC = 0.1
"""Longest loss that is concealed: libopus fades out within it. A longer one shows as a jump in positions."""
ROUNDING = EAR_RATE_HZ // 100
"""Positions this far off (10 ms) are rounding, not loss."""
WINDOW_SEC = 10.0
"""Over this time the least delayed packet stands for one without delay."""
_RATIO = RATE_HZ // EAR_RATE_HZ


class EarLine:
    """One object per stream; positions never go back."""

    def __init__(self, decoder: OpusDecoder) -> None:
        self._decoder = decoder
        self._pending = silence(0)
        self._position = 0
        """16 kHz number of the first pending sample."""
        self._drift = Drift()
        self._shift = 0

    def feed(self, piece: Piece, now: float) -> list[EarFrame]:
        """Take the next piece; return the 20 ms frames it completes, none, one or more.

        Args:
            piece: From `JitterBuffer`.
            now: Seconds on any monotonic clock; against it the sender's clock is watched.
        """
        start = piece.start // _RATIO
        self._shift += self._drift.behind(start + piece.samples // _RATIO + self._shift, now)
        pcm = self._sound(piece)
        if pcm is None:
            return []
        frames = self._reach(start + self._shift)
        overlap = self._position + len(self._pending) - start - self._shift
        if overlap > ROUNDING:
            pcm = pcm[overlap:]
        self._pending = np.concatenate((self._pending, pcm))
        return [*frames, *self._cut()]

    def _sound(self, piece: Piece) -> Int16Array | None:
        """Return what is heard in a piece, None where nobody can tell."""
        if piece.payload is not None:
            try:
                return self._decoder.decode(piece.payload)
            except ValueError:
                return self._decoder.conceal(piece.samples, None)
        if piece.quiet:
            return silence(piece.samples // _RATIO)
        if piece.samples > CONCEAL_SEC * RATE_HZ:
            return None
        return self._decoder.conceal(piece.samples, piece.after)

    def _reach(self, start: int) -> list[EarFrame]:
        """Go on at a position: what was pending is filled up to a frame, the rest is a jump."""
        if start - self._position - len(self._pending) <= ROUNDING:
            return []
        frames: list[EarFrame] = []
        if len(self._pending):
            self._pending = np.concatenate((self._pending, silence(EAR_FRAME - len(self._pending))))
            frames = self._cut()
        self._position = max(self._position, start)
        return frames

    def _cut(self) -> list[EarFrame]:
        frames, self._pending = ear_frames(self._pending, self._position)
        self._position += len(frames) * EAR_FRAME
        return frames


class Drift:
    """Keeps positions from falling behind arrival where the sender's clock is slow, a frame at a time.

    Sound cards are off by up to 100 ppm: 0.36 s an hour. A fast one needs no help: packets cannot arrive before they
    were spoken, so its listeners see at once that they took a delayed packet for an undelayed one.
    """

    def __init__(self) -> None:
        self._least: float | None = None
        """Samples by which positions lag arrival when nothing is delayed."""
        self._window_end = 0.0
        self._window_least = 0.0

    def behind(self, position: int, now: float) -> int:
        """Return by how many 16 kHz samples positions must jump ahead: 0 or one frame.

        Args:
            position: End of what has just arrived.
            now: When it arrived.
        """
        lag = now * EAR_RATE_HZ - position
        if self._least is None:
            self._least, self._window_least, self._window_end = lag, lag, now + WINDOW_SEC
        self._least = min(self._least, lag)
        if now < self._window_end:
            self._window_least = min(self._window_least, lag)
            return 0
        ahead = EAR_FRAME if self._window_least - self._least > EAR_FRAME else 0
        self._window_end, self._window_least = now + WINDOW_SEC, lag - ahead
        return ahead
