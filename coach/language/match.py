"""Does a text state a selling point? One matcher for the live room and for the scorer. Deterministic.

Each clause, and each two that follow each other, is weighed: how close it is to the point in words, ideas of the trade
and amounts (`closeness`), whether a name of the point or one of its ideas is asserted, whether one of its facts is
named, whether another point of the product is closer. Facts are compared as amounts with units, so 八十九块九 and
89.9元 are the same.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from coach.language import Language, NumberSpan, language_for
from coach.language.against import against_words
from coach.language.clause import Clause, Clauses, read_clauses
from coach.language.closeness import Closeness, Stretch
from coach.language.facts import DURATIONS, facts_possible, facts_said, is_said
from coach.language.figures import Contradiction, OwnFigures
from coach.language.names import find_name, name_strength
from coach.language.point import Amount, Fact, Point, compile_point
from coach.language.told import told_facts

_MIN_DISTINCT = {"zh": 2, "en": 1}
"""Marks only this point has that make it the topic of a clause."""
ASSERTS, _ANSWERS = 0.19, 0.15
"""Evidence that asserts a point, and that answers a question about it."""
_NAMED = 0.4
"""Evidence of the point's own name."""
_ALL_FACTS = 0.36
"""Evidence of all its facts in one breath."""
_RULE, _FACT, _FARTHER = 0.15, 0.1, 0.1
"""What a name or an idea asserted, and a fact named, add to closeness; what another point that is closer takes away."""
_WIDER = 0.04
"""What a second clause must add to be quoted too."""
_LIKELY = 0.7
"""How surely an idea must be asserted to stand against talk of the show."""
_SHOW = {
    "zh": re.compile("下单|结束|倒计时|开抢|秒杀|价保|上链接|马上|再等|卖了|卖掉|到手价|开价|涨价|恢复原价"),
    "en": re.compile(
        r"\b(?:sold|selling out|price|giveaway|countdown|timer|we(?:'re| are) live|show you|starts?|ends?|ending)\b"
        r"|\b(?:left on|give me|hang on|stick around|in the last)\b"
    ),
}
"""Talk of the show: times in it are none of the product."""
_DURATIONS = frozenset(DURATIONS)
_FULL = 0.6
"""Evidence of full strength."""


class PointMatch(NamedTuple):
    """What a text says about one point."""

    idea: bool
    """Whether the point is asserted here, in any wording."""
    strength: float
    """0 to 1."""
    facts_said: tuple[str, ...]
    """Facts named exactly."""
    facts_vague: tuple[str, ...]
    """Facts named as a rough or hedged figure."""
    contradictions: tuple[Contradiction, ...]
    start: int
    end: int
    """The clauses that carry it: `text[start:end]` is the quote. Both 0 where nothing was found."""
    facts_told: tuple[str, ...] = ()
    """Other facts of an asserted point, told in other words (`told`)."""


_NOTHING = PointMatch(False, 0.0, (), (), (), 0, 0)


def match_point(
    text: str,
    aliases: Sequence[str],
    facts: Sequence[str],
    statement: str,
    language: Language,
    *,
    title: str = "",
    topics: Sequence[str] = (),
    common: frozenset[str] = frozenset(),
    rivals: frozenset[str] = frozenset(),
    known: frozenset[Amount] = frozenset(),
    shared: frozenset[str] = frozenset(),
    banned: Sequence[str] = (),
    sheet: str = "",
    closeness: Closeness | None = None,
    place: int = 0,
    topical: bool = False,
    asked: bool = False,
) -> PointMatch:
    """Return what `text` (one utterance) says about a selling point.

    Args:
        text: What was said, punctuated or not.
        aliases: Other names of the point.
        facts: Facts that must be named.
        statement: The point as its author put it.
        language: Language of all of these.
        title: Name of the point.
        topics: Names of the sheet's facts that belong to the point.
        common: Marks (`clause.marks`) that other points of the product have too.
        rivals: Ideas (`ideas.named_ideas`) that other points of the product have too.
        known: Every amount of the product sheet; none of them contradicts anything.
        shared: Dimensions that other points have too.
        banned: Wordings that the product's sheet forbids.
        sheet: All words of the product sheet.
        closeness: All points of the product; without it the point is alone.
        place: Which of them this one is.
        topical: Whether the point was the topic just before, so that a bare "forty five" can be its figure.
        asked: Whether a viewer just asked about it, so that the next figure of its kind is an answer.
    """
    texts = (statement, title, *aliases, *facts)
    point = compile_point(
        tuple(aliases),
        tuple(facts),
        statement,
        title,
        language.code,
        tuple(topics),
        common,
        tuple(banned),
        sheet,
        rivals,
    )
    alone = closeness or _alone(texts, language.code)
    return Matcher(point, language, alone, place, known, shared).match(text, topical=topical, asked=asked)


