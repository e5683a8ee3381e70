"""Packets that leave past aiortc's own loop are the packets it would have sent."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from typing import Any

import pytest
from aiortc.mediastreams import MediaStreamError
from aiortc.rtcrtpparameters import RTCRtpCodecParameters
from aiortc.rtcrtpsender import RTCRtpSender
from aiortc.rtp import RtpPacket

from audio import packet_line as module
from audio.packet_line import is_known, why_not
from audio.webrtc import PeerMouth
from coach.ports import MOUTH_FRAME
from tests.audio.test_webrtc import Broken, Buzz, loudest
from tests.virtual_time import virtual_time

OPUS = RTCRtpCodecParameters("audio/opus", 48_000, 2, payloadType=96)


class Wire:
    """What a sender asks of its transport; it can be cut."""

    state = "new"
    _stats_id = "wire"

    def __init__(self) -> None:
        self.packets: list[RtpPacket] = []
        self.times: list[float] = []
        self.cut = False

    async def _send_rtp(self, data: bytes) -> None:
        if self.cut:
            raise ConnectionError
        self.packets.append(RtpPacket.parse(data))
        self.times.append(asyncio.get_running_loop().time())


class Sending:
    """A viewers' track on aiortc's real sender."""

    def __init__(self, tasks: asyncio.TaskGroup, *, through_line: bool = True) -> None:
        self.wire, self.mouth = Wire(), PeerMouth()
        self.sender = RTCRtpSender(self.mouth.track, self.wire)  # type: ignore[arg-type]  # never connected
        if through_line:
            self.mouth.track.sender = self.sender
        self.task = tasks.create_task(self.sender._run_rtp(OPUS))

    @property
    def counts(self) -> dict[str, Any]:
        names = ("packet_count", "octet_count", "rtp_timestamp")
        return {name: vars(self.sender)[f"_RTCRtpSender__{name}"] for name in names}


async def test_the_installed_aiortc_is_known() -> None:
    assert why_not(RTCRtpSender) is None


@virtual_time
async def test_packets_follow_each_other_as_aiortc_would_number_them() -> None:
    async with asyncio.TaskGroup() as tasks:
        sending = Sending(tasks)
        playing = tasks.create_task(sending.mouth.play(Buzz()))
        await asyncio.sleep(1.01)
        playing.cancel()
        sending.task.cancel()
    packets = sending.wire.packets
    assert len(packets) == 51
    assert {(packet.ssrc, packet.payload_type, packet.marker) for packet in packets} == {(sending.sender._ssrc, 96, 1)}
    assert [b.sequence_number - a.sequence_number for a, b in pairwise(packets)] == [1] * 50
    assert {(b.timestamp - a.timestamp) % 2**32 for a, b in pairwise(packets)} == {MOUTH_FRAME}
    assert sending.wire.times == pytest.approx([number * 0.02 for number in range(51)])
    assert min(loudest(packet.payload) for packet in packets[3:]) > 1000
    assert len(vars(sending.sender)["_RTCRtpSender__rtp_history"]) == 1, "aiortc sent the first one only"


@virtual_time
async def test_reports_to_the_far_side_count_what_was_sent() -> None:
    async with asyncio.TaskGroup() as tasks:
        sending = Sending(tasks)
        await asyncio.sleep(2.001)
        counts = sending.counts
        sending.task.cancel()
    packets = sending.wire.packets
    last = packets[counts["packet_count"] - 1]
    assert len(packets) - counts["packet_count"] < 25
    assert counts["octet_count"] == sum(len(packet.payload) for packet in packets[: counts["packet_count"]])
    assert counts["rtp_timestamp"] == last.timestamp


@pytest.mark.parametrize("end", ["stop", "cut"])
@virtual_time
async def test_sending_ends_with_the_track_or_the_connection(end: str) -> None:
    async with asyncio.TaskGroup() as tasks:
        sending = Sending(tasks)
        await asyncio.sleep(0.101)
        sending.wire.cut = end == "cut"
        if end == "stop":
            sending.mouth.track.stop()
        await asyncio.wait({sending.task}, timeout=0.03)
        assert sending.task.done()
    assert sending.mouth.track.readyState == "ended", "aiortc stops a track it cannot send"
    with pytest.raises(MediaStreamError):
        await sending.mouth.track.recv()
    count = len(sending.wire.packets)
    await asyncio.sleep(0.1)
    assert len(sending.wire.packets) == count == 6


@virtual_time
async def test_a_source_that_fails_leaves_the_track_silent_and_alive() -> None:
    async with asyncio.TaskGroup() as tasks:
        sending = Sending(tasks)
        await asyncio.sleep(0.101)
        with pytest.raises(ArithmeticError):
            await sending.mouth.play(Broken())
        before = len(sending.wire.packets)
        await asyncio.sleep(0.1)
        assert len(sending.wire.packets) == before + 5
        sending.task.cancel()


class OtherCall(RTCRtpSender):
    async def _run_rtp(self) -> None:  # type: ignore[override]  # a changed signature
        return


class Marks(RTCRtpSender):
    """Sends packets that are not all alike."""

    async def _run_rtp(self, codec: Any) -> None:
        for number in range(3):
            await self.track.recv()
            packet = RtpPacket(payload_type=96, sequence_number=number, timestamp=number, marker=number)
            vars(self)["_RTCRtpSender__rtp_history"][number] = packet
            await self.transport._send_rtp(packet.serialize(vars(self)["_RTCRtpSender__rtp_header_extensions_map"]))


class Counts(RTCRtpSender):
    async def _run_rtp(self, codec: Any) -> None:
        vars(self)["_RTCRtpSender__packet_count"] = 7
        await super()._run_rtp(codec)


async def test_a_call_that_has_changed_is_a_problem_told_not_raised() -> None:
    assert "TypeError" in (why_not(OtherCall) or "")


@pytest.mark.parametrize(("foreign", "said"), [(Marks, "packets differ"), (Counts, "counts in another way")])
@virtual_time
async def test_another_aiortc_goes_on_sending_itself_with_one_warning(
    foreign: type[RTCRtpSender], said: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    problem = why_not(foreign)
    assert problem is not None
    assert said in problem
    monkeypatch.setattr(module, "RTCRtpSender", foreign)
    is_known.cache_clear()
    try:
        async with asyncio.TaskGroup() as tasks:
            sending = Sending(tasks)
            await asyncio.sleep(0.201)
            sending.task.cancel()
        assert len(vars(sending.sender)["_RTCRtpSender__rtp_history"]) == len(sending.wire.packets) == 11
        assert [record.levelname for record in caplog.records if record.name == module.__name__] == ["WARNING"]
    finally:
        is_known.cache_clear()
