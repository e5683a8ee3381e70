"""A linear model over senses, pairs of senses and short strings of a passage; weights from `weights_CODE.yaml`.

`scripts/train_claims.py` writes the weights, from labelled sentences and transcripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from math import fsum, sqrt
from operator import mul
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from coach.language.claims.learned.passages import Passage
from coach.language.claims.learned.senses import FOLDER, Sensed, Senses, senses
from coach.language.pack_text import read_yaml

NEAR = {"zh": 7, "en": 6}
"""Characters or words between two senses up to which their order counts."""
_ROW = 128
"""More than there are senses: a pair is one number."""
TOGETHER, IN_ORDER, ALONE, BEFORE, AFTER, TRADE = (number * _ROW * _ROW for number in range(6))
"""Kinds of signs, as the first number of their range."""
SCALE = 6.0
"""Weight of a passage's strings against a sense's."""
_FEWEST = 4
_HOPELESS = -5.0
"""Score by senses alone below which strings are not looked at: they never turn so much round."""
_EFFECTS = ("disease", "symptom", "body", "heal", "immune", "weight", "growth", "skinfx", "harmless", "origin")
"""Senses that mean another thing in another trade."""
_DIGITS = re.compile(r"\d+")


class Seen(NamedTuple):
    """What is known of a passage, as it is weighed.

    Attributes:
        score: By the linear model: log-odds.
        read: By the reader: log-odds.
        turn: The same of the utterance around it, after the viewer's line: who is meant, what is only named.
        found: Whether a finding of a rule stands in it and the reader hears its category.
        turned_down: Whether one is turned down, or proven by the sheet.
        sheet: Share of its words that the product sheet has too, up to a tenth.
        long: Logarithm of how many times as long as a usual one it is, from 0 to that of the longest sentence.
    """

    score: float
    read: float
    turn: float
    found: bool
    turned_down: bool
    sheet: float
    long: float


class Weighing(BaseModel):
    """What each thing known of a passage adds to the log-odds that it breaks a rule.

    As measured on writers that neither model nor reader was trained with.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    score: float
    read: float
    turn: float
    found: float
    turned_down: float
    sheet: float
    long: float
    intercept: float

    def odds(self, seen: Seen) -> float:
        """Return the log-odds that a passage breaks a rule."""
        weights = (self.score, self.read, self.turn, self.found, self.turned_down, self.sheet, self.long)
        return fsum([*map(mul, weights, seen), self.intercept])


