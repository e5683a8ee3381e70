"""Amounts of figures in comparable units, and how the figures of two texts agree."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from coach.language import Language, NumberSpan
from coach.language.figure_marks import CALENDAR, KINDS, ROUGHLY, SECONDS
from coach.language.spelled import spelled


def dimension_of(unit: str) -> str:
    """Return what a unit measures: a time, a number of kinds, or the unit itself."""
    return "duration" if unit in SECONDS else KINDS.get(unit, unit)


def plain(unit: str, amount: float) -> tuple[str, float]:
    """Return the dimension of an amount and the amount in its plain unit: times in seconds."""
    return dimension_of(unit), amount * SECONDS.get(unit, 1.0)


def readings_of(number: NumberSpan) -> list[tuple[str, float]]:
    """Return what a figure may mean, plainly."""
    return [plain(number.unit, amount) for amount in number.readings()]


def is_close(said: float, wanted: float, *, rough: bool) -> bool:
    """Return whether two amounts are the same, as calendars and people round them."""
    return abs(said - wanted) <= abs(wanted) * (ROUGHLY if rough else CALENDAR) + 1e-9


class Compared(NamedTuple):
    """How figures of words agree with those of a line of the sheet."""

    said: bool
    """Whether the words hold any."""
    told: bool
    """Whether the line does."""
    agrees: bool
    """Whether one is the line's."""
    differs: bool
    """Whether one of a dimension of the line's is not."""


def compared(words: str, line: str, language: Language) -> Compared:
    """Return how the figures of two texts agree."""
    own, numbers = _amounts(line, language), spelled(words, language)
    agrees = any(_is_among(number, own) for number in numbers)
    return Compared(bool(numbers), bool(own), agrees, bool(_others(numbers, own)))


def differing(words: str, line: str, language: Language) -> list[NumberSpan]:
    """Return the figures of words that are none of a line's, though of a dimension that it holds."""
    return _others(spelled(words, language), _amounts(line, language))


def _others(numbers: Iterable[NumberSpan], own: list[tuple[str, float]]) -> list[NumberSpan]:
    dimensions = {dimension for dimension, _ in own}
    return [
        number
        for number in numbers
        if not _is_among(number, own) and any(dimension in dimensions for dimension, _ in readings_of(number))
    ]


def _amounts(text: str, language: Language) -> list[tuple[str, float]]:
    return [reading for number in spelled(text, language) for reading in readings_of(number)]


def _is_among(number: NumberSpan, own: list[tuple[str, float]]) -> bool:
    return any(
        dimension == unit and is_close(said, wanted, rough=number.approximate)
        for dimension, said in readings_of(number)
        for unit, wanted in own
    )
