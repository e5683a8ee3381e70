"""Keeps both sides of a rehearsal as Opus in Ogg, `streamer.ogg` and `viewers.ogg`, with rehearsal time as their time.

One thread does all the work; the loop only hands over sound. The rule that keeps time, per file:

- Sound that begins up to `GAP_SEC` after the file's end, or up to `OVERLAP_SEC` before it, is appended as it is: the
  one is jitter, the other the burst by which a busy loop catches up, and none of it may be lost.
- Sound that begins later is preceded by silence up to its moment.
- Sound that begins earlier loses the part that overlaps what is already taken; with nothing left, it is dropped.

So nothing in the file is further than `OVERLAP_SEC` from its moment, and after any gap nothing is off at all.

A file appears with its first sound, and not at all without any. Ogg pages go to disk as they fill, so that after a
crash the file plays up to the last page written: at most `LOST_SEC` are missing (the muxer keeps one page back).
"""

from __future__ import annotations

import logging
import math
import os
import threading
from asyncio import shield, wrap_future
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.error import FFmpegError

from audio.pcm import frame_of, silence
from coach.ports import EAR_RATE_HZ, MOUTH_RATE_HZ, Int16Array

logger = logging.getLogger(__name__)

GAP_SEC = 0.060
"""Three frames: larger than any jitter of a healthy loop, smaller than what disturbs a listener."""
OVERLAP_SEC = 0.250
"""Larger than what a mouth makes up by sending late frames at once."""
BATCH_SEC = 0.24
"""Sound encoded at a time: four Opus frames of 60 ms."""
PAGE_SEC = 0.24
LOST_SEC = 2 * (PAGE_SEC + 0.06) + 2 * BATCH_SEC
"""What a crash may cost: a page closes with the first packet past its length; two are not yet on disk, and a batch,
and another batch waits for the thread."""
WAKE_PIECES = 12
"""Pieces of sound after which the thread is woken, 0.24 s: waking it for each 20 ms took the loop three times as long
as everything else it does for a recording."""
MAX_WAITING = 3000
"""Pieces of sound that may wait for the disk, both sides together: half a minute of 20 ms frames."""
_MAX_AT_SEC = 24 * 3600
"""A moment later than this is a programming error, not a pause to fill with silence."""
_BIT_RATE = 28_000
_CODEC_OPTIONS = {"application": "voip", "frame_duration": "60", "compression_level": "1", "vbr": "on"}
"""Complexity 1 costs half the CPU of the default 10; at this bit rate it is hard to hear."""


@dataclass(frozen=True, slots=True)
class _Piece:
    side: str
    pcm: Int16Array
    at: float
    """Rehearsal seconds."""


