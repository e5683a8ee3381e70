"""Figures that are worked out of those of a product sheet: multiples, parts and sums of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable

from coach.language import NumberSpan
from coach.language.amounts import is_close, readings_of

_SAID, _MOST = 24, 100
"""Pieces that somebody multiplies by, and those of a sheet."""
_TOGETHER = {
    "zh": re.compile(r"一共|总共|合计|加起来|加一起|加在一起|拢共|合起来|剩下|其余|剩余|最长|拉满"),
    "en": re.compile(
        r"\b(?:together|total|altogether|combined|in all|add(?:s|ed)? up|the rest|the other|remaining|extended)\b"
    ),
}
"""Words with which figures are added up, or taken from the whole."""
_COUNTS = {
    "zh": {
        re.compile(r"[两双俩]"): 2.0,
        re.compile(r"半(?=[包盒瓶袋壶锅桶支条块片份箱])|一半"): 0.5,
        re.compile(r"翻倍|翻一番"): 2.0,
    },
    "en": {
        re.compile(r"\b(?:both|two|twice|a pair|a couple)\b"): 2.0,
        re.compile(r"\bhalf\b"): 0.5,
        re.compile(r"\bthree times\b"): 3.0,
    },
}
"""Counts that are said without a figure of their own."""


_EACH = re.compile(r"[每各/×*]|单(?=[包盒瓶袋支条块片份])|套装|\b(?:each|per|apiece|a piece|of|x|packs?|pair|set)\b")
"""How a line tells what one of its pieces holds."""


def pieced(amounts: Collection[tuple[str, float]], line: str) -> list[tuple[str, float]]:
    """Return what one line of a sheet holds in each of its pieces, or in all: 30 g of 12 bags, 360 g.

    Times are none: what lasts three months comes in no three pieces. What one piece holds is multiplied only where the
    line says that it is of one: 10,000 mAh for two charges are not 20,000.
    """
    is_each = bool(_EACH.search(line.lower()))
    counts = [amount for unit, amount in amounts if unit.startswith("~") and 2 <= amount <= _MOST]
    measured = [(unit, amount) for unit, amount in amounts if unit[:1] not in ("", "~", "%") and unit != "duration"]
    pairs = [(unit, amount, count) for unit, amount in measured for count in counts]
    wholes = [(unit, amount * count) for unit, amount, count in pairs if is_each]
    return [(unit, amount / count) for unit, amount, count in pairs] + wholes


def without(text: str, numbers: Iterable[NumberSpan]) -> str:
    """Return a text, as long as before, without some of its numbers."""
    for number in numbers:
        text = f"{text[: number.start]}{' ' * (number.end - number.start)}{text[number.end :]}"
    return text


def is_worked_out(
    number: NumberSpan,
    clause: str,
    others: Iterable[NumberSpan],
    known: Collection[tuple[str, float]],
    pieces: Collection[tuple[str, float]],
    code: str,
) -> bool:
    """Return whether a figure is a known one so many times, one of so many parts of it, or the sum of two.

    Args:
        number: As said.
        clause: The rest of the clause that it is said in.
        others: The other numbers of the clause.
        known: Dimensions and amounts of the sheet.
        pieces: What is in its pieces (`pieced`); it is multiplied, not added up.
        code: `zh` or `en`.
    """
    counts = {other.value for other in others if other.unit[:1] in ("", "~") and 2 <= other.value <= _SAID}
    counts |= {count for pattern, count in _COUNTS[code].items() if pattern.search(clause)}
    together = bool(_TOGETHER[code].search(clause))
    return any(
        is_close(said, amount, rough=number.approximate)
        for unit, said in readings_of(number)
        for amounts, added in ((known, together), (pieces, False))
        for amount in _made_of([own for dimension, own in amounts if dimension == unit], counts, unit, together=added)
    )


def _made_of(own: Collection[float], counts: Collection[float], unit: str, *, together: bool) -> Iterable[float]:
    for amount, count in itertools.product(own, counts):
        yield amount * count
        yield amount / count
    if together:
        yield from (left + right for left, right in itertools.combinations(own, 2))
        yield from (100 - amount for amount in own if unit == "%")
