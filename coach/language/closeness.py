"""How close what is said is to each of a product's points: graded cosine over small pieces. Deterministic, no model.

Pieces are characters and pairs of them (zh), words cut to six letters and runs of four letters (en), so that
"breathable" is near "breathes" and 充电快 near 充得快; ideas of the trade, so that 扔洗衣机 is near 可机洗; amounts
with their units. Pieces that many points have weigh less.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from coach.language import Language, NumberSpan
from coach.language.clause import Clause, read_clauses
from coach.language.ideas import is_negation, named_ideas, skeleton
from coach.language.stems import base
from coach.language.synonyms import meanings_en, meanings_zh

_HAN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[a-z]{2,}(?:'[a-z]+)?")
_CUT, _RUN = 6, 4
_DENIED = {"zh": 3, "en": 2}
"""Characters, or words with content, that a negation turns round."""
_SHORT = {"zh": 8, "en": 12}
"""Pieces, those of two or three words, that a text is taken to hold besides its own: a word alone is near nothing."""
_IDEA = 1.5
"""Weight of an idea that is asserted, in pieces."""
_MEANING = 0.7
"""Weight of what a word has in common with its synonyms, in pieces."""
_AMOUNT = {"sec": 1.5, "min": 1.5, "day": 1.5, "month": 1.5}
_MEASURED = 3.0
"""Weight of an amount by its unit, in pieces: grams tell a point, days may be of anything."""
_FIGURE, _SMALL_FIGURE, _TELLING = 1.5, 0.7, 20
"""Weight of the figure itself, by whether it is from 20 up or broken: two and three are said of everything."""
_MOST_KNOWN = 1024
"""Clauses kept compared."""
_UNTELLING = frozenset({"money", "discount"})
_EVERYDAY = frozenset(
    ["second", "minute", "look", "see", "thing", "way", "lot", "time", "one", "two", "three", "hold", "item", "page"]
) | {"link", "cart", "today"}
"""English words of every live room."""


class Near(NamedTuple):
    """How close a stretch is to a point."""

    value: float
    """0 to 1."""
    margin: float
    """By how much closer than to the closest other point of the product; negative where that one is closer."""


class Stretch(NamedTuple):
    """A clause, or two that follow each other, and how close it is to each point in order."""

    first: int
    width: int
    values: tuple[float, ...]
    top: float
    second: float
    """The two highest values."""

    def near(self, point: int) -> Near:
        """Return how close it is to one of the points."""
        own = self.values[point]
        return Near(own, own - (self.second if own >= self.top else self.top))


class _Read(NamedTuple):
    """One clause against all texts: sums of products by text, its squared norm and how many pieces it has."""

    sums: Mapping[int, float]
    square: float
    pieces: int


class Closeness:
    """Texts in groups, ready to be compared with.

    Args:
        groups: Texts of each point; a clause is as close to a point as to the point's closest text.
        language: Their language.
    """

    def __init__(self, groups: Sequence[Sequence[str]], language: Language) -> None:
        self._language = language
        pack = language.pack
        small = pack.common_characters if language.code == "zh" else (*pack.stop, *pack.units, *_EVERYDAY)
        self._empty = frozenset(small)
        bags = [(group, self._sheet_bag(text)) for group, texts in enumerate(groups) for text in texts]
        held = Counter(
            piece for group in range(len(groups)) for piece in {p for g, bag in bags if g == group for p in bag}
        )
        self._weight = {piece: math.log(1 + len(groups) / count) for piece, count in held.items()}
        self._unknown = math.log(1 + len(groups))
        self._groups = len(groups)
        self._owner = [group for group, _ in bags]
        self._known_pieces: dict[str, tuple[float, list[tuple[int, float]]]] = {
            piece: (weight, []) for piece, weight in self._weight.items()
        }
        """Piece → weight, and the texts that hold it with what it counts in each."""
        for at, (_, bag) in enumerate(bags):
            norm = math.sqrt(self._square(bag)) or 1.0
            for piece, count in bag.items():
                weight, texts_with = self._known_pieces[piece]
                texts_with.append((at, count * weight**2 / norm))
        self.stretches = lru_cache(maxsize=256)(self._stretches)
        self._known: dict[tuple[str, str, tuple[tuple[float, str, float], ...]], _Read] = {}

    def _stretches(self, text: str) -> tuple[Stretch, ...]:
        """Return the clauses of a text that assert something, and pairs of them, with how close each is."""
        clauses = read_clauses(text, self._language.code)
        read = [None if clause.is_question or clause.is_deferred else self._read(clause) for clause in clauses]
        found: list[Stretch] = []
        for at, one in enumerate(read):
            if one:
                found.append(self._stretch(at, [one]))
                following = read[at + 1] if at + 1 < len(read) else None
                if following:
                    found.append(self._stretch(at, [one, following]))
        return tuple(found)

    def _stretch(self, at: int, read: Sequence[_Read]) -> Stretch:
        values = self._values(read)
        second, top = sorted((0.0, 0.0, *values))[-2:]
        return Stretch(at, len(read), values, top, second)

    def _read(self, clause: Clause) -> _Read:
        """Return a clause against all texts; speakers say many of them more than once."""
        numbers = tuple((number.value, number.unit, number.scale) for number in clause.numbers)
        key = (clause.skeleton, clause.normal, numbers)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            found = self._known[key] = self._compared(clause)
        return found

    def _compared(self, clause: Clause) -> _Read:
        bag = _bag(clause, clause.ideas, self._language.code, self._empty)
        sums: dict[int, float] = {}
        known, unknown, square = self._known_pieces, self._unknown, 0.0
        for piece, count in bag.items():
            found = known.get(piece)
            if found is None:
                if piece[0] not in "#=":  # ideas and amounts that no point has say nothing against any
                    square += (count * unknown) ** 2
                continue
            square += (count * found[0]) ** 2
            for at, value in found[1]:
                sums[at] = sums.get(at, 0.0) + value * count
        return _Read(sums, square, len(bag))

    def _values(self, read: Sequence[_Read]) -> tuple[float, ...]:
        pieces = sum(one.pieces for one in read)
        norm = math.sqrt(sum(one.square for one in read)) * (1 + _SHORT[self._language.code] / max(1, pieces))
        best, owner = [0.0] * self._groups, self._owner
        totals = read[0].sums
        for one in read[1:]:
            totals = dict(totals)
            for at, value in one.sums.items():
                totals[at] = totals.get(at, 0.0) + value
        for at, value in totals.items():
            if value / norm > best[owner[at]]:
                best[owner[at]] = value / norm
        return tuple(best)

    def _square(self, bag: Mapping[str, float]) -> float:
        """Return the squared norm of a text of the sheet."""
        return sum((count * self._weight[piece]) ** 2 for piece, count in bag.items())

    def _sheet_bag(self, text: str) -> Mapping[str, float]:
        bag: Counter[str] = Counter()
        for clause in read_clauses(text, self._language.code):
            ideas = named_ideas(clause.normal, self._language.code)
            for piece, count in _bag(clause, ideas, self._language.code, self._empty).items():
                bag[piece] += count  # type: ignore[assignment]
        return bag


def _bag(clause: Clause, ideas: Mapping[str, float], code: str, empty: frozenset[str]) -> dict[str, float]:
    bag: dict[str, float] = {}
    for piece in _pieces_zh(clause.skeleton, empty) if code == "zh" else _pieces_en(clause.normal, empty):
        bag[piece] = bag[piece] + 1.0 if piece in bag else 1.0
    for idea, level in ideas.items():
        bag[f"#{idea}"] = _IDEA * level
    for meaning in _meanings(clause.normal, code):
        bag[f"#{meaning}"] = _MEANING
    for number in clause.numbers:
        for piece, weight in _amounts(number):
            bag[piece] = bag.get(piece, 0.0) + weight
    return bag


def _meanings(normal: str, code: str) -> frozenset[int]:
    if code == "zh":
        return meanings_zh(normal)
    return frozenset().union(*map(_meanings_en, normal.split()))


_meanings_en = lru_cache(maxsize=8192)(meanings_en)


def _amounts(number: NumberSpan) -> Iterable[tuple[str, float]]:
    """Yield what a number tells: its bare figure, and the amount where its unit is known."""
    if number.unit in _UNTELLING:
        return
    telling = number.value >= _TELLING or number.value != int(number.value)
    yield f"={number.value:g}", _FIGURE if telling else _SMALL_FIGURE
    if number.unit and number.unit[0] != "~":
        yield f"={number.unit}{number.amount:g}", _AMOUNT.get(number.unit, _MEASURED)


def denied_pieces(normal: str, code: str) -> frozenset[str]:
    """Return the pieces of normalised text that a negation stands before."""
    pieces = _pieces_zh(skeleton(normal, code), frozenset()) if code == "zh" else _pieces_en(normal, frozenset())
    return frozenset(piece for piece in pieces if piece[0] == "!")


def _pieces_zh(said: str, empty: frozenset[str]) -> list[str]:
    """Return characters and pairs; what a negation stands before is another piece than the same thing asserted."""
    found: list[str] = []
    for run in _HAN.findall(said):
        if "不" in run:
            found += _denying_pieces(run, empty)
            continue
        for char, following in itertools.pairwise(run):
            if char not in empty:
                found += (char, char + following)
            elif following not in empty:
                found.append(char + following)
        if run[-1] not in empty:
            found.append(run[-1])
    return found + _WORD.findall(said)


def _denying_pieces(run: str, empty: frozenset[str]) -> Iterable[str]:
    """Yield the same of characters with a negation among them."""
    denied = {at + step for at, char in enumerate(run) if char == "不" for step in range(1, _DENIED["zh"] + 1)}
    for at, (char, following) in enumerate(itertools.zip_longest(run, run[1:], fillvalue="")):
        mark = "!" if at in denied else ""
        if char not in empty:
            yield mark + char
        if following and not (char in empty and following in empty) and char != "不" != following:
            yield mark + char + following


def _pieces_en(normal: str, empty: frozenset[str]) -> list[str]:
    denied, found = 0, list[str]()
    for word in normal.split():
        if is_negation(word):
            denied = _DENIED["en"]
        elif word not in empty and _WORD.fullmatch(word):
            found += _denied_pieces(word) if denied > 0 else _word_pieces(word)
            denied -= 1
    return found


@lru_cache(maxsize=8192)
def _denied_pieces(word: str) -> tuple[str, ...]:
    return tuple(f"!{piece}" for piece in _word_pieces(word))


@lru_cache(maxsize=8192)
def _word_pieces(word: str) -> tuple[str, ...]:
    stem = base(word.removesuffix("'s"))
    padded = f"<{stem}>"
    return (stem[:_CUT] + "_", *(padded[at : at + _RUN] for at in range(len(padded) - _RUN + 1)))
