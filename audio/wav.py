"""Ears and a mouth made of files: for `demo`, evals and tests. They keep real time, like a microphone would."""

from __future__ import annotations

import logging
import wave
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

import numpy as np

from audio.pcm import decode, frames_of, silence
from coach.clock import Clock
from coach.errors import StorageError
from coach.ports import (
    EAR_FRAME,
    EAR_RATE_HZ,
    FRAME_SEC,
    MOUTH_RATE_HZ,
    EarFrame,
    FrameSource,
    Int16Array,
)

logger = logging.getLogger(__name__)


class FileEars:
    """Plays a recording into the loop as if somebody said it now.

    Frame n is due when its last sample would have left a microphone, `(n + 1) * 20 ms` after `frames` began; a frame
    that is late (the loop was busy) is followed by the next at once, so the recording never drifts.
    """

    def __init__(
        self,
        path: Path,
        clock: Clock,
        *,
        loop: bool = False,
        lead_sec: float = 0.5,
        tail_silence_sec: float = 2.0,
    ) -> None:
        """Decode the recording.

        Args:
            path: Any format that PyAV decodes.
            clock: The rehearsal clock.
            loop: Whether to begin again, lead and tail included, until closed.
            lead_sec: Silence before the recording.
            tail_silence_sec: Silence after it, so that the last utterance can end.

        Raises:
            AudioInputError: If the recording cannot be used; says why.
        """
        self._start(join_clips([(path, lead_sec)], tail_silence_sec=tail_silence_sec), clock, loop)

    @classmethod
    def of_clips(
        cls,
        clips: Sequence[tuple[Path, float]],
        clock: Clock,
        *,
        loop: bool = False,
        tail_silence_sec: float = 2.0,
    ) -> FileEars:
        """Join several recordings.

        Args:
            clips: (recording, seconds of silence before it) in order.
            clock: The rehearsal clock.
            loop: Whether to begin again until closed.
            tail_silence_sec: Silence after the last.

        Raises:
            AudioInputError: If a recording cannot be used; names it.
        """
        return cls.of_pcm(join_clips(clips, tail_silence_sec=tail_silence_sec), clock, loop=loop)

    @classmethod
    def of_pcm(cls, pcm: Int16Array, clock: Clock, *, loop: bool = False) -> FileEars:
        """Take sound that is already there: int16 mono 16 kHz."""
        ears = cls.__new__(cls)
        ears._start(pcm, clock, loop)
        return ears

    @property
    def duration_sec(self) -> float:
        """Length of one pass, silences included."""
        return len(self._pcm) / EAR_RATE_HZ

    async def frames(self) -> AsyncGenerator[EarFrame, None]:
        """Yield frames in real time until the recording ends. To be iterated once, inside `aclosing`."""
        origin = self._clock.now()
        number = 0
        while True:
            for frame in frames_of(self._pcm, EAR_FRAME):
                await self._clock.sleep_until(origin + (number + 1) * FRAME_SEC)
                yield EarFrame(frame, number * EAR_FRAME)
                number += 1
            if not self._loop or len(self._pcm) == 0:
                return

    def _start(self, pcm: Int16Array, clock: Clock, loop: bool) -> None:
        self._pcm = pcm
        self._clock = clock
        self._loop = loop


class FileMouth:
    """Plays to a 48 kHz mono WAV file, or to nowhere.

    The file's header is true after every second and at the end, so that a cancelled or killed run leaves a file that
    plays.
    """

    _FLUSH_EVERY = 50
    """Frames; one second."""

    def __init__(self, path: Path | None, clock: Clock) -> None:
        self._path = path
        self._clock = clock

    async def play(self, source: FrameSource) -> None:
        """Pull a frame every 20 ms on absolute deadlines until cancelled.

        A frame that is late is followed by the next at once: the file is as long as the time it took.

        Raises:
            StorageError: If the file cannot be written; says why.
        """
        if self._path is None:
            await self._pull(source, None)
            return
        try:
            with self._path.open("wb") as file, wave.open(file, "wb") as out:
                out.setnchannels(1)
                out.setsampwidth(2)
                out.setframerate(MOUTH_RATE_HZ)
                out.writeframes(b"")
                file.flush()
                await self._pull(source, out)
        except OSError as error:
            raise StorageError(
                "{path}: the viewers' sound cannot be written: {reason}.", path=self._path, reason=error.strerror
            ) from error

    async def _pull(self, source: FrameSource, out: wave.Wave_write | None) -> None:
        origin = self._clock.now()
        number = 0
        held: list[Int16Array] = []
        try:
            while True:
                await self._clock.sleep_until(origin + number * FRAME_SEC)
                frame = source.next_frame()
                number += 1
                if out is None:
                    continue
                held.append(frame)
                if len(held) >= self._FLUSH_EVERY:
                    _write(out, held)
        finally:
            if out is not None:
                _write(out, held)


def join_clips(clips: Sequence[tuple[Path, float]], *, tail_silence_sec: float = 2.0) -> Int16Array:
    """Join recordings with silence before each and after the last: int16 mono 16 kHz.

    Args:
        clips: (recording, seconds of silence before it) in order.
        tail_silence_sec: Silence after the last.

    Raises:
        AudioInputError: If a recording cannot be used; names it.
    """
    parts: list[Int16Array] = []
    for path, gap_sec in clips:
        parts += [silence(round(gap_sec * EAR_RATE_HZ)), decode(path)]
    return np.concatenate([*parts, silence(round(tail_silence_sec * EAR_RATE_HZ))])


def _write(out: wave.Wave_write, held: list[Int16Array]) -> None:
    """Write and forget the held frames; `writeframes` corrects the header."""
    if held:
        out.writeframes(np.concatenate(held).astype("<i2").tobytes())
        held.clear()
