"""A selling point made ready for comparing: names, words, facts and amounts, compiled once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from coach.language import Language, NumberSpan, language_for
from coach.language.against import Against, needles, ruled_out
from coach.language.clause import content, marks
from coach.language.codes import Code, written_codes
from coach.language.families import other_members
from coach.language.gainsay import Gainsaid, compile_gainsaid
from coach.language.ideas import is_same, named_ideas
from coach.language.sizes import size_range
from coach.language.worded import Worded, compile_words

Amount = tuple[str, float]
"""Dimension and value in its base."""

_UNTOLD = frozenset({"money", "discount", "times", "~the", "~", *(f"~{char}" for char in "个点次天人号遍口下位年月")})
"""Dimensions whose other amounts contradict nothing: prices are haggled over, 个 counts anything."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact that must be named."""

    text: str
    numbers: tuple[NumberSpan, ...]
    content: frozenset[str]
    normal: str
    worded: Worded
    codes: frozenset[Code] = frozenset()
    """Ratings such as SPF50 that it holds."""
    sizes: tuple[str, ...] = ()
    """Ends of a range of clothing sizes that it holds."""
    ideas: frozenset[str] = frozenset()
    """Ideas of the trade that are all it says: their other names are as good."""


@dataclass(frozen=True, slots=True)
class Point:
    """What matching needs of a selling point."""

    names: tuple[str, ...]
    """Title and aliases, normalised: saying one asserts the point."""
    topics: tuple[str, ...]
    """Names of the sheet's facts that belong to it, normalised: saying one makes it the topic."""
    distinct: frozenset[str]
    """Marks (`clause.marks`) of all of these that no other point of the product has."""
    facts: tuple[Fact, ...]
    dimensions: frozenset[str]
    amounts: frozenset[Amount]
    scales: frozenset[float]
    """Factors of the units its own figures are given in: a body's weight in 斤 is no fabric's in 克."""
    ideas: Mapping[str, float]
    """Ideas of the trade that it holds, with their weight: 1 in its name, less elsewhere or where others share it."""
    against: Against
    gainsaid: Gainsaid


@lru_cache(maxsize=512)
def compile_point(
    aliases: tuple[str, ...],
    facts: tuple[str, ...],
    statement: str,
    title: str,
    code: str,
    topics: tuple[str, ...] = (),
    common: frozenset[str] = frozenset(),
    banned: tuple[str, ...] = (),
    sheet: str = "",
    rivals: frozenset[str] = frozenset(),
) -> Point:
    """Return the point compiled; the same arguments give the same object."""
    language = language_for(code)
    told = [*language.numbers(statement), *language.numbers(title)]
    read = tuple(_fact(text, told, language) for text in facts)
    numbers = [number for fact in read for number in fact.numbers] or told
    everything = " ， ".join((title, statement, *aliases, *topics, *facts))
    distinct = marks(everything, language) - common - _unit_marks(code)
    dimensions = frozenset(number.unit for number in (*numbers, *told) if number.unit) - _UNTOLD
    return Point(
        names=_normalised(_split((*aliases, title)), language),
        topics=_normalised(topics, language),
        distinct=distinct,
        facts=read,
        dimensions=dimensions,
        amounts=frozenset((number.unit, number.amount) for number in (*numbers, *told)),
        scales=frozenset(number.scale for number in (*numbers, *told)),
        ideas=_ideas((title, *aliases), (statement, *facts), rivals, language),
        against=_with_needles(
            Against(
                codes=frozenset().union(*(fact.codes for fact in read)),
                ruled_out=ruled_out((title, statement, *facts), code) | ruled_out(aliases, code, strict=True),
                topics=_normalised(topics, language),
                terms=_terms(read, language),
                others=other_members(" ， ".join((title, statement, *facts)), sheet or everything, code),
                banned=tuple(
                    wording for wording in _normalised(banned, language) if _concerns(wording, distinct, language)
                ),
                lasting=bool(dimensions & {"sec", "min", "day", "month"}),
            ),
            code,
        ),
        gainsaid=compile_gainsaid(title, statement, facts, aliases, sheet, language),
    )


def _with_needles(against: Against, code: str) -> Against:
    things = (*against.terms, *against.banned, *against.ruled_out, *against.others)
    return replace(against, needles=needles(code, against.topics, things))


