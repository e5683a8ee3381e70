"""Examples as rows of pieces, and the pieces that are kept."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coach.language.reader.pieces import Pieces
from coach.language.reader.reader import TEXT
from scripts.reader_base import Base
from scripts.reader_samples import UNTOLD, Case

ROOT = Path(__file__).resolve().parents[1]
_OFTEN = {1: -14.5, 2: -14.0}
"""Logarithm of how often a piece of so many Chinese characters occurs, from which it is kept."""
_CHINESE = re.compile(r"▁?[一-鿿]{1,2}")
_WORD = re.compile(r"[a-z']+")
_ENGLISH = ("*.md", "docs/**/*.md", "coach/**/*.yaml", "scenarios/**/*.yaml", "scripts/finish_text/en*.txt")
_SORTED = 4096
"""Rows that are sorted by length at once."""


class Row(NamedTuple):
    """An example as pieces."""

    case: Case
    pieces: tuple[int, ...]
    places: tuple[int, ...]
    """Where the facts of a point begin."""


def rows(found: Sequence[Case], base: Base) -> tuple[list[Row], list[int]]:
    """Return the examples as rows of pieces, and the numbers in the base of the pieces they are made of."""
    cutter = base.cutter()
    cut: dict[str, list[int]] = {}
    made = []
    for case in found:
        pieces, places = [base.start], []
        for number, (text, most) in enumerate(case.parts):
            if number:
                places.append(len(pieces))
                pieces.append(base.end)
            if text not in cut:
                cut[text] = cutter.cut(text, TEXT)
            pieces += cut[text][:most]
        own = tuple(places[1:]) if case.question == "point" else ()
        made.append(Row(case, (*pieces, base.end), own))
    kept = sorted({*base.special, *_known(base, cutter), *(at for row in made for at in row.pieces)})
    number_of = {at: number for number, at in enumerate(kept)}
    return [row._replace(pieces=tuple(number_of[at] for at in row.pieces)) for row in made], kept


def _known(base: Base, cutter: Pieces) -> Iterator[int]:
    """Yield pieces that are worth keeping though no example has them."""
    for at, (piece, worth) in enumerate(zip(base.pieces, base.worth, strict=True)):
        letters = piece.strip("▁")
        if (_CHINESE.fullmatch(piece) and worth >= _OFTEN[len(letters)]) or (len(letters) == 1 and letters.isascii()):
            yield at
    words = set[str]()
    for pattern in _ENGLISH:
        for path in sorted(ROOT.glob(pattern)):
            words.update(_WORD.findall(path.read_text(encoding="utf-8").lower()))
    for word in sorted(words):
        yield from cutter.cut(word, TEXT)


def labels_of(chosen: Sequence[Row], size: int) -> NDArray[np.bool_]:
    """Return which answers are right, (rows, size)."""
    made = np.zeros((len(chosen), size), dtype=np.bool_)
    for at, row in enumerate(chosen):
        made[at, list(row.case.labels)] = True
    return made


def facts_of(chosen: Sequence[Row]) -> NDArray[np.int64]:
    """Return the label of every fact of the rows, one after the other."""
    told = [row.case.facts or (UNTOLD,) * len(row.places) for row in chosen]
    return np.array([label for facts in told for label in facts], dtype=np.int64)


def batches(found: Sequence[Row], chosen: Sequence[int], most: int, chance: random.Random | None) -> list[list[int]]:
    """Return numbers of rows of one question and of about one length.

    Args:
        found: All rows.
        chosen: Numbers of those to take.
        most: Pieces of a batch, padding included.
        chance: Shuffles them; None: in order of length.
    """
    by_question: dict[str, list[int]] = defaultdict(list)
    for at in chosen:
        by_question[found[at].case.question].append(at)
    made: list[list[int]] = []
    for listed in by_question.values():
        if chance:
            chance.shuffle(listed)
        for first in range(0, len(listed), _SORTED):
            some = sorted(listed[first : first + _SORTED], key=lambda at: len(found[at].pieces))
            made += _cut(some, [len(found[at].pieces) for at in some], most)
    if chance:
        chance.shuffle(made)
    return made


def _cut(chosen: Sequence[int], sizes: Sequence[int], most: int) -> list[list[int]]:
    """Return rows in order of size, cut where the longest one times their number is over `most`."""
    edges, first = [0], 0
    for at, size in enumerate(sizes):
        if at > first and size * (at - first + 1) > most:
            edges.append(at)
            first = at
    return [list(chosen[start:end]) for start, end in pairwise([*edges, len(chosen)])]
