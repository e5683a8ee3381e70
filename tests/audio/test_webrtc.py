from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from fractions import Fraction
from itertools import pairwise

import av
import numpy as np
import pytest
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack
from aiortc.rtcrtpparameters import RTCRtpCodecParameters
from aiortc.rtcrtpreceiver import RTCRtpReceiver
from aiortc.rtp import RtpPacket
from av.audio.frame import AudioFrame

from audio.jitter import MAX_WAIT_SEC
from audio.opus import SpeechEncoder, open_decoder
from audio.tap import _NoTransport
from audio.webrtc import STALL_SEC, Pacer, PeerEars, PeerMouth
from coach.ports import EAR_FRAME, MOUTH_FRAME, EarFrame, Int16Array
from tests.virtual_time import virtual_time
from tests.web.peers import Spoiled


def decoded(pts: int, level: int = 1000) -> AudioFrame:
    """A frame as aiortc's Opus decoder gives it: 20 ms, 48 kHz, stereo, interleaved."""
    frame = AudioFrame.from_ndarray(np.full((1, 2 * 960), level, dtype=np.int16), format="s16", layout="stereo")
    frame.sample_rate = 48_000
    frame.pts = pts
    frame.time_base = Fraction(1, 48_000)
    return frame


class ScriptedTrack(MediaStreamTrack):
    """Hands out frames at once, then ends."""

    kind = "audio"

    def __init__(self, frames: Sequence[AudioFrame]) -> None:
        super().__init__()
        self.left = list(frames)

    async def recv(self) -> AudioFrame:
        if not self.left:
            raise MediaStreamError
        return self.left.pop(0)