_ELSEWHERE = 0.9
"""Weight of an idea that stands in the statement or a fact, not in a name."""
_SHARED = 0.5
"""What is left of the weight where another point of the product holds the idea too."""


def _ideas(
    names: tuple[str, ...], texts: tuple[str, ...], rivals: frozenset[str], language: Language
) -> dict[str, float]:
    found: dict[str, float] = {}
    for weight, group in ((1.0, names), (_ELSEWHERE, texts)):
        for text in group:
            for idea, level in text_ideas(text, language).items():
                found[idea] = max(found.get(idea, 0.0), weight * level * (_SHARED if idea in rivals else 1.0))
    return found


def text_ideas(text: str, language: Language) -> dict[str, float]:
    """Return the ideas of the trade that a sheet's text holds."""
    pieces = [language.normalise(span.text) for span in language.clauses(text)]
    found: dict[str, float] = {}
    for piece in pieces:
        for idea, level in named_ideas(piece, language.code).items():
            found[idea] = max(found.get(idea, 0.0), level)
    return found


def _terms(facts: tuple[Fact, ...], language: Language) -> tuple[str, ...]:
    """Return the facts that are plain words, two characters or four letters at least, and deny nothing themselves."""
    least = 2 if language.code == "zh" else 4
    plain = (fact.normal for fact in facts if not fact.numbers and not fact.codes and not fact.sizes)
    denials = tuple(language.pack.negations)
    return tuple(word for word in plain if len(word) >= least and not any(denial in word for denial in denials))


@cache
def _unit_marks(code: str) -> frozenset[str]:
    """Return marks of English unit words, which name no point."""
    language = language_for(code)
    return marks(" ， ".join(language.pack.units), language) if code == "en" else frozenset()


def _concerns(wording: str, distinct: frozenset[str], language: Language) -> bool:
    """Return whether a wording that must not be said is about this point."""
    own = marks(wording, language)
    return len(own & distinct) >= max(2 if language.code == "zh" else 1, len(own) / 2)


_LIST = re.compile(r"\s*[,，、;；/]\s*")


def _split(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return names, and of a list ("face in, face out, back") its parts of two words or three characters too."""
    parts = (part for name in names for part in _LIST.split(name) if part != name)
    long_enough = (part for part in parts if " " in part.strip() or (not part.isascii() and len(part) > 2))
    return (*names, *long_enough)


def _normalised(names: tuple[str, ...], language: Language) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in map(language.normalise, names) if name))


def _fact(text: str, told: list[NumberSpan], language: Language) -> Fact:
    numbers = tuple(_with_unit(number, told) for number in language.numbers(text))
    return Fact(
        text,
        numbers,
        _fact_content(text, language),
        language.normalise(text),
        compile_words(language.normalise(text), language.code),
        written_codes(text),
        size_range(text),
        is_same(language.normalise(text), language.code),
    )


def _with_unit(number: NumberSpan, told: list[NumberSpan]) -> NumberSpan:
    """Return a bare figure ("500") with the unit it has in the statement ("oven safe to 500 F")."""
    same = [other for other in told if other.value == number.value]
    number = number._replace(approximate=any(other.approximate for other in same))
    found = next((other for other in same if other.unit), None) if not number.unit else None
    return number._replace(unit=found.unit, scale=found.scale) if found else number


def _fact_content(text: str, language: Language) -> frozenset[str]:
    """Return the words of a fact beside its numbers and their units."""
    units = sorted(language.pack.units, key=len, reverse=True)
    for number in reversed(language.numbers(text)):
        rest = text[number.end :].lstrip()
        unit = next((word for word in units if _begins_with_word(rest.lower(), word)), "")
        if not unit and number.unit.startswith("~"):
            unit = rest[:1] if language.code == "zh" else rest.split()[0]
        text = f"{text[: number.start]} {rest[len(unit) :]}"
    return content(text, language, keep_denied=True)


def _begins_with_word(text: str, word: str) -> bool:
    return text.startswith(word) and not (word.isascii() and text[len(word) : len(word) + 1].isalpha())


def amounts(text: str, language: Language) -> frozenset[Amount]:
    """Return every amount named in a text, for `match_point(known=…)`."""
    return frozenset((number.unit, number.amount) for number in language.numbers(text))
