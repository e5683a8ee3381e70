"""What Whisper is told before it listens: the names of the scenario, in the way that its text should look."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from audio.asr.agreement import key, units
from coach.ports import RecognitionHints

MOST_TOKENS = 40
"""Tokens of a prompt. They cost 5 to 30 ms (measured); much longer ones are echoed."""
LONGEST = {"zh": 12, "en": 5}
"""Units of a phrase that is taken: names and terms help, whole sentences are only echoed."""
_FORM = {"zh": ("今天直播间介绍：", "、", "。"), "en": ("Live now: ", ", ", ".")}
"""Opening, joint and end. Simplified characters and marks make the model write so too."""
_ODD = re.compile(r"[^\w\s%+&.,'’:：、。·-]|_")


def prompt_text(hints: RecognitionHints, count: Callable[[str], int], most: int = MOST_TOKENS) -> str:
    """Return the prompt for a scenario, "" if it has nothing to tell.

    Args:
        hints: Phrases in the order of their worth; words are used where no phrase is short enough.
        count: Tokens of a text.
        most: Most tokens.
    """
    opening, joint, end = _FORM[hints.language]
    taken: list[str] = []
    for term in _terms(hints):
        if count(opening + joint.join([*taken, term]) + end) <= most:
            taken.append(term)
    return opening + joint.join(taken) + end if taken else ""


def _terms(hints: RecognitionHints) -> Iterable[str]:
    """Yield short phrases without odd characters: a prompt could otherwise hold the model's own commands."""
    plain = [" ".join(_ODD.sub(" ", phrase).split()) for phrase in hints.phrases]
    short = [phrase for phrase in plain if 0 < len(units(phrase, hints.language)) <= LONGEST[hints.language]]
    if not short:
        short = [_ODD.sub("", word).strip() for word in hints.words]
    seen: set[str] = set()
    for term in short:
        if key(term) and key(term) not in seen:
            seen.add(key(term))
            yield term
