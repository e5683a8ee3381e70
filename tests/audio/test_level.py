from __future__ import annotations

import numpy as np
import pytest

from audio.tts.level import TARGET_LUFS, amplified, gain_to_target, loudness, softened, sounding
from audio.tts.pitch import median_pitch
from coach.ports import Int16Array


def sine(hz: float, sec: float, amplitude: float, rate_hz: int = 48_000) -> Int16Array:
    times = np.arange(round(sec * rate_hz)) / rate_hz
    return (np.sin(2 * np.pi * hz * times) * amplitude * 32767).astype(np.int16)


@pytest.mark.parametrize("rate_hz", [48_000, 22_050, 16_000])
def test_a_full_scale_tone_of_997_hz_reads_as_the_standard_says(rate_hz: int) -> None:
    assert loudness(sine(997, 2, 1.0, rate_hz), rate_hz) == pytest.approx(-3.01, abs=0.05)
    assert loudness(sine(997, 2, 0.1, rate_hz), rate_hz) == pytest.approx(-23.01, abs=0.05)


def test_silence_and_pauses_do_not_lower_a_voice_and_low_hum_counts_less() -> None:
    voice = sine(500, 2, 0.2)
    paused = np.concatenate([voice, np.zeros(3 * 48_000, np.int16), voice])
    assert loudness(paused) == pytest.approx(loudness(voice), abs=0.5)
    assert loudness(sine(40, 2, 0.2)) < loudness(voice) - 5
    assert loudness(np.zeros(48_000, np.int16)) == float("-inf")
    assert loudness(np.zeros(0, np.int16)) == float("-inf")
    assert gain_to_target(np.zeros(48_000, np.int16)) == 1.0


@pytest.mark.parametrize("amplitude", [0.03, 0.2, 0.9])
def test_the_gain_brings_a_voice_to_the_common_level(amplitude: float) -> None:
    voice = sine(500, 1, amplitude)
    assert loudness(amplified(voice, gain_to_target(voice))) == pytest.approx(TARGET_LUFS, abs=0.1)


def test_peaks_are_bent_not_clipped_and_soft_sound_is_untouched() -> None:
    loud, louder = amplified(sine(200, 0.1, 0.5), 2.4), amplified(sine(200, 0.1, 0.5), 2.6)
    assert 0.9 * 32767 < loud.max() < louder.max() <= 32767
    soft = sine(200, 0.1, 0.2)
    assert np.abs(amplified(soft, 1.0).astype(int) - soft).max() <= 1


def test_silence_around_a_sound_is_found() -> None:
    pcm = np.concatenate([np.zeros(9600, np.int16), sine(300, 0.1, 0.3), np.zeros(4800, np.int16)])
    start, end = sounding(pcm)
    assert 9600 - 240 <= start < 9600
    assert 14_400 < end <= 14_400 + 960
    assert sounding(np.full(100, 20, np.int16)) == (0, 0)


def test_soft_ends_leave_the_middle_as_it_was() -> None:
    pcm = np.full(4800, 1000, np.int16)
    soft = softened(pcm)
    assert (soft[0], soft[-1], soft[2400]) == (0, 0, 1000)
    assert np.abs(np.diff(soft.astype(int))).max() < 10
    assert softened(pcm, start=False)[0] == 1000
    assert len(softened(np.zeros(1, np.int16))) == 1


@pytest.mark.parametrize("hz", [80.0, 125.0, 220.0, 350.0])
def test_the_pitch_of_a_buzz_is_measured(hz: float) -> None:
    parts = [sine(hz * number, 0.5, 0.2 / number, 22_050).astype(float) for number in range(1, 6)]
    buzz = np.sum(parts, axis=0)
    assert median_pitch(buzz.astype(np.int16), 22_050) == pytest.approx(hz, rel=0.02)


def test_noise_and_silence_have_no_pitch() -> None:
    noise = np.random.default_rng(1).normal(0, 3000, 22_050).astype(np.int16)
    assert median_pitch(noise, 22_050) is None
    assert median_pitch(np.zeros(22_050, np.int16), 22_050) is None
    assert median_pitch(np.zeros(10, np.int16), 22_050) is None
