"""Speech that breaks (F4): repeats, restarts, repairs, abandoned phrases, with their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coach.language import Language, TextSpan
from coach.score.timeline import Spoken


@dataclass(frozen=True, slots=True)
class Disturbance:
    """One break in one utterance."""

    spoken: Spoken
    span: TextSpan


def find_disturbances(spoken: Sequence[Spoken], language: Language) -> tuple[Disturbance, ...]:
    """Return the disturbances of all utterances, in order."""
    return tuple(Disturbance(item, span) for item in spoken for span in language.disturbances(item.text))
