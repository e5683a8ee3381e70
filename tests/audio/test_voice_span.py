"""Pitch and level of made voices: buzzes whose pitch is known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from coach.ports import EAR_RATE_HZ, Int16Array

pytest.importorskip("swift_f0")

from audio.voice_span import spans_of


def voice(hz: float, sec: float, *, level: float = 0.1) -> Int16Array:
    """Return a buzz with the falling harmonics of a voice, a little unsteady as voices are."""
    t = np.arange(round(sec * EAR_RATE_HZ)) / EAR_RATE_HZ
    phase = 2 * np.pi * np.cumsum(hz * (1 + 0.01 * np.sin(2 * np.pi * 5 * t))) / EAR_RATE_HZ
    sound = sum(np.sin(number * phase) / number for number in range(1, 12))
    scaled = level * sound / np.sqrt(np.mean(np.square(sound)))
    return np.asarray(np.clip(scaled, -1, 1) * 32767).astype(np.int16)


def silence(sec: float) -> Int16Array:
    return np.zeros(round(sec * EAR_RATE_HZ), np.int16)


@pytest.mark.parametrize("hz", [98.0, 131.0, 220.0, 311.0])
def test_the_pitch_of_a_voice(hz: float) -> None:
    found = spans_of(voice(hz, 3), [(0, 3)])[(0, 3)]
    assert found.pitch_st == pytest.approx(12 * math.log2(hz), abs=0.3)
    assert found.loudness_db == pytest.approx(-20, abs=1.0)


def test_a_shift_of_three_semitones_and_six_decibels() -> None:
    sound = np.concatenate([voice(180, 10), silence(2), voice(180 * 2 ** (3 / 12), 10, level=0.2)])
    found = spans_of(sound, [(0, 10), (12, 22)])
    calm, then = found[(0, 10)], found[(12, 22)]
    assert calm.pitch_st is not None
    assert then.pitch_st is not None
    assert then.pitch_st - calm.pitch_st == pytest.approx(3, abs=0.2)
    assert (then.loudness_db or 0) - (calm.loudness_db or 0) == pytest.approx(6.02, abs=0.3)


@pytest.mark.parametrize("sound", [silence(5), voice(150, 0.6), silence(0)])
def test_too_little_voice_says_nothing(sound: Int16Array) -> None:
    found = spans_of(sound, [(0, 5)])[(0, 5)]
    assert (found.pitch_st, found.loudness_db) == (None, None)


def test_noise_has_no_pitch() -> None:
    noise = (np.random.RandomState(1).randn(5 * EAR_RATE_HZ) * 2000).astype(np.int16)
    assert spans_of(noise, [(0, 5)])[(0, 5)].pitch_st is None


def test_a_stretch_past_the_end_of_the_recording_is_what_there_is_of_it() -> None:
    found = spans_of(voice(200, 4), [(1, 60), (100, 120)])
    assert found[(1, 60)].pitch_st == pytest.approx(12 * math.log2(200), abs=0.3)
    assert found[(100, 120)].pitch_st is None


def test_of_a_long_stretch_all_parts_are_heard() -> None:
    # Half a minute at 150 Hz, half at 300: the median lies at one of them, the pieces come from both.
    found = spans_of(np.concatenate([voice(150, 30), voice(300, 31)]), [(0, 61)])[(0, 61)]
    assert found.voiced_sec == pytest.approx(6.0, abs=0.6)
    assert found.pitch_st == pytest.approx(12 * math.log2(300), abs=0.4) or found.pitch_st == pytest.approx(
        12 * math.log2(150), abs=0.4
    )
