"""Figures of an offer and its answer by what they mean for the price: under the floor, above it, a reduction, a count.

No figure as such is looked at by the judge of grants (`grant_judge`), only its class, so that what is learned on one
product holds for all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from coach.language import Language, NumberSpan
from coach.room.prices import share_left
from coach.scenario.model import Price

Class = (
    Literal["live", "list", "mid", "low", "high", "one", "few", "part", "count"]
    | Literal["sumlive", "summid", "sumlow", "cut", "cutok", "pctlow", "pctok"]
)
"""`cut` and `cutok`: taken off the price, under the floor or not. `part`, `few`: too little to be the price."""
UNDER: frozenset[Class] = frozenset({"low", "sumlow", "cut", "pctlow"})
"""Classes that leave less than the floor for a piece."""
KEPT: frozenset[Class] = frozenset({"live", "mid", "sumlive", "summid", "list", "pctok"})
"""Classes that leave the floor or more."""
_CENT = 0.011
_ROUNDED = 0.06
"""How far a sum shared out over pieces may be from the price."""
LEAST = 0.45
"""Share of the floor under which a figure is no price of this product but a part of one."""
_MOST = 12
"""Pieces that somebody buys at once."""
_COUNTED_ZH = frozenset(
    "件盒包个单条双瓶袋箱份支套只罐副口台把张床大片粒颗克斤毫米厘度岁天年月周次号点秒小层级档码寸倍人位种款遍"
)
"""Characters after a number that make it no price."""
_BOTH = re.compile(r"\b(?:both|pair|couple)\b|两|俩|一对")
_OFF = {
    "zh": (re.compile(r"[减少返退补抹省掏贴扣免]|便宜|红包|优惠|[券卷]|转"), 6),
    "en": (
        re.compile(
            r"\b(?:off|back|refund\w*|less|knock\w*|minus|discount|coupon|code|card|rebate|venmo|zelle|save|saving"
            r"|cheaper|shipping|envelope)\b"
        ),
        14,
    ),
}
"""Words beside a figure that is taken off the price, and within how many characters they stand."""
_MOST_OFF = 0.65
"""Share of the price that anybody takes off."""
_FEW = 12
_BEST: tuple[Class, ...] = ("live", "mid", "sumlive", "summid", "low", "sumlow", "list", "pctlow", "pctok")
"""Of several readings of a figure, the first of these is meant."""


class Figure(NamedTuple):
    """One figure of a text."""

    kind: Class
    asked: bool
    """Whether the viewer's line names it."""
    each: float | None
    """What it leaves for a piece, where it says so."""
    start: int
    end: int
    values: tuple[float, ...] = ()
    """How it may be read."""

    def may_be(self, value: float) -> bool:
        """Return whether it may be read as a value, 1 excepted."""
        return value > 1 and any(abs(value - own) < _CENT for own in self.values)

    @property
    def name(self) -> str:
        """What stands for it among the words."""
        return f"<{'asked' if self.asked else ''}{self.kind}>"


def figures_of(
    text: str, asked: Sequence[Figure], pieces: Sequence[int], price: Price, language: Language
) -> list[Figure]:
    """Return the figures of a text in order.

    Args:
        text: The line or its answer.
        asked: Figures of the line, if the text is the answer to it.
        pieces: How many pieces may be meant, likeliest first.
        price: Of the product.
        language: Of the text.
    """
    found: list[Figure] = []
    spans = [span for span in language.numbers(text) if span.value >= 1]
    for span in spans:
        if found and span.start < found[-1].end:
            continue
        values = (span.value, *span.alternatives)
        same = next((figure for figure in asked if any(figure.may_be(value) for value in values)), None)
        meant = values if same is None else tuple(value for value in values if same.may_be(value))
        off = _is_taken_off(text, span, language.code) or (same is not None and same.kind in ("cut", "cutok"))
        kind, each = _read(meant, span.unit, off, pieces, price)
        found.append(Figure(kind, same is not None, each, span.start, span.end, meant))
    return found


def pieces_in(line: str, answer: str, language: Language) -> list[int]:
    """Return the numbers of pieces that a line and its answer count, in order."""
    found: list[int] = []
    for text in (line, answer):
        for span in language.numbers(text):
            if span.value in range(2, _MOST + 1) and span.unit not in ("money", "%", "discount"):
                found.append(int(span.value))
        if _BOTH.search(text.lower()):
            found.append(2)
    return list(dict.fromkeys(found))


def _is_taken_off(text: str, span: NumberSpan, code: str) -> bool:
    pattern, reach = _OFF[code]
    before, after = text[max(0, span.start - reach) : span.start], text[span.end : span.end + reach]
    return bool(pattern.search(before.lower()) or pattern.search(after.lower()))


def _read(
    values: Sequence[float], unit: str, off: bool, pieces: Sequence[int], price: Price
) -> tuple[Class, float | None]:
    readings = [_classed(value, unit, off, pieces, price) for value in values]
    return min(readings, key=lambda item: _BEST.index(item[0]) if item[0] in _BEST else len(_BEST))


def _classed(value: float, unit: str, off: bool, pieces: Sequence[int], price: Price) -> tuple[Class, float | None]:
    live, floor = price.live, price.floor
    if unit in ("%", "discount") and value <= 100:
        left = live * share_left(value, unit)
        return ("pctlow" if left < floor - _CENT else "pctok"), left
    if abs(value - live) < _CENT or abs(value - price.list) < _CENT:
        return ("live", live) if abs(value - live) < _CENT else ("list", price.list)
    if _counts(unit) or value == 1:
        return ("one" if value == 1 else "count"), None
    if value > live:
        return _shared(value, pieces, price)
    if off and value < _MOST_OFF * live:
        return ("cut" if live - value < floor - _CENT else "cutok"), live - value
    if value >= LEAST * floor:
        return ("mid" if value >= floor - _CENT else "low"), value
    return ("few" if value <= _FEW else "part"), None


def _counts(unit: str) -> bool:
    """Return whether a figure counts or measures something, by its unit or the word after it."""
    if not unit.startswith("~"):
        return unit not in ("", "money", "%", "discount")
    word = unit[1:]
    return word[:1] in _COUNTED_ZH or (word.isascii() and word.endswith("s"))


def _shared(value: float, pieces: Sequence[int], price: Price) -> tuple[Class, float | None]:
    """Return what a sum is for the pieces counted beside it."""
    for count in pieces:
        each = value / count
        if abs(each - price.live) < _ROUNDED:
            return "sumlive", price.live
        if price.floor - _CENT <= each < price.live:
            return "summid", each
        if LEAST * price.floor <= each < price.floor:
            return "sumlow", each
    return "high", None
