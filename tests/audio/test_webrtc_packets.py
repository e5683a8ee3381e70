"""Packets of the microphone as they come from a network: in order, lost, late, or not sent at all."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import numpy as np
import pytest
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack
from aiortc.rtcrtpparameters import RTCRtpCodecParameters
from aiortc.rtcrtpreceiver import RTCRtpReceiver
from aiortc.rtp import RtpPacket
from av.audio.frame import AudioFrame

from audio.jitter import MAX_WAIT_SEC
from audio.opus import SpeechEncoder
from audio.tap import _NoTransport
from audio.webrtc import PeerEars
from coach.ports import EAR_FRAME, EarFrame
from tests.audio.test_webrtc import Buzz, heard
from tests.virtual_time import virtual_time
from tests.web.peers import Spoiled


class EndlessTrack(MediaStreamTrack):
    """What aiortc's track does when its buffer never gives it a frame: it waits for the end."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        self.ending = asyncio.Event()

    async def recv(self) -> AudioFrame:
        await self.ending.wait()
        raise MediaStreamError


class FarSide:
    """A browser's sender: numbered packets, handed to the receiver as aiortc's transport does."""

    def __init__(self) -> None:
        self.receiver = RTCRtpReceiver("audio", _NoTransport())  # type: ignore[arg-type]  # never connected
        codec = RTCRtpCodecParameters("audio/opus", 48_000, 2, payloadType=111)
        vars(self.receiver)["_RTCRtpReceiver__codecs"][111] = codec
        self.track = EndlessTrack()
        self.ears = PeerEars(self.track, self.receiver)
        self._encoder, self._source = SpeechEncoder(), Buzz()
        self._packets = [self._encoder.encode(self._source.next_frame()) for _ in range(400)]

    async def send(self, number: int, *, ssrc: int = 5, payload: bytes | None = None) -> None:
        packet = RtpPacket(payload_type=111, sequence_number=number & 0xFFFF, timestamp=number * 960)
        packet.ssrc, packet.payload = ssrc, self._packets[number % 400] if payload is None else payload
        await self.receiver._handle_rtp_packet(packet, arrival_time_ms=0)


async def sent(far: FarSide, *numbers: int, gap: float = 0.02) -> list[EarFrame]:
    """Send frames 20 ms apart, those that are not named being lost, and return what the ears hear to the end."""
    async with asyncio.TaskGroup() as tasks:
        listening = tasks.create_task(far.ears.listen())
        hearing = tasks.create_task(heard(far.ears))
        for number in range(min(numbers), max(numbers) + 1):
            if number in numbers:
                await far.send(number)
            await asyncio.sleep(gap)
        await asyncio.sleep(0.2)
        far.track.ending.set()
        await listening
    return hearing.result()


@virtual_time
async def test_packets_are_heard_as_they_arrive() -> None:
    far, loop, at = FarSide(), asyncio.get_running_loop(), list[float]()
    assert far.ears.tapped

    async def hear() -> None:
        async with aclosing(far.ears.frames()) as frames:
            async for _ in frames:
                at.append(loop.time())

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(far.ears.listen())
        tasks.create_task(hear())
        for number in range(20):
            await far.send(number)
            await asyncio.sleep(0.02)
        far.track.ending.set()
    assert at == pytest.approx([number * 0.02 for number in range(20)])


@virtual_time
async def test_a_lost_packet_leaves_no_hole_and_no_delay() -> None:
    far = FarSide()
    frames = await sent(far, *(number for number in range(50) if number not in (10, 20, 21)))
    assert [frame.position // EAR_FRAME for frame in frames] == list(range(50))
    assert min(np.abs(frame.pcm.astype(np.int32)).max() for frame in frames[5:]) > 1000, "concealed, not silent"
    assert far.ears.silent_sec < 0.3


@pytest.mark.slow
@pytest.mark.parametrize("loss", [0.02, 0.05])
@virtual_time
async def test_a_bad_network_leaves_no_delay_behind(loss: float) -> None:
    """A minute with loss and 30 ms of jitter, in which packets overtake each other, then five good seconds."""
    far, loop, network = FarSide(), asyncio.get_running_loop(), Spoiled(loss, 0.030)
    late: list[float] = []
    positions: list[int] = []

    async def hear() -> None:
        async with aclosing(far.ears.frames()) as frames:
            async for frame in frames:
                positions.append(frame.position // EAR_FRAME)
                late.append(loop.time() - frame.position / 16_000)

    async def deliver(number: int) -> None:
        fate = network.next() if 0 < number < 3000 else 0.0
        if fate is not None:
            await asyncio.sleep(fate)
            await far.send(number)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(far.ears.listen())
        tasks.create_task(hear())
        for number in range(3250):
            tasks.create_task(deliver(number))
            await asyncio.sleep(0.02)
        far.track.ending.set()
    assert network.lost > 3000 * loss / 2
    assert positions == list(range(3250)), "every frame in its place, lost ones concealed"
    assert max(late) <= 0.030 + MAX_WAIT_SEC + 0.02
    assert sorted(late)[len(late) // 2] <= 0.030
    assert max(late[-200:]) == pytest.approx(0, abs=1e-6)


@virtual_time
async def test_packets_behind_a_gap_are_heard_though_nothing_more_comes() -> None:
    far = FarSide()
    frames = await sent(far, 0, 1, 3)
    assert [frame.position // EAR_FRAME for frame in frames] == [0, 1, 2, 3]


@virtual_time
async def test_silence_that_the_browser_does_not_send_is_heard_as_silence_in_time() -> None:
    far, loop = FarSide(), asyncio.get_running_loop()
    frames: list[tuple[float, EarFrame]] = []

    async def hear() -> None:
        async with aclosing(far.ears.frames()) as incoming:
            async for frame in incoming:
                frames.append((loop.time(), frame))

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(far.ears.listen())
        tasks.create_task(hear())
        await far.send(0)
        await asyncio.sleep(0.02)
        await far.send(1, payload=b"\xf8")
        await asyncio.sleep(0.4)
        far.track.ending.set()
    assert [frame.position // EAR_FRAME for _, frame in frames] == list(range(len(frames)))
    assert all(at - frame.position / 16_000 < 0.041 for at, frame in frames)
    assert len(frames) > 18


@virtual_time
async def test_a_browser_that_restarts_its_sender_is_heard_on() -> None:
    far = FarSide()
    async with asyncio.TaskGroup() as tasks:
        listening = tasks.create_task(far.ears.listen())
        hearing = tasks.create_task(heard(far.ears))
        for number in range(10):
            await far.send(number)
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.5)
        for number in range(5000, 5010):
            await far.send(number, ssrc=6)
            await asyncio.sleep(0.02)
        far.track.ending.set()
        await listening
    positions = [frame.position // EAR_FRAME for frame in hearing.result()]
    assert positions[:10] == list(range(10))
    assert positions[10:] == [positions[10] + index for index in range(10)]
    assert positions[10] in (34, 35)


@virtual_time
async def test_a_browser_that_never_sends_costs_nothing_and_is_noticed() -> None:
    far = FarSide()
    async with asyncio.TaskGroup() as tasks:
        listening = tasks.create_task(far.ears.listen())
        await asyncio.sleep(3600)
        assert far.ears.silent_sec == pytest.approx(3600)
        far.track.ending.set()
        await listening
    assert await heard(far.ears) == []
