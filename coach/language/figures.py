"""Figures said, held against figures of the product sheet."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
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
    factor: float = 1.0
    """How many times off it is from the point's nearest own figure; figures belong where they are least off."""


def is_amount(number: NumberSpan, wanted: NumberSpan, clause: Clause, *, loose: bool, rough: bool) -> bool:
    """Return whether a figure said is the one wanted.

    Args:
        number: As said.
        wanted: Of the sheet.
        clause: Where it was said; a hedge in it makes the figure rough.
        loose: Whether a figure without a known unit may be it.
        rough: Whether rough and hedged figures count.
    """
    if ((number.approximate and not wanted.approximate) or clause.is_hedged) and not rough:
        return False
    if wanted.unit.startswith("~") and not rough and _counts(number, wanted, clause):
        return True
    if number.unit == wanted.unit:
        return any(_close(reading, wanted.amount, rough=rough) for reading in number.readings())
    unknown = _is_untold(number.unit) or _is_untold(wanted.unit) or _is_telling(wanted)
    values = (number.value, *number.alternatives)
    return loose and unknown and any(_close(value, wanted.value, rough=rough) for value in values)


def _counts(number: NumberSpan, wanted: NumberSpan, clause: Clause) -> bool:
    """Return whether a figure counts the wanted thing with a word between ("two deep pockets", 十四小包)."""
    if number.value != wanted.value or not number.unit.startswith("~"):
        return False
    thing = wanted.unit[1:]
    return (
        thing in clause.normal if not thing.isascii() else any(word.startswith(thing) for word in clause.normal.split())
    )


def _is_telling(wanted: NumberSpan) -> bool:
    """Return whether a figure says enough by itself, whatever unit is heard with it (280, 10.25)."""
    return wanted.unit.startswith("~") and (wanted.value >= _TELLING or wanted.value != int(wanted.value))


_TELLING = 20


def _is_untold(unit: str) -> bool:
    """Return whether the unit may be anything; the character after a Chinese number is a unit only by chance."""
    return not unit or (unit[0] == "~" and not unit.isascii())


def _close(said: float, wanted: float, *, rough: bool) -> bool:
    tolerance = abs(wanted) * (_ROUGHLY if rough else 1e-6)
    return abs(said - wanted) <= tolerance + 1e-9


class OwnFigures:
    """The figures of one point among those of its product.

    Args:
        point: The point.
        known: Every amount of the product sheet.
        shared: Dimensions that other points have too.
    """

    def __init__(self, point: Point, known: frozenset[Amount], shared: frozenset[str]) -> None:
        self._point = point
        amounts = (*known, *point.amounts)
        self._alone = {unit for unit in point.dimensions - shared - _LOOSE if unit[0] != "~"}
        """Dimensions that only this point has."""
        self._sheet = {unit: [amount for other, amount in amounts if other == unit] for unit in point.dimensions}
        self._has_span = bool(point.dimensions & frozenset(_SECONDS))
        self._spans = [amount * _SECONDS[unit] for unit, amount in amounts if unit in _SECONDS]
        self._has_mass = any(amount >= _MASS for _, amount in point.amounts)
        self._values = [amount for _, amount in amounts]

    def wrong(
        self, text: str, clauses: Sequence[Clause], named: Callable[[], Sequence[int]], *, asked: bool
    ) -> tuple[Contradiction, ...]:
        """Return figures of the point's own dimensions, said where it is the topic, that the sheet does not hold.

        A figure of a dimension that only this point has (watts, milligrams) needs no topic.
        """
        return tuple(
            found
            for at, clause in enumerate(clauses)
            if clause.numbers and not (clause.is_question or clause.is_deferred or clause.is_conditional)
            for number in clause.numbers
            if (found := self._wrong(text, clauses, at, number, named, asked=asked))
        )

    def _wrong(
        self,
        text: str,
        clauses: Sequence[Clause],
        at: int,
        number: NumberSpan,
        named: Callable[[], Sequence[int]],
        *,
        asked: bool,
    ) -> Contradiction | None:
        clause = clauses[at]
        differs, is_mass, is_span = (
            self._contradicts(number, clause),
            self._is_other_mass(number),
            self._is_other_span(number),
        )
        if not (differs or is_mass or is_span) or _is_aside(number, clause, text):
            return None
        distance = min((abs(at - name) for name in named()), default=_FAR)
        if not distance and is_span:
            return Contradiction(number, 0, _factor(number, self._point))
        near = distance <= (2 if asked and at < 2 else 1)
        if is_mass or (
            differs
            and (
                self._is_own(number, text) or (near and number.unit not in _barred(clauses, at, distance, asked=asked))
            )
        ):
            return Contradiction(number, min(distance, _FAR), _factor(number, self._point))
        return None

    def _is_own(self, number: NumberSpan, text: str) -> bool:
        """Return whether it can only be this point's figure, wherever it is said."""
        if number.unit not in self._alone or number.scale not in self._point.scales:
            return False
        return not (number.unit == "%" and _OTHER_SHARE.match(text[number.end :]))

    def _contradicts(self, number: NumberSpan, clause: Clause) -> bool:
        sheet = self._sheet.get(number.unit)
        if sheet is None:
            return False
        rough = number.approximate or clause.is_hedged
        for reading in number.readings():
            for amount in sheet:
                if _close(reading, amount, rough=rough):
                    return False
        return not (number.unit.startswith("~") and sheet and number.amount > _STOCK * max(sheet))

    def _is_other_span(self, number: NumberSpan) -> bool:
        """Return whether a duration in other units than the point's is none of the sheet's (一年 for 180天)."""
        if not self._has_span or number.unit not in _SECONDS:
            return False
        if number.unit in self._point.dimensions or number.approximate:
            return False
        said = number.amount * _SECONDS[number.unit]
        return not any(abs(said - amount) <= amount / 10 for amount in self._spans)

    def _is_other_mass(self, number: NumberSpan) -> bool:
        """Return whether a figure in the millions, of whatever, differs from the point's own (二十亿 for 200亿)."""
        if not self._has_mass or number.value < _MASS or number.approximate:
            return False
        return not any(_close(number.value, amount, rough=False) for amount in self._values)


