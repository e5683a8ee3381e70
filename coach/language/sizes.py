"""Clothing sizes as written (XS to 3X, S到3XL) and as said ("extra small through three x", S到三个叉)."""

from __future__ import annotations

import re
from functools import lru_cache

_SIZE = r"(?:\d|xx?|x{3,5})?x?[sl]|\d?x|m"
_RANGE = re.compile(rf"(?<![a-z\d])({_SIZE})\s*(?:to|through|-|–|到|至|~)\s*({_SIZE})(?![a-z\d])", re.IGNORECASE)
_SAID = (
    (re.compile(r"\b(?:extra|x) small\b"), "xs"),
    (re.compile(r"\bsmall\b"), "s"),
    (re.compile(r"\bmedium\b"), "m"),
    (re.compile(r"\b(?:extra|x) large\b"), "xl"),
    (re.compile(r"\blarge\b"), "l"),
)
_COUNTS = {"one": 1, "two": 2, "double": 2, "three": 3, "triple": 3, "four": 4, "five": 5, "一": 1, "二": 2, "两": 2}
_COUNTS |= {"三": 3, "四": 4, "五": 5, "六": 6}
_TIMES_X = re.compile(
    r"(?:\b(one|two|double|three|triple|four|five)|([一二两三四五六\d]))\s*(?:个)?\s*(?:x|叉|ex)\s*(l|large)?", re.I
)


@lru_cache(maxsize=512)
def size_range(text: str) -> tuple[str, ...]:
    """Return the ends of a range of sizes that a sheet's text gives, else nothing."""
    found = _RANGE.search(text)
    return tuple(_plain(size) for size in found.groups()) if found else ()


@lru_cache(maxsize=1024)
def said_sizes(text: str) -> frozenset[str]:
    """Return the sizes that a text names."""
    lowered = text.lower()
    sizes = {_plain(size) for size in re.findall(rf"(?<![a-z\d'])({_SIZE})(?![a-z\d'])", lowered)}
    for pattern, size in _SAID:
        if pattern.search(lowered):
            sizes.add(size)
            lowered = pattern.sub(" ", lowered)
    for word, char, _ in _TIMES_X.findall(lowered):
        count = _COUNTS.get(word.lower()) or _COUNTS.get(char) or (int(char) if char.isdecimal() else 0)
        sizes.add(f"{count}x")
    if re.search(r"\bx s\b|\bex s\b", lowered):
        sizes.add("xs")
    return frozenset(sizes)


def _plain(size: str) -> str:
    """Return a size in one spelling: 3XL, XXXL and 3X are 3x."""
    lowered = size.lower()
    found = re.fullmatch(r"(\d)x?l?|(x{2,5})l?", lowered)
    if not found or lowered in ("xs", "xl"):
        return lowered
    return f"{found[1] or len(found[2])}x"
