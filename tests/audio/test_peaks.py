"""Peaks of recordings: where it is loud, how loud, and for how long, also of a file that was cut."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from audio.peaks import RATE_HZ, peaks_of, thinned
from audio.recorder import OggRecorder
from coach.errors import AudioInputError

RATE = 16_000


async def recorded(folder: Path, loud: list[tuple[float, float]], amplitude: int = 16_000) -> Path:
    """A recording with a buzz in these stretches, seconds."""
    recorder = OggRecorder(folder)
    for start, end in loud:
        at = np.arange(round((end - start) * RATE))
        recorder.streamer(np.where(at // 40 % 2, amplitude, -amplitude).astype(np.int16), start)
    await recorder.aclose()
    return folder / "streamer.ogg"


async def test_peaks_stand_where_the_sound_is(tmp_path: Path) -> None:
    peaks = peaks_of(await recorded(tmp_path, [(0.0, 0.5), (2.0, 3.0)]))
    assert len(peaks) / RATE_HZ == pytest.approx(3.0, abs=0.1)
    assert peaks[5:20].min() > 80
    assert peaks[35:90].max() < 12
    assert peaks[110:140].min() > 80


async def test_half_the_amplitude_is_about_half_the_peak(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    loud = np.median(peaks_of(await recorded(tmp_path / "a", [(0.0, 2.0)], 16_000)))
    soft = np.median(peaks_of(await recorded(tmp_path / "b", [(0.0, 2.0)], 8_000)))
    assert soft == pytest.approx(loud / 2, rel=0.2)


async def test_a_cut_file_gives_what_decodes(tmp_path: Path) -> None:
    path = await recorded(tmp_path, [(0.0, 6.0)])
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert 1.0 < len(peaks_of(path)) / RATE_HZ < 5.0


@pytest.mark.parametrize("content", [b"", b"OggS" + bytes(100), b"no sound at all"])
def test_what_is_no_recording_says_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "streamer.ogg"
    path.write_bytes(content)
    with pytest.raises(AudioInputError, match="streamer"):
        peaks_of(path)


@pytest.mark.parametrize("points", [10, 33, 100, 101, 500])
def test_thinning_keeps_the_highest_of_every_part(points: int) -> None:
    peaks = np.random.default_rng(3).integers(0, 256, 101).astype(np.uint8)
    few = thinned(peaks, points)
    assert len(few) == min(points, 101)
    assert few.max() == peaks.max()
    if points == 10:
        assert few[0] == peaks[:10].max()
        assert few[-1] == peaks[90:].max()