def _is_aside(number: NumberSpan, clause: Clause, text: str) -> bool:
    """Return whether a figure is an article, somebody else's product's, or about the show."""
    before = text[max(0, number.start - 16) : number.start]
    if (_is_article(number) and not _SINGLE.search(before)) or number.start >= clause.compares_from - 4:
        return True
    return bool(_SHOW.search(before))


_SINGLE = re.compile(r"\b(?:only|just) $", re.IGNORECASE)
"""What makes a "one" a count ("only one door")."""


def _is_article(number: NumberSpan) -> bool:
    """Return whether a "one" only says "each" or "a" (一支二十四块五, "one cup")."""
    return number.value == 1 and number.unit.startswith("~")


_SECONDS = {"sec": 1.0, "min": 60.0, "day": 86_400.0, "month": 2_592_000.0}


_SHOW = re.compile(
    r"(?:给我|等我|再等|还有|最后|接下来|过|每|播了?|聊了?|讲了?|前|倒计时)$"
    r"|\b(?:give me|stay|stick around|hang on|wait|next|last|every|within|back in|live for|been on)(?: \w+){0,2} $",
    re.IGNORECASE,
)
"""What stands before a figure about the show itself."""
_MASS = 1_000_000
_FAR = 3
"""Clauses between a figure and a point that is not named at all."""
_OTHER_SHARE = re.compile(
    r"\s*(?:%|percent)?\s*(?:off\b|discount|of (?:you|the|my|our|people|them|all)|sure|certain|smaller|bigger"
    r"|cheaper|less|more|chance)|\s*(?:%|percent)?(?:"
    r"的(?:人|概率|观众|回购|好评|客户|粉丝)|优惠|折扣|返|退|利润)",
    re.IGNORECASE,
)
"""What a percentage is of, where it is none of the product."""
_LOOSE = frozenset({"sec", "min", "day", "month"})
"""Dimensions of talk about anything: they need the point named nearby, as everything counted does."""


def _factor(number: NumberSpan, point: Point) -> float:
    own = [amount for unit, amount in point.amounts if unit == number.unit and amount > 0 and number.amount > 0]
    return min((max(amount, number.amount) / min(amount, number.amount) for amount in own), default=1.0)


def _barred(clauses: Sequence[Clause], at: int, distance: int, *, asked: bool) -> frozenset[str]:
    beside = {number.unit for number in (clauses[at - 1].numbers if at else ())}
    return _EVERYDAY - beside if distance and not asked else frozenset()


_STOCK = 20
"""A count this many times the sheet's is of something else (还有九百多台)."""
