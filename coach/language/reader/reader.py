"""The shipped reader: its weights, and the questions it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from pkgutil import resolve_name
from typing import NamedTuple

import numpy as np

from coach.language.reader.alike import Alike
from coach.language.reader.digits import in_digits
from coach.language.reader.net import Array, Encoder, EncoderMaker, Net, whole
from coach.language.reader.pieces import Pieces

FOLDER = Path(__file__).resolve().parent
VERSION = "2026.11.5"
"""Of the weights."""
_START, _END, _UNKNOWN = "<s>", "</s>", "<unk>"
_SPECIAL = frozenset({_START, _END, _UNKNOWN, "<pad>"})
_HEADS = 12
_FAST, _FAST_NEEDS = "coach.llm.encoder:OnnxEncoder", "onnxruntime"
_ANSWERS = ("point", "fact", "claim", "answer")
_KEPT = 4096
"""Texts that stay cut: each utterance is read for several points."""
TEXT, STATEMENT, FACT, TRADE, LINE = 90, 50, 24, 4, 16
"""Most pieces read of an utterance, a point's statement, one of its facts, a trade, a viewer's line; as in
training."""
LINE_OF, SHOULD, SHEET = 40, 10, 20
"""The same of a viewer's line that is answered, of its type with what should be done, of a line of the sheet."""
SHEET_LINES, ANSWERED = 3, 2
"""Lines of the sheet beside the prices that an answer is read with, and turns of an answer."""
THEN = ">>"
"""Stands between a viewer's line and what the streamer says next."""
FACTS = 4
WORDS = 240
"""Most pieces of a text that are compared with a point."""


class Asked(NamedTuple):
    """One selling point to be looked for."""

    statement: str
    facts: tuple[str, ...]


class Said(NamedTuple):
    """What a streamer said, and the viewer's line right before it."""

    text: str
    line: str = ""


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


class ClaimRead(NamedTuple):
    """What a passage is taken for: log-odds that it breaks a rule of selling, and how likely it is of each category."""

    odds: float
    shares: tuple[float, ...]
    """In the order of `coach.language.claims.rule.Category`."""


