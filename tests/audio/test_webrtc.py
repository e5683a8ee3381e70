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
from av.audio.frame import AudioFrame

from audio.opus import open_decoder
from audio.webrtc import STALL_SEC, Pacer, PeerEars, PeerMouth
from coach.ports import EAR_FRAME, MOUTH_FRAME, EarFrame, Int16Array
from tests.virtual_time import virtual_time


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
