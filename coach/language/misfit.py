"""Whether what is said of a selling point contradicts it: a small learned judge beside the rules.

A clause is looked at only where something speaks against a point that it is about: another figure of a kind that the
point has, a denial that the point has not, an opposite. How clause and point stand to each other is put into numbers
(`misfit_line`), and these are weighed by `packs/misfit.json`, which `scripts/train_misfit.py` makes.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from operator import mul
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from coach.language import Language, NumberSpan
from coach.language.clause import Clause, read_clauses
from coach.language.closeness import Closeness, Stretch
from coach.language.match import PointMatch
from coach.language.misfit_figures import Figure, SheetFigures
from coach.language.misfit_line import Around, MisfitLine, features
from coach.language.misfit_words import denials, opposed
from coach.language.scope import place, scope_reader

_CLOSE = 0.05
"""How close a clause must be to a point to be about it without a figure."""
_MOST_POINTS = 2
"""Points that a figure without their words may belong to."""


class MisfitWeights(BaseModel):
    """The weights, and the words that are said of products of all kinds."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    version: str
    source: str
    effective: date
    bias: float
    weights: dict[str, float]
    everyday: dict[str, frozenset[str]]


class Pair(NamedTuple):
    """A clause and a point that it is about."""

    start: int
    end: int
    """The clause, in characters of the text."""
    point: int
    features: list[float]
    number: NumberSpan | None
    """The figure that speaks against the point, if one does."""


class Verdict(NamedTuple):
    """What is made of one clause and one point."""

    start: int
    end: int
    point: int
    probability: float
    """That the clause contradicts the point."""
    number: NumberSpan
    """The figure that speaks against the point."""


@cache
def load_misfit() -> MisfitWeights:
    """Return the weights shipped."""
    path = Path(__file__).parent / "packs" / "misfit.json"
    return MisfitWeights.model_validate(json.loads(path.read_text(encoding="utf-8")))


class MisfitSheet:
    """The selling points of a product, ready to be judged by.

    Args:
        lines: Each point.
        figures: Their figures.
        closeness: How close talk is to them.
        language: Of all of these.
        everyday: Words that are said of products of all kinds; the shipped ones by default.
    """

    def __init__(
        self,
        lines: Sequence[MisfitLine],
        figures: SheetFigures,
        closeness: Closeness,
        language: Language,
        everyday: frozenset[str] | None = None,
    ) -> None:
        self._lines, self._figures, self._closeness = lines, figures, closeness
        self._code = language.code
        self._everyday = load_misfit().everyday[self._code] if everyday is None else everyday
        self._scopes = scope_reader(language.code)

    def judge(self, text: str, matches: Sequence[PointMatch]) -> list[Verdict]:
        """Return what is made of each clause with another figure than a point it may be about; most have none.

        Words alone are not judged: on products that training never saw they accused too many honest sentences.

        Args:
            text: One utterance.
            matches: What it says about each point, in order.
        """
        model = load_misfit()
        weights = list(model.weights.values())
        return [
            Verdict(*pair[:3], _share(model.bias + sum(map(mul, weights, pair.features))), pair.number)
            for pair in self.pairs(text, matches, by_words=False)
            if pair.number
        ]

    def pairs(self, text: str, matches: Sequence[PointMatch], *, by_words: bool = True) -> list[Pair]:
        """Return the clauses that are looked at, each with the point it may contradict and how they stand.

        Args:
            text: One utterance.
            matches: What it says about each point, in order.
            by_words: Whether those are looked at too that only words speak against; training learns from them.
        """
        clauses = read_clauses(text, self._code)
        if not by_words and not clauses.has_numbers:
            return []
        near = {stretch.first: stretch for stretch in self._closeness.stretches(text) if stretch.width == 1}
        found: list[Pair] = []
        for at, stretch in near.items():
            clause = clauses[at]
            figures = self._figures.read(clause.numbers) if clause.numbers else []
            for point in self._points(clause, stretch, figures, by_words=by_words):
                around = self._around(text, clauses, at, near, point, matches[point])
                numbers = self._figures.features(figures, point)
                told = features(clause, self._lines[point], around, numbers, self._everyday, self._code)
                if told is not None:
                    found.append(Pair(clause.start, clause.end, point, told, self._figures.other(figures, point)))
        return found

    def _points(self, clause: Clause, stretch: Stretch, figures: Sequence[Figure], *, by_words: bool) -> list[int]:
        """Return the points that a clause may contradict."""
        points = self._figures.others(figures)[:_MOST_POINTS] if figures else []
        if not by_words:
            return points
        top = stretch.values.index(stretch.top)
        if stretch.top > _CLOSE and top not in points and self._is_turned(clause, self._lines[top]):
            points.append(top)
        return points

    def _is_turned(self, clause: Clause, line: MisfitLine) -> bool:
        denied = denials(clause.normal, self._code)
        return (
            denied > 0
            or line.denies
            or opposed(clause, line.opposable, self._code)
            or not line.turned.isdisjoint(clause.ideas)
        )

    def _around(
        self,
        text: str,
        clauses: Sequence[Clause],
        at: int,
        near: Mapping[int, Stretch],
        point: int,
        match: PointMatch,
    ) -> Around:
        clause = clauses[at]
        scope = self._scopes.read(place(text.lower(), max(clause.start, clause.end - 1), clause.end))
        close, margin = near[at].near(point)
        return Around(
            close=close,
            margin=margin,
            before=near[at - 1].values[point] if at - 1 in near else 0.0,
            best=max(one.values[point] for one in near.values()),
            asserted=match.idea,
            strength=match.strength,
            here=match.idea and match.start <= clause.start < match.end,
            told=len(match.facts_said) / max(1, self._lines[point].must_facts),
            vague=bool(match.facts_vague),
            clauses=len(clauses),
            is_first=at == 0,
            claimed=scope.claimed,
            denied=scope.denied,
        )


def _share(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