class Buzz:
    """A source that buzzes at 200 Hz; the first `quiet` frames are silent."""

    def __init__(self, quiet: int = 0) -> None:
        self.given = -quiet

    def next_frame(self) -> Int16Array:
        self.given += 1
        wave = np.where(np.arange(MOUTH_FRAME) // 120 % 2, 6000, -6000).astype(np.int16)
        return wave if self.given > 0 else np.zeros(MOUTH_FRAME, dtype=np.int16)


class Broken:
    def next_frame(self) -> Int16Array:
        raise ArithmeticError("no more")


async def heard(ears: PeerEars) -> list[EarFrame]:
    async with aclosing(ears.frames()) as frames:
        return [frame async for frame in frames]


@virtual_time
async def test_ears_turn_stereo_48_khz_into_20_ms_frames_of_16_khz_without_delay() -> None:
    ears = PeerEars(ScriptedTrack([decoded(index * 960) for index in range(10)]))
    await ears.listen()
    frames = await heard(ears)
    assert [frame.position for frame in frames] == [index * EAR_FRAME for index in range(10)]
    assert all(frame.pcm.shape == (EAR_FRAME,) and frame.pcm.dtype == np.int16 for frame in frames)
    assert abs(int(frames[5].pcm.mean()) - 1000) < 20


@virtual_time
async def test_lost_packets_show_as_a_jump_in_positions() -> None:
    ears = PeerEars(ScriptedTrack([decoded(pts) for pts in (0, 960, 960 * 5, 960 * 6)]))
    await ears.listen()
    assert [frame.position for frame in await heard(ears)] == [0, 320, 320 * 5, 320 * 6]


@virtual_time
async def test_a_slow_consumer_loses_the_oldest_frames_and_never_grows_the_inbox() -> None:
    ears = PeerEars(ScriptedTrack([decoded(index * 960) for index in range(50)]), inbox_frames=10)
    await ears.listen()
    assert [frame.position // EAR_FRAME for frame in await heard(ears)] == list(range(40, 50))


@virtual_time
async def test_ears_that_wait_end_when_the_track_ends() -> None:
    ears = PeerEars(ScriptedTrack([]))
    async with asyncio.TaskGroup() as tasks:
        hearing = tasks.create_task(heard(ears))
        await asyncio.sleep(1)
        assert not hearing.done()
        tasks.create_task(ears.listen())
    assert hearing.result() == []


@pytest.mark.parametrize(
    ("calls", "plan"),
    [
        pytest.param([10.0, 10.0, 10.01], [(10.0, 0), (10.02, 960), (10.04, 1920)], id="early calls wait"),
        pytest.param([10.0, 10.05], [(10.0, 0), (10.02, 960)], id="a little late catches up"),
        pytest.param([0.0, 0.02, 1.04, 1.04], [(0.0, 0), (0.02, 960), (1.04, 52 * 960), (1.06, 53 * 960)], id="stall"),
    ],
)
def test_pacer_counts_from_the_first_frame_and_skips_long_stalls(
    calls: list[float], plan: list[tuple[float, int]]
) -> None:
    pacer = Pacer()
    for now, (due, pts) in zip(calls, plan, strict=True):
        got = pacer.next(now)
        assert got[0] == pytest.approx(due)
        assert got[1] == pts


def test_pacer_never_bursts_more_than_the_stall_limit() -> None:
    pacer = Pacer()
    pacer.next(0.0)
    at_once = 0
    while pacer.next(60.0)[0] <= 60.0:
        at_once += 1
    assert at_once * 0.02 <= STALL_SEC


def loudest(packet: object) -> int:
    """Decode one packet of a track by itself."""
    return int(np.abs(open_decoder().decode(bytes(packet)).astype(np.int32)).max())  # type: ignore[call-overload]


@virtual_time
async def test_track_is_silent_until_something_plays_and_after_it_stops() -> None:
    mouth = PeerMouth()
    packets = [await mouth.track.recv()]
    async with asyncio.TaskGroup() as tasks:
        playing = tasks.create_task(mouth.play(Buzz()))
        await asyncio.sleep(0)
        packets += [await mouth.track.recv() for _ in range(5)]
        playing.cancel()
    packets += [await mouth.track.recv() for _ in range(20)]
    assert loudest(packets[0]) == loudest(packets[-1]) == 0
    assert min(loudest(packet) for packet in packets[2:6]) > 1000
    assert [packet.pts for packet in packets] == [index * 960 for index in range(26)]


@virtual_time
async def test_frames_leave_every_20_ms() -> None:
    track = PeerMouth().track
    loop = asyncio.get_running_loop()
    times = []
    for _ in range(50):
        await track.recv()
        times.append(loop.time())
    assert times == pytest.approx([index * 0.02 for index in range(50)])


@virtual_time
async def test_play_returns_when_the_far_side_is_gone() -> None:
    mouth = PeerMouth()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(mouth.play(Buzz()))
        await asyncio.sleep(0)
        mouth.track.stop()
    with pytest.raises(MediaStreamError):
        await mouth.track.recv()


@virtual_time
async def test_a_source_that_fails_is_reported_to_the_player_and_the_track_stays_alive() -> None:
    mouth = PeerMouth()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(mouth.track.recv())
        with pytest.raises(ArithmeticError, match="no more"):
            await mouth.play(Broken())
    assert loudest(await mouth.track.recv()) == 0


@virtual_time
async def test_two_sources_at_once_are_refused() -> None:
    mouth = PeerMouth()
    async with asyncio.TaskGroup() as tasks:
        playing = tasks.create_task(mouth.play(Buzz()))
        await asyncio.sleep(0)
        with pytest.raises(RuntimeError, match="free mouth"):
            await mouth.play(Buzz())
        playing.cancel()


@virtual_time
async def test_every_frame_is_one_opus_packet_and_a_skip_shows_in_its_time() -> None:
    """An encoder that held a frame back, or hid a skip, would leave the viewers late for good."""
    mouth = PeerMouth()
    async with asyncio.TaskGroup() as tasks:
        playing = tasks.create_task(mouth.play(Buzz()))
        await asyncio.sleep(0)
        stamps = []
        for index in range(7):
            if index == 4:
                await asyncio.sleep(1.0)
            packet = await mouth.track.recv()
            assert packet.size > 3
            stamps.append(packet.pts or 0)
        playing.cancel()
    assert [(later - earlier) / 960 for earlier, later in pairwise(stamps)] == [1, 1, 1, 50, 1, 1]


async def test_frames_go_out_while_every_thread_of_the_default_executor_is_blocked() -> None:
    """Eight blocking jobs there made aiortc's own encoding 740 ms late: our packets must not need a thread."""
    released = threading.Event()
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(max_workers=2))
    jobs = [loop.run_in_executor(None, released.wait, 30) for _ in range(8)]
    try:
        mouth = PeerMouth()
        async with asyncio.TaskGroup() as tasks:
            playing = tasks.create_task(mouth.play(Buzz()))
            await asyncio.sleep(0)
            packets = [await mouth.track.recv() for _ in range(5)]
            playing.cancel()
        assert not any(job.done() for job in jobs)
        assert all(isinstance(packet, av.Packet) for packet in packets), "aiortc encodes frames, and sends packets"
    finally:
        released.set()
        await asyncio.gather(*jobs)


# --- packets in ---------------------------------------------------------------------------------------------------


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
