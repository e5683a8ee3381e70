"""The learned opinion on one utterance: findings of the rules that it doubts, and claims that no wording names."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from coach.language.claims.flat import Flat
from coach.language.claims.learned.model import Model, Weighing, model
from coach.language.claims.learned.passages import Passage, clause_at, clauses, passages, text_of
from coach.language.claims.rule import Rule, Severity, all_rules
from coach.language.reader.reader import reader

DOUBTED = -2.5
"""Log-odds under which a finding of a rule is dropped. At -2 twice as many right ones go as at -3."""
SURE = 0.5
"""The same under which it warns only."""
FOUND = 0.4
"""Log-odds from which a passage without any finding gets one."""
GRAVE = 2.0
"""The same from which it blocks a pass: a wrong one costs an honest streamer the day."""
BESIDE = 0.8
"""Log-odds from which a clause gets one beside another finding in its passage."""
_CLAUSE = {"zh": 5, "en": 4}
"""Characters or words of a clause that can be one."""
_TOO_LITTLE = {"zh": 12, "en": 6}
"""Characters or words and marks of a passage that tell too little to doubt a rule, or to find any but grave claims."""
_OPEN = (-3.0, 3.5)
"""Log-odds by the score alone between which a passage is read too. Reading the others changed nothing."""
_READ = 4096
"""Passages whose reading is kept; a talk is read more than once."""
_SHORTEST = 3
_POINTS = 0.3
"""How much a word must point to the category to be quoted."""


class Held(NamedTuple):
    """What the rules find in a text: where in the flat text, of which category, and whether it stands."""

    at: int
    category: str
    turned_down: str


class Implied(NamedTuple):
    """A claim that no wording names."""

    rule: Rule
    severity: Severity
    start: int
    end: int
    """Where in the flat text its words stand."""
    clause: tuple[int, int]


class Opinion:
    """What the model makes of one utterance.

    Args:
        made: The utterance, ready.
        code: `zh` or `en`.
        trade: What is sold.
        held: What the rules find in it.
    """

    def __init__(self, made: Flat, code: str, trade: str, held: Sequence[Held]) -> None:
        self._code, self._model, self._trade = code, model(code), trade
        self._cut, self._scores = _scored(made.flat, code, trade)
        self._held = [[item for item in held if passage.start <= item.at < passage.end] for passage in self._cut]

    def odds(self, at: int) -> float:
        """Return the log-odds that a finding at a place of the flat text is right."""
        here = next((number for number, passage in enumerate(self._cut) if passage.start <= at < passage.end), None)
        if here is None or self._is_short(self._cut[here]):
            return SURE
        odds = self._odds(here, stands=True)
        return odds if odds >= SURE else max(odds, self._odds_of_clause(self._cut[here], at))

    def _is_short(self, passage: Passage) -> bool:
        return len(passage.units) < _TOO_LITTLE[self._code]

    def _odds_of_clause(self, passage: Passage, at: int) -> float:
        """Return the same by the clause alone, where nothing in the passage denies or quotes it."""
        signs = self._model.signs
        if any(item.sense in signs.senses.frames for item in signs.senses.find(passage.units)):
            return DOUBTED - 1
        clause = clause_at(passage, at, self._code)
        return self._likely(clause, self._model.scores([clause], self._trade)[0], stands=True)

    def _odds(self, number: int, *, stands: bool) -> float:
        here = [item.turned_down for item in self._held[number]]
        return self._likely(
            self._cut[number],
            self._scores[number],
            stands=stands,
            turned_down=any(reason not in ("", "cleared") for reason in here),
            cleared="cleared" in here,
        )

    def _likely(
        self, passage: Passage, score: float, *, stands: bool = False, turned_down: bool = False, cleared: bool = False
    ) -> float:
        """Return the log-odds that a passage breaks a rule; it is read where the score alone leaves that open."""
        facts = (score, 0.0, stands, turned_down, cleared, 1.0)
        odds = _weighed(self._model.pack.alone, facts)
        if not _OPEN[0] < odds < _OPEN[1]:
            return odds
        read = read_odds(text_of(passage), self._trade)
        return _weighed(self._model.pack.read, (score, read, *facts[2:]))

    def implied(self) -> Iterator[Implied]:
        """Yield claims that no rule finds: by clause where a clause alone says it, else one for the passage."""
        for number, passage in enumerate(self._cut):
            if all(item.turned_down for item in self._held[number]):
                odds, least = self._odds(number, stands=False), GRAVE if self._is_short(passage) else FOUND
                if odds >= least:
                    yield from self._by_clause(number, least, odds) or self._claim(number, passage, odds)
            else:
                yield from self._by_clause(number, BESIDE, math.inf)

    def _by_clause(self, number: int, least: float, most: float) -> list[Implied]:
        """Return a claim for each clause without any finding that looks like one by itself."""
        passage = self._cut[number]
        cut = clauses(passage, self._code)
        if len(cut) < 2:
            return []
        held, found = self._held[number], list[Implied]()
        for clause, score in zip(cut, self._model.scores(cut, self._trade), strict=True):
            if len(clause.units) < _CLAUSE[self._code] or any(clause.start <= item.at < clause.end for item in held):
                continue
            odds = min(most, self._likely(clause, score))
            if odds >= least:
                found += self._claim(number, clause, odds)
        return found

    def _claim(self, number: int, passage: Passage, odds: float) -> list[Implied]:
        category = self._model.category(self._model.signs.senses.find(passage.units))
        if any(item.category == category and item.turned_down for item in self._held[number]):
            return []  # the rules know of it, and why it is none
        rule = implied_rules(self._code)[category]
        severity: Severity = rule.severity if odds >= GRAVE else "M"
        return [Implied(rule, severity, *_words(passage, rule.category, self._model), (passage.start, passage.end))]


def scores_of(flat: str, code: str, trade: str) -> list[float]:
    """Return how much like a violation each passage of a flat text looks."""
    return _scored(flat, code, trade)[1]


@lru_cache(maxsize=512)
def _scored(flat: str, code: str, trade: str) -> tuple[list[Passage], list[float]]:
    """Return the passages of a text with their scores; a talk is read more than once."""
    cut = passages(flat, code)
    return cut, model(code).scores(cut, trade)


def _weighed(weights: Weighing, facts: tuple[float, ...]) -> float:
    """Return the log-odds of score, reader, standing, turned down and cleared findings, and 1."""
    told = (weights.slope, weights.reader, weights.rule, weights.turned_down, weights.cleared, weights.intercept)
    return sum(weight * fact for weight, fact in zip(told, facts, strict=True))


@lru_cache(maxsize=_READ)
def read_odds(text: str, trade: str) -> float:
    """Return the log-odds that a passage breaks a rule, as the reader takes it."""
    return reader().claims([text], trade)[0]


def _words(passage: Passage, category: str, weigh: Model) -> tuple[int, int]:
    """Return the stretch from the first to the last word that points to a category; the whole passage without one."""
    found = weigh.signs.senses.find(passage.units)
    telling = [item for item in found if weigh.points_to(category, item.sense) >= _POINTS]
    if not telling:
        return passage.start, passage.end
    start, end = passage.cut(telling[0].start, max(item.end for item in telling))
    return (start, end) if end - start >= _SHORTEST else (passage.start, passage.end)


@cache
def implied_rules(code: str) -> Mapping[str, Rule]:
    """Return the rule per category under which such claims are explained."""
    return {rule.category: rule for rule in all_rules(code) if rule.id.endswith(".implied")}
