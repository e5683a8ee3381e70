"""Does a text state a selling point? One matcher for the live room and for the scorer. Deterministic.

Ways to have the idea: a name of the point (title or alias, small slips allowed); an idea of the trade that only this
point has, in any of its wordings (`ideas`); enough words of its statement; words that no other point of the product
has (fewer beside one of its facts, or in answer to a question about it); all its facts in one breath. Facts are
compared as amounts with units, so 八十九块九 and 89.9元 are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coach.language import Language
from coach.language.against import against_words
from coach.language.clause import Clause, read_clauses
from coach.language.facts import facts_said, is_said
from coach.language.figures import Contradiction, wrong_figures
from coach.language.ideas import HINT
from coach.language.names import find_name, name_strength
from coach.language.point import Amount, Point, compile_point

_MIN_OVERLAP = {"zh": 0.4, "en": 0.5}
"""Share of the statement's content words that makes a paraphrase of it."""
_MIN_SHARED = {"zh": 3, "en": 2}
_MIN_DISTINCT = {"zh": (3, 2), "en": (2, 1)}
"""Marks only this point has that assert it: alone, and beside one of its facts."""
_MIN_IDEA = 0.5
"""Weight of an idea at which it asserts the point alone."""
_KEY = 0.3
"""Strength of one telling word alone."""
_WINDOW = 3
"""Clauses that may carry one statement together."""


@dataclass(frozen=True, slots=True)
class PointMatch:
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
        topical: Whether the point was the topic just before, so that a bare "forty five" can be its figure.
        asked: Whether a viewer just asked about it, so that the next figure of its kind is an answer.
    """
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
    clauses = read_clauses(text, language.code)
    strengths = [_strength(clause, point, language) for clause in clauses]
    best, start, end = _best_window(clauses, strengths, point, language, asked=asked)
    said, vague = facts_said(text, clauses, point, language, loose=best > 0 or topical)
    if not best and _all_in_one_breath(point, said):
        best, (start, end) = 0.6, _around_facts(text, clauses, point, language)
    if best and said:
        start, end = _with_facts(text, clauses, point, language, start, end)
    named = [
        at
        for at, clause in enumerate(clauses)
        if strengths[at] > 0
        or (best and start <= clause.start < end)
        or _is_topic(clause, point, language)
        or any(name in clause.normal for name in point.names if len(name) > 1)
    ]
    complete = bool(said) and len(said) == len(point.facts)
    wrong = () if complete else wrong_figures(text, clauses, named, point, known, shared, asked=asked)
    wrong += tuple(
        Contradiction(span, distance) for span, distance in against_words(text, clauses, named, point.against, language)
    )
    return PointMatch(best > 0, best, said, vague, wrong, start, end)


# --- the idea --------------------------------------------------------------------------------------------------


def _is_open(clause: Clause) -> bool:
    """Return whether a clause asserts anything at all."""
    return not clause.is_question and not clause.is_deferred


def _strength(clause: Clause, point: Point, language: Language) -> float:
    """Return how surely this clause names the point: 1 by name, less for a name with a slip, 0 not at all."""
    if not _is_open(clause):
        return 0.0
    return max((name_strength(clause.normal, name, language) for name in point.names), default=0.0)


def _best_window(
    clauses: Sequence[Clause], strengths: Sequence[float], point: Point, language: Language, *, asked: bool
) -> tuple[float, int, int]:
    """Return strength and place of the clause, or the few clauses, that state the point best."""
    best = (0.0, 0, 0)
    for width in range(1, _WINDOW + 1):
        for first in range(len(clauses) - width + 1):
            window = clauses[first : first + width]
            if not all(map(_is_open, window)):
                continue
            strength = strengths[first] if width == 1 else 0.0
            strength = max(
                strength,
                _overlap(window, point, language),
                _distinct(window, point, language, asked=asked),
                _idea(window, point, language, asked=asked) if width <= 2 else 0.0,
            )
            if width == 1 and not strength and point.keys & window[0].content:
                strength = _KEY
            if strength > best[0]:
                best = (strength, window[0].start, window[-1].end)
    return best


def _overlap(window: Sequence[Clause], point: Point, language: Language) -> float:
    """Return the share of the statement's words said, 0 where too few."""
    if not point.content:
        return 0.0
    shared = len(point.content & _content(window))
    share = shared / len(point.content)
    enough = min(_MIN_SHARED[language.code], len(point.content))
    return share * 0.9 if shared >= enough and share >= _MIN_OVERLAP[language.code] else 0.0


def _content(window: Sequence[Clause]) -> frozenset[str]:
    return window[0].content if len(window) == 1 else frozenset().union(*(clause.content for clause in window))


def _marks(window: Sequence[Clause]) -> frozenset[str]:
    return window[0].marks if len(window) == 1 else frozenset().union(*(clause.marks for clause in window))


def _distinct(window: Sequence[Clause], point: Point, language: Language, *, asked: bool) -> float:
    """Return a middling strength where enough words are said that only this point has."""
    if len(window) > 1 and language.code == "zh":  # single characters meet by chance in a long stretch
        return 0.0
    alone, beside_fact = _MIN_DISTINCT[language.code]
    shared = len(point.distinct & _marks(window))
    if shared >= alone:
        return 0.5
    return 0.5 if shared >= beside_fact and (asked or _near_fact(window, point, language)) else 0.0


def _near_fact(window: Sequence[Clause], point: Point, language: Language) -> bool:
    return any(is_said("", window, fact, language, loose=False, rough=True) for fact in point.facts)


def _idea(window: Sequence[Clause], point: Point, language: Language, *, asked: bool) -> float:
    """Return how surely the point's ideas are asserted; one that only belongs to it needs company."""
    best = 0.0
    for clause in window:
        for idea in point.ideas.keys() & clause.ideas.keys():
            best = max(best, point.ideas[idea] * clause.ideas[idea])
    if best >= _MIN_IDEA:
        return best * 0.9
    if best < HINT * _MIN_IDEA:
        return 0.0
    company = asked or _near_fact(window, point, language)
    return 0.45 if company else 0.0


def _is_topic(clause: Clause, point: Point, language: Language) -> bool:
    """Return whether the clause talks about the point, asserting it or not."""
    if any(find_name(clause.normal, topic, language) is not None for topic in point.topics):
        return True
    return len(point.distinct & clause.marks) >= _MIN_DISTINCT[language.code][1]


# --- the quote -------------------------------------------------------------------------------------------------


def _all_in_one_breath(point: Point, said: tuple[str, ...]) -> bool:
    """Return whether every fact was named, at least one of them telling enough to stand for the point."""
    telling = any(fact.content or any(number.unit for number in fact.numbers) for fact in point.facts)
    return bool(point.facts) and telling and len(said) == len(point.facts)


def _around_facts(text: str, clauses: Sequence[Clause], point: Point, language: Language) -> tuple[int, int]:
    """Return the span of the clauses that name the facts."""
    carrying = [
        clause
        for clause in clauses
        if any(is_said(text, [clause], fact, language, loose=False) for fact in point.facts)
    ]
    chosen = carrying or list(clauses)
    return chosen[0].start, chosen[-1].end


def _with_facts(
    text: str, clauses: Sequence[Clause], point: Point, language: Language, start: int, end: int
) -> tuple[int, int]:
    """Return the span widened to the clauses next to it that name facts."""
    facts = _around_facts(text, clauses, point, language)
    near = facts[1] >= start - 2 and facts[0] <= end + 2
    return (min(start, facts[0]), max(end, facts[1])) if near else (start, end)
