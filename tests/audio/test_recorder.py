from __future__ import annotations

import asyncio
import os
from pathlib import Path

import numpy as np
import pytest

from audio import recorder as recorder_module
from audio.pcm import decode, frames_of
from audio.recorder import LOST_SEC, OVERLAP_SEC, OggRecorder
from coach.errors import AudioInputError
from coach.ports import EAR_FRAME, EAR_RATE_HZ, MOUTH_FRAME, MOUTH_RATE_HZ, Int16Array
from tests.audio.sounds import TONE_HZ, loudest_hz, onset_sec, tone

FULL_DISK = Path("/dev/full")


def speak(recorder: OggRecorder, at: float, seconds: float) -> None:
    """Add a tone on the streamer's side in frames."""
    for number, frame in enumerate(frames_of(tone(seconds, EAR_RATE_HZ), EAR_FRAME)):
        recorder.streamer(frame, at + number * 0.02)


def answer(recorder: OggRecorder, at: float, seconds: float) -> None:
    """Add a tone on the viewers' side in frames."""
    for number, frame in enumerate(frames_of(tone(seconds, MOUTH_RATE_HZ), MOUTH_FRAME)):
        recorder.viewers(frame, at + number * 0.02)


def length_sec(path: Path) -> float:
    return len(decode(path)) / EAR_RATE_HZ


def voiced_sec(pcm: Int16Array) -> float:
    """Seconds of 20 ms frames that are not silence."""
    return sum(0.02 for frame in frames_of(pcm, EAR_FRAME) if np.abs(frame.astype(np.int32)).max() > 1500)


async def test_time_in_the_files_is_rehearsal_time(tmp_path: Path) -> None:
    recorder = OggRecorder(tmp_path)
    speak(recorder, 1.0, 0.5)
    answer(recorder, 2.0, 0.5)
    speak(recorder, 3.0, 0.5)
    await recorder.aclose()
    streamer, viewers = decode(tmp_path / "streamer.ogg"), decode(tmp_path / "viewers.ogg")
    assert onset_sec(streamer, EAR_RATE_HZ) == pytest.approx(1.0, abs=0.01)
    assert onset_sec(streamer, EAR_RATE_HZ, after_sec=1.6) == pytest.approx(3.0, abs=0.01)
    assert onset_sec(viewers, EAR_RATE_HZ) == pytest.approx(2.0, abs=0.01)
    assert len(streamer) / EAR_RATE_HZ == pytest.approx(3.5, abs=0.01)
    assert loudest_hz(streamer, EAR_RATE_HZ) == pytest.approx(TONE_HZ, abs=3)
    assert recorder.failure() is None


async def test_jitter_adds_and_loses_nothing(tmp_path: Path) -> None:
    recorder = OggRecorder(tmp_path)
    shifts = np.random.default_rng(3).uniform(-0.04, 0.04, 100)
    for number, (frame, shift) in enumerate(zip(frames_of(tone(2.0, EAR_RATE_HZ), EAR_FRAME), shifts, strict=True)):
        recorder.streamer(frame, max(0.0, number * 0.02 + shift))
    await recorder.aclose()
    pcm = decode(tmp_path / "streamer.ogg")
    assert len(pcm) / EAR_RATE_HZ == pytest.approx(2.0, abs=0.01)
    assert voiced_sec(pcm) == pytest.approx(2.0, abs=0.05)


async def test_the_burst_after_a_stall_is_kept_whole(tmp_path: Path) -> None:
    recorder = OggRecorder(tmp_path)
    frames = list(frames_of(tone(1.0, EAR_RATE_HZ), EAR_FRAME))
    for number, frame in enumerate(frames):
        late = 0.3 if 10 <= number < 20 else number * 0.02
        recorder.streamer(frame, max(number * 0.02, late))
    await recorder.aclose()
    pcm = decode(tmp_path / "streamer.ogg")
    assert voiced_sec(pcm) == pytest.approx(1.0, abs=0.06)
    assert len(pcm) / EAR_RATE_HZ == pytest.approx(1.1, abs=0.02)


async def test_sound_that_overlaps_what_is_written_is_dropped(tmp_path: Path) -> None:
    recorder = OggRecorder(tmp_path)
    recorder.streamer(tone(2.0, EAR_RATE_HZ), 0.0)
    recorder.streamer(tone(0.5, EAR_RATE_HZ), 0.5)
    recorder.streamer(tone(1.0, EAR_RATE_HZ), 2.0 - 2 * OVERLAP_SEC)
    await recorder.aclose()
    assert length_sec(tmp_path / "streamer.ogg") == pytest.approx(3.0 - 2 * OVERLAP_SEC, abs=0.01)


async def test_a_side_that_never_sounded_has_no_file(tmp_path: Path) -> None:
    recorder = OggRecorder(tmp_path)
    speak(recorder, 0.0, 0.1)
    await recorder.aclose()
    assert os.listdir(tmp_path) == ["streamer.ogg"]
    assert length_sec(tmp_path / "streamer.ogg") == pytest.approx(0.1, abs=0.01)


