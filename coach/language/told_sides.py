"""Which lines of a sheet another side of a kind of thing stands against. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coach.language.fact_pack import Family
from coach.language.scope import Place
from coach.language.sheet_line import SheetLine, Sides

_HOME_ZH, _FIRST_HOME_ZH = "中国", "内蒙古|内蒙"
"""The country, and the first of its places in the list of origins."""
_NAMED = 10
"""Likeness of a side that is named in the same sentence; more than any shared letters."""


def lines_of(told: Sides, side: str, at: Place, code: str) -> tuple[int, ...]:
    """Return the lines about a side: those that deny it, else of the likest side, else of all."""
    if side in told.denied:
        return tuple(told.denied[side])
    alike = {other: _likeness(side, other, at, code) for other in told.lines}
    most = max(alike.values(), default=0)
    numbers = [number for other, own in told.lines.items() if alike[other] == most for number in own]
    return tuple(dict.fromkeys(numbers))


def of_part(lines: tuple[int, ...], sheet: Sequence[SheetLine], at: Place, *, solid: bool) -> tuple[int, ...] | None:
    """Return the lines that are about the whole product, or about a part named in the same sentence.

    Args:
        lines: Those about the side.
        sheet: All lines.
        at: Where it is said.
        solid: Whether it is what the product is made of, of which parts may differ.
    """
    sentence = at.text[at.sentence[0] : at.sentence[1]]
    fitting = [number for number in lines if any(word in sentence for word in sheet[number].part)]
    whole = [number for number in lines if not sheet[number].part]
    if not (fitting or whole) and len({sheet[number].part for number in lines}) == 1 and not solid:
        return lines  # nothing else of the product is named in this kind
    return (*fitting, *whole) if fitting or whole else None


def is_whole_country(origins: Family, side: str, told: Sides) -> bool:
    """Return whether a country is named where the sheet names a place in it (国产, of a province)."""
    order = list(origins.sides)
    home = side.startswith(_HOME_ZH)
    return home and any(order.index(other) >= order.index(_FIRST_HOME_ZH) for other in told.lines)


def is_harsher(family: Family, side: str, told: Sides) -> bool:
    """Return whether a side of a rising kind is beyond all that the sheet allows."""
    order = list(family.sides)
    if side in told.denied:
        return True
    return bool(told.lines) and order.index(side) > max(order.index(other) for other in told.lines)


def _likeness(side: str, other: str, at: Place, code: str) -> int:
    """Return how much two sides share, in characters or words; one named in the sentence counts most."""
    sentence = at.text[at.sentence[0] : at.sentence[1]]
    named = any(form in sentence for form in other.split("|"))
    one, two = (set(each) if code == "zh" else set(re.findall(r"[a-z]+", each)) for each in (side, other))
    return len((one & two) - {"|"}) + (_NAMED if named else 0)
