"""Whisper base, the model that rooms fetch for Chinese, on recorded people and noises."""

from __future__ import annotations

from functools import cache
from itertools import islice, pairwise

import pytest

from audio.asr.whisper_model import Whisper, load
from audio.asr.whisper_reader import WhisperReader
from coach.ports import EAR_RATE_HZ, Hypothesis, RecognitionHints
from evals.asr_score import errors, total
from tests.audio.recognizer_engines import recording
from tests.data import WHISPER_BASE, Clip, manifest, needs_test_data, needs_whisper_base

pytestmark = [pytest.mark.slow, needs_test_data, needs_whisper_base]

LONGEST_SEC = 8.0


@cache
def whisper() -> Whisper:
    return load(WHISPER_BASE, "cpu", "auto", 1)


def heard(clip: Clip, language: str) -> Hypothesis:
    return WhisperReader(whisper, RecognitionHints(language)).final(recording(clip.name))


def people(language: str) -> list[Clip]:
    return [
        clip
        for clip in manifest()
        if clip.language == language and clip.transcript and clip.duration_sec <= LONGEST_SEC
    ]


@pytest.mark.parametrize(("language", "every", "most"), [("zh", 1, 0.3), ("en", 3, 0.25)])
def test_people_are_understood(language: str, every: int, most: float) -> None:
    clips = people(language)[::every]
    assert len(clips) > 10
    found = total(errors(clip.transcript, heard(clip, language).text, language) for clip in clips)
    assert found.rate is not None
    assert found.rate <= most


@pytest.mark.parametrize("language", ["zh", "en"])
def test_words_follow_each_other_inside_the_sound(language: str) -> None:
    for clip in islice(people(language), 6):
        words = heard(clip, language).words
        assert words
        assert all(one.start_sec <= next_one.start_sec for one, next_one in pairwise(words))
        assert all(0 <= word.start_sec <= word.end_sec <= len(recording(clip.name)) / EAR_RATE_HZ for word in words)
        assert any(word.confidence is not None for word in words)


def test_noises_are_hardly_ever_words() -> None:
    noises = [clip for clip in manifest() if clip.language == "noise" and clip.duration_sec <= LONGEST_SEC]
    wordy = [clip.name for clip in noises if heard(clip, "zh").text and "laugh" not in clip.name]
    assert len(noises) > 30
    assert len(wordy) <= len(noises) // 20
