"""Does a text state a selling point? One matcher for the live room and for the scorer. Deterministic.

Ways to have the idea: a name of the point (title or alias, small slips allowed); enough words of its statement; words
that no other point of the product has (fewer beside one of its facts, or in answer to a question about it); all its
facts in one breath. Facts are compared as amounts with units, so 八十九块九 and 89.9元 are the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from coach.language import Language
from coach.language.against import against_words
from coach.language.clause import Clause, is_denied, read_clauses, stem
from coach.language.codes import said_codes
from coach.language.figures import Contradiction, is_amount, wrong_figures
from coach.language.point import Amount, Fact, Point, compile_point
from coach.language.sizes import said_sizes

_MIN_OVERLAP = {"zh": 0.4, "en": 0.5}
"""Share of the statement's content words that makes a paraphrase of it."""
_MIN_SHARED = {"zh": 3, "en": 2}
_MIN_DISTINCT = {"zh": (3, 2), "en": (2, 1)}
"""Marks only this point has that assert it: alone, and beside one of its facts."""
_FUZZY = 88
"""Partial ratio of rapidfuzz: one wrong character in eight, as recognisers make."""
_FUZZY_MIN_CHARS = {"zh": 4, "en": 8}
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
        known: Every amount of the product sheet; none of them contradicts anything.
        shared: Dimensions that other points have too.
        banned: Wordings that the product's sheet forbids.
        sheet: All words of the product sheet.
        topical: Whether the point was the topic just before, so that a bare "forty five" can be its figure.
        asked: Whether a viewer just asked about it, so that the next figure of its kind is an answer.
    """
    point = compile_point(
        tuple(aliases), tuple(facts), statement, title, language.code, tuple(topics), common, tuple(banned), sheet
    )
    clauses = read_clauses(text, language.code)
    strengths = [_strength(clause, point, language) for clause in clauses]
    best, start, end = _best_window(clauses, strengths, point, language, asked=asked)
    said, vague = _facts(text, clauses, point, language, loose=best > 0 or topical)
    if not best and _all_in_one_breath(point, said):
        best, (start, end) = 0.6, _around_facts(clauses, point, language)
    if best and said:
        start, end = _with_facts(clauses, point, language, start, end)
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


def _strength(clause: Clause, point: Point, language: Language) -> float:
    """Return how surely this clause names the point: 1 by name, less for a name with a slip, 0 not at all."""
    if clause.is_question or clause.is_deferred:
        return 0.0
    return max((_name_strength(clause.normal, name, language) for name in point.names), default=0.0)


def _name_strength(clause: str, name: str, language: Language) -> float:
    at = _find_name(clause, name, language)
    if at is not None:
        return 0.0 if is_denied(clause, at, language) and not _starts_denied(name, language) else 1.0
    if len(name) < _FUZZY_MIN_CHARS[language.code] or len(clause) < len(name):
        return 0.0
    alignment = fuzz.partial_ratio_alignment(name, clause, score_cutoff=_FUZZY)
    if alignment is None or is_denied(clause, alignment.dest_start, language):
        return 0.0
    return 0.8


def _starts_denied(name: str, language: Language) -> bool:
    return any(name.startswith(item) for item in language.pack.negations)


def _find_name(clause: str, name: str, language: Language) -> int | None:
    if language.code == "zh":
        at = clause.find(name)
        if at < 0 and len(name) >= 3:
            return _find_spread(clause, name)
        return None if at < 0 or (len(name) == 1 and not _is_emphasised(clause, at, language)) else at
    words, wanted = clause.split(), [stem(word) for word in name.split()]
    stems = [stem(word) for word in words]
    for first in range(len(words) - len(wanted) + 1):
        if stems[first : first + len(wanted)] == wanted:
            return len(" ".join(words[:first]))
    return _find_joined(words, name)


def _find_joined(words: Sequence[str], name: str) -> int | None:
    """Return where a name stands that was heard in other pieces ("air less" for airless)."""
    joined = name.replace(" ", "")
    if len(joined) < _JOINED_MIN:
        return None
    for first in range(len(words) - 1):
        for last in range(first + 2, min(first + 5, len(words) + 1)):
            if "".join(words[first:last]) == joined:
                return len(" ".join(words[:first]))
    return None


_JOINED_MIN = 6


def _find_spread(clause: str, name: str) -> int | None:
    """Return where a name stands with small words inside (充电也快 for 充电快)."""
    if not {*name} <= {*clause}:
        return None
    found = _spread(name).search(clause)
    return found.start() if found else None


@lru_cache(maxsize=1024)
def _spread(name: str) -> re.Pattern[str]:
    return re.compile("[也很都就又还挺蛮真更的了得是超能会给可以]{0,2}".join(map(re.escape, name)))


def _is_emphasised(clause: str, at: int, language: Language) -> bool:
    """Return whether a name of one character is said of the thing (很轻), not inside another word (年轻)."""
    return clause[:at].endswith(language.pack.intensifiers) or clause == clause[at : at + 1]


def _best_window(
    clauses: Sequence[Clause], strengths: Sequence[float], point: Point, language: Language, *, asked: bool
) -> tuple[float, int, int]:
    """Return strength and place of the clause, or the few clauses, that state the point best."""
    best = (0.0, 0, 0)
    for width in range(1, _WINDOW + 1):
        for first in range(len(clauses) - width + 1):
            window = clauses[first : first + width]
            strength = strengths[first] if width == 1 else 0.0
            strength = max(strength, _overlap(window, point, language), _distinct(window, point, language, asked=asked))
            if width == 1 and not strength:
                strength = _key_said(window[0], point)
            if strength > best[0]:
                best = (strength, window[0].start, window[-1].end)
    return best


def _overlap(window: Sequence[Clause], point: Point, language: Language) -> float:
    """Return the share of the statement's words said, 0 where too few."""
    if not point.content or any(clause.is_question or clause.is_deferred for clause in window):
        return 0.0
    said = frozenset().union(*(clause.content for clause in window))
    shared = len(point.content & said)
    share = shared / len(point.content)
    enough = min(_MIN_SHARED[language.code], len(point.content))
    return share * 0.9 if shared >= enough and share >= _MIN_OVERLAP[language.code] else 0.0


