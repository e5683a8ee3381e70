"""Words that cost language control: hostile, pleading, blaming, threatening, brushing off (DOMAIN §4.2, b2)."""

from __future__ import annotations

from collections.abc import Iterator

from coach.language import Language, TextSpan
from coach.language.phrases import merged
from coach.room.reading import MoveKind, read_manner
from coach.scenario.model import Scenario
from coach.score.timeline import Spoken

_ALWAYS: tuple[MoveKind, ...] = ("insults", "blames", "threatens", "reproaches", "pleads")
_TO_THE_ENTITLED: tuple[MoveKind, ...] = ("dismisses",)
"""A brush-off is a fault where the line deserved an answer; a troll may be left standing."""
_LONGEST = 60
"""Characters quoted of a clause: recognised talk has no punctuation."""


def slips_in(spoken: Spoken, scenario: Scenario, language: Language, *, deserved: bool) -> list[TextSpan]:
    """Return the wordings of one utterance, by the language's lists and by what the room understood.

    Args:
        spoken: One utterance.
        scenario: As it was used.
        language: Of the scenario.
        deserved: Whether what came before it deserved an answer.
    """
    listed = language.slips(spoken.text)
    return merged([*listed, *_understood(spoken.text, scenario, language, deserved=deserved)])


def _understood(text: str, scenario: Scenario, language: Language, *, deserved: bool) -> Iterator[TextSpan]:
    kinds = (*_ALWAYS, *_TO_THE_ENTITLED) if deserved else _ALWAYS
    moves = [move for kind in kinds for move in read_manner(text, scenario).of(kind)]
    lowered = text.lower()
    named = [(at, len(move.target)) for move in moves if move.target and (at := lowered.find(move.target)) >= 0]
    yield from (TextSpan(text[at : at + size], at, at + size, "understood") for at, size in named)
    if not moves or named:
        return
    clauses = language.clauses(text)
    found = [clause for clause in clauses if read_manner(clause.text, scenario).did(*kinds)]
    # What only the whole utterance says is quoted from its beginning.
    for clause in found or clauses[:1]:
        end = min(clause.end, clause.start + _LONGEST)
        yield TextSpan(text[clause.start : end].strip(), clause.start, end, "understood")