async def test_what_is_no_sound_or_no_moment_is_passed_over(tmp_path: Path) -> None:
    recorder = OggRecorder(tmp_path)
    recorder.streamer(np.zeros(0, np.int16), 0.0)
    recorder.streamer(tone(0.1, EAR_RATE_HZ), float("nan"))
    recorder.streamer(tone(0.1, EAR_RATE_HZ), 1e12)
    recorder.streamer(tone(0.1, EAR_RATE_HZ), 0.0)
    await recorder.aclose()
    assert length_sec(tmp_path / "streamer.ogg") == pytest.approx(0.1, abs=0.01)


async def test_memory_the_caller_reuses_is_copied(tmp_path: Path) -> None:
    recorder = OggRecorder(tmp_path)
    frame = np.zeros(EAR_FRAME, np.int16)
    for number, part in enumerate(frames_of(tone(1.0, EAR_RATE_HZ), EAR_FRAME)):
        frame[:] = part
        recorder.streamer(frame, number * 0.02)
    frame[:] = 0
    await recorder.aclose()
    assert voiced_sec(decode(tmp_path / "streamer.ogg")) == pytest.approx(1.0, abs=0.05)


async def test_what_a_crash_leaves_plays_and_lacks_little(tmp_path: Path) -> None:
    recorder = OggRecorder(tmp_path)
    speak(recorder, 0.0, 5.0)
    left = 0.0
    async with asyncio.timeout(20):
        while left < 5.0 - LOST_SEC:
            await asyncio.sleep(0.01)
            left = length_if_playable(tmp_path / "streamer.ogg")
    await recorder.aclose()
    assert length_sec(tmp_path / "streamer.ogg") == pytest.approx(5.0, abs=0.01)


def length_if_playable(path: Path) -> float:
    try:
        return length_sec(path)
    except AudioInputError:
        return 0.0


async def test_a_file_cut_anywhere_still_plays_up_to_there(tmp_path: Path) -> None:
    recorder = OggRecorder(tmp_path)
    speak(recorder, 0.0, 4.0)
    await recorder.aclose()
    path = tmp_path / "streamer.ogg"
    data = path.read_bytes()
    for share in (0.3, 0.5, 0.9):
        path.write_bytes(data[: int(len(data) * share)])
        assert length_sec(path) == pytest.approx(4.0 * share, abs=LOST_SEC)


@pytest.mark.skipif(not FULL_DISK.exists(), reason="no /dev/full on this system to stand for a full disk")
async def test_a_full_disk_stops_the_recording_and_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "streamer.ogg").symlink_to(FULL_DISK)
    recorder = OggRecorder(tmp_path)
    speak(recorder, 0.0, 3.0)
    speak(recorder, 3.0, 1.0)
    await recorder.aclose()
    speak(recorder, 4.0, 0.1)
    failure = recorder.failure()
    assert failure is not None
    assert os.strerror(28) in failure
    assert str(tmp_path) in failure
    assert recorder.failure() is None


async def test_a_folder_that_is_gone_stops_the_recording_and_is_told(tmp_path: Path) -> None:
    recorder = OggRecorder(tmp_path / "absent")
    speak(recorder, 0.0, 1.0)
    answer(recorder, 0.0, 1.0)
    await recorder.aclose()
    assert os.strerror(2) in (recorder.failure() or "")
    assert recorder.failure() is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system to stand for a stuck disk")
async def test_a_stuck_disk_never_blocks_the_loop_and_the_backlog_is_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder_module, "MAX_WAITING", 100)
    pipe = tmp_path / "streamer.ogg"
    os.mkfifo(pipe)
    recorder = OggRecorder(tmp_path)
    for number in range(2000):
        recorder.streamer(tone(0.02, EAR_RATE_HZ), number * 0.02)
    async with asyncio.TaskGroup() as group:
        reading = group.create_task(asyncio.to_thread(pipe.read_bytes))
        await recorder.aclose()
    copy = tmp_path / "copy.ogg"
    copy.write_bytes(reading.result())
    # The hundred that waited and the few taken before the pipe held the writer up; the others show as silence.
    assert 2.0 <= voiced_sec(decode(copy)) <= 3.0
    assert recorder.failure() is None


async def test_closing_twice_and_adding_after_it_are_harmless(tmp_path: Path) -> None:
    recorder = OggRecorder(tmp_path)
    speak(recorder, 0.0, 0.5)
    await recorder.aclose()
    await recorder.aclose()
    speak(recorder, 0.5, 0.5)
    assert length_sec(tmp_path / "streamer.ogg") == pytest.approx(0.5, abs=0.01)


async def test_closing_an_unused_recorder_leaves_nothing(tmp_path: Path) -> None:
    await OggRecorder(tmp_path).aclose()
    assert os.listdir(tmp_path) == []
