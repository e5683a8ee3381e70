"""The shipped reader: its weights, and the questions it answers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from coach.language.reader.net import Array, Net, States
from coach.language.reader.pieces import Pieces

FOLDER = Path(__file__).resolve().parent
VERSION = "2026.11.1"
"""Of the weights."""
_START, _END, _UNKNOWN = "<s>", "</s>", "<unk>"
_SPECIAL = frozenset({_START, _END, _UNKNOWN, "<pad>"})
_HEADS = 12
TEXT, PASSAGE, STATEMENT, FACT, TRADE = 90, 70, 50, 24, 4
"""Most pieces read of an utterance, a passage, a point's statement, one of its facts, a trade; as in training."""
FACTS = 4


class Asked(NamedTuple):
    """One selling point to be looked for."""

    statement: str
    facts: tuple[str, ...]


class FactRead(NamedTuple):
    """How likely a fact is said, and said wrong."""

    said: float
    wrong: float


class PointRead(NamedTuple):
    """How likely an utterance asserts a point in full, in part, not at all, and contradicts it; sums to 1."""

    hit: float
    partial: float
    miss: float
    misstated: float
    facts: tuple[FactRead, ...]
    """Of its first four facts."""

    @property
    def asserted(self) -> float:
        """How likely it asserts the point, in full or in part."""
        return self.hit + self.partial


class Reader:
    """The encoder with its answers.

    Args:
        weights: As of `Net`, and per question `point` (2 H, 4) with `point.b`, `fact` (2 H, 3), `claim` (2 H, 18).
        pieces: The vocabulary it was trained with.
        ends: Numbers of the pieces that begin and end a text.
    """

    def __init__(self, weights: dict[str, Array], pieces: Pieces, ends: tuple[int, int]) -> None:
        self._net, self._weights, self._pieces = Net(weights, _HEADS), weights, pieces
        self._start, self._end = ends

    def points(self, pairs: Sequence[tuple[str, Asked]]) -> list[PointRead]:
        """Return what each utterance says of the point beside it.

        Args:
            pairs: Utterance and point.
        """
        rows, places = [], []
        for text, asked in pairs:
            row = [
                self._start,
                *self._pieces.cut(text, TEXT),
                self._end,
                *self._pieces.cut(asked.statement, STATEMENT),
            ]
            here = []
            for fact in asked.facts[:FACTS]:
                here.append(len(row))
                row += [self._end, *self._pieces.cut(fact, FACT)]
            rows.append([*row, self._end])
            places.append(here)
        read = self._net.read(rows)
        return [self._point(states, here) for states, here in zip(read, places, strict=True)]

    def _point(self, states: States, places: Sequence[int]) -> PointRead:
        hit, partial, miss, misstated = self._answer("point", states.whole)
        facts = [self._answer("fact", states.at(place)) for place in places]
        return PointRead(hit, partial, miss, misstated, tuple(FactRead(said, wrong) for _, said, wrong in facts))

    def claims(self, texts: Sequence[str], trade: str) -> list[float]:
        """Return the log-odds that each passage breaks a rule of selling."""
        tail = [self._end, *self._pieces.cut(trade or "any", TRADE), self._end]
        rows = [[self._start, *self._pieces.cut(text, PASSAGE), *tail] for text in texts]
        right = [self._answer("claim", states.whole)[0] for states in self._net.read(rows)]
        return [float(np.log((1 - share + 1e-9) / (share + 1e-9))) for share in right]

    def _answer(self, question: str, states: Array) -> list[float]:
        odds = states @ self._weights[question] + self._weights[f"{question}.b"]
        shares = np.exp(odds - odds.max())
        found: list[float] = (shares / shares.sum()).tolist()
        return found


@cache
def reader(folder: Path = FOLDER) -> Reader:
    """Return the shipped reader, or the one of another folder."""
    with np.load(folder / "weights.npz") as held:
        weights = {
            name: held[name].astype(np.float32) * held[f"{name}.scale"] if f"{name}.scale" in held else held[name]
            for name in held.files
            if not name.endswith(".scale")
        }
    lines = (folder / "pieces.tsv").read_text(encoding="utf-8").rstrip("\n").split("\n")
    told = [line.split("\t") for line in lines]
    names = [name for name, _ in told]
    pieces = Pieces(names, [float(worth) for _, worth in told], names.index(_UNKNOWN), special=_SPECIAL)
    return Reader(weights, pieces, (names.index(_START), names.index(_END)))
