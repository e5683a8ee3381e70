"""Made voices in 20 ms frames, for policies that listen: words, a laugh, a hum, a hiss."""

from __future__ import annotations

import numpy as np

from coach.ports import EAR_FRAME, EAR_RATE_HZ, Int16Array

VOWELS = ((300, 2300), (650, 1100), (450, 800), (550, 1900), (350, 700), (750, 1500), (280, 1500), (500, 2500))
"""First and second formant of sounds that are plainly different, Hz."""
_PITCH_HZ = 140.0


def vowel(number: int, samples: int, start: int = 0) -> Int16Array:
    """Return harmonics of one pitch, loud around two formants."""
    at = np.arange(start, start + samples) / EAR_RATE_HZ
    sound = np.zeros(samples)
    for harmonic in range(1, 40):
        hz = harmonic * _PITCH_HZ
        gain = sum(1 / (1 + ((hz - formant) / 90) ** 2) for formant in VOWELS[number % len(VOWELS)])
        sound += gain * np.sin(2 * np.pi * hz * at)
    return np.asarray(sound / np.abs(sound).max() * 8000).astype(np.int16)


def breath(samples: int, seed: int) -> Int16Array:
    """Return noise, as loud as a sigh."""
    return np.random.default_rng(seed).normal(0, 800, samples).astype(np.int16)


def frame(mark: str, number: int) -> Int16Array:
    """Return frame `number` of a pattern: '#' words, 'h' laugh, 'm' hum, '~' noise, '.' silence."""
    start = number * EAR_FRAME
    match mark:
        case "#":
            return vowel(number // 4, EAR_FRAME, start)
        case "h":
            return vowel(1, EAR_FRAME, start) if number % 10 < 4 else breath(EAR_FRAME, number)
        case "m":
            return vowel(4, EAR_FRAME, start)
        case "~":
            return breath(EAR_FRAME, number)
    return np.zeros(EAR_FRAME, dtype=np.int16)
