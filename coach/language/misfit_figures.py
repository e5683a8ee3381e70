"""Figures of a clause against those of a product sheet, as numbers for the judge of misfits."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coach.language import Language, NumberSpan
from coach.language.figure_marks import CALENDAR, KINDS, ROUGHLY, SECONDS
from coach.language.spelled import spelled

Amount = tuple[str, float]
"""Kind of measure and value in its base; times of any length are one kind."""
FIGURE_NAMES = ("figures", "same", "known", "unknown", "right", "far", "rough", "lines", "bare", "counted", "larger")
_MOST_FAR = 4.0
_LOOSE = frozenset({"", "money", "discount", "times", "~个", "~次", "~点", "~the", "~one"})
"""Kinds of which other amounts say nothing."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number said."""

    span: NumberSpan
    kind: str
    values: tuple[float, ...]
    """What it may mean."""
    is_known: bool
    """Whether the sheet has it."""


@dataclass(frozen=True, slots=True)
class LineFigures:
    """The figures of one selling point."""

    amounts: tuple[Amount, ...]
    kinds: frozenset[str]


class SheetFigures:
    """All figures of a product sheet.

    Args:
        points: Texts of each selling point.
        others: Texts of all other lines.
        prices: What the product costs, and how many there are.
        language: Of the texts.
    """

    def __init__(
        self, points: Sequence[Sequence[str]], others: Sequence[str], prices: Iterable[float], language: Language
    ) -> None:
        self._language = language
        self.points = [self._read(texts) for texts in points]
        rest = [self._read([text]) for text in others]
        self._lines = Counter(kind for line in (*self.points, *rest) for kind in line.kinds)
        self._known: dict[str, set[float]] = {}
        for line in (*self.points, *rest):
            for kind, value in line.amounts:
                self._known.setdefault(kind, set()).add(value)
        self._prices = frozenset(prices)

    def _read(self, texts: Sequence[str]) -> LineFigures:
        numbers = [number for text in texts for number in spelled(text, self._language)]
        amounts = tuple(dict.fromkeys((kind_of(number.unit), _plain(number)[0]) for number in numbers))
        return LineFigures(amounts, frozenset(kind for kind, _ in amounts if kind not in _LOOSE))

    def read(self, numbers: Sequence[NumberSpan]) -> list[Figure]:
        """Return the numbers of a clause."""
        return [self._figure(number) for number in numbers]

    def _figure(self, number: NumberSpan) -> Figure:
        kind, values = kind_of(number.unit), _plain(number)
        known = {value for own in self._known.values() for value in own} if not kind else self._known.get(kind, set())
        rough = ROUGHLY if number.approximate else CALENDAR
        is_known = number.value in self._prices or any(
            abs(value - own) <= abs(own) * rough + 1e-9 for value in values for own in known
        )
        return Figure(number, kind, values, is_known)

    def others(self, figures: Sequence[Figure]) -> list[int]:
        """Return the points that have another figure of a kind that is said, those it is least far off from first."""
        unknown = [figure for figure in figures if not figure.is_known and figure.kind not in _LOOSE]
        far = {
            at: min(_far(figure, line) for figure in unknown if figure.kind in line.kinds)
            for at, line in enumerate(self.points)
            if any(figure.kind in line.kinds for figure in unknown)
        }
        return sorted(far, key=lambda at: far[at])

    def other(self, figures: Sequence[Figure], point: int) -> NumberSpan | None:
        """Return the first number of a kind that a point has, and that the sheet has not."""
        kinds = self.points[point].kinds
        return next((figure.span for figure in figures if figure.kind in kinds and not figure.is_known), None)

    def features(self, figures: Sequence[Figure], point: int) -> list[float]:
        """Return how the numbers of a clause stand to those of a point, named by `FIGURE_NAMES`."""
        line = self.points[point]
        same = [figure for figure in figures if figure.kind in line.kinds]
        wrong = [figure for figure in same if not figure.is_known]
        far = min((_far(figure, line) for figure in wrong), default=0.0)
        right = any(
            abs(value - own) <= abs(own) * CALENDAR + 1e-9
            for figure in figures
            for value in figure.values
            for kind, own in line.amounts
            if kind == figure.kind
        )
        return [
            float(min(len(figures), 3)),
            float(len(same) > 0),
            float(any(figure.is_known for figure in figures)),
            float(len(wrong) > 0),
            float(right),
            min(_MOST_FAR, far),
            float(any(figure.span.approximate for figure in wrong)),
            float(min(4, max((self._lines[figure.kind] for figure in wrong), default=0))),
            float(any(not figure.kind and not figure.is_known for figure in figures)),
            float(any(figure.kind.startswith("~") for figure in wrong)),
            float(any(value > own for figure in wrong for value in figure.values[:1] for _, own in line.amounts)),
        ]


def kind_of(unit: str) -> str:
    """Return what a unit measures."""
    return "duration" if unit in SECONDS else KINDS.get(unit, unit)


def _plain(number: NumberSpan) -> tuple[float, ...]:
    return tuple(amount * SECONDS.get(number.unit, 1.0) for amount in number.readings())


def _far(figure: Figure, line: LineFigures) -> float:
    return min(
        abs(math.log(max(value, 1e-6) / max(own, 1e-6)))
        for value in figure.values
        for kind, own in line.amounts
        if kind == figure.kind
    )
