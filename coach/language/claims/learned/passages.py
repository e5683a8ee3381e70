"""A flat text cut into passages: sentences, or stretches of one length where nobody set marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_SENTENCE = re.compile(r"[^。？]*[。？]?")
_CLAUSE = re.compile(r"[^，]*，?")
_TOKEN = re.compile(r"\S+")
_MARKS = {"zh": frozenset("，。？"), "en": frozenset(",.?")}
LONGEST = {"zh": 44, "en": 36}
"""Characters or words of a passage, before a short sentence is joined to it."""
SHORT = {"zh": 12, "en": 7}
"""Characters or words and marks under which a sentence tells too little alone: it goes with the next one."""
_AROUND = {"zh": 9, "en": 7}
"""Characters, or words and marks, on either side of a place that is looked at by itself."""
_STEP = 22
"""Characters of a passage of Chinese without any mark."""
_BREAK = 30
"""Words after which an English comma ends a passage."""


class Passage(NamedTuple):
    """A stretch of a flat text, to be weighed as one."""

    start: int
    end: int
    """Places in the flat text."""
    units: str | list[str]
    """Its characters (zh) or its words and marks (en)."""
    places: tuple[tuple[int, int], ...] = ()
    """en: where each word stands in the flat text."""

    @property
    def code(self) -> str:
        """Its language."""
        return "zh" if isinstance(self.units, str) else "en"

    def cut(self, first: int, last: int) -> tuple[int, int]:
        """Return where units from `first` up to `last` (excluded) stand in the flat text."""
        if isinstance(self.units, str):
            return self.start + first, self.start + last
        return self.places[first][0], self.places[last - 1][1]


def text_of(passage: Passage) -> str:
    """Return the words of a passage as one text."""
    return passage.units if isinstance(passage.units, str) else " ".join(passage.units)


def passages(flat: str, code: str) -> list[Passage]:
    """Return the passages of a flat text in order; they cover all its words."""
    return _told_enough(_chinese(flat) if code == "zh" else _english(flat), SHORT[code])


def _told_enough(cut: Sequence[Passage], least: int) -> list[Passage]:
    """Return passages of which a short one is joined with the next one, the last one with the one before."""
    found: list[Passage] = []
    for passage in cut:
        if found and len(found[-1].units) < least:
            found[-1] = _both(found[-1], passage)
        else:
            found.append(passage)
    if len(found) > 1 and len(found[-1].units) < least:
        found[-2:] = [_both(*found[-2:])]
    return found


def _both(first: Passage, second: Passage) -> Passage:
    if isinstance(first.units, str) or isinstance(second.units, str):
        return Passage(first.start, second.end, f"{first.units}{second.units}")
    return Passage(first.start, second.end, [*first.units, *second.units], first.places + second.places)


def clause_at(passage: Passage, at: int, code: str) -> Passage:
    """Return the part of a passage between two marks that holds a place of the flat text."""
    return next((clause for clause in reversed(clauses(passage, code)) if clause.start <= at), passage)


def around(passage: Passage, at: int) -> Passage:
    """Return the part of a passage around a place of the flat text."""
    if isinstance(passage.units, str):
        number, reach = at - passage.start, _AROUND["zh"]
    else:
        number, reach = max(0, sum(start <= at for start, _ in passage.places) - 1), _AROUND["en"]
    first, last = max(0, number - reach), min(len(passage.units), number + reach + 1)
    return Passage(*passage.cut(first, last), passage.units[first:last], passage.places[first:last])


def clauses(passage: Passage, code: str) -> list[Passage]:
    """Return the parts of a passage between marks, in order."""
    units = passage.units
    marks = [count for count, unit in enumerate(units) if unit in _MARKS[code]]
    found = []
    for first, last in pairwise([-1, *marks, len(units)]):
        if last > first + 1:
            start, end = passage.cut(first + 1, last)
            found.append(Passage(start, end, units[first + 1 : last], passage.places[first + 1 : last]))
    return found


def _chinese(flat: str) -> list[Passage]:
    found = []
    for sentence in _SENTENCE.finditer(flat):
        start, end = sentence.span()
        for first, last in _parts(flat, start, end):
            found.append(Passage(first, last, flat[first:last]))
    return found


def _parts(flat: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return a sentence whole, or in runs of clauses."""
    if end - start <= LONGEST["zh"]:
        return [(start, end)] if end > start else []
    kept: list[tuple[int, int]] = []
    for clause in _CLAUSE.finditer(flat, start, end):
        first, last = clause.span()
        if last - first > LONGEST["zh"]:  # nobody set marks here
            kept += [(at, min(at + _STEP, last)) for at in range(first, last, _STEP)]
        elif kept and last - kept[-1][0] <= LONGEST["zh"]:
            kept[-1] = (kept[-1][0], last)
        elif last > first:
            kept.append((first, last))
    return kept


def _english(flat: str) -> list[Passage]:
    found: list[Passage] = []
    units: list[str] = []
    places: list[tuple[int, int]] = []
    for token in _TOKEN.finditer(flat):
        word = token.group()
        units.append(word)
        places.append(token.span())
        if word in ".?" or len(units) >= LONGEST["en"] or (word == "," and len(units) >= _BREAK):
            found.append(_passage(units, places))
            units, places = [], []
    return [*found, _passage(units, places)] if units else found


def _passage(units: list[str], places: list[tuple[int, int]]) -> Passage:
    return Passage(places[0][0], places[-1][1], units, tuple(places))
