"""Sounds with the make-up of speech, made on the spot: a gliding pitch with harmonics, syllables, hisses."""

from __future__ import annotations

import numpy as np

from audio.pcm import resample
from coach.ports import EAR_FRAME, EAR_RATE_HZ, MOUTH_FRAME, Int16Array


def voice(seed: int, seconds: float, *, level_dbfs: float = -22.0) -> Int16Array:
    """Return something that a correlator, a filter and a level meter take for a voice, 16 kHz."""
    random = np.random.default_rng(seed)
    count = round(seconds * EAR_RATE_HZ)
    time = np.arange(count) / EAR_RATE_HZ
    syllable = random.uniform(0.15, 0.3)
    knots = np.arange(0, seconds + 2 * syllable, syllable)
    pitch = np.interp(time, knots, random.uniform(90, 240, len(knots)))
    phase = 2 * np.pi * np.cumsum(pitch) / EAR_RATE_HZ
    tone = np.zeros(count)
    for harmonic in range(1, 25):
        weight = np.interp(time, knots, random.uniform(0, 1, len(knots))) / harmonic**0.7
        tone += weight * np.sin(harmonic * phase)
    loud = np.abs(np.sin(np.pi * time / syllable)) ** 0.5
    hiss = random.standard_normal(count) * (np.interp(time, knots, random.uniform(0, 1, len(knots))) > 0.8)
    sound = tone * loud + 0.5 * hiss
    return np.asarray(sound / np.std(sound) * 10 ** (level_dbfs / 20) * 32768, np.int16)


def mouth_frames(pcm: Int16Array) -> list[Int16Array]:
    """Cut 16 kHz sound into the mouth's frames of 48 kHz."""
    wide = resample(pcm, EAR_RATE_HZ, 48_000)
    return [wide[at : at + MOUTH_FRAME] for at in range(0, len(wide) - MOUTH_FRAME + 1, MOUTH_FRAME)]


def ear_frames(pcm: Int16Array) -> list[Int16Array]:
    """Cut 16 kHz sound into the ears' frames."""
    return [pcm[at : at + EAR_FRAME] for at in range(0, len(pcm) - EAR_FRAME + 1, EAR_FRAME)]
