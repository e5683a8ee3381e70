"""Ratings written as letters and a figure (SPF50, IPX4, PA+++), and how they are said: SPF是五十, "PA three plus"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from coach.language import Language, language_for

Code = tuple[str, float]
"""Letters in lower case, and the figure, or the number of plus signs."""

_WRITTEN = re.compile(r"(?<![A-Za-z])([A-Za-z]{2,6})-?(\d+(?:\.\d+)?)(?![A-Za-z\d])")
_PLUSES = re.compile(r"(?<![A-Za-z])([A-Za-z]{1,4})(\++)")
_BETWEEN = re.compile(r"^(?:\s|是|有|为|到|值|等级|数值|指数|标的|of|is|at)*$")
_PLUS_WORD = re.compile(r"^\s*(?:个)?\s*(?:加|plus)", re.IGNORECASE)
_REACH = 8
"""Characters between the letters and the figure said for them."""


@lru_cache(maxsize=4096)
def written_codes(text: str) -> frozenset[Code]:
    """Return the ratings written in a sheet's text."""
    found = {(hit[1].lower(), float(hit[2])) for hit in _WRITTEN.finditer(text)}
    return frozenset(found | {(f"{hit[1].lower()}+", float(len(hit[2]))) for hit in _PLUSES.finditer(text)})


def said_codes(text: str, letters: Iterable[str], code: str) -> dict[str, tuple[float, int, int]]:
    """Return what a text says of the ratings with these letters: figure, and where it stands; the last one counts."""
    found: dict[str, tuple[float, int, int]] = {}
    for name in letters:
        value = _said(text, name, language_for(code)) or (_plus_alone(text, code) if name.endswith("+") else None)
        if value:
            found[name] = value
    return found


_PLUS_ALONE = {
    "zh": re.compile(r"([一二两三四五\d])个加号?"),
    "en": re.compile(r"\b(\w+) plus(?:es| signs)\b", re.IGNORECASE),
}


def _plus_alone(text: str, code: str) -> tuple[float, int, int] | None:
    """Return a count of plus signs said without the letters (三个加)."""
    hit = _PLUS_ALONE[code].search(text)
    number = next(iter(language_for(code).numbers(hit[1])), None) if hit else None
    return (number.value, hit.start(), hit.end()) if hit and number else None


def _said(text: str, name: str, language: Language) -> tuple[float, int, int] | None:
    plus = name.endswith("+")
    pattern = rf"(?<![A-Za-z]){re.escape(name.rstrip('+'))}(?![A-Za-z])" + (r"(?P<signs>\++)?" if plus else "")
    best: tuple[float, int, int] | None = None
    for hit in re.finditer(pattern, text, re.IGNORECASE):
        if plus and hit["signs"]:
            best = (float(len(hit["signs"])), hit.start(), hit.end())
            continue
        tail = text[hit.end() : hit.end() + _REACH + 6]
        number = next(iter(language.numbers(tail)), None) if tail else None
        if number is None or number.start > _REACH or not _BETWEEN.match(tail[: number.start].lower()):
            continue
        if plus == bool(_PLUS_WORD.match(tail[number.end :])) or not plus:
            best = (number.value, hit.start(), hit.end() + number.end)
    return best
