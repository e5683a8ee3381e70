"""One encoder with its answers, and how questions become rows of its pieces."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

import numpy as np

from coach.language.reader.asked import (
    FACT,
    FACTS,
    LINE,
    LINE_OF,
    SHEET,
    SHOULD,
    STATEMENT,
    TEXT,
    THEN,
    TRADE,
    WORDS,
    Asked,
    Said,
)
from coach.language.reader.digits import in_digits
from coach.language.reader.net import Array, Encoder

AFTER = 4
"""Vectors that stand for what was said after a viewer's line."""
_KEPT = 4096
"""Texts that stay cut: each utterance is read for several points."""


class AnswerRow(NamedTuple):
    """Words after a viewer's line as pieces, and where the line and the words are among them."""

    pieces: list[int]
    asked: slice
    said: slice

    def pooled(self, states: Array) -> Array:
        """Return what stands for the words, (4 H,): the first state, and the means of all, the line's, the words'."""
        means = (states[part].mean(axis=0) for part in (slice(None), self.asked, self.said))
        return np.concatenate([states[0], *means])


class Vocabulary(Protocol):
    """What cuts text into pieces."""

    def cut(self, text: str, most: int) -> list[int]:
        """Return the numbers of the pieces of a text, `most` of them at most."""
        ...


class Answering:
    """An encoder with its answers; what it says are log-odds.

    Args:
        encoder: Turns a row of pieces into states (pieces, H).
        answers: Per question `point` (2 H, 4) with `point.b`, `fact` (2 H, 3), and where they are asked `line`
            (2 H, 3), `claim` (2 H, 18), `answer` (2 H, 4), `replies` (4 H, 1).
        pieces: The vocabulary it was trained with.
        ends: Numbers of the pieces that begin and end a text.
        places: Most pieces of a row; of a longer one, the last fact or line of the sheet is read in part.
    """

    def __init__(
        self,
        encoder: Encoder,
        answers: Mapping[str, Array],
        pieces: Vocabulary,
        ends: tuple[int, int],
        places: int,
    ) -> None:
        self._encoder, self._answers, self._pieces, self._places = encoder, answers, pieces, places
        self._start, self._end = ends
        self.cut = lru_cache(maxsize=_KEPT)(lambda text: tuple(pieces.cut(in_digits(text), WORDS)))

    def point(self, said: Said, asked: Asked) -> tuple[Array, list[Array]]:
        """Return log-odds of hit, partial, miss, misstated, and of each fact that it is not said, said, wrong."""
        cut, places = self._cut, list[int]()
        row = [self._start, *_told(said, cut), self._end, *cut(asked.statement, STATEMENT)]
        for fact in asked.facts[:FACTS]:
            places.append(len(row))
            row += [self._end, *cut(fact, FACT)]
        states = self._states(row)
        mean = states.mean(axis=0)
        return self._odds("point", states[0], mean), [self._odds("fact", states[place], mean) for place in places]

    def line(self, said: Said, line: str) -> Array:
        """Return log-odds that words say nothing of a line of the sheet, state it, contradict it."""
        states = self.beside(said, line)
        return self._odds("line", states[0], states.mean(axis=0))

    def beside(self, said: Said, line: str) -> Array:
        """Return the states (pieces, H) of words read with a line of the sheet, as they are with a point."""
        return self._states([self._start, *_told(said, self._cut), self._end, *self._cut(line, STATEMENT)])

    def claim(self, said: Said, trade: str) -> Array:
        """Return log-odds that a passage breaks no rule, and of each category; figures are read as they are said."""
        cut = self._pieces.cut
        row = [self._start, *_told(said, cut), self._end, *cut(trade or "any", TRADE), self._end]
        states = self._encoder.read(row)
        return self._odds("claim", states[0], states.mean(axis=0))

    def answer(self, line: str, text: str, kind: str, sheet: Sequence[str]) -> tuple[Array, Array]:
        """Return log-odds that an answer is good, weak, bad, none, and that it is one; as of `Reader.handled`."""
        made = self.answer_row(line, text, kind, sheet)
        seen = made.pooled(self._encoder.read(made.pieces))
        state, mean, *_ = np.split(seen, AFTER)
        return self._odds("answer", state, mean), self._odds("replies", seen)

    def answer_row(self, line: str, text: str, kind: str, sheet: Sequence[str]) -> AnswerRow:
        """Return words after a viewer's line as they are read; arguments as of `Reader.handled`."""
        row = [self._start, *self._cut(line, LINE_OF)]
        asked = slice(1, len(row) + (len(row) == 1))
        row += [self._end, *self._cut(text, TEXT)]
        said = slice(asked.stop, max(len(row), asked.stop + 1))
        for told, most in ((kind, SHOULD), *((told, SHEET) for told in sheet)):
            row += [self._end, *self._cut(told, most)]
        return AnswerRow(self._ended(row), asked, said)

    def _cut(self, text: str, most: int) -> tuple[int, ...]:
        return self.cut(text)[:most]

    def _states(self, row: Sequence[int]) -> Array:
        return self._encoder.read(self._ended(row))

    def _ended(self, row: Sequence[int]) -> list[int]:
        return [*row[: self._places - 1], self._end]

    def _odds(self, question: str, *seen: Array) -> Array:
        """Return the log-odds of each answer, by what is seen: one state and the mean of all, mostly."""
        found: Array = np.concatenate(seen) @ self._answers[question] + self._answers[f"{question}.b"]
        return found


def _told(said: Said, cut: Callable[[str, int], Sequence[int]]) -> list[int]:
    """Return the pieces of what was said, after those of the viewer's line."""
    before = [*cut(said.line, LINE), *cut(THEN, LINE)] if said.line else []
    return [*before, *cut(said.text, TEXT)]


def shares_of(odds: Array) -> list[float]:
    """Return how likely each answer is."""
    shares = np.exp(odds - odds.max())
    found: list[float] = (shares / shares.sum()).tolist()
    return found
