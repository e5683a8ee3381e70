"""One reading out of two: the most probable path that changes between a scenario's and a general decoder at words.

A streamer says the name of a product in the middle of a sentence that no scenario foresaw. The general decoder does
not know the name, the scenario's does not know the sentence. Both paths cover the same frames with the same acoustic
model, so wherever both begin a word a path can go over from one to the other, for a price.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise

from audio.asr.scenario_grammar import Script
from audio.asr.sphinx_read import NOTHING, Reading, Step
from coach.ports import HeardWord

ACOUSTIC_SCALE = 20.0
"""Acoustic scores are too sure of themselves by this factor, as frames depend on each other (its `ascale`)."""
SCRIPTED = ACOUSTIC_SCALE * math.log(3)
"""Log worth of a word that follows two others as the script has it. Where something else was said, the scenario's
decoder goes on in the order of the script at one word in three or fewer: its model lets go at every second one."""
CHANGE = ACOUSTIC_SCALE * math.log(50)
"""Log price of going over: at one word in fifty, a few times a minute."""
NO_SCRIPT: Script = frozenset()
APART_FRAMES = 2
"""Most frames between the ends of two words that count as one moment: 20 ms, less than any word lasts."""


@dataclass(frozen=True, slots=True)
class _Path:
    """The most probable way so far that ends in one of the readings."""

    score: float
    steps: tuple[Step, ...]


def splice(scenario: Reading, general: Reading, script: Script = NO_SCRIPT) -> Reading:
    """Return the most probable reading made of two over the same frames; at a tie, of the scenario's words.

    Args:
        scenario: What the scenario's decoder made of them.
        general: What the general one made of them.
        script: What a streamer is likely to say word for word.
    """
    scenario = favoured(scenario, script)
    if not scenario.steps or not general.steps:
        return scenario if scenario.score >= general.score else general
    moments = _common_ends(scenario.steps, general.steps)
    a, b = _Path(0.0, ()), _Path(0.0, ())
    for before, after in pairwise(((0, 0), *moments)):
        a = _along(a, scenario.steps[before[0] : after[0]])
        b = _along(b, general.steps[before[1] : after[1]])
        if after != moments[-1]:
            gap = _gap(scenario, general, after)
            a, b = _changed(a, b, -gap), _changed(b, a, gap)
    best = a if a.score >= b.score else b
    return _reading(best)


def favoured(scenario: Reading, script: Script) -> Reading:
    """Return a reading with words worth more where they are said in the order of the script."""
    spoken = [number for number, step in enumerate(scenario.steps) if step.word is not None]
    texts = ["", *(word.text for word in scenario.words), ""]
    steps = list(scenario.steps)
    for three, number in zip(zip(texts, texts[1:], texts[2:], strict=False), spoken, strict=False):
        if three in script:
            steps[number] = replace(steps[number], score=steps[number].score + SCRIPTED)
    return _reading(_Path(sum(step.score for step in steps), tuple(steps)))


def _common_ends(one: tuple[Step, ...], other: tuple[Step, ...]) -> list[tuple[int, int]]:
    """Return, in order, how many steps of each lie before each moment at which both end one; the last ends both."""
    moments, at = [], 0
    for number, step in enumerate(one[:-1], 1):
        while at < len(other) - 1 and other[at].end_frame < step.end_frame - APART_FRAMES:
            at += 1
        if at < len(other) - 1 and abs(other[at].end_frame - step.end_frame) <= APART_FRAMES:
            moments.append((number, at + 1))
            at += 1
    return [*moments, (len(one), len(other))]


def _along(path: _Path, steps: tuple[Step, ...]) -> _Path:
    return _Path(path.score + sum(step.score for step in steps), path.steps + steps)


def _gap(scenario: Reading, general: Reading, moment: tuple[int, int]) -> float:
    """Return the log score of the frames that going from scenario to general leaves out (or, positive, reads twice)."""
    frames = general.steps[moment[1] - 1].end_frame - scenario.steps[moment[0] - 1].end_frame
    return frames * max(scenario.score, general.score)


def _changed(stay: _Path, come: _Path, gap: float) -> _Path:
    """Return the better of two ways to be in a reading: having been there, or coming over from the other.

    Args:
        stay: The way that was there.
        come: The way that comes over.
        gap: Log score of the frames that coming over leaves out.
    """
    score = come.score - CHANGE + gap
    return stay if stay.score >= score else _Path(score, come.steps)


def _reading(path: _Path) -> Reading:
    frames = sum(step.end_frame - step.start_frame + 1 for step in path.steps)
    return Reading(_in_order(path.steps), path.score / frames, path.steps) if frames else NOTHING


def _in_order(steps: tuple[Step, ...]) -> tuple[HeardWord, ...]:
    """Return the words; where two overlap at a change, the second begins when the first ends."""
    words: list[HeardWord] = []
    for word in (step.word for step in steps if step.word is not None):
        start = max(word.start_sec, words[-1].end_sec) if words else word.start_sec
        words.append(replace(word, start_sec=start))
    return tuple(words)
