"""Figures said, held against figures of the product sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coach.language import NumberSpan
from coach.language.clause import Clause
from coach.language.point import Amount, Point

_ROUGHLY = 0.2
"""A rough figure ("about ninety") agrees with anything within a fifth."""
_EVERYDAY = frozenset({"sec", "min", "day"})
"""Dimensions of talk about the show itself; off the clause that names the point they need their like beside them."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A figure that differs from the product sheet, said where the point was the topic."""

    number: NumberSpan
    distance: int
    """Clauses between the figure and the point's name; 0 is the same clause."""


def is_amount(number: NumberSpan, wanted: NumberSpan, clause: Clause, *, loose: bool, rough: bool) -> bool:
    """Return whether a figure said is the one wanted.

    Args:
        number: As said.
        wanted: Of the sheet.
        clause: Where it was said; a hedge in it makes the figure rough.
        loose: Whether a figure without a known unit may be it.
        rough: Whether rough and hedged figures count.
    """
    if (number.approximate or clause.is_hedged) and not rough:
        return False
    if number.unit == wanted.unit:
        return any(_close(reading, wanted.amount, rough=rough) for reading in number.readings())
    unknown = _is_untold(number.unit) or _is_untold(wanted.unit)
    values = (number.value, *number.alternatives)
    return loose and unknown and any(_close(value, wanted.value, rough=rough) for value in values)


def _is_untold(unit: str) -> bool:
    """Return whether the unit may be anything; the character after a Chinese number is a unit only by chance."""
    return not unit or (unit[0] == "~" and not unit.isascii())


def _close(said: float, wanted: float, *, rough: bool) -> bool:
    tolerance = abs(wanted) * (_ROUGHLY if rough else 1e-6)
    return abs(said - wanted) <= tolerance + 1e-9


def wrong_figures(
    clauses: Sequence[Clause], named: Sequence[int], point: Point, known: frozenset[Amount], *, asked: bool
) -> tuple[Contradiction, ...]:
    """Return figures of the point's own dimensions, said where it is the topic, that the sheet does not hold."""
    found = []
    for at, clause in enumerate(clauses):
        distance = min((abs(at - name) for name in named), default=2)
        if distance > (2 if asked and at < 2 else 1):
            continue
        if not (clause.is_question or clause.is_deferred or clause.is_hedged or clause.is_comparison):
            beside = {number.unit for number in (clauses[at - 1].numbers if at else ())}
            barred = _EVERYDAY - beside if distance else frozenset()
            wrong = [number for number in clause.numbers if _contradicts(number, point, known)]
            found += [Contradiction(number, distance) for number in wrong if number.unit not in barred]
    return tuple(found)


def _contradicts(number: NumberSpan, point: Point, known: frozenset[Amount]) -> bool:
    if number.unit not in point.dimensions:
        return False
    sheet = [amount for unit, amount in (*known, *point.amounts) if unit == number.unit]
    return not any(
        _close(reading, amount, rough=number.approximate) for reading in number.readings() for amount in sheet
    )
