"""Opus for speech: the microphone's packets into 16 kHz sound, the viewers' sound into packets.

Decoding goes straight to libopus, the copy inside PyAV's wheel: it decodes to 16 kHz mono without a resampler, and only
it can conceal a lost frame or take it from the copy in the next packet; FFmpeg has no call for either. Where that
library is not found or does not behave, FFmpeg decodes and lost frames are silence.
"""

from __future__ import annotations

import ctypes
import logging
import weakref
from collections.abc import Iterator
from ctypes.util import find_library
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import av
import numpy as np
from av.audio.resampler import AudioResampler
from av.codec.context import CodecContext
from av.error import FFmpegError
from av.packet import Packet

from audio.pcm import frame_of, silence
from coach.ports import EAR_RATE_HZ, MOUTH_FRAME, MOUTH_RATE_HZ, Int16Array

logger = logging.getLogger(__name__)

BIT_RATE = 32_000
"""Full-band mono speech. Source: RFC 7587, 3.1.1 (28 to 40 kbit/s)."""
EXPECTED_LOSS_PERCENT = 10
"""What the encoder protects against; below about 10 it adds no copy of the last frame at this bit rate."""
COMPLEXITY = 5
"""Half of the default 10. Source: what WebRTC uses where CPU is scarce."""
MAX_SAMPLES = 5760 // 3
"""Longest Opus packet, 120 ms, at 16 kHz."""
DECAY_FRAMES = 10
"""Silent frames encoded as any others (200 ms), so that what was said dies away; later ones are one ready packet."""
_RATIO = MOUTH_RATE_HZ // EAR_RATE_HZ
_SILENT_PACKET = b"\xf8\xff\xfe"
"""20 ms of digital silence. Source: RFC 6716, 3.1: CELT, full band, one frame."""


class OpusDecoder(Protocol):
    """One remote stream, in order."""

    def decode(self, payload: bytes) -> Int16Array:
        """Return a packet's sound: int16, 16 kHz, mono.

        Raises:
            ValueError: If it is no Opus packet.
        """
        ...

    def conceal(self, samples: int, after: bytes | None) -> Int16Array:
        """Return something in place of lost sound.

        Args:
            samples: Its length at 48 kHz.
            after: The packet that follows, which may carry a copy of the last lost frame.
        """
        ...


def open_decoder() -> OpusDecoder:
    """Return the best decoder this machine has."""
    library = _library()
    return LibopusDecoder(library) if library is not None else FfmpegDecoder()


