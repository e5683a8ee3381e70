"""The shipped reader: its weights, and the questions it answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from pkgutil import resolve_name

import numpy as np
from numpy.typing import NDArray

from coach.language.reader.alike import Alike
from coach.language.reader.answering import Answering, Vocabulary, shares_of
from coach.language.reader.asked import AnswerRead, Asked, ClaimRead, FactRead, LineRead, PointRead, Said
from coach.language.reader.net import Array, EncoderMaker, Net, Weights, whole
from coach.language.reader.pieces import Pieces
from coach.language.reader.wordpieces import WordPieces

FOLDER = Path(__file__).resolve().parent
ENGLISH = FOLDER / "english"
LINES = FOLDER / "lines.npz"
"""What either net makes of a line of the sheet; learned after the rest, by `scripts/train_lines.py`."""
ANSWERS = FOLDER / "answers.npz"
"""What reads answers to viewers has of its own: its last layers, what it makes of how good they are, and of whether
words answer a line at all. Learned after the rest, by `scripts/train_replies.py`."""
VERSION = "2026.11.10"
"""Of the weights."""
_START, _END, _UNKNOWN = "<s>", "</s>", "<unk>"
_SPECIAL = frozenset({_START, _END, _UNKNOWN, "<pad>"})
_ENGLISH_ENDS, _ENGLISH_UNKNOWN = ("[CLS]", "[SEP]"), "[UNK]"
_ENGLISH_SPECIAL = frozenset({*_ENGLISH_ENDS, _ENGLISH_UNKNOWN, "[PAD]"})
_HEADS = 12
_FAST, _FAST_NEEDS = "coach.llm.encoder:OnnxEncoder", "onnxruntime"
_ANSWERS = ("point", "fact", "claim", "answer", "line", "replies")
_HARMLESS = -3.0
"""Log-odds of a claim up to which the second net is not asked: most talk breaks no rule, and it costs as much again."""
_OUT_OF_QUESTION = 2.0
"""Log-odds by which words are likelier not to contradict a line of the sheet from which the second net is not asked."""
_KEPT = 1024
"""Readings of each kind that are kept: streamers say a sentence again, and a talk is asked twice for the same words."""
_HAN = re.compile(r"[\u3400-\u9fff]")


class Reader:
    """What reads, in both languages; of points and claims in English two nets say the mean of what either does.

    Args:
        both: Reads everything but answers to viewers.
        answers: Gives what reads those; called at the first one.
        points: The same for points in English.
        claims: The same for claims in English.
        alike: What tells by words alone that texts are about one thing; its pieces are those of `both`.
    """

    def __init__(
        self,
        both: Answering,
        answers: Callable[[], Answering],
        points: Callable[[], Answering],
        claims: Callable[[], Answering],
        alike: Alike,
    ) -> None:
        self._both, self._alike = both, alike
        self._answers, self._points_too, self._claims_too = answers, points, claims
        self._point = lru_cache(maxsize=_KEPT)(self._read_point)
        self._line = lru_cache(maxsize=_KEPT)(self._read_line)
        self._answer = lru_cache(maxsize=_KEPT)(self._read_answer)

    def alike(self, texts: Sequence[str], points: Sequence[Asked]) -> Array:
        """Return (texts, points) log-odds that a text touches a point, by its words alone: quick, and rough."""
        cut = self._both.cut
        return self._alike.odds([cut(text) for text in texts], [cut(point.words) for point in points])

    def points(self, pairs: Sequence[tuple[Said, Asked]]) -> list[PointRead]:
        """Return what each utterance says of the point beside it."""
        return [self._point(said, asked) for said, asked in pairs]

    def line(self, said: Said, line: str) -> LineRead:
        """Return what words say of a line of the product sheet."""
        return self._line(said, line)

    def beside(self, said: Said, line: str) -> list[Array]:
        """Return the states (pieces, H) of words read with a line of the sheet, of each net that answers."""
        nets = [self._both, *([self._points_too()] if _is_without_han(said.text, line) else [])]
        return [net.beside(said, line) for net in nets]

    def claims(self, said: Sequence[Said], trade: str, code: str) -> list[ClaimRead]:
        """Return what each passage, or utterance, is taken for.

        Args:
            said: The passages.
            trade: What is sold.
            code: The talk's language: in a Chinese one an OK is not worth a second net.
        """
        return [self._read_claim(item, trade, code) for item in said]

    def handled(self, line: str, text: str, kind: str, sheet: Sequence[str]) -> AnswerRead:
        """Return what words after a viewer's line are as an answer to it.

        Args:
            line: What the viewer wrote or said.
            text: What the streamer said then.
            kind: Type of the viewer and what was to be done, as `haggler answer`.
            sheet: The prices as one line, then the lines of the product sheet that it is most about.
        """
        return self._answer(line, text, kind, tuple(sheet))

    def _read_answer(self, line: str, text: str, kind: str, sheet: tuple[str, ...]) -> AnswerRead:
        odds, replies = self._answers().answer(line, text, kind, sheet)
        well, weak, badly, unanswered = shares_of(odds)
        return AnswerRead(well, weak, badly, unanswered, float(replies[0]))

    def _read_point(self, said: Said, asked: Asked) -> PointRead:
        odds, facts = self._both.point(said, asked)
        if _is_without_han(said.text, asked.words):
            beside, more = self._points_too().point(said, asked)
            odds, facts = _mean(odds, beside), [_mean(*pair) for pair in zip(facts, more, strict=True)]
        hit, partial, miss, misstated = shares_of(odds)
        told = [shares_of(fact) for fact in facts]
        return PointRead(hit, partial, miss, misstated, tuple(FactRead(said, wrong) for _, said, wrong in told))

    def _read_line(self, said: Said, line: str) -> LineRead:
        odds = self._both.line(said, line)
        if is_open(odds) and _is_without_han(said.text, line):
            odds = _mean(odds, self._points_too().line(said, line))
        nothing, told, wrong = odds.tolist()
        return LineRead(told - nothing, wrong - nothing)

    def _read_claim(self, said: Said, trade: str, code: str) -> ClaimRead:
        odds = self._both.claim(said, trade)
        read = _claim_read(odds)
        if code == "en" and read.odds > _HARMLESS and _is_without_han(*said):
            read = _claim_read(_mean(odds, self._claims_too().claim(said, trade)))
        return read


def is_open(odds: NDArray[np.floating]) -> bool:
    """Return whether words may contradict a line of the sheet, by one net's odds: only then the second is asked."""
    return bool(odds[2] > odds[:2].max() - _OUT_OF_QUESTION)