def _distinct(window: Sequence[Clause], point: Point, language: Language, *, asked: bool) -> float:
    """Return a middling strength where enough words are said that only this point has."""
    scattered = len(window) > 1 and language.code == "zh"  # single characters meet by chance in a long stretch
    if scattered or any(clause.is_question or clause.is_deferred for clause in window):
        return 0.0
    alone, beside_fact = _MIN_DISTINCT[language.code]
    shared = len(point.distinct & frozenset().union(*(clause.marks for clause in window)))
    if shared >= alone:
        return 0.5
    if shared < beside_fact:
        return 0.0
    about_fact = any(_is_said(window, fact, language, loose=False, rough=True) for fact in point.facts)
    return 0.5 if asked or about_fact else 0.0


def _key_said(clause: Clause, point: Point) -> float:
    """Return a weak strength where one telling word of a name is said."""
    return 0.0 if clause.is_question or clause.is_deferred or not point.keys & clause.content else _KEY


def _is_topic(clause: Clause, point: Point, language: Language) -> bool:
    """Return whether the clause talks about the point, asserting it or not."""
    if any(_find_name(clause.normal, topic, language) is not None for topic in point.topics):
        return True
    return len(point.distinct & clause.marks) >= _MIN_DISTINCT[language.code][1]


# --- facts -----------------------------------------------------------------------------------------------------


def _facts(
    text: str, clauses: Sequence[Clause], point: Point, language: Language, *, loose: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return facts named exactly and facts named only roughly."""
    open_clauses = [clause for clause in clauses if not clause.is_question and not clause.is_deferred]
    said = tuple(
        fact.text
        for fact in point.facts
        if _codes_said(text, fact, language)
        or (fact.sizes and {*fact.sizes} <= said_sizes(text))
        or (not fact.codes and _is_said(open_clauses, fact, language, loose=loose, rough=False))
    )
    vague = tuple(
        fact.text
        for fact in point.facts
        if fact.text not in said and _is_said(open_clauses, fact, language, loose=loose, rough=True)
    )
    return said, vague


def _codes_said(text: str, fact: Fact, language: Language) -> bool:
    said = said_codes(text, {letters for letters, _ in fact.codes}, language.code)
    return bool(fact.codes) and all(letters in said and said[letters][0] == value for letters, value in fact.codes)


def _is_said(clauses: Sequence[Clause], fact: Fact, language: Language, *, loose: bool, rough: bool) -> bool:
    if not fact.numbers:
        return any(_has_words(clauses[at : at + 2], fact, language) for at in range(len(clauses)))
    for wanted in fact.numbers:
        if not any(
            is_amount(number, wanted, clause, loose=loose, rough=rough)
            for clause in clauses
            for number in clause.numbers
        ):
            return False
    said = frozenset().union(*(clause.content for clause in clauses)) if clauses else frozenset()
    return len(fact.content & said) * 2 >= len(fact.content)


def _has_words(window: Sequence[Clause], fact: Fact, language: Language) -> bool:
    joined = " ".join(clause.normal for clause in window)
    at = _find_name(joined, fact.normal, language)
    if at is not None:
        return _starts_denied(fact.normal, language) or not is_denied(joined, at, language)
    said = frozenset().union(*(clause.content for clause in window))
    if len(fact.content) >= 2 and len(fact.content & said) / len(fact.content) >= 0.75:
        return True
    long_enough = len(fact.normal) >= _FUZZY_MIN_CHARS[language.code]
    return long_enough and fuzz.partial_ratio(fact.normal, joined, score_cutoff=_FUZZY) > 0


def _all_in_one_breath(point: Point, said: tuple[str, ...]) -> bool:
    """Return whether every fact was named, at least one of them telling enough to stand for the point."""
    telling = any(fact.content or any(number.unit for number in fact.numbers) for fact in point.facts)
    return bool(point.facts) and telling and len(said) == len(point.facts)


def _around_facts(clauses: Sequence[Clause], point: Point, language: Language) -> tuple[int, int]:
    """Return the span of the clauses that name the facts."""
    carrying = [
        clause
        for clause in clauses
        if any(_is_said([clause], fact, language, loose=False, rough=False) for fact in point.facts)
    ]
    chosen = carrying or list(clauses)
    return chosen[0].start, chosen[-1].end


def _with_facts(clauses: Sequence[Clause], point: Point, language: Language, start: int, end: int) -> tuple[int, int]:
    """Return the span widened to the clauses next to it that name facts."""
    facts = _around_facts(clauses, point, language)
    near = facts[1] >= start - 2 and facts[0] <= end + 2
    return (min(start, facts[0]), max(end, facts[1])) if near else (start, end)
