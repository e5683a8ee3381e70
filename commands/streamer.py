"""The streamer of a demo: recordings of a human, or a synthetic voice that says the scenario's selling points."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from audio.features import voice_features
from audio.pcm import decode, resample, silence
from coach.ports import EAR_RATE_HZ, MOUTH_RATE_HZ, Int16Array, Synthesizer, VoiceSpec
from coach.scenario.model import Scenario
from commands.talk import TAIL_SEC, Phrase

_LEAD_SEC = 1.0
_AIR_SEC = 3.0
"""Left for viewers between sentences and recordings: one who waits (1.2 s) has time to begin."""
_CUT_SEC = 0.25
"""Pause of a recording at which it may be held: shorter ones are inside words and clauses."""
_BREATHLESS_SEC = 8.0
"""Talk after which the next pause of a recording becomes air for viewers."""


@dataclass(frozen=True, slots=True)
class StreamerSound:
    """What a streamer has to say."""

    phrases: tuple[Phrase, ...]
    knows_words: bool
    """Whether the phrases have texts; recordings have none."""

    @property
    def pcm(self) -> Int16Array:
        """All of it with its gaps, as if nobody interfered: int16 mono 16 kHz."""
        parts = [part for phrase in self.phrases for part in (silence(_samples(phrase.gap_sec)), phrase.pcm)]
        return np.concatenate([*parts, silence(_samples(TAIL_SEC))])

    @property
    def duration_sec(self) -> float:
        """Length of that."""
        return sum(phrase.gap_sec + len(phrase.pcm) / EAR_RATE_HZ for phrase in self.phrases) + TAIL_SEC


def _samples(sec: float) -> int:
    return round(sec * EAR_RATE_HZ)


def from_recordings(paths: Sequence[Path]) -> StreamerSound:
    """Take recordings apart at their pauses, so that a viewer can come in between.

    Raises:
        AudioInputError: If one cannot be used; names it.
        MissingPart: If PyAV or the voice detector is not installed.
    """
    phrases: list[Phrase] = []
    for path in paths:
        pcm = decode(path)
        phrases += phrases_of(pcm, voice_features(path).voiced, _AIR_SEC if phrases else _LEAD_SEC)
    return StreamerSound(tuple(phrases), knows_words=False)


def phrases_of(pcm: Int16Array, voiced: Sequence[tuple[float, float]], lead_sec: float) -> list[Phrase]:
    """Cut in the middle of pauses; a pause after long talk gets air, others stay as they are."""
    pauses = [(left[1], right[0]) for left, right in pairwise(voiced)]
    cuts = [_samples((start + end) / 2) for start, end in pauses if end - start >= _CUT_SEC]
    phrases, gap_sec, talked = [], lead_sec, 0.0
    for start, end in zip([0, *cuts], [*cuts, len(pcm)], strict=True):
        phrases.append(Phrase(pcm[start:end], gap_sec))
        talked += (end - start) / EAR_RATE_HZ
        gap_sec, talked = (_AIR_SEC, 0.0) if talked >= _BREATHLESS_SEC else (0.0, talked)
    return phrases


async def from_synthesizer(scenario: Scenario, synthesizer: Synthesizer) -> StreamerSound:
    """Let a synthetic voice pitch the product.

    Raises:
        EngineError: If the synthesizer fails.
    """
    await synthesizer.prepare(scenario.language)
    voice = VoiceSpec(scenario.language, gender="female", seed=7)
    phrases: list[Phrase] = []
    for sentence in pitch(scenario):
        pcm = await _spoken(sentence, voice, synthesizer)
        phrases.append(Phrase(pcm, _AIR_SEC if phrases else _LEAD_SEC, sentence))
    return StreamerSound(tuple(phrases), knows_words=True)


def pitch(scenario: Scenario) -> list[str]:
    """Return what the synthetic streamer says: a greeting, every selling point, the price."""
    name, price = scenario.product.name, scenario.product.price.live
    points = [point.statement or point.title for point in scenario.product.selling_points]
    if scenario.language == "zh":
        return [f"大家好，今天给大家介绍{name}。", *points, f"今天直播间价格是{price:g}元。"]
    return [f"Hello everyone, today I want to show you the {name}.", *points, f"The price today is {price:g} dollars."]


async def _spoken(text: str, voice: VoiceSpec, synthesizer: Synthesizer) -> Int16Array:
    async with aclosing(synthesizer.speak(text, voice)) as chunks:
        pcm = [chunk.pcm async for chunk in chunks]
    return resample(np.concatenate(pcm), MOUTH_RATE_HZ, EAR_RATE_HZ) if pcm else silence(0)
