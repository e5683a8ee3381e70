"""Clauses of a text, and where the words an engine reported stand in it. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audio.tts.wording import HAN, Word, is_sayable

MAX_CLAUSE_CHARS = 120
"""Bound of one call to an engine: about 8 s of English, 25 s of Chinese."""

_CLOSERS = r"""["'”’)\]]*"""
_BREAK = re.compile(rf"(?:[，。！？；：、…\n]+|[,.;:!?]+(?={_CLOSERS}(?:\s|$|[{HAN}]))){_CLOSERS}")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of the original text that ends where a speaker takes breath."""

    text: str
    start: int
    """Characters from the start of the original text."""


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """One or more whole words and the sample they begin at."""

    start: int
    """Characters from the start of the clause."""
    end: int
    sample: int


def clauses(text: str) -> Iterator[Clause]:
    """Cut a text at punctuation that asks for a pause, never inside a number, and at `MAX_CLAUSE_CHARS`.

    Stretches without anything to say are left out.
    """
    at = 0
    for end in [*(found.end() for found in _BREAK.finditer(text)), len(text)]:
        for start, stop in _bounded(text, at, end):
            if is_sayable(text[start:stop]):
                yield Clause(text[start:stop], start)
        at = end


def place(words: Sequence[Word], events: Iterable[tuple[int, int]]) -> list[PlacedWord]:
    """Give each word its first sample.

    Engines report words that are not words of the text (each digit after a decimal point, the half of a contraction)
    and join some that are ("of the", 便宜). A word's first event counts; a word without one belongs to the word before,
    so that the marks together cover every word, in order.

    Args:
        words: Of the spoken clause.
        events: (character of the spoken text, sample), in the order of the sound.
    """
    if not words:
        return []
    starts = [word.spoken_start for word in words]
    placed: list[tuple[int, int]] = []
    for position, sample in events:
        index = max(0, bisect_right(starts, position) - 1)
        if not placed or index > placed[-1][0]:
            placed.append((index, max(sample, placed[-1][1] if placed else 0)))
    if not placed:
        return []
    placed[0] = (0, placed[0][1])
    lasts = [index - 1 for index, _ in placed[1:]] + [len(words) - 1]
    return [
        PlacedWord(words[first].start, words[last].end, sample)
        for (first, sample), last in zip(placed, lasts, strict=True)
    ]


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > MAX_CLAUSE_CHARS:
        cut = text.rfind(" ", start + 1, start + MAX_CLAUSE_CHARS) + 1 or start + MAX_CLAUSE_CHARS
        yield start, cut
        start = cut
    yield start, end