class Reader:
    """The encoder with its answers.

    Args:
        encoder: Turns a row of pieces into states (pieces, H).
        answers: Per question `point` (2 H, 4) with `point.b`, `fact` (2 H, 3), `claim` (2 H, 18).
        alike: What tells by words alone that texts are about one thing.
        pieces: The vocabulary it was trained with.
        ends: Numbers of the pieces that begin and end a text.
        places: Most pieces of a row; of a longer one, the last fact or line of the sheet is read in part.
    """

    def __init__(
        self,
        encoder: Encoder,
        answers: Mapping[str, Array],
        alike: Alike,
        pieces: Pieces,
        ends: tuple[int, int],
        places: int,
    ) -> None:
        self._encoder, self._answers, self._pieces, self._places = encoder, answers, pieces, places
        self._alike = alike
        self._start, self._end = ends
        self.cut = lru_cache(maxsize=_KEPT)(lambda text: tuple(pieces.cut(in_digits(text), WORDS)))

    def _cut(self, text: str, most: int) -> tuple[int, ...]:
        return self.cut(text)[:most]

    def alike(self, texts: Sequence[str], points: Sequence[Asked]) -> Array:
        """Return (texts, points) log-odds that a text touches a point, by its words alone: quick, and rough."""
        return self._alike.odds([self.cut(text) for text in texts], [self.cut(words_of(point)) for point in points])

    def points(self, pairs: Sequence[tuple[Said, Asked]]) -> list[PointRead]:
        """Return what each utterance says of the point beside it."""
        return [self._read_point(said, asked) for said, asked in pairs]

    def _read_point(self, said: Said, asked: Asked) -> PointRead:
        cut, places = self._cut, list[int]()
        row = [self._start, *self._told(said, cut), self._end, *cut(asked.statement, STATEMENT)]
        for fact in asked.facts[:FACTS]:
            places.append(len(row))
            row += [self._end, *cut(fact, FACT)]
        states = self._states(row)
        mean = states.mean(axis=0)
        hit, partial, miss, misstated = self._answer("point", states[0], mean)
        facts = [self._answer("fact", states[place], mean) for place in places]
        return PointRead(hit, partial, miss, misstated, tuple(FactRead(told, wrong) for _, told, wrong in facts))

    def claims(self, said: Sequence[Said], trade: str) -> list[ClaimRead]:
        """Return what each passage, or utterance, is taken for."""
        tail = [self._end, *self._pieces.cut(trade or "any", TRADE), self._end]
        return [self._read_claim([self._start, *self._told(item, self._pieces.cut), *tail]) for item in said]

    def _told(self, said: Said, cut: Callable[[str, int], Sequence[int]]) -> list[int]:
        """Return the pieces of what was said, after those of the viewer's line."""
        before = [*cut(said.line, LINE), *cut(THEN, LINE)] if said.line else []
        return [*before, *cut(said.text, TEXT)]

    def _read_claim(self, row: Sequence[int]) -> ClaimRead:
        states = self._encoder.read(row)
        right, *shares = self._answer("claim", states[0], states.mean(axis=0))
        return ClaimRead(float(np.log((1 - right + 1e-9) / (right + 1e-9))), tuple(shares))

    def handled(self, line: str, text: str, kind: str, sheet: Sequence[str]) -> tuple[float, float, float, float]:
        """Return how likely an answer to a viewer is good, weak, bad, and none; sums to 1.

        Args:
            line: What the viewer wrote or said.
            text: What the streamer said then.
            kind: Type of the viewer and what was to be done, as `haggler answer`.
            sheet: The prices as one line, then the lines of the product sheet that it is most about.
        """
        row = [self._start, *self._cut(line, LINE_OF)]
        for told, most in ((text, TEXT), (kind, SHOULD), *((told, SHEET) for told in sheet)):
            row += [self._end, *self._cut(told, most)]
        states = self._states(row)
        well, weak, badly, unanswered = self._answer("answer", states[0], states.mean(axis=0))
        return well, weak, badly, unanswered

    def _states(self, row: Sequence[int]) -> Array:
        return self._encoder.read([*row[: self._places - 1], self._end])

    def _answer(self, question: str, state: Array, mean: Array) -> list[float]:
        """Return how likely each answer is, by one state and the mean of all."""
        odds = np.concatenate([state, mean]) @ self._answers[question] + self._answers[f"{question}.b"]
        shares = np.exp(odds - odds.max())
        found: list[float] = (shares / shares.sum()).tolist()
        return found


def words_of(point: Asked) -> str:
    """Return all words of a point."""
    return " ".join((point.statement, *point.facts))


def encoder_maker() -> tuple[EncoderMaker, str]:
    """Return what makes encoders here, and its name: an adapter where its package is installed, else NumPy.

    The adapter is found by name, not imported: below the adapters nothing knows a model SDK, and every process that
    scores, those of a cluster included, finds the same one.
    """
    if _is_installed(_FAST_NEEDS):
        return resolve_name(_FAST), "int8"
    return Net, "float32"


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:
        return False


def reader_version() -> str:
    """Return the version of the weights and what runs them: the rounding is part of what scores."""
    return f"{VERSION}.{encoder_maker()[1]}"


@cache
def reader(folder: Path = FOLDER) -> Reader:
    """Return the shipped reader, or the one of another folder."""
    with np.load(folder / "weights.npz") as held:
        weights = {name: held[name] for name in held.files}
    names, worth = vocabulary(folder)
    pieces = pieces_of(names, worth)
    answers = {part: whole(weights, part) for name in _ANSWERS for part in (name, f"{name}.b")}
    alike = Alike(weights)
    layers = {name: weight for name, weight in weights.items() if name not in answers and name not in alike.names}
    ends = names.index(_START), names.index(_END)
    return Reader(encoder_maker()[0](layers, _HEADS), answers, alike, pieces, ends, len(layers["position"]))


def vocabulary(folder: Path) -> tuple[list[str], list[float]]:
    """Return the pieces of a reader in order of their numbers, and the logarithm of how often each occurs."""
    lines = (folder / "pieces.tsv").read_text(encoding="utf-8").rstrip("\n").split("\n")
    listed = [line.split("\t") for line in lines]
    return [name for name, _ in listed], [float(value) for _, value in listed]


def pieces_of(names: Sequence[str], worth: Sequence[float]) -> Pieces:
    """Return what cuts text with a vocabulary."""
    return Pieces(names, worth, names.index(_UNKNOWN), special=_SPECIAL)