class LibopusDecoder:
    """Calls libopus: 15 µs a frame where FFmpeg and its resampler took 45."""

    def __init__(self, library: Any) -> None:
        self._library = library
        fault = ctypes.c_int()
        self._state = library.opus_decoder_create(EAR_RATE_HZ, 1, ctypes.byref(fault))
        if not self._state:
            raise MemoryError(f"libopus made no decoder: error {fault.value}")
        weakref.finalize(self, library.opus_decoder_destroy, self._state)

    def decode(self, payload: bytes) -> Int16Array:
        """Return a packet's sound."""
        return self._run(payload, MAX_SAMPLES, copy_of_last=False)

    def conceal(self, samples: int, after: bytes | None) -> Int16Array:
        """Let the voice ring on and fade; the last 20 ms come from the next packet's copy, if it has one."""
        wanted = samples // _RATIO
        step = EAR_RATE_HZ // 400 * 8
        parts = [self._run(None, step, copy_of_last=False) for _ in range(max(0, wanted - 1) // step)]
        rest = wanted - len(parts) * step
        if rest % (EAR_RATE_HZ // 400) == 0 and rest:
            parts.append(self._run(after, rest, copy_of_last=after is not None))
        else:
            parts.append(silence(rest))
        return np.concatenate(parts)

    def _run(self, payload: bytes | None, room: int, *, copy_of_last: bool) -> Int16Array:
        out = np.empty(room, dtype=np.int16)
        got = self._library.opus_decode(
            self._state, payload, len(payload or b""), out.ctypes.data, room, int(copy_of_last)
        )
        if got < 0:
            raise ValueError(f"expected an Opus packet, libopus says error {got}")
        return out[:got]


class FfmpegDecoder:
    """The stand-in: FFmpeg's decoder and resampler; lost sound is silence."""

    def __init__(self) -> None:
        self._codec: Any = CodecContext.create("libopus", "r")
        self._codec.format, self._codec.layout, self._codec.sample_rate = "s16", "mono", MOUTH_RATE_HZ
        self._resampler = AudioResampler(format="s16", layout="mono", rate=EAR_RATE_HZ)

    def decode(self, payload: bytes) -> Int16Array:
        """Return a packet's sound, 1 ms late: the filter holds its half length back."""
        try:
            frames = self._codec.decode(Packet(payload))
        except FFmpegError as error:
            raise ValueError(f"expected an Opus packet: {error}") from error
        parts: list[Int16Array] = []
        for frame in frames:
            frame.pts = None
            fresh = [part.to_ndarray()[0].astype(np.int16) for part in self._resampler.resample(frame)]
            missing = frame.samples // _RATIO - sum(map(len, fresh))
            parts += [silence(max(0, missing)), *fresh]
        return np.concatenate(parts) if parts else silence(0)

    def conceal(self, samples: int, after: bytes | None) -> Int16Array:
        """Return silence."""
        return silence(samples // _RATIO)


class SpeechEncoder:
    """The viewers' sound as one Opus packet per frame: mono, with a copy of each frame in the next (in-band FEC).

    A room in which nobody speaks costs next to nothing: after `DECAY_FRAMES` silent frames the same ready packet is
    given again and again. Each packet of silence stands for itself, so the decoder needs no telling.
    """

    def __init__(self) -> None:
        codec: Any = CodecContext.create("libopus", "w")
        codec.bit_rate, codec.format, codec.layout, codec.sample_rate = BIT_RATE, "s16", "mono", MOUTH_RATE_HZ
        codec.time_base = Fraction(1, MOUTH_RATE_HZ)
        codec.options = {
            "application": "voip",
            "frame_duration": "20",
            "fec": "1",
            "packet_loss": str(EXPECTED_LOSS_PERCENT),
            "compression_level": str(COMPLEXITY),
        }
        self._codec = codec
        self._count = 0
        self._silent = DECAY_FRAMES

    def encode(self, pcm: Int16Array) -> bytes:
        """Return 20 ms as a packet.

        Args:
            pcm: Shape (960,), int16, 48 kHz mono.

        Raises:
            ValueError: If the shape differs.
        """
        if pcm.shape != (MOUTH_FRAME,):
            raise ValueError(f"expected a frame of shape ({MOUTH_FRAME},), got {pcm.shape}")
        self._silent = 0 if pcm.any() else self._silent + 1
        if self._silent > DECAY_FRAMES:
            return _SILENT_PACKET
        frame = frame_of(pcm, MOUTH_RATE_HZ)
        frame.pts = self._count * MOUTH_FRAME
        self._count += 1
        return b"".join(bytes(packet) for packet in self._codec.encode(frame))


def _candidates() -> Iterator[str]:
    package = Path(av.__file__).parent
    for pattern in ("av.libs/libopus*.so*", "av/.dylibs/libopus*.dylib", "av.libs/*opus*.dll"):
        yield from (str(path) for path in sorted(package.parent.glob(pattern)))
    if (found := find_library("opus")) is not None:
        yield found


@cache
def _library() -> Any:
    """Return libopus ready to call, or None where there is none that decodes silence as it should."""
    for path in _candidates():
        try:
            library = _declared(ctypes.CDLL(path))
            heard = LibopusDecoder(library).decode(_SILENT_PACKET)
        except (OSError, AttributeError, ValueError, MemoryError) as error:
            logger.info("libopus cannot be used: %s (%s)", path, error)
            continue
        if heard.shape == (MOUTH_FRAME // _RATIO,) and not heard.any():
            return library
    logger.warning("libopus was not found beside PyAV: lost sound is silence, and decoding costs three times as much")
    return None


def _declared(library: Any) -> Any:
    library.opus_decoder_create.restype = ctypes.c_void_p
    library.opus_decoder_create.argtypes = [ctypes.c_int32, ctypes.c_int, ctypes.POINTER(ctypes.c_int)]
    library.opus_decoder_destroy.restype = None
    library.opus_decoder_destroy.argtypes = [ctypes.c_void_p]
    library.opus_decode.restype = ctypes.c_int
    library.opus_decode.argtypes = [
        ctypes.c_void_p,
        ctypes.c_char_p,
        ctypes.c_int32,
        ctypes.c_void_p,
        ctypes.c_int,
        ctypes.c_int,
    ]
    return library
