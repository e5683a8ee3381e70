"""Sound as arrays: decode files, change rates, cut frames. All through PyAV, in as few calls as it allows."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.fifo import AudioFifo
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.error import FFmpegError

from coach.errors import AudioInputError
from coach.ports import EAR_FRAME, EAR_RATE_HZ, EarFrame, Int16Array

MAX_FILE_SEC = 6 * 3600
"""Longest recording decoded into memory: 690 MB at 16 kHz."""

_FORMATS = "wav,w64,aiff,au,caf,mp3,aac,flac,ogg,mov,matroska,webm,amr,asf"
"""Demuxers a recording may use. Playlist formats are left out: they can name other files and addresses."""

_UNKNOWN_SIZE = 0x7FFF_0000
"""Stated sizes from here on stand for "not known yet" in streamed WAV files."""


def silence(samples: int) -> Int16Array:
    """Return that many zero samples, int16."""
    return np.zeros(samples, dtype=np.int16)


def frames_of(pcm: Int16Array, size: int) -> Iterator[Int16Array]:
    """Cut sound into frames of `size` samples; the last one is filled up with zeros."""
    for start in range(0, len(pcm), size):
        frame = pcm[start : start + size]
        yield frame if len(frame) == size else np.concatenate([frame, silence(size - len(frame))])


def ear_frames(pcm: Int16Array, position: int) -> tuple[list[EarFrame], Int16Array]:
    """Cut 16 kHz sound into whole microphone frames.

    Args:
        pcm: Shape (n,), int16, 16 kHz mono.
        position: Of its first sample.

    Returns:
        The frames, and the sound left over, shorter than a frame.
    """
    end = len(pcm) - len(pcm) % EAR_FRAME
    frames = [EarFrame(pcm[at : at + EAR_FRAME], position + at) for at in range(0, end, EAR_FRAME)]
    return frames, pcm[end:]


def resample(pcm: Int16Array, from_hz: int, to_hz: int) -> Int16Array:
    """Change the rate of a whole stretch of sound, int16 mono.

    The result begins at the same instant and lasts as long: `round(len * to_hz / from_hz)` samples.
    """
    if from_hz == to_hz or len(pcm) == 0:
        return pcm
    resampler = AudioResampler(format="s16", layout="mono", rate=to_hz)
    frame = frame_of(pcm, from_hz)
    out = [*_arrays(resampler.resample(frame)), *_arrays(resampler.resample(None))]
    return _fitted(_joined(out), round(len(pcm) * to_hz / from_hz))


def frame_of(pcm: Int16Array, rate_hz: int) -> AudioFrame:
    """Return int16 mono sound as one PyAV frame."""
    frame = AudioFrame.from_ndarray(np.ascontiguousarray(pcm).reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate = rate_hz
    return frame


def decode(path: Path, *, rate_hz: int = EAR_RATE_HZ) -> Int16Array:
    """Read any recording: its first audio track, mixed to mono, int16 at `rate_hz`.

    Of a truncated file, all that decodes is returned.

    Raises:
        AudioInputError: If it cannot be opened, has no audio track, or nothing of it decodes; says what to do.
    """
    _check_file(path)
    try:
        with av.open(str(path), options={"format_whitelist": _FORMATS}) as container:
            if not container.streams.audio:
                raise AudioInputError(
                    "{path}: expected a recording, found a file with no audio track in it.", path=path
                )
            parts = _decoded(container, path, rate_hz)
    except FFmpegError as error:
        raise AudioInputError(
            "{path}: expected a recording (WAV, MP3, M4A, Ogg, FLAC …), but it does not decode: {reason}. Export it "
            "again, "
            "e.g. as 16-bit WAV.",
            path=path,
            reason=error.strerror or error,
        ) from error
    except OSError as error:
        raise AudioInputError("{path}: cannot be read: {reason}.", path=path, reason=error.strerror or error) from error
    pcm = _joined(parts)
    if len(pcm) == 0:
        raise AudioInputError("{path}: holds no sound: a header and nothing that decodes. Export it again.", path=path)
    return pcm


def is_cut_short(path: Path) -> bool:
    """Return whether a WAV file ends before the size its header states, as after a broken copy.

    Other formats give False. So does a WAV that was streamed: its writer never knew the size.

    Raises:
        AudioInputError: If it cannot be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(12)
        size = path.stat().st_size
    except OSError as error:
        raise AudioInputError("{path}: cannot be read: {reason}.", path=path, reason=error.strerror or error) from error
    if head[:4] != b"RIFF" or head[8:] != b"WAVE":
        return False
    stated = int.from_bytes(head[4:8], "little")
    # One byte of slack: some writers count the padding of an odd length and leave it out.
    return stated < _UNKNOWN_SIZE and size < 8 + stated - 1


