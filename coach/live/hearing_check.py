"""A sentence said before a rehearsal, to see whether the recogniser understands this voice and microphone."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Literal

import numpy as np

from coach.language import language_for
from coach.language.said import Said
from coach.live.hints import hints_for
from coach.ports import EAR_FRAME, Hypothesis, Int16Array, Recognizer, Vad
from coach.scenario.model import Scenario

LIMIT_SEC = 10.0
"""Longest wait for the words. Source: design value; a rehearsal with such a recogniser would be no conversation."""
_SPEECH = 0.5
"""Probability from which a frame is speech. Source: Silero's own default."""
_LEAST_FRAMES = 10
"""Frames of speech under which nobody spoke, 0.2 s: a cough or a click."""
_AROUND = 15
"""Frames kept before and after the speech, 0.3 s: quiet consonants lie outside what a detector marks."""
_UNITS_A_SENTENCE = {"zh": 18, "en": 11}
"""Characters or words in about 4 s of unhurried speech, so that a sentence fits 5 s."""
UNDERSTOOD = 0.7
"""Share of the sentence from which it counts as understood: most facts then come through. Source: design value."""
PARTLY = 0.35
"""Share from which some of it was understood; under it the words were others."""

Verdict = Literal["understood", "partly", "other", "nothing", "silent"]


def sentence_for(scenario: Scenario) -> str:
    """Return a selling point of the product that can be said in about four seconds."""
    language = language_for(scenario.locale)
    points = scenario.product.selling_points
    told = [point.statement or point.title for point in points] or [scenario.product.name]
    return min(told, key=lambda text: abs(language.count_units(text) - _UNITS_A_SENTENCE[language.code]))


def speech_in(pcm: Int16Array, vad: Vad) -> Int16Array | None:
    """Return the stretch of a recording (16 kHz mono) in which somebody speaks, or None. Blocks."""
    frames = len(pcm) // EAR_FRAME
    voiced = [n for n in range(frames) if vad.feed(pcm[n * EAR_FRAME : (n + 1) * EAR_FRAME]).speech >= _SPEECH]
    if len(voiced) < _LEAST_FRAMES:
        return None
    start, end = max(0, voiced[0] - _AROUND), min(frames, voiced[-1] + 1 + _AROUND)
    return pcm[start * EAR_FRAME : end * EAR_FRAME]


async def words_of(pcm: Int16Array, recognizer: Recognizer, scenario: Scenario) -> Hypothesis:
    """Read one recording with the recogniser a rehearsal of this scenario would use.

    Raises:
        EngineError: If it failed.
        TimeoutError: If it needed longer than `LIMIT_SEC`.
    """
    hints = replace(hints_for(scenario, language_for(scenario.locale)), partials=False)
    async with asyncio.timeout(LIMIT_SEC):
        await recognizer.prepare(hints)
        hearing = recognizer.open(hints, lambda _: None)
        try:
            hearing.feed(np.ascontiguousarray(pcm))
            return await hearing.final()
        finally:
            await hearing.aclose()


def verdict_of(heard: Hypothesis, compared: Said) -> Verdict:
    """Return how well a sentence was understood."""
    if not heard.text.strip():
        return "nothing"
    if compared.share >= UNDERSTOOD:
        return "understood"
    return "partly" if compared.share >= PARTLY else "other"
