"""What an utterance says about the product: its selling points, its facts, and what contradicts the sheet. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coach.room.heard import Heard
from coach.room.sheet import Sheet

_SAID = 0.4
"""Strength from which the room takes a point as said; the score, which sees the whole rehearsal, takes less."""


@dataclass(frozen=True, slots=True)
class PointSaid:
    """What an utterance says about one point."""

    point_id: str
    idea: bool
    complete: bool
    """Whether all its facts are named."""
    wrong: tuple[str, ...]
    """Words that contradict the sheet."""


def points_said(text: str, sheet: Sheet) -> Iterator[PointSaid]:
    """Yield what an utterance says about each point it touches."""
    for point in sheet.points:
        match = point.match(text)
        if match.idea or match.contradictions:
            complete = len(match.facts_said) == len(point.point.must_facts)
            wrong = tuple(text[item.number.start : item.number.end] for item in match.contradictions)
            yield PointSaid(point.point.id, match.strength >= _SAID, complete, wrong)


def facts_said(heard: Heard, sheet: Sheet) -> Iterator[str]:
    """Yield the names of facts and certificates that are said."""
    said = [value for span in heard.numbers for value in (span.value, *span.alternatives)]
    for name, pieces in sheet.facts:
        if any(piece.is_said(heard, said) for piece in pieces):
            yield name