@lru_cache(maxsize=64)
def _alone(texts: tuple[str, ...], code: str) -> Closeness:
    return Closeness([texts], language_for(code))


class Matcher:
    """One point among the others of its product, ready to be looked for; arguments as of `match_point`."""

    def __init__(
        self,
        point: Point,
        language: Language,
        closeness: Closeness,
        place: int,
        known: frozenset[Amount],
        shared: frozenset[str],
    ) -> None:
        self._point, self._language = point, language
        self._closeness, self._place = closeness, place
        self._figures = OwnFigures(point, known, shared)
        self._known = frozenset(amount for _, amount in known)

    def match(self, text: str, *, topical: bool = False, asked: bool = False) -> PointMatch:
        """Return what a text says about the point."""
        point, language = self._point, self._language
        clauses = read_clauses(text, language.code)
        place = self._place
        stretches = [stretch for stretch in self._closeness.stretches(text) if stretch.values[place] > 0]
        if not stretches and not topical:  # most utterances say nothing about most points
            wrong = self._contradictions(text, clauses, [0.0] * len(clauses), None, 0, asked=asked)
            return PointMatch(False, 0.0, (), (), wrong, 0, 0) if wrong else _NOTHING
        touched = [stretch.first for stretch in stretches if stretch.width == 1]
        strengths = [0.0] * len(clauses)
        for at in touched:
            strengths[at] = _strength(clauses[at], point, language)
        if (
            not asked and clauses.has_numbers and not _DURATIONS.isdisjoint(clauses.units)
        ):  # minutes and days of the show itself: "four minutes and you see the price"
            stretches = [stretch for stretch in stretches if not self._is_of_the_show(stretch, clauses, strengths)]
            touched = [stretch.first for stretch in stretches if stretch.width == 1]
        possible = facts_possible(text, clauses, point, language)
        facts = [at for at in touched if possible and _says_a_fact(text, clauses[at], possible, language)]
        best, start, end = self._best(clauses, strengths, stretches, facts)
        if best < (_ANSWERS if asked else ASSERTS):
            best, start, end = 0.0, 0, 0
        said: tuple[str, ...] = ()
        vague: tuple[str, ...] = ()
        if possible and (touched or topical):
            said, vague = facts_said(text, clauses.told, possible, language, loose=best > 0 or topical)
        if (
            best < _ALL_FACTS
            and len(said) == len(point.facts) > 0
            and _all_in_one_breath(text, clauses, point, language)
        ):
            best, (start, end) = _ALL_FACTS, _around_facts(clauses, facts)
        if not best and asked and said:
            best, (start, end) = _ANSWERS, _around_facts(clauses, facts)
        if best and facts:
            start, end = _with_facts(clauses, facts, start, end)
        wrong = self._contradictions(text, clauses, strengths, (start, end) if best else None, len(said), asked=asked)
        told = self._told(clauses, {*said, *vague}) if best else ()
        return PointMatch(best > 0, round(min(1.0, best / _FULL), 3), said, vague, wrong, start, end, told)

    def _told(self, clauses: Clauses, named: Collection[str]) -> tuple[str, ...]:
        rest = [fact for fact in self._point.facts if fact.text not in named]
        return told_facts(clauses.told, rest, self._language.code) if rest else ()

    def is_about(self, text: str, least: float = ASSERTS) -> bool:
        """Return whether a text, a question or not, is about the point, `least` being how close it must be."""
        return any(
            stretch.values[self._place] >= least and stretch.near(self._place).margin >= 0
            for stretch in self._closeness.stretches(text)
        )

    def _is_of_the_show(self, stretch: Stretch, clauses: Sequence[Clause], strengths: Sequence[float]) -> bool:
        """Return whether all that a stretch holds is a time within talk of price, order or end of the show."""
        inside = range(stretch.first, stretch.first + stretch.width)
        return any(
            any(number.unit in DURATIONS for number in clauses[at].numbers)
            and _SHOW[self._language.code].search(clauses[at].normal)
            and strengths[at] < 1
            and _idea(clauses[at], self._point) < _LIKELY
            for at in inside
        )

    def _best(
        self, clauses: Sequence[Clause], strengths: Sequence[float], stretches: Sequence[Stretch], facts: Sequence[int]
    ) -> tuple[float, int, int]:
        """Return evidence and place of the clause, or the two clauses, that state the point best."""
        best = (0.0, 0, 0)
        ideas = [_idea(clause, self._point) for clause in clauses] if stretches else []
        for stretch in stretches:
            first, last = stretch.first, stretch.first + stretch.width - 1
            named = max(strengths[first], strengths[last])
            value, margin = stretch.near(self._place)
            evidence = value + _RULE * max(named, ideas[first], ideas[last])
            evidence += _FACT * (first in facts or last in facts) - _FARTHER * (margin < 0)
            if named == 1 and stretch.width == 1:
                evidence = max(evidence, _NAMED)
            evidence -= _WIDER * (stretch.width - 1)
            if evidence > best[0]:
                best = (evidence, clauses[first].start, clauses[last].end)
        return best

    def _contradictions(
        self,
        text: str,
        clauses: Clauses,
        strengths: Sequence[float],
        quote: tuple[int, int] | None,
        said: int,
        *,
        asked: bool,
    ) -> tuple[Contradiction, ...]:
        point, language = self._point, self._language

        found: list[int] | None = None

        def named() -> Sequence[int]:
            """Return the clauses about the point; most utterances hold nothing that would be asked about."""
            nonlocal found
            if found is None:
                found = [
                    at
                    for at, clause in enumerate(clauses)
                    if strengths[at] > 0
                    or (quote and quote[0] <= clause.start < quote[1])
                    or any(name in clause.normal for name in point.names if len(name) > 1)
                    or _is_topic(clause, point, language)
                ]
            return found

        complete = said > 0 and said == len(point.facts)
        words: Iterable[tuple[NumberSpan, int]] = ()
        wrong: tuple[Contradiction, ...] = ()
        turned: Iterable[NumberSpan] = ()
        if clauses.has_numbers and not complete:
            wrong = self._figures.wrong(text, clauses, named, asked=asked)
        if point.against.may_be_contradicted(clauses):
            words = against_words(text, clauses, named, point.against, language)
        if point.gainsaid.may_be_turned(clauses):
            turned = point.gainsaid.find(text, clauses, named, self._known)
        return (
            *wrong,
            *(Contradiction(span, distance) for span, distance in words),
            *(Contradiction(span, 0) for span in turned),
        )


