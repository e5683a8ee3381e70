from __future__ import annotations

import wave
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from audio.features import voice_features, voiced_stretches
from audio.pcm import decode
from coach.errors import AudioInputError
from coach.ports import EAR_RATE_HZ
from tests.audio.sounds import write_sound
from tests.data import audio_clip, needs_test_data

WINDOW_SEC = 0.032


@pytest.mark.parametrize(
    ("probabilities", "expected"),
    [
        ([], []),
        ([0.1] * 10, []),
        ([0.1, 0.9, 0.1], []),
        ([0.1, 0.5, 0.5, 0.1], [(1, 3)]),
        ([0.9, 0.4, 0.4, 0.9, 0.9, 0.36, 0.34], [(3, 6)]),
        ([0.9, 0.9, 0.4, 0.4, 0.34, 0.9], [(0, 4)]),
        ([0.9, 0.9, *[0.1] * 4, 0.9, 0.9, 0.1], [(0, 8)]),
        ([0.9, 0.9, *[0.1] * 5, 0.9, 0.9, 0.1], [(0, 2), (7, 9)]),
        ([0.1, 0.9, 0.9], [(1, 3)]),
    ],
    ids=["nothing", "silence", "one window", "two windows", "between", "dip", "short gap", "pause", "to the end"],
)
def test_probabilities_become_stretches(probabilities: list[float], expected: list[tuple[int, int]]) -> None:
    duration_sec = len(probabilities) * WINDOW_SEC
    found = voiced_stretches(probabilities, WINDOW_SEC, duration_sec)
    assert found == tuple(pytest.approx((start * WINDOW_SEC, end * WINDOW_SEC), abs=0.001) for start, end in expected)


def test_no_stretch_goes_past_the_end_of_the_recording() -> None:
    assert voiced_stretches([0.9, 0.9], WINDOW_SEC, 0.05) == ((0.0, 0.05),)


def test_a_tone_is_not_speech(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "tone.wav", "pcm_s16le", rate_hz=16_000)
    features = voice_features(path)
    assert features.duration_sec == pytest.approx(2.0, abs=0.01)
    assert sum(end - start for start, end in features.voiced) < 0.3
    assert features.engine.startswith("silero")


def test_a_file_that_is_no_recording_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.ogg"
    path.write_text("no sound", encoding="utf-8")
    with pytest.raises(AudioInputError, match=r"notes\.ogg"):
        voice_features(path)


@needs_test_data
def test_speech_is_found_where_it_is_in_a_longer_recording(tmp_path: Path) -> None:
    clip = decode(audio_clip("en/librispeech_1688-142285-0002.wav"))
    gap = np.zeros(2 * EAR_RATE_HZ, np.int16)
    path = tmp_path / "talk.wav"
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, EAR_RATE_HZ, 0, "NONE", ""))
        out.writeframes(np.concatenate([gap, clip, gap, clip]).tobytes())
    features = voice_features(path)
    clip_sec = len(clip) / EAR_RATE_HZ
    inside = features.voiced
    assert all(start >= 1.9 for start, _ in inside)
    assert not [1 for start, end in inside if start < 2 + clip_sec + 0.9 < end]
    assert sum(end - start for start, end in inside) > clip_sec
    assert all(a[1] < b[0] for a, b in pairwise(inside))