class WeightPack(BaseModel):
    """`weights_CODE.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    version: str
    source: str
    effective: str
    bias: float
    trades: tuple[str, ...]
    signs: str
    """Name and weight in turn: `A`, `A&B` (both there), `A>B` (A close before B), `<A`, `>A` (in the passage before,
    after), `TRADE:A`."""
    strings: str
    """String and weight in turn, `_` for a space."""
    categories: dict[str, str]
    """Category → sense and weight in turn: which words are quoted for it."""
    weighs: Weighing


class Signs:
    """The signs of passages, as numbers that weights are listed by.

    Args:
        code: `zh` or `en`.
        trades: Names of trades that have weights of their own.
    """

    def __init__(self, code: str, trades: Sequence[str]) -> None:
        self.senses: Senses = senses(code)
        self._near, self._frames = NEAR[code], self.senses.frames
        self._effects = frozenset(map(self.senses.names.index, _EFFECTS))
        self._trades = {name: TRADE + number * _ROW for number, name in enumerate(trades)}
        self._trade_names = tuple(trades)

    def of(self, found: Sequence[Sensed], before: frozenset[int], after: frozenset[int], trade: str) -> set[int]:
        """Return the signs of a passage.

        Args:
            found: Its words with senses, in order.
            before: Senses in the passage before it.
            after: The same, after it.
            trade: What is sold.
        """
        held = sorted({item.sense for item in found})
        signs = {ALONE + sense for sense in held}
        signs.update(TOGETHER + left * _ROW + right for at, left in enumerate(held) for right in held[at + 1 :])
        self._ordered(found, signs)
        signs.update(BEFORE + sense for sense in before & self._frames)
        signs.update(AFTER + sense for sense in after & self._frames)
        base = self._trades.get(trade)
        if base is not None:
            signs.update(base + sense for sense in held if sense in self._effects)
        return signs

    def _ordered(self, found: Sequence[Sensed], signs: set[int]) -> None:
        near = self._near
        for at, (_, end, sense) in enumerate(found):
            row = IN_ORDER + sense * _ROW
            for start, _, other in found[at + 1 :]:
                if start > end + near:
                    break
                if start >= end and other != sense:
                    signs.add(row + other)

    def name(self, sign: int) -> str:
        """Return the name of a sign in the pack."""
        kind, number = sign - sign % (_ROW * _ROW), sign % (_ROW * _ROW)
        names, left, right = self.senses.names, number // _ROW, number % _ROW
        if kind == TOGETHER:
            return f"{names[left]}&{names[right]}"
        if kind == IN_ORDER:
            return f"{names[left]}>{names[right]}"
        if kind == TRADE:
            return f"{self._trade_names[left]}:{names[right]}"
        return {ALONE: "", BEFORE: "<", AFTER: ">"}[kind] + names[right]

    def sign(self, name: str) -> int:
        """Return the number of a sign by its name; the other way round."""
        at = self.senses.names.index
        if ":" in name:
            trade, _, sense = name.partition(":")
            return self._trades[trade] + at(sense)
        if "&" in name:
            left, _, right = name.partition("&")
            return TOGETHER + at(left) * _ROW + at(right)
        if name[0] in "<>":
            return (BEFORE if name[0] == "<" else AFTER) + at(name[1:])
        left, mark, right = name.partition(">")
        return IN_ORDER + at(left) * _ROW + at(right) if mark else ALONE + at(name)


def strings(passage: Passage) -> set[str]:
    """Return the short strings of a passage: one and two characters, one and two words; figures as 0."""
    if isinstance(passage.units, str):
        text = _DIGITS.sub("0", passage.units)
        return {*text, *(text[at : at + 2] for at in range(len(text) - 1))}
    words = ["0" if word.isdigit() else word for word in passage.units if word not in ",.?"]
    return {*words, *(f"{left} {right}" for left, right in pairwise(words))}


def part_of(count: int) -> float:
    """Return what one string counts in a passage of so many."""
    return SCALE / sqrt(max(count, _FEWEST))


class Model:
    """The model of one language, with its weights.

    Args:
        code: `zh` or `en`.
    """

    def __init__(self, code: str) -> None:
        path = FOLDER / f"weights_{code}.yaml"
        self.pack = WeightPack.model_validate(read_yaml(path.read_text(encoding="utf-8")))
        self.signs = Signs(code, self.pack.trades)
        self._signs = {self.signs.sign(name): weight for name, weight in _pairs(self.pack.signs)}
        self._strings = {name.replace("_", " "): weight for name, weight in _pairs(self.pack.strings)}
        index = self.signs.senses.names.index
        self._categories = {
            category: {index(name): weight for name, weight in _pairs(listed)}
            for category, listed in self.pack.categories.items()
        }

    def scores(self, cut: Sequence[Passage], trade: str) -> list[float]:
        """Return how much like a violation each passage looks: log-odds on the labelled set."""
        found = [self.signs.senses.find(passage.units) for passage in cut]
        held = [frozenset(item.sense for item in listed) for listed in found]
        around = [frozenset(), *held, frozenset()]
        return [
            self._score(passage, self.signs.of(listed, around[at], around[at + 2], trade))
            for at, (passage, listed) in enumerate(zip(cut, found, strict=True))
        ]

    def _score(self, passage: Passage, signs: Iterable[int]) -> float:
        weigh, known = self._signs.get, self._strings.get
        named = fsum([weigh(sign, 0.0) for sign in signs])
        if named + self.pack.bias < _HOPELESS:
            return self.pack.bias + named
        listed = strings(passage)
        return self.pack.bias + named + part_of(len(listed)) * fsum([known(item, 0.0) for item in listed])

    def points_to(self, category: str, sense: int) -> float:
        """Return how much a sense points to a category."""
        return self._categories[category].get(sense, 0.0)


def _pairs(listed: str) -> Iterable[tuple[str, float]]:
    parts = listed.split()
    return zip(parts[::2], map(float, parts[1::2]), strict=True)


@cache
def model(code: str) -> Model:
    """Return the model for `zh` or `en`."""
    return Model(code)