# --- the idea --------------------------------------------------------------------------------------------------


def _strength(clause: Clause, point: Point, language: Language) -> float:
    """Return how surely this clause names the point: 1 by name, less for a name with a slip, 0 not at all."""
    if clause.is_question or clause.is_deferred:
        return 0.0
    most = 0.0
    for name in point.names:
        strength = name_strength(clause.normal, name, language)
        if strength == 1.0:
            return 1.0
        most = max(most, strength)
    return most


def _says_a_fact(text: str, clause: Clause, facts: Iterable[Fact], language: Language) -> bool:
    return any(is_said(text, (clause,), fact, language, loose=False) for fact in facts)


def _idea(clause: Clause, point: Point) -> float:
    """Return how surely one of the point's ideas is asserted."""
    if not clause.ideas or point.ideas.keys().isdisjoint(clause.ideas):
        return 0.0
    return max(point.ideas[idea] * clause.ideas[idea] for idea in point.ideas.keys() & clause.ideas.keys())


def _is_topic(clause: Clause, point: Point, language: Language) -> bool:
    """Return whether the clause talks about the point, asserting it or not."""
    if len(point.distinct & clause.marks) >= _MIN_DISTINCT[language.code]:
        return True
    return any(find_name(clause.normal, topic, language) is not None for topic in point.topics)


# --- the quote -------------------------------------------------------------------------------------------------


def _all_in_one_breath(text: str, clauses: Clauses, point: Point, language: Language) -> bool:
    """Return whether every fact was named in full, at least one of them telling enough to stand for the point."""
    telling = any(fact.content or any(number.unit for number in fact.numbers) for fact in point.facts)
    said, _ = facts_said(text, clauses.told, point.facts, language, loose=False)
    return telling and len(said) == len(point.facts)


def _around_facts(clauses: Sequence[Clause], facts: Sequence[int]) -> tuple[int, int]:
    """Return the span of the clauses that name facts, else all."""
    chosen = [clauses[at] for at in facts] or clauses
    return min(clause.start for clause in chosen), max(clause.end for clause in chosen)


def _with_facts(clauses: Sequence[Clause], facts: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """Return the span widened to the clauses next to it that name facts."""
    left, right = _around_facts(clauses, facts)
    near = right >= start - 2 and left <= end + 2
    return (min(start, left), max(end, right)) if near else (start, end)
