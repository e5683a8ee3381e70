"""Where a voice begins and ends in a clip, as the benchmarks time it."""

from __future__ import annotations

import numpy as np
import pytest

from coach.ports import EAR_RATE_HZ, Int16Array
from evals.sound import Floats, voiced_span


def tone(hz: float, seconds: float, level: float = 3000.0) -> Floats:
    return level * np.sin(2 * np.pi * hz * np.arange(round(seconds * EAR_RATE_HZ)) / EAR_RATE_HZ)


def voice(seconds: float) -> Floats:
    return tone(150, seconds) + tone(450, seconds) + tone(1200, seconds)


def quiet(seconds: float) -> Floats:
    return np.random.default_rng(1).normal(0, 5, round(seconds * EAR_RATE_HZ))


def clip(*parts: Floats) -> Int16Array:
    return np.concatenate(parts).astype(np.int16)


@pytest.mark.parametrize(
    ("before", "begins"),
    [
        (quiet(0.4), 0.4),
        (np.concatenate([quiet(0.1), tone(40, 0.1, 8000.0), quiet(0.2)]), 0.4),
        (np.concatenate([quiet(0.2), tone(3000, 0.01), quiet(0.19)]), 0.4),
        (np.concatenate([quiet(0.2), tone(600, 0.1), quiet(0.1)]), 0.2),
    ],
    ids=["a voice", "a thump and a voice", "a click and a voice", "a syllable and a voice"],
)
def test_a_voice_begins_with_its_first_sound_not_with_a_thump_before_it(before: Floats, begins: float) -> None:
    first, last = voiced_span(clip(before, voice(0.5), quiet(0.4)))
    assert first == pytest.approx(begins, abs=0.011)
    assert last == pytest.approx(0.9, abs=0.006)


def test_a_clip_that_is_all_hum_begins_with_its_hum() -> None:
    assert voiced_span(clip(quiet(0.4), tone(60, 0.5), quiet(0.4))) == pytest.approx((0.4, 0.9), abs=0.011)


def test_a_clip_without_a_sound_is_taken_whole() -> None:
    assert voiced_span(clip(quiet(0.5))) == (0.0, 0.5)
    assert voiced_span(np.zeros(0, np.int16)) == (0.0, 0.0)
