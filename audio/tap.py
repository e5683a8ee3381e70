"""Takes RTP packets from aiortc before its jitter buffer, which holds four frames back and more after each loss.

The buffer is a private attribute of aiortc's receiver; a stand-in that passes packets on and keeps none is put there.
Whether aiortc still works that way is checked once, by sending a packet through a receiver; if not, nothing is
touched.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache
from typing import Any, cast

from aiortc.rtcdtlstransport import RTCDtlsTransport
from aiortc.rtcrtpparameters import RTCRtpCodecParameters
from aiortc.rtcrtpreceiver import RTCRtpReceiver
from aiortc.rtp import RtpPacket

logger = logging.getLogger(__name__)

_BUFFER = "_RTCRtpReceiver__jitter_buffer"
_CODECS = "_RTCRtpReceiver__codecs"
"""Only the check writes it; aiortc itself fills it when a connection comes up."""


class Tap:
    """Stands where aiortc's jitter buffer stood, and never gives it a frame to decode."""

    def __init__(self, take: Callable[[RtpPacket], None]) -> None:
        self._take = take

    def add(self, packet: RtpPacket) -> tuple[bool, None]:
        """Pass a packet on as it arrives, in whatever order."""
        self._take(packet)
        return False, None


def tap(receiver: RTCRtpReceiver, take: Callable[[RtpPacket], None]) -> bool:
    """Let `take` have every packet of a receiver from now on.

    Returns:
        Whether that could be done; otherwise the receiver is as it was, and a warning has been logged once.
    """
    if not is_known():
        return False
    setattr(receiver, _BUFFER, Tap(take))
    return True


@cache
def is_known() -> bool:
    """Return whether this aiortc hands each packet to the buffer we replace. Run once, at the start."""
    problem = why_not(RTCRtpReceiver)
    if problem is not None:
        logger.warning(
            "aiortc receives in another way than known (%s): its own jitter buffer stays, which adds 60 ms of delay "
            "and up to 200 ms more after lost packets. Install the version pinned in pyproject.toml.",
            problem,
        )
    return problem is None


def why_not(receiver_class: type[RTCRtpReceiver]) -> str | None:
    """Send a packet through a receiver without a connection; return what is not as expected, or None."""
    got: list[RtpPacket] = []
    try:
        receiver = receiver_class("audio", cast("RTCDtlsTransport", _NoTransport()))
        if not hasattr(receiver, _BUFFER):
            return "no jitter buffer found"
        setattr(receiver, _BUFFER, Tap(got.append))
        codec = RTCRtpCodecParameters("audio/opus", 48_000, 2, payloadType=111)
        getattr(receiver, _CODECS)[codec.payloadType] = codec
        packet = RtpPacket(payload_type=111, sequence_number=7, timestamp=960)
        packet.ssrc, packet.payload = 1, b"\xf8\xff\xfe"
        _run(receiver._handle_rtp_packet(packet, arrival_time_ms=0))
    except Exception as error:  # whatever a foreign version does: it is not the one we know
        return f"{type(error).__name__}: {error}"
    if len(got) != 1 or (got[0].sequence_number, got[0].timestamp, got[0].payload) != (7, 960, b"\xf8\xff\xfe"):
        return "the packet did not arrive as it was sent"
    return None


class _NoTransport:
    """What a receiver asks of its transport before it is connected."""

    state = "new"


def _run(coroutine: Any) -> None:
    """Run a coroutine that never waits."""
    try:
        coroutine.send(None)
    except StopIteration:
        return
    coroutine.close()
    raise RuntimeError("taking a packet waits for something")