def _is_without_han(*texts: str) -> bool:
    return not any(_HAN.search(text) for text in texts)


def _mean(one: Array, other: Array) -> Array:
    return (one + other) * np.float32(0.5)


def _claim_read(odds: Array) -> ClaimRead:
    right, *shares = shares_of(odds)
    return ClaimRead(float(np.log((1 - right + 1e-9) / (right + 1e-9))), tuple(shares))


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
def reader() -> Reader:
    """Return the shipped reader."""
    weights = {**weights_in(FOLDER), **_of_lines("both")}
    own = in_both(weights)
    return Reader(own, cache(_answers), cache(_english_points), cache(_english_claims), Alike(weights))


def in_both(weights: Weights) -> Answering:
    """Return what reads both languages with some weights over the shipped vocabulary."""
    pieces, ends = _both_pieces()
    return _answering(weights, pieces, ends)


@cache
def _both_pieces() -> tuple[Pieces, tuple[int, int]]:
    names, worth = vocabulary(FOLDER)
    return pieces_of(names, worth), (names.index(_START), names.index(_END))


def _answers() -> Answering:
    with np.load(ANSWERS) as held:
        own = {name: held[name] for name in held.files}
    return in_both({**weights_in(FOLDER, own), **own})


def _english_points() -> Answering:
    return _english(_of_lines("english"))


def _english_claims() -> Answering:
    with np.load(ENGLISH / "claims.npz") as held:
        return _english({name: held[name] for name in held.files})


def _english(layers: Weights) -> Answering:
    """Return what reads English, with other layers over its word vectors where some are given."""
    names = (ENGLISH / "pieces.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
    start, end = (names.index(name) for name in _ENGLISH_ENDS)
    cutter = WordPieces(names, names.index(_ENGLISH_UNKNOWN), _ENGLISH_SPECIAL)
    return _answering({**weights_in(ENGLISH, layers), **layers}, cutter, (start, end))


def _answering(weights: Weights, pieces: Vocabulary, ends: tuple[int, int]) -> Answering:
    answers = {part: whole(weights, part) for name in _ANSWERS if name in weights for part in (name, f"{name}.b")}
    layers = {name: each for name, each in weights.items() if name not in answers and not name.startswith(Alike.NAMED)}
    return Answering(encoder_maker()[0](layers, _HEADS), answers, pieces, ends, len(layers["position"]))


def _of_lines(net: str) -> Weights:
    """Return what a net needs to answer for lines of the sheet."""
    with np.load(LINES) as held:
        return {name.replace(net, "line"): held[name].astype(np.float32) for name in held.files if name.startswith(net)}


def weights_in(folder: Path, but: Container[str] = ()) -> Weights:
    """Return the weights of a folder, without some."""
    with np.load(folder / "weights.npz") as held:
        return {name: held[name] for name in held.files if name not in but}


def vocabulary(folder: Path) -> tuple[list[str], list[float]]:
    """Return the pieces of a reader in order of their numbers, and the logarithm of how often each occurs."""
    lines = (folder / "pieces.tsv").read_text(encoding="utf-8").rstrip("\n").split("\n")
    listed = [line.split("\t") for line in lines]
    return [name for name, _ in listed], [float(value) for _, value in listed]


def pieces_of(names: Sequence[str], worth: Sequence[float]) -> Pieces:
    """Return what cuts text with a vocabulary."""
    return Pieces(names, worth, names.index(_UNKNOWN), special=_SPECIAL)
