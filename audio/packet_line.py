"""Sends a track's packets past aiortc's own loop, which spends a third of a rehearsal's processor time on them.

aiortc makes the first packet; all later ones differ from it in number, time and payload only, so they are made from
its header. What aiortc counts for its reports to the far side is kept up. Whether it still works as is assumed here is
checked once, by having it send two packets; if not, it goes on sending all of them.
"""

from __future__ import annotations

import logging
import struct
from collections.abc import Generator
from fractions import Fraction
from functools import cache
from types import coroutine
from typing import Any, cast

from aiortc import clock
from aiortc.mediastreams import MediaStreamTrack
from aiortc.rtcdtlstransport import RTCDtlsTransport
from aiortc.rtcrtpparameters import RTCRtpCodecParameters, RTCRtpHeaderExtensionParameters, RTCRtpParameters
from aiortc.rtcrtpsender import RTCRtpSender
from aiortc.rtp import RtpPacket
from av.packet import Packet

from coach.ports import MOUTH_FRAME, MOUTH_RATE_HZ

logger = logging.getLogger(__name__)

_PRIVATE = "_RTCRtpSender__"
_HISTORY, _EXTENSIONS = f"{_PRIVATE}rtp_history", f"{_PRIVATE}rtp_header_extensions_map"
_NTP, _RTP = f"{_PRIVATE}ntp_timestamp", f"{_PRIVATE}rtp_timestamp"
_OCTETS, _PACKETS = f"{_PRIVATE}octet_count", f"{_PRIVATE}packet_count"
_REPORTED_EVERY = 25
"""Packets after which the counts for reports are renewed, half a second: reports go out every 0.5 to 1.5 s."""
_TIME_BASE = Fraction(1, MOUTH_RATE_HZ)
_PLACES = struct.Struct("!HL")
"""Sequence number and timestamp, from the third byte of the header on. Source: RFC 3550, 5.1."""


class PacketLine:
    """Takes over from a sender that has sent one packet at least. Packets in order, one at a time.

    Args:
        sender: From now on it must not send any of its own.
        samples: What the track's clock said of its last packet, 48 kHz.
    """

    def __init__(self, sender: RTCRtpSender, samples: int) -> None:
        known = vars(sender)
        last: RtpPacket = next(reversed(known[_HISTORY].values()))
        whole = last.serialize(known[_EXTENSIONS])
        self._known = known
        self._transport = sender.transport
        self._header = bytearray(whole[: len(whole) - len(last.payload)])
        self._number = last.sequence_number
        self._origin = last.timestamp - samples
        self._packets, self._octets = known[_PACKETS], known[_OCTETS]

    def send(self, payload: bytes, samples: int) -> None:
        """Send 20 ms.

        Args:
            payload: An Opus packet.
            samples: Its first sample on the track's clock, 48 kHz.

        Raises:
            ConnectionError: If there is no connection any more.
            RuntimeError: If the transport would have to wait, which UDP never does.
        """
        self._number = (self._number + 1) & 0xFFFF
        stamp = (self._origin + samples) & 0xFFFFFFFF
        _PLACES.pack_into(self._header, 2, self._number, stamp)
        _run(self._transport._send_rtp(bytes(self._header) + payload))
        self._packets += 1
        self._octets += len(payload)
        if self._packets % _REPORTED_EVERY == 0:
            self._report(stamp)

    def _report(self, stamp: int) -> None:
        self._known[_NTP], self._known[_RTP] = clock.current_ntp_time(), stamp
        self._known[_PACKETS], self._known[_OCTETS] = self._packets, self._octets


def line_after(sender: RTCRtpSender, samples: int) -> PacketLine | None:
    """Return the line that takes over from a sender; None before its first packet, or if aiortc is another one."""
    return PacketLine(sender, samples) if is_known() and vars(sender)[_HISTORY] else None


@cache
def is_known() -> bool:
    """Return whether this aiortc sends packets as is assumed here. Run once, on the event loop."""
    problem = why_not(RTCRtpSender)
    if problem is not None:
        logger.warning(
            "aiortc sends in another way than known (%s): it goes on sending every packet itself, which takes some "
            "2 %% of a core for each rehearsal. Install the version pinned in pyproject.toml.",
            problem,
        )
    return problem is None


def why_not(sender_class: type[RTCRtpSender]) -> str | None:
    """Have a sender without a connection send two packets, the second also by a line; return what differs, or None."""
    wire = _Wire()
    try:
        sender = sender_class(_TwoPackets(), cast("RTCDtlsTransport", wire))
        known, extension = vars(sender), RTCRtpHeaderExtensionParameters(1, "urn:ietf:params:rtp-hdrext:sdes:mid")
        known[_EXTENSIONS].configure(RTCRtpParameters(headerExtensions=[extension]))
        known[f"{_PRIVATE}mid"] = "0"
        sending: Any = sender._run_rtp(RTCRtpCodecParameters("audio/opus", 48_000, 2, payloadType=96))
        sending.send(None)
        line = PacketLine(sender, _TwoPackets.FIRST)
        sending.send(None)
        counted = [known[name] for name in (_PACKETS, _OCTETS)]
        line.send(_TwoPackets.PAYLOAD, _TwoPackets.FIRST + MOUTH_FRAME)
        sending.close()
    except Exception as error:  # whatever a foreign version does: it is not the one we know
        return f"{type(error).__name__}: {error}"
    if len(wire.sent) != 3 or wire.sent[1] != wire.sent[2] or wire.sent[0] == wire.sent[1]:
        return "its packets differ from ours"
    if counted != [2, 2 * len(_TwoPackets.PAYLOAD)] or not (known[_NTP] and known[_RTP]):
        return "it counts in another way"
    return None


class _Wire:
    """What a sender asks of its transport."""

    state = "new"

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    async def _send_rtp(self, data: bytes) -> None:
        self.sent.append(data)


class _TwoPackets(MediaStreamTrack):
    """Gives a packet at once, another when asked a second time, and then none."""

    kind = "audio"
    FIRST = 4800
    PAYLOAD = b"\xf8\xff\xfe"

    def __init__(self) -> None:
        super().__init__()
        self._given = 0

    async def recv(self) -> Packet[Any]:
        if self._given:
            await _wait()
        packet = Packet(self.PAYLOAD)
        packet.pts, packet.time_base = self.FIRST + self._given * MOUTH_FRAME, _TIME_BASE
        self._given += 1
        return packet


@coroutine
def _wait() -> Generator[None, None, None]:
    yield


def _run(sending: Any) -> None:
    """Run a coroutine that never waits."""
    try:
        sending.send(None)
    except StopIteration:
        return
    sending.close()
    raise RuntimeError("sending a packet waits for something")
