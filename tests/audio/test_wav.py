from __future__ import annotations

import asyncio
import wave
from collections.abc import Sequence
from contextlib import aclosing
from pathlib import Path

import numpy as np
import pytest

from audio.pcm import decode
from audio.wav import FileEars, FileMouth, join_clips
from coach.clock import LoopClock
from coach.errors import AudioInputError, StorageError
from coach.ports import EAR_FRAME, EAR_RATE_HZ, MOUTH_FRAME, MOUTH_RATE_HZ, EarFrame, Int16Array
from coach.testing import ManualClock
from tests.audio.sounds import onset_sec, tone, write_sound
from tests.virtual_time import virtual_time


class CountingSource:
    """Hands out frames whose samples are the frame's number; may stop the mouth by raising."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.pulled = 0
        self.stop_after = stop_after

    def next_frame(self) -> Int16Array:
        if self.pulled == self.stop_after:
            raise RuntimeError("stopped by the test")
        self.pulled += 1
        return np.full(MOUTH_FRAME, self.pulled, np.int16)


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    return write_sound(tmp_path / "clip.wav", "pcm_s16le", rate_hz=16_000, seconds=1.0)


async def take(
    ears: FileEars, clock: ManualClock | LoopClock, count: int | None = None
) -> list[tuple[float, EarFrame]]:
    found: list[tuple[float, EarFrame]] = []
    async with aclosing(ears.frames()) as frames:
        async for frame in frames:
            found.append((clock.now(), frame))
            if len(found) == count:
                break
    return found


def joined(found: Sequence[tuple[float, EarFrame]]) -> Int16Array:
    return np.concatenate([frame.pcm for _, frame in found])


@virtual_time
async def test_a_recording_is_heard_in_real_time_after_its_lead(clip: Path) -> None:
    clock = LoopClock()
    await asyncio.sleep(3.0)
    found = await take(FileEars(clip, clock, lead_sec=0.5, tail_silence_sec=0.5), clock)
    assert len(found) == 100
    assert found[0][0] == pytest.approx(3.02)
    assert found[-1][0] == pytest.approx(5.0)
    assert [frame.position for _, frame in found] == [number * EAR_FRAME for number in range(100)]
    assert onset_sec(joined(found), EAR_RATE_HZ) == pytest.approx(0.5, abs=0.01)


@virtual_time
async def test_a_slow_listener_gets_the_late_frames_at_once_and_no_drift(clip: Path) -> None:
    clock = LoopClock()
    times: list[float] = []
    async with aclosing(FileEars(clip, clock, lead_sec=0).frames()) as frames:
        async for frame in frames:
            times.append(clock.now())
            if frame.position == 10 * EAR_FRAME:
                await asyncio.sleep(0.1)
    assert times[11:15] == pytest.approx([0.32, 0.32, 0.32, 0.32])
    assert times[20] == pytest.approx(0.42)


async def test_a_looped_recording_begins_again_with_positions_that_go_on(clip: Path) -> None:
    clock = ManualClock()
    found = await take(FileEars(clip, clock, loop=True, lead_sec=0, tail_silence_sec=0), clock, count=120)
    assert found[119][1].position == 119 * EAR_FRAME
    np.testing.assert_array_equal(found[3][1].pcm, found[53][1].pcm)


async def test_clips_are_joined_with_their_gaps(clip: Path, tmp_path: Path) -> None:
    stereo = write_sound(tmp_path / "b.mp3", "libmp3lame", rate_hz=44_100, layout="stereo", sample_format="s16p")
    ears = FileEars.of_clips([(clip, 0.3), (stereo, 1.0)], ManualClock(), tail_silence_sec=0.7)
    pcm = joined(await take(ears, ManualClock()))
    assert onset_sec(pcm, EAR_RATE_HZ) == pytest.approx(0.3, abs=0.01)
    assert onset_sec(pcm, EAR_RATE_HZ, after_sec=1.35) == pytest.approx(2.3, abs=0.06)
    assert ears.duration_sec == pytest.approx(0.3 + 1.0 + 1.0 + 2.0 + 0.7, abs=0.1)


async def test_empty_sound_ends_at_once_even_when_looped() -> None:
    clock = ManualClock()
    assert await take(FileEars.of_pcm(np.zeros(0, np.int16), clock, loop=True), clock) == []


def test_a_recording_that_cannot_be_used_is_refused_before_the_rehearsal_begins(clip: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"RIFF")
    with pytest.raises(AudioInputError, match=r"broken\.wav"):
        join_clips([(clip, 0.0), (broken, 0.5)])
    with pytest.raises(AudioInputError, match=r"broken\.wav"):
        FileEars(broken, ManualClock())


@virtual_time
async def test_a_mouth_pulls_a_frame_every_20_ms_and_leaves_a_wav_when_cancelled(tmp_path: Path) -> None:
    path = tmp_path / "viewers.wav"
    source = CountingSource()
    async with asyncio.TaskGroup() as group:
        task = group.create_task(FileMouth(path, LoopClock()).play(source))
        await asyncio.sleep(2.99)
        task.cancel()
    assert source.pulled == 150
    with wave.open(str(path), "rb") as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (MOUTH_RATE_HZ, 1, 2)
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    np.testing.assert_array_equal(samples[::MOUTH_FRAME], np.arange(1, 151))


async def test_a_mouth_leaves_a_wav_when_its_source_fails(tmp_path: Path) -> None:
    path = tmp_path / "viewers.wav"
    with pytest.raises(RuntimeError, match="stopped by the test"):
        await FileMouth(path, ManualClock()).play(CountingSource(stop_after=30))
    with wave.open(str(path), "rb") as file:
        assert file.getnframes() == 30 * MOUTH_FRAME


async def test_the_wav_on_disk_is_valid_every_second_while_the_mouth_still_plays(tmp_path: Path) -> None:
    path = tmp_path / "viewers.wav"
    seen: list[float] = []

    class Looking(CountingSource):
        def next_frame(self) -> Int16Array:
            if self.pulled in {51, 120}:
                seen.append(len(decode(path)) / EAR_RATE_HZ)
            super().next_frame()
            return tone(0.02, MOUTH_RATE_HZ)

    with pytest.raises(RuntimeError, match="stopped"):
        await FileMouth(path, ManualClock()).play(Looking(stop_after=130))
    assert seen == pytest.approx([1.0, 2.0], abs=0.02)


async def test_a_mouth_without_a_file_only_pulls() -> None:
    source = CountingSource(stop_after=5)
    with pytest.raises(RuntimeError, match="stopped"):
        await FileMouth(None, ManualClock()).play(source)
    assert source.pulled == 5


async def test_a_mouth_that_cannot_write_says_so(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be written"):
        await FileMouth(tmp_path / "absent" / "viewers.wav", ManualClock()).play(CountingSource())
