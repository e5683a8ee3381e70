"""Text cut into pieces of words: the likeliest cut by the logarithms of how often each piece occurs."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_SPACE = "▁"
"""Stands for the space before a word."""
_UNKNOWN = -30.0
"""Worth of a character that no piece holds; less than any piece."""
_KEPT = 16_384
"""Words that stay cut: the same ones are said again and again. Chinese has no spaces: there they are clauses."""


class Pieces:
    """A vocabulary of pieces.

    Args:
        pieces: In order of their numbers.
        worth: Log-probability of each.
        unknown: Number of the piece for anything else.
        special: Pieces that no text holds, whatever it says.
    """

    def __init__(
        self, pieces: Sequence[str], worth: Sequence[float], unknown: int, special: frozenset[str] = frozenset()
    ) -> None:
        self._known = {piece: (at, worth[at]) for at, piece in enumerate(pieces) if piece not in special}
        self._longest = max(map(len, pieces))
        self._unknown = unknown
        self._word = lru_cache(maxsize=_KEPT)(self._cut_word)

    def cut(self, text: str, most: int) -> list[int]:
        """Return the numbers of the pieces of a text, `most` of them at most."""
        words = unicodedata.normalize("NFKC", text).lower().split() or [""]
        return [number for word in words for number in self._word(_SPACE + word)][:most]

    def _cut_word(self, word: str) -> tuple[int, ...]:
        """Return the numbers of the pieces of a word with the space before it: no piece holds the end of another."""
        size = len(word)
        best = [0.0] + [-1e30] * size
        last = [(0, self._unknown)] * (size + 1)
        for start in range(size):
            before = best[start]
            for end in range(start + 1, min(size, start + self._longest) + 1):
                found = self._known.get(word[start:end])
                if found is not None and before + found[1] > best[end]:
                    best[end], last[end] = before + found[1], (start, found[0])
            if before + _UNKNOWN > best[start + 1]:
                best[start + 1], last[start + 1] = before + _UNKNOWN, (start, self._unknown)
        return tuple(_walked(last))


def _walked(last: Sequence[tuple[int, int]]) -> list[int]:
    found, at = [], len(last) - 1
    while at:
        at, number = last[at]
        found.append(number)
    return found[::-1]