class OggRecorder:
    """The two recordings of one rehearsal.

    Sound is dropped, and shows as silence, when more than `MAX_WAITING` pieces wait for a disk that is too slow.
    """

    def __init__(self, folder: Path) -> None:
        """Start the thread. Nothing is opened yet, so nothing can fail yet.

        Args:
            folder: Exists, and is writable.
        """
        self._folder = folder
        self._waiting: deque[_Piece | None] = deque()
        self._wake = threading.Event()
        self._failure: str | None = None
        self._failed = False
        self._finished: Future[None] = Future()
        self._closing = False
        threading.Thread(target=self._work, name="recorder", daemon=True).start()

    def streamer(self, pcm: Int16Array, at: float) -> None:
        """Add microphone sound (int16, 16 kHz) that began at `at` (rehearsal seconds). Never blocks, never raises."""
        self._add("streamer", pcm, at)

    def viewers(self, pcm: Int16Array, at: float) -> None:
        """Add played sound (int16, 48 kHz) that began at `at` (rehearsal seconds). Never blocks, never raises."""
        self._add("viewers", pcm, at)

    def failure(self) -> str | None:
        """Return why recording stopped, once, else None."""
        failure, self._failure = self._failure, None
        return failure

    async def aclose(self) -> None:
        """Write what waits and finish the files. Idempotent."""
        if not self._closing:
            self._closing = True
            self._put(None)
        await shield(wrap_future(self._finished))

    def _add(self, side: str, pcm: Int16Array, at: float) -> None:
        if self._closing or self._failed or len(self._waiting) >= MAX_WAITING:
            return
        if len(pcm) and math.isfinite(at) and at < _MAX_AT_SEC:
            # A copy, because the caller may reuse the memory of its frame.
            self._put(_Piece(side, np.array(pcm, dtype=np.int16), at))

    def _put(self, piece: _Piece | None) -> None:
        self._waiting.append(piece)
        if (piece is None or len(self._waiting) >= WAKE_PIECES) and not self._wake.is_set():
            self._wake.set()

    def _work(self) -> None:
        tracks = {
            "streamer": _Track(self._folder / "streamer.ogg", EAR_RATE_HZ),
            "viewers": _Track(self._folder / "viewers.ogg", MOUTH_RATE_HZ),
        }
        try:
            while (piece := self._next()) is not None:
                if not self._failed:
                    self._guard(tracks[piece.side].add, piece.pcm, piece.at)
            for track in tracks.values():
                self._guard(track.close)
        finally:
            self._finished.set_result(None)

    def _next(self) -> _Piece | None:
        while not self._waiting:
            self._wake.clear()
            # Looked at again after the flag is down: a batch that came in between must not wait for the next one.
            if len(self._waiting) < WAKE_PIECES and not self._closing:
                self._wake.wait()
        return self._waiting.popleft()

    def _guard(self, step: Any, *args: Any) -> None:
        """Run one step; on a fault stop recording and remember why."""
        try:
            step(*args)
        except (OSError, FFmpegError, ValueError) as error:
            if self._failed:
                return
            self._failed = True
            self._failure = f"Recording stopped: {_reason(error)} ({self._folder}). The rehearsal goes on without it."
            logger.warning("recording stopped", exc_info=error)


class _Track:
    """One file. Used by the recorder's thread alone."""

    def __init__(self, path: Path, rate_hz: int) -> None:
        self._path = path
        self._rate_hz = rate_hz
        self._taken = 0
        """Samples taken so far, written or held."""
        self._encoded = 0
        self._held: list[Int16Array] = []
        self._file: Any = None
        self._container: Any = None
        self._stream: Any = None

    def add(self, pcm: Int16Array, at: float) -> None:
        """Append sound at its moment by the rule above."""
        off = round(at * self._rate_hz) - self._taken
        if off > GAP_SEC * self._rate_hz:
            self._pad(off)
        elif off < -OVERLAP_SEC * self._rate_hz:
            pcm = pcm[-off:]
        self._take(pcm)

    def close(self) -> None:
        """Finish the file; closes it even if that fails. Without any sound there is none."""
        try:
            self._encode()
            if self._stream is not None:
                self._mux(self._stream.encode(None))
        finally:
            self._close_file()

    def _close_file(self) -> None:
        try:
            if self._container is not None:
                self._container.close()
        finally:
            if self._file is not None:
                self._file.close()

    def _pad(self, samples: int) -> None:
        """Take silence, a second at a time, so that a long pause needs no long array."""
        while samples > 0:
            part = min(samples, self._rate_hz)
            self._take(silence(part))
            samples -= part

    def _take(self, pcm: Int16Array) -> None:
        if len(pcm) == 0:
            return
        self._held.append(pcm)
        self._taken += len(pcm)
        if self._taken - self._encoded >= BATCH_SEC * self._rate_hz:
            self._encode()

    def _encode(self) -> None:
        if not self._held:
            return
        if self._file is None:
            self._open()
        frame = frame_of(np.concatenate(self._held), self._rate_hz)
        frame.pts = self._encoded
        self._held.clear()
        self._encoded += frame.samples
        self._mux(self._stream.encode(frame))

    def _mux(self, packets: Any) -> None:
        for packet in packets:
            self._container.mux(packet)

    def _open(self) -> None:
        # An unbuffered file of our own: each page reaches the system at once, and a full disk is an OSError here.
        self._file = self._path.open("wb", buffering=0)
        options = {"page_duration": str(round(PAGE_SEC * 1_000_000)), "flush_packets": "1"}
        self._container = av.open(self._file, "w", format="ogg", options=options)
        self._stream = self._container.add_stream(
            "libopus", rate=self._rate_hz, layout="mono", options=dict(_CODEC_OPTIONS)
        )
        self._stream.bit_rate = _BIT_RATE


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno:
        return os.strerror(error.errno)
    return str(error)
