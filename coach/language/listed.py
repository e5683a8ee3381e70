"""What stands in one list with some words: 燃气灶和电陶炉, navy and oat."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_JOINS = {
    "zh": re.compile(r"[^，。！？,.!?不没非、]{0,2}(?:和|与|跟|及|或者?|、|还有|以及)[^，。！？,.!?不没非]{0,2}"),
    "en": re.compile(r"\s?(?:,|,? ?(?:and|or|plus|&))\s"),
}
Hit = tuple[int, int, str]


def listed_with(text: str, start: int, end: int, hits: Iterable[Hit], code: str) -> Iterator[str]:
    """Yield the words that stand in one list with a stretch of text, its own too.

    Args:
        text: The text.
        start: Where the stretch begins.
        end: Where it ends.
        hits: Words with their places in the text.
        code: `zh` or `en`.
    """
    joins, first, last = _JOINS[code], start, end
    ordered = sorted(hits)
    for begin, finish, word in ordered:
        if begin >= start and (begin < last or joins.fullmatch(text, last, begin)):
            last = max(last, finish)
            yield word
    for begin, finish, word in reversed(ordered):
        if finish <= start and joins.fullmatch(text, finish, first):
            first = begin
            yield word
