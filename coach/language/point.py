"""A selling point made ready for comparing: names, words, facts and amounts, compiled once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from coach.language import Language, NumberSpan, language_for
from coach.language.clause import content, marks

Amount = tuple[str, float]
"""Dimension and value in its base."""

_UNTOLD = frozenset({"money", "discount", "times", "~个", "~the", "~"})
"""Dimensions whose other amounts contradict nothing: prices are haggled over, 个 counts anything."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact that must be named."""

    text: str
    numbers: tuple[NumberSpan, ...]
    content: frozenset[str]
    normal: str


@dataclass(frozen=True, slots=True)
class Point:
    """What matching needs of a selling point."""

    names: tuple[str, ...]
    """Title and aliases, normalised: saying one asserts the point."""
    topics: tuple[str, ...]
    """Names of the sheet's facts that belong to it, normalised: saying one makes it the topic."""
    content: frozenset[str]
    """Words of the statement."""
    distinct: frozenset[str]
    """Marks (`clause.marks`) of all of these that no other point of the product has."""
    facts: tuple[Fact, ...]
    dimensions: frozenset[str]
    amounts: frozenset[Amount]


@lru_cache(maxsize=512)
def compile_point(
    aliases: tuple[str, ...],
    facts: tuple[str, ...],
    statement: str,
    title: str,
    code: str,
    topics: tuple[str, ...] = (),
    common: frozenset[str] = frozenset(),
) -> Point:
    """Return the point compiled; the same arguments give the same object."""
    language = language_for(code)
    told = [*language.numbers(statement), *language.numbers(title)]
    read = tuple(_fact(text, told, language) for text in facts)
    numbers = [number for fact in read for number in fact.numbers] or told
    everything = " ， ".join((title, statement, *aliases, *topics, *facts))
    return Point(
        names=_normalised((*aliases, title), language),
        topics=_normalised(topics, language),
        content=content(f"{statement or title}", language, keep_denied=True),
        distinct=marks(everything, language) - common,
        facts=read,
        dimensions=frozenset(number.unit for number in numbers if number.unit) - _UNTOLD,
        amounts=frozenset((number.unit, number.amount) for number in (*numbers, *told)),
    )


def _normalised(names: tuple[str, ...], language: Language) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in map(language.normalise, names) if name))


def _fact(text: str, told: list[NumberSpan], language: Language) -> Fact:
    numbers = tuple(_with_unit(number, told) for number in language.numbers(text))
    return Fact(text, numbers, _fact_content(text, language), language.normalise(text))


def _with_unit(number: NumberSpan, told: list[NumberSpan]) -> NumberSpan:
    """Return a bare figure ("500") with the unit it has in the statement ("oven safe to 500 F")."""
    same = (other for other in told if other.value == number.value and other.unit)
    found = next(same, None) if not number.unit else None
    return replace(number, unit=found.unit, scale=found.scale) if found else number


def _fact_content(text: str, language: Language) -> frozenset[str]:
    """Return the words of a fact beside its numbers and their units."""
    units = sorted(language.pack.units, key=len, reverse=True)
    for number in reversed(language.numbers(text)):
        rest = text[number.end :].lstrip()
        unit = next((word for word in units if rest.lower().startswith(word)), "")
        if not unit and number.unit.startswith("~"):
            unit = rest[:1] if language.code == "zh" else rest.split()[0]
        text = f"{text[: number.start]} {rest[len(unit) :]}"
    return content(text, language, keep_denied=True)


def amounts(text: str, language: Language) -> frozenset[Amount]:
    """Return every amount named in a text, for `match_point(known=…)`."""
    return frozenset((number.unit, number.amount) for number in language.numbers(text))
