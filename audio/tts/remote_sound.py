"""Sound that arrives in pieces of bytes, turned into chunks for the ear while the rest is on its way. Synchronous."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

import numpy as np
from av.audio.resampler import AudioResampler

from audio.pcm import frame_of
from audio.tts.level import amplified, gain_to_target, softened, sounding
from coach.ports import MOUTH_RATE_HZ, Int16Array, SpeechChunk, WordMark

PCM_RATE_HZ = 24_000
"""Of the protocol's raw format."""
_HELD = MOUTH_RATE_HZ * 60 // 1000
"""Held back until more comes: the end of the sound must be known to fade it, and to place the words that are left."""
_LONGEST_HEADER = 4096
_UNKNOWN_SIZE = 0x7FFF_0000
"""Stated sizes from here on stand for "not known yet" in streamed WAV files."""


def _is_mpeg(data: bytes) -> bool:
    """Return whether MPEG audio (MP3 or AAC) begins here: a first sample of raw sound is never so loud by chance."""
    return data[:1] == b"\xff" and data[1:2] in (b"\xfb", b"\xfa", b"\xf3", b"\xf2", b"\xe3", b"\xf1", b"\xf9")


class SoundFault(Exception):
    """The bytes are not the sound that was asked for."""

    def __init__(self, message: str, *, retryable: bool = False) -> None:
        super().__init__(message)
        self.retryable = retryable


class RemoteSound:
    """One answer. Feed its bytes, take chunks, then finish.

    Args:
        timeline: (second, offset, length) of each word, as expected.
        gain: Factor for the whole answer; None: as it comes.
    """

    def __init__(self, timeline: Sequence[tuple[float, int, int]], gain: float | None) -> None:
        self._words = [(round(second * MOUTH_RATE_HZ), offset, length) for second, offset, length in timeline]
        self._gain = 1.0 if gain is None else gain
        self._header = b""
        self._rate_hz: int | None = None
        self._channels = 1
        self._left: int | None = None
        self._odd = b""
        self._resampler = AudioResampler(format="s16", layout="mono", rate=MOUTH_RATE_HZ)
        self._waiting: list[Int16Array] = []
        self._given = 0
        self._all: list[Int16Array] = []

    @property
    def sounding_sec(self) -> float:
        """Seconds of sound given so far, without the silence around it."""
        return self._given / MOUTH_RATE_HZ

    def measured_gain(self) -> float:
        """Return the factor that brings what was given to the common level."""
        return self._gain * gain_to_target(np.concatenate(self._all)) if self._all else self._gain

    def feed(self, piece: bytes) -> Iterator[SpeechChunk]:
        """Take bytes and yield what can be heard of them.

        Raises:
            SoundFault: If they are no PCM or 16-bit WAV.
        """
        data = self._sound_of(piece)
        if not data:
            return
        self._take(data)
        ready = self._ready()
        if ready is not None:
            yield self._chunk(ready, is_last=False)

    def finish(self) -> Iterator[SpeechChunk]:
        """Yield the end of the sound.

        Raises:
            SoundFault: If there was none.
        """
        if self._rate_hz is None and self._header:
            self._take(self._as_pcm(self._header))
        self._waiting.extend(self._converted(None))
        rest = np.concatenate(self._waiting) if self._waiting else np.zeros(0, np.int16)
        self._waiting = []
        start, end = sounding(rest)
        if self._given == 0 and end <= start:
            raise SoundFault("the server sent no sound", retryable=True)
        rest = rest[start if self._given == 0 else 0 : end]
        if len(rest):
            yield self._chunk(softened(rest, start=self._given == 0), is_last=True)

    def _ready(self) -> Int16Array | None:
        """Return what may be given now: all but the last bit, from the first sound on."""
        have = np.concatenate(self._waiting) if self._waiting else np.zeros(0, np.int16)
        if self._given == 0:
            start, end = sounding(have)
            if end <= start:  # silence before the voice: keep only what may belong to its onset
                self._waiting = [have[-_HELD:]]
                return None
            have = softened(have[start:], end=False)
        ready, held = have[:-_HELD], have[-_HELD:]
        if len(ready) == 0:
            self._waiting = [have]
            return None
        self._waiting = [held]
        return ready

    def _chunk(self, pcm: Int16Array, *, is_last: bool) -> SpeechChunk:
        """Return a chunk with the words that begin in it; the last one takes all that are left, in order."""
        end = self._given + len(pcm)
        begun = [word for word in self._words if is_last or word[0] < end]
        self._words = self._words[len(begun) :]
        marks = tuple(WordMark(offset, length, min(max(at, self._given), end - 1)) for at, offset, length in begun)
        self._given = end
        self._all.append(pcm)
        return SpeechChunk(pcm, marks)

    def _take(self, data: bytes) -> None:
        data = self._odd + data
        size = 2 * self._channels
        whole = len(data) - len(data) % size
        self._odd = data[whole:]
        if whole:
            pcm = np.frombuffer(data[:whole], "<i2").reshape(-1, self._channels)[:, 0]
            self._waiting.extend(self._converted(pcm))

    def _converted(self, pcm: Int16Array | None) -> list[Int16Array]:
        if pcm is None and self._rate_hz is None:
            return []
        frame = None if pcm is None else frame_of(pcm, self._rate_hz or PCM_RATE_HZ)
        found = [out.to_ndarray()[0].astype(np.int16, copy=False) for out in self._resampler.resample(frame)]
        return [amplified(part, self._gain) for part in found]

    def _sound_of(self, piece: bytes) -> bytes:
        """Return the samples in a piece; reads the header of a WAV first."""
        if self._rate_hz is not None:
            return self._bounded(piece)
        self._header += piece
        if len(self._header) < 4:
            return b""
        if self._header[:4] == b"RIFF":
            return self._after_header()
        return self._as_pcm(self._header)

    def _as_pcm(self, data: bytes) -> bytes:
        if data[:3] == b"ID3" or _is_mpeg(data) or data[:4] in (b"OggS", b"fLaC") or data[:1] in (b"{", b"<"):
            raise SoundFault("expected raw or WAV sound, got another format; the server must offer `pcm` or `wav`")
        self._rate_hz = PCM_RATE_HZ
        return data

    def _after_header(self) -> bytes:
        """Return what follows the header once it is complete."""
        at = 12
        while at + 8 <= len(self._header):
            name, size = struct.unpack_from("<4sI", self._header, at)
            if name == b"data":
                if self._rate_hz is None:
                    raise SoundFault("expected a WAV with its format before its sound")
                self._left = size if 0 < size < _UNKNOWN_SIZE else None
                return self._bounded(self._header[at + 8 :])
            if name == b"fmt " and at + 24 <= len(self._header):
                self._read_format(at + 8)
            at += 8 + size + size % 2
        if len(self._header) > _LONGEST_HEADER:
            raise SoundFault("expected a WAV, got one whose header does not end")
        self._rate_hz = None
        return b""

    def _bounded(self, data: bytes) -> bytes:
        """Return the bytes that belong to the sound; after it a WAV may hold remarks."""
        if self._left is not None:
            data = data[: self._left]
            self._left -= len(data)
        return data

    def _read_format(self, at: int) -> None:
        kind, channels, rate_hz, _, _, bits = struct.unpack_from("<HHIIHH", self._header, at)
        if kind not in (1, 0xFFFE) or bits != 16 or channels not in (1, 2) or not 8000 <= rate_hz <= 192_000:
            raise SoundFault(f"expected 16-bit PCM, got WAV format {kind} with {bits} bits at {rate_hz} Hz")
        self._rate_hz, self._channels = rate_hz, channels
