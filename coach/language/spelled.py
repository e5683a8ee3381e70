"""Numbers of running talk with what ranges, articles and working days add to them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.language import Language, NumberSpan


def spelled(text: str, language: Language) -> list[NumberSpan]:
    """Return the numbers of a text; the first of a range takes its unit from the second (8 to 33 pounds, 一到三年)."""
    numbers = [*_articled(text, language), *language.numbers(text)]
    numbers.sort(key=lambda number: number.start)
    read: list[NumberSpan] = []
    for at, number in enumerate(numbers):
        following = numbers[at + 1] if at + 1 < len(numbers) else None
        if (
            following
            and following.unit
            and (not number.unit or number.unit[0] == "~")
            and _TO.fullmatch(text[number.end : following.start])
        ):
            number = number._replace(unit=following.unit, scale=following.scale)
        if number.unit.startswith("~") and (days := _WORKING_DAYS.match(text, number.end)):
            unit, scale = language.pack.units[days[1].lower()]
            number = number._replace(unit=unit, scale=scale)
        metres = _METRES.match(text, number.end) if number.unit == "mm" and number.scale == 1000 else None
        if metres:  # 一米六三
            tail = metres[1]
            number = number._replace(value=number.value + _tail(tail), end=metres.end())
        if read and number.start < read[-1].end:
            continue
        read.append(number)
    return read


def _articled(text: str, language: Language) -> list[NumberSpan]:
    """Return durations that are said with an article ("keeps for a year", "three quarters of an hour")."""
    if language.code == "zh":
        return []
    found = []
    for hit in _ARTICLED.finditer(text):
        unit, scale = language.pack.units[hit[2].lower()]
        found.append(NumberSpan(1.0, hit.start(1), hit.end(1), unit, scale))
    for hit in _QUARTERS.finditer(text):
        unit, scale = language.pack.units[hit[3].lower()]
        found.append(NumberSpan(0.75 if hit[2] else 0.25, hit.start(1), hit.end(1), unit, scale))
    return found


_ARTICLED = re.compile(
    r"\b(?:for|lasts?|keeps?|within|about|takes|good|in) (an?|(?<=within )the)"
    r" (year|month|week|day|hour|minute|second)\b",
    re.IGNORECASE,
)
_QUARTERS = re.compile(r"\b((?:a|(three)) quarters? of an?) (year|hour)\b", re.IGNORECASE)


def _tail(digits: str) -> float:
    value = "".join(
        str("零一二三四五六七八九".index(char)) if char in "零一二三四五六七八九" else char for char in digits
    )
    return float(f"0.{value}")


_TO = re.compile(r"\s*(?:to|through|-|–|~|到|至|x|by|×|乘|\*|and)\s*")
_METRES = re.compile(r"米([零一二三四五六七八九\d]{1,2})(?![零一二三四五六七八九十百\d])")


def is_alternative(number: NumberSpan, numbers: Sequence[NumberSpan], text: str) -> bool:
    """Return whether the speaker wavers between two figures (一年还是两年), or means more or less that (大半年)."""
    if text[number.start - 1 : number.start] == "大" and number.value == _HALF:
        return True
    return any(
        _OR.fullmatch(text[left.end : right.start].strip())
        for left, right in ((number, other) for other in numbers if other.start > number.start)
    ) or any(_OR.fullmatch(text[other.end : number.start].strip()) for other in numbers if other.end < number.start)


_HALF = 0.5
_OR = re.compile(r"\S{0,3}\s?(?:还是|或者|孩是|海是|\bor(?: maybe)?\b)\s?(?:a|the)?")
_WORKING_DAYS = re.compile(
    r"[\s-]*(?:business|working|full|calendar|straight|whole)[\s-]+(days?|weeks?|hours?|months?|years?)", re.IGNORECASE
)
