"""Facts of the product sheet, beside its selling points, read by the learned reader where an utterance is about them.

Rules know kinds of things, figures and abilities; the reader hears the rest: 装个二十八升没问题 where it holds 12升.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from coach.language import Language
from coach.language.amounts import Compared, compared, differing
from coach.language.clause import are_compared, read_clauses
from coach.language.converse import contradicts_none, is_bare
from coach.language.reader.asked import Asked, LineRead, Said
from coach.language.reader.reader import reader
from coach.room.sheet import Sheet
from coach.score.fact_sheet import fact_sheet
from coach.score.readings import Reading, asked_of, said_of, with_more
from coach.score.sightings import Turn
from coach.score.weighing import Weighing, load_weighing

_LIKE, _LIKEST = 3.0, 1.0
"""From these log-odds that clauses are about a fact, by their words alone, they are read for it; from the lower ones
where no other fact is likelier."""
_TOGETHER = 3
"""Adjacent clauses that are compared with a fact together."""
_ROOM = {"zh": 24, "en": 90}
"""Characters that are read, or as long as the likest clauses are: chat around them hides what they say."""
_TO_CHECK, _SURE = 0.6, 0.75
"""From how likely words contradict a fact somebody is asked to check them, and are they taken to do so."""
AGREES = 0.5
"""From how likely words state another fact, or assert a point that holds the fact, they contradict none."""
NOTHING, TOLD, WRONG = "nothing", "told", "wrong"
"""Outcomes: what words say of a fact of the sheet."""
SIGNS = ("bias", "told", "wrong", "said", "figures", "agrees", "differs", "only_differs", "none_agrees")
"""Signs of them: what the reader says, whether words and fact hold figures, and how these agree."""


class RowRead(NamedTuple):
    """Words that contradict a fact of the sheet."""

    at: int
    """Number of the utterance."""
    name: str
    """Of the fact."""
    start: int
    end: int
    is_figure: bool
    """Whether they are a figure."""
    sure: bool
    """Whether it is no matter for somebody to check."""


class Beside(NamedTuple):
    """How an utterance looks beside a fact."""

    alike: float
    """Log-odds that its likest clauses are about it, by their words alone."""
    start: int
    end: int
    """What is read for it: those clauses and what fits around them."""


def row_of(name: str, value: str) -> str:
    """Return a fact of the sheet as it is read."""
    return f"{name}: {value}"


def beside(turn: Turn, rows: Sequence[str], code: str) -> list[Beside]:
    """Return how an utterance, with the line it answers, looks beside each row."""
    clauses = read_clauses(turn.text, code)
    if not clauses:
        return [Beside(-np.inf, 0, 0) for _ in rows]
    parts = [
        (first, last)
        for first in range(len(clauses))
        for last in range(first, min(first + _TOGETHER, len(clauses)))
        if first == last or clauses[last].end - clauses[first].start <= _ROOM[code]
    ]
    texts = [" ".join((*turn.asked[-1:], turn.text[clauses[a].start : clauses[b].end])) for a, b in parts]
    alike = reader().alike(texts, [Asked(row, ()) for row in rows])
    likest = [parts[part] for part in alike.argmax(axis=0)]
    read = [with_more(clauses, first, last, _ROOM[code]) for first, last in likest]
    return [Beside(odds, *place) for odds, place in zip(alike.max(axis=0).tolist(), read, strict=True)]


def are_read(found: Sequence[Beside], least: float = 0.0) -> list[int]:
    """Return the rows that an utterance is read for, the likest first.

    Args:
        found: How it looks beside each.
        least: Log-odds by which it may be less alike than what is read.
    """
    likest, *others = sorted(range(len(found)), key=lambda row: -found[row].alike)
    limits = [(likest, _LIKEST), *((row, _LIKE) for row in others)]
    return [row for row, limit in limits if found[row].alike >= limit - least]


def signs_of(read: LineRead, figures: Compared) -> dict[str, float]:
    """Return the signs of what words say of a row.

    Args:
        read: What the reader says.
        figures: How the figures of words and row agree.
    """
    none_agrees = figures.said and figures.told and not figures.agrees
    values = (1.0, *read, *figures, figures.differs and not figures.agrees, none_agrees)
    return dict(zip(SIGNS, map(float, values), strict=True))


def rows_contradicted(sheet: Sheet, turns: Sequence[Turn], found: Mapping[str, Sequence[Reading]]) -> list[RowRead]:
    """Return where the reader finds facts of the sheet contradicted, at most one an utterance, in order of time.

    What is said again in the same words is told once.

    Args:
        sheet: The product sheet.
        turns: The utterances.
        found: What was read for each point.
    """
    facts = sheet.scenario.product.facts
    if not turns or not facts:
        return []
    against = _Against(sheet)
    told = against.told(found)
    made = dict[tuple[str, str], RowRead]()
    for at, turn in enumerate(turns):
        for item in against.found(at, turn, told):
            made.setdefault((item.name, turn.text[item.start : item.end]), item)
    return list(made.values())


def states(words: str, row: str, language: Language) -> bool:
    """Return whether words state a row."""
    return _shares(Said(words), row, language)[TOLD] >= AGREES


class _Against:
    """Finds what contradicts the facts of one sheet."""

    def __init__(self, sheet: Sheet) -> None:
        product = sheet.scenario.product
        self._language = sheet.language
        self._names, self._rows = list(product.facts), [row_of(name, value) for name, value in product.facts.items()]
        points, facts = {point.id: point for point in product.selling_points}, fact_sheet(sheet.scenario)
        self._points = {name: [points[key] for key in facts.points_of(name)] for name in product.facts}

    def told(self, found: Mapping[str, Sequence[Reading]]) -> dict[str, set[int]]:
        """Return for each fact the utterances that assert a point which holds it."""
        return {
            name: {item.at for point in points for item in found[point.id] if item.read.asserted >= AGREES}
            for name, points in self._points.items()
        }

    def found(self, at: int, turn: Turn, told: Mapping[str, set[int]]) -> list[RowRead]:
        """Return the fact that an utterance contradicts most, if it does; not where it states another."""
        if are_compared(read_clauses(turn.text, self._language.code)):
            return []
        places = beside(turn, self._rows, self._language.code)
        read = are_read(places)
        if any(at in told[self._names[row]] for row in read):
            return []
        wrong, row = 0.0, -1
        for number in read:
            shares = _shares(self._said(turn, places[number]), self._rows[number], self._language)
            if shares[TOLD] >= AGREES:
                return []
            wrong, row = max((wrong, row), (shares[WRONG], number))
        if wrong < _TO_CHECK or self._tells_point(row, self._said(turn, places[row])):
            return []
        return self._quoted(at, turn, row, places[row], wrong)

    def _said(self, turn: Turn, place: Beside) -> Said:
        return said_of(turn, place.start, place.end, self._language.code)

    def _tells_point(self, row: int, said: Said) -> bool:
        """Return whether words assert a point that holds a row: each point is read in its likeliest utterances only."""
        points = self._points[self._names[row]]
        return any(read.asserted >= AGREES for read in reader().points([(said, asked_of(point)) for point in points]))

    def _quoted(self, at: int, turn: Turn, row: int, place: Beside, wrong: float) -> list[RowRead]:
        """Return the clause that contradicts a row most by itself, else all that was read; of one wrong figure that."""
        line, code = self._rows[row], self._language.code
        start, end = self._clause(turn, row, place) or (place.start, place.end)
        words = turn.text[start:end]
        if contradicts_none(words, line, code) or (is_bare(words, code) and not turn.asked):
            return []
        figures = differing(words, line, self._language)
        if len(figures) == 1:
            start, end = start + figures[0].start, start + figures[0].end
        return [RowRead(at, self._names[row], start, end, is_figure=len(figures) == 1, sure=wrong >= _SURE)]

    def _clause(self, turn: Turn, row: int, place: Beside) -> tuple[int, int] | None:
        line = turn.asked[-1] if turn.asked else ""
        clauses = read_clauses(turn.text, self._language.code)
        here = [(one.start, one.end) for one in clauses if place.start <= one.start and one.end <= place.end]
        alone = [
            (_shares(Said(turn.text[start:end], line), self._rows[row], self._language)[WRONG], start, end)
            for start, end in here
        ]
        wrong, start, end = max(alone, default=(0.0, 0, 0))
        return (start, end) if wrong >= _TO_CHECK else None


def _shares(said: Said, row: str, language: Language) -> dict[str, float]:
    return _weights().shares(signs_of(reader().line(said, row), compared(said.text, row, language)))


@cache
def _weights() -> Weighing:
    return load_weighing("lines.yaml")