class EarFramer:
    """Frames of a live track as a decoder gives them, in; 20 ms frames at 16 kHz mono with positions, out.

    One object per track. Positions follow the track's own timestamps: lost audio shows as a jump, never as a shift.
    """

    _JITTER_SEC = Fraction(1, 100)
    """Timestamps this far off are rounding, not loss."""
    _MAX_GAP_SEC = 5
    """A longer jump, or one back, is a new timeline (the sender restarted), not lost audio."""

    def __init__(self) -> None:
        self._resampler: AudioResampler | None = None
        self._shape: tuple[str, str, int] | None = None
        self._pending = silence(0)
        self._position = 0
        """16 kHz number of the first pending sample."""
        self._expected: Fraction | None = None
        """Seconds at which the next frame should begin."""

    def feed(self, frame: AudioFrame) -> list[EarFrame]:
        """Take one decoded frame of any format; return the 20 ms frames it completes, none, one or more.

        Raises:
            AudioInputError: If the frame cannot be converted.
        """
        lost = self._lost_samples(frame)
        if lost:
            self._position += len(self._pending) + lost
            self._pending = silence(0)
            self._resampler = None
        try:
            self._take(frame)
        except (FFmpegError, ValueError) as error:
            raise AudioInputError(
                "The microphone track sent a frame that cannot be converted: {reason}", reason=error
            ) from error
        return self._cut()

    def _lost_samples(self, frame: AudioFrame) -> int:
        """Return how many 16 kHz samples are missing before this frame."""
        rate = frame.sample_rate
        if frame.pts is None:
            self._expected = None
            return 0
        start = frame.pts * (frame.time_base or Fraction(1, rate))
        gap = start - self._expected if self._expected is not None else Fraction(0)
        self._expected = start + Fraction(frame.samples, rate)
        return round(gap * EAR_RATE_HZ) if self._JITTER_SEC < gap <= self._MAX_GAP_SEC else 0

    def _take(self, frame: AudioFrame) -> None:
        shape = (frame.format.name, frame.layout.name, frame.sample_rate)
        frame.pts = None
        if self._resampler is None or shape != self._shape:
            self._resampler, self._shape = AudioResampler(format="s16", layout="mono", rate=EAR_RATE_HZ), shape
            fresh = _arrays(self._resampler.resample(frame))
            # The filter holds back its half length (1 ms). Zeros in its place let the first 20 ms in give 20 ms out,
            # instead of every frame coming 20 ms late.
            held = round(frame.samples * EAR_RATE_HZ / frame.sample_rate) - sum(len(part) for part in fresh)
            fresh.insert(0, silence(max(0, held)))
        else:
            fresh = _arrays(self._resampler.resample(frame))
        self._pending = _joined([self._pending, *fresh])

    def _cut(self) -> list[EarFrame]:
        frames, self._pending = ear_frames(self._pending, self._position)
        self._position += len(frames) * EAR_FRAME
        return frames


def _check_file(path: Path) -> None:
    if not path.exists():
        raise AudioInputError(
            "{path}: no such file. Give the path of a recording (WAV, MP3, M4A, Ogg, FLAC …).", path=path
        )
    if not path.is_file():
        raise AudioInputError("{path}: expected a recording, found a folder or device.", path=path)
    if path.stat().st_size == 0:
        raise AudioInputError("{path}: the file is empty (0 bytes). Record or export it again.", path=path)


def _decoded(container: av.container.InputContainer, path: Path, rate_hz: int) -> list[Int16Array]:
    """Return the decoded parts. A fault after the first part ends the recording there, as in a truncated file."""
    resampler = AudioResampler(format="s16", layout="mono", rate=rate_hz)
    parts: list[Int16Array] = []
    total = 0
    try:
        for frame in _gathered(container):
            fresh = _arrays(resampler.resample(frame))
            parts.extend(fresh)
            total += sum(len(part) for part in fresh)
            if total > MAX_FILE_SEC * rate_hz:
                raise AudioInputError(
                    "{path}: longer than {hours} hours. Cut it into parts.", path=path, hours=MAX_FILE_SEC // 3600
                )
    except (FFmpegError, ValueError):
        if not parts:
            raise
    return [*parts, *_arrays(resampler.resample(None))]


def _gathered(container: av.container.InputContainer) -> Iterator[AudioFrame]:
    """Yield what decodes, a second or more in a frame: one of 60 ms costs the resampler nearly as much.

    Raises:
        FFmpegError: After what was decoded before the fault.
        ValueError: The same.
    """
    fifo, fault = AudioFifo(), None
    try:
        for frame in container.decode(audio=0):
            frame.pts = None
            fifo.write(frame)
            if fifo.samples >= frame.sample_rate and (gathered := fifo.read()):
                yield gathered
    except (FFmpegError, ValueError) as error:
        fault = error
    if rest := fifo.read():
        yield rest
    if fault is not None:
        raise fault


def _arrays(frames: list[AudioFrame]) -> list[Int16Array]:
    return [frame.to_ndarray()[0].astype(np.int16, copy=False) for frame in frames]


def _joined(parts: list[Int16Array]) -> Int16Array:
    return np.concatenate(parts) if parts else silence(0)


def _fitted(pcm: Int16Array, length: int) -> Int16Array:
    """Cut or fill up by the few samples a resampler rounds."""
    return pcm[:length] if len(pcm) >= length else np.concatenate([pcm, silence(length - len(pcm))])
