"""Examples as rows of pieces in plain arrays, and the pieces that are kept."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scripts.reader_base import Base
    from scripts.reader_base_en import EnglishBase
    from scripts.reader_case import Case

QUESTIONS = ("claim", "point", "answer")
SOURCES = ("sentences", "scoring", "points", "talks", "claims", "stated", "twins")
CODES = ("zh", "en")
UNTOLD, NOT_SAID, SAID, WRONG = -1, 0, 1, 2
"""Labels of a fact."""
_SORTED = 4096
"""Rows that are sorted by length at once."""
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Rows:
    """All examples, a value a row; pieces and facts of all rows one after the other.

    Attributes:
        pieces, ends: Numbers of the pieces, and where each row's end.
        question, source, code: Places in `QUESTIONS`, `SOURCES`, `CODES`.
        labels: A bit for each answer that is right.
        weight, below, own, text, odds, held: As of `scripts.reader_case.Case`.
        places, facts, fact_ends: Where in its row each fact begins, its label, and where each row's facts end.
    """

    pieces: Whole
    ends: Whole
    question: Whole
    source: Whole
    code: Whole
    labels: Whole
    weight: NDArray[np.float64]
    below: Whole
    own: Whole
    text: Whole
    odds: NDArray[np.float64]
    held: Whole
    places: Whole
    facts: Whole
    fact_ends: Whole

    def __len__(self) -> int:
        return len(self.ends)

    @cached_property
    def sizes(self) -> Whole:
        """Pieces of each row."""
        return np.diff(self.ends, prepend=0)

    @cached_property
    def fact_sizes(self) -> Whole:
        """Facts of each row."""
        return np.diff(self.fact_ends, prepend=0)

    def save(self, path: Path) -> None:
        """Write them to a file."""
        np.savez_compressed(path, allow_pickle=False, **{part.name: getattr(self, part.name) for part in fields(self)})

    @classmethod
    def load(cls, path: Path) -> Rows:
        """Read them from a file."""
        with np.load(path) as held:
            return cls(**{part.name: held[part.name] for part in fields(cls)})


def rows(found: Sequence[Case], base: Base | EnglishBase) -> tuple[Rows, list[int]]:
    """Return examples as rows, and the numbers in the base of the pieces they are made of."""
    from coach.language.reader.asked import TEXT, THEN
    from coach.language.reader.digits import in_digits

    cutter = base.cutter()
    of = cache(lambda text: cutter.cut(text, TEXT))
    figured = cache(lambda text: of(in_digits(text)))
    cut = [_pieces(case, base, of if case.question == "claim" else figured) for case in found]
    kept = sorted({*base.special, *of(THEN), *base.known, *(at for row, _ in cut for at in row)})
    number_of = {at: number for number, at in enumerate(kept)}
    return _table(found, cut, number_of), kept


def _pieces(case: Case, base: Base | EnglishBase, of: Callable[[str], list[int]]) -> tuple[list[int], list[int]]:
    """Return the pieces of an example, by their numbers in the base, and where its facts begin."""
    from coach.language.reader.asked import LINE, THEN

    pieces, starts = [base.start], list[int]()
    if case.line:
        pieces += [*of(case.line)[:LINE], *of(THEN)]
    for number, (text, most) in enumerate(case.parts):
        if number:
            starts.append(len(pieces))
            pieces.append(base.end)
        pieces += of(text)[:most]
    return [*pieces, base.end], starts[1:] if case.question == "point" else []


def _table(found: Sequence[Case], cut: Sequence[tuple[list[int], list[int]]], number_of: Mapping[int, int]) -> Rows:
    facts = [case.facts or (UNTOLD,) * len(here) for case, (_, here) in zip(found, cut, strict=True)]
    return Rows(
        pieces=np.array([number_of[at] for row, _ in cut for at in row]),
        ends=np.cumsum([len(row) for row, _ in cut]),
        question=np.array([QUESTIONS.index(case.question) for case in found]),
        source=np.array([SOURCES.index(case.source) for case in found]),
        code=np.array([CODES.index(case.code) for case in found]),
        labels=np.array([sum(1 << label for label in case.labels) for case in found]),
        weight=np.array([case.weight for case in found]),
        below=np.array([int(case.below) for case in found]),
        own=np.array([int(case.own) for case in found]),
        text=np.array([case.text for case in found]),
        odds=np.array([case.odds for case in found]),
        held=np.array([int(case.held) for case in found]),
        places=np.array([place for _, here in cut for place in here]),
        facts=np.array([label for told, (_, here) in zip(facts, cut, strict=True) for label in told[: len(here)]]),
        fact_ends=np.cumsum([len(here) for _, here in cut]),
    )


def batches(found: Rows, chosen: Whole, most: int, chance: random.Random | None) -> list[Whole]:
    """Return numbers of rows of one question and of about one length.

    Args:
        found: All rows.
        chosen: Numbers of those to take.
        most: Pieces of a batch, padding included.
        chance: Shuffles them; None: in order of length.
    """
    made: list[Whole] = []
    for question in range(len(QUESTIONS)):
        listed = chosen[found.question[chosen] == question].tolist()
        if chance:
            chance.shuffle(listed)
        made += by_length(listed, found.sizes, most)
    if chance:
        chance.shuffle(made)
    return made


def by_length(listed: Sequence[int], sizes: Whole, most: int, at_once: int = _SORTED) -> list[Whole]:
    """Return numbers of rows of about one length.

    Args:
        listed: The numbers.
        sizes: Pieces of every row there is.
        most: As of `batches`.
        at_once: Rows that are sorted by length at once.
    """
    made: list[Whole] = []
    for first in range(0, len(listed), at_once):
        some = np.array(listed[first : first + at_once])
        some = some[np.argsort(sizes[some], kind="stable")]
        made += _cut(some, sizes[some].tolist(), most)
    return made


def _cut(chosen: Whole, sizes: Sequence[int], most: int) -> list[Whole]:
    """Return rows in order of size, cut where the longest one times their number is over `most`."""
    edges, first = [0], 0
    for at, size in enumerate(sizes):
        if at > first and size * (at - first + 1) > most:
            edges.append(at)
            first = at
    return [chosen[start:end] for start, end in pairwise([*edges, len(chosen)])]
