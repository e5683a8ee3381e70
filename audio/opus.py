"""Opus for speech: the microphone's packets into 16 kHz sound, the viewers' sound into packets.

Both go straight to libopus (`audio.libopus`): it decodes to 16 kHz mono without a resampler, and only it can conceal a
lost frame or take it from the copy in the next packet. Where that library is not found or does not behave, FFmpeg
encodes and decodes, and lost frames are silence.
"""

from __future__ import annotations

import logging
from fractions import Fraction
from functools import cache
from typing import Any, Protocol

import numpy as np
from av.audio.resampler import AudioResampler
from av.codec.context import CodecContext
from av.error import FFmpegError
from av.packet import Packet

from audio import libopus
from audio.pcm import frame_of, silence
from coach.ports import EAR_RATE_HZ, MOUTH_FRAME, MOUTH_RATE_HZ, MOUTH_SILENCE, Int16Array

logger = logging.getLogger(__name__)

BIT_RATE = 32_000
"""Full-band mono speech. Source: RFC 7587, 3.1.1 (28 to 40 kbit/s)."""
EXPECTED_LOSS_PERCENT = 10
"""What the encoder protects against; below about 10 it adds no copy of the last frame at this bit rate."""
COMPLEXITY = 5
"""Half of the default 10. Source: what WebRTC uses where CPU is scarce."""
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
        self._decoder = libopus.Decoder(library)

    def decode(self, payload: bytes) -> Int16Array:
        """Return a packet's sound."""
        return self._decoder.run(payload, libopus.MAX_SAMPLES)

    def conceal(self, samples: int, after: bytes | None) -> Int16Array:
        """Let the voice ring on and fade; the last 20 ms come from the next packet's copy, if it has one."""
        wanted = samples // _RATIO
        step = EAR_RATE_HZ // 400 * 8
        parts = [self._decoder.run(None, step) for _ in range(max(0, wanted - 1) // step)]
        rest = wanted - len(parts) * step
        if rest % (EAR_RATE_HZ // 400) == 0 and rest:
            parts.append(self._decoder.run(after, rest, copy_of_last=after is not None))
        else:
            parts.append(silence(rest))
        return np.concatenate(parts)


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
        self._encoder = _encoder()
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
        self._silent = self._silent + 1 if pcm is MOUTH_SILENCE or not pcm.any() else 0
        if self._silent > DECAY_FRAMES:
            return _SILENT_PACKET
        return self._encoder.run(pcm)


class FfmpegEncoder:
    """The stand-in: the same packets at twice the price."""

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

    def run(self, pcm: Int16Array) -> bytes:
        """Return 20 ms, shape (960,), as a packet."""
        frame = frame_of(pcm, MOUTH_RATE_HZ)
        frame.pts = self._count * MOUTH_FRAME
        self._count += 1
        return b"".join(bytes(packet) for packet in self._codec.encode(frame))


def _encoder() -> libopus.Encoder | FfmpegEncoder:
    library = _library()
    return libopus.Encoder(library, _SETTINGS) if library is not None else FfmpegEncoder()


_SETTINGS = {
    libopus.SET_BITRATE: BIT_RATE,
    libopus.SET_VBR: 1,
    libopus.SET_VBR_CONSTRAINT: 0,
    libopus.SET_COMPLEXITY: COMPLEXITY,
    libopus.SET_INBAND_FEC: 1,
    libopus.SET_PACKET_LOSS_PERC: EXPECTED_LOSS_PERCENT,
}
"""What FFmpeg sets too."""


@cache
def _library() -> Any:
    """Return libopus ready to call, or None where there is none that decodes and encodes silence as it should."""
    for path in libopus.candidates():
        try:
            library = libopus.declared(path)
            heard = LibopusDecoder(library).decode(_SILENT_PACKET)
            sent = libopus.Encoder(library, _SETTINGS).run(silence(MOUTH_FRAME))
        except (OSError, AttributeError, ValueError, MemoryError) as error:
            logger.info("libopus cannot be used: %s (%s)", path, error)
            continue
        if heard.shape == (MOUTH_FRAME // _RATIO,) and not heard.any() and sent:
            return library
    logger.warning("libopus was not found beside PyAV: lost sound is silence, and packets cost two to three times more")
    return None
