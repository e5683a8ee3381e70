"""What the sound tells: how loud the voice is, its pitch, and how it ends."""

from __future__ import annotations

import numpy as np
import pytest

from coach.live.finish import FinishEvidence
from coach.live.loudness import Loudness
from coach.live.prosody import Prosody
from coach.ports import EAR_FRAME, EAR_RATE_HZ, Int16Array


def voice(hz: float | np.ndarray, level: float | np.ndarray, sec: float) -> Int16Array:
    """Return a pulse-like tone: a fundamental with overtones, amplitude `level` of full scale."""
    size = round(sec * EAR_RATE_HZ / EAR_FRAME) * EAR_FRAME
    pitch = np.interp(np.arange(size), np.linspace(0, size, np.size(hz)), np.atleast_1d(hz))
    phase = 2 * np.pi * np.cumsum(pitch) / EAR_RATE_HZ
    wave = sum(np.sin(number * phase) / number for number in range(1, 8)) / 2
    loud = np.interp(np.arange(size), np.linspace(0, size, np.size(level)), np.atleast_1d(level))
    return np.asarray(wave * loud * 32000, np.int16)


def noise(level: float, sec: float, seed: int = 1) -> Int16Array:
    size = round(sec * EAR_RATE_HZ / EAR_FRAME) * EAR_FRAME
    return np.asarray(np.random.default_rng(seed).normal(0, level * 32000, size), np.int16)


def loud_frames(pcm: Int16Array, *, speech_sec: float) -> list[bool]:
    loudness, found = Loudness(), []
    for number in range(len(pcm) // EAR_FRAME):
        loudness.hear(pcm[number * EAR_FRAME : (number + 1) * EAR_FRAME], is_speech=number * 0.02 < speech_sec)
        found.append(loudness.is_loud)
    return found


@pytest.mark.parametrize("room", [0.0, 0.0005, 0.005])
def test_silence_after_a_voice_is_not_loud_though_the_detector_still_calls_it_speech(room: float) -> None:
    pcm = np.concatenate((voice(150, 0.3, 1.0), np.zeros(EAR_FRAME * 15, np.int16))) + noise(room, 1.3)
    found = loud_frames(pcm, speech_sec=1.3)
    assert all(found[5:50])
    assert not any(found[51:])


def test_in_noise_near_the_voice_the_detector_alone_decides() -> None:
    pcm = np.concatenate((voice(150, 0.1, 1.0), np.zeros(EAR_FRAME * 15, np.int16))) + noise(0.05, 1.3)
    assert all(loud_frames(pcm, speech_sec=1.3)[5:])


def prosody_of(pcm: Int16Array, *, is_tonal: bool = False) -> Prosody:
    prosody, loudness = Prosody(is_tonal=is_tonal), Loudness()
    for number in range(len(pcm) // EAR_FRAME):
        frame = pcm[number * EAR_FRAME : (number + 1) * EAR_FRAME]
        loudness.hear(frame, is_speech=True)
        prosody.hear(frame, under_voice_db=loudness.under_voice_db, is_voiced=loudness.is_loud)
    return prosody


LIVELY = np.tile([130.0, 190.0, 150.0, 200.0], 3)


def test_a_fall_that_dies_away_is_an_end_and_a_voice_broken_off_at_full_level_is_none() -> None:
    talk = voice(LIVELY, 0.3, 1.6)
    fallen = prosody_of(np.concatenate((talk, voice(np.array([150.0, 100.0]), np.array([0.3, 0.03]), 0.3)))).finished()
    broken = prosody_of(np.concatenate((talk, voice(np.array([170.0, 180.0]), 0.3, 0.3)))).finished()
    assert fallen > 0.3
    assert broken < -0.8


def test_in_a_language_of_tones_the_last_pitch_tells_nothing_but_a_held_one_does() -> None:
    talk = voice(LIVELY, 0.3, 1.6)
    low, high = (np.concatenate((talk, voice(np.array(ends), 0.3, 0.3))) for ends in ([150.0, 100.0], [160.0, 200.0]))
    assert prosody_of(low).finished() > prosody_of(high).finished() + 0.5
    assert prosody_of(low, is_tonal=True).finished() == pytest.approx(
        prosody_of(high, is_tonal=True).finished(), abs=0.2
    )
    held = np.concatenate((talk, voice(150, 0.3, 0.4)))
    assert prosody_of(held, is_tonal=True).finished() < prosody_of(low, is_tonal=True).finished() - 0.5


def test_a_held_tone_is_a_filler() -> None:
    talk = voice(LIVELY, 0.3, 1.6)
    fade = np.array([0.3, 0.15])
    held = prosody_of(np.concatenate((talk, voice(150, fade, 0.4)))).finished()
    moving = prosody_of(np.concatenate((talk, voice(np.array([190.0, 130.0]), fade, 0.4)))).finished()
    assert held < moving - 0.5


def test_too_little_voice_tells_nothing() -> None:
    assert Prosody().finished() == 0.0
    assert prosody_of(voice(150, 0.3, 0.06)).finished() == 0.0


@pytest.mark.parametrize("hz", [80.0, 120.0, 210.0, 330.0])
def test_pitch_is_found_within_half_a_semitone(hz: float) -> None:
    prosody = prosody_of(voice(hz, 0.3, 0.5))
    prosody.finished()
    found = [pitch for pitch, _ in list(prosody._tail)[-10:]]
    assert all(abs(pitch - 12 * np.log2(hz)) < 0.6 for pitch in found)


def test_stale_words_and_no_words_never_make_an_end_sure() -> None:
    evidence = FinishEvidence("en")
    assert evidence.finished(1.0) < 0.0
    evidence.words(6.0, until=0.5)
    assert evidence.finished(1.0) <= 0.0
    evidence.words(6.0, until=1.0)
    assert evidence.finished(1.0) == 6.0
    evidence.begin()
    assert evidence.finished(1.0) < 0.0


def test_words_and_a_learned_ear_add_up_and_a_pause_that_was_none_is_forgotten() -> None:
    evidence = FinishEvidence("en")
    evidence.words(2.0, until=1.0)
    evidence.learned(3.0)
    assert evidence.finished(1.0) == 3.5  # too little voice for pitch and level to tell anything
    evidence.learned(-6.0)
    assert evidence.finished(1.0) == -1.0
    evidence.resumed()
    assert evidence.finished(1.0) == 2.0


def test_without_words_a_sure_ear_is_believed_and_none_is_not() -> None:
    evidence = FinishEvidence("en")
    assert evidence.finished(1.0) < 0.0
    evidence.learned(6.0)
    assert evidence.finished(1.0) == 3.0
    evidence.begin()
    assert evidence.finished(1.0) < 0.0
