"""Chinese cut into words with their classes, by jieba's dictionary (rjieba)."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from rjieba import Jieba


class CutWord(NamedTuple):
    """One word of a text."""

    text: str
    kind: str
    """Class in jieba's dictionary: `n…` noun, `v…` verb, `a…` adjective, `r` pronoun, `d` adverb, `p`, `c`, `m` …"""
    start: int
    end: int


@lru_cache(maxsize=512)
def cut_words(text: str) -> tuple[CutWord, ...]:
    """Return the words of a text in order. Words that the dictionary lacks come out as single characters."""
    words: list[CutWord] = []
    at = 0
    for word, kind in _jieba().tag(text, False):
        words.append(CutWord(word, kind, at, at + len(word)))
        at += len(word)
    return tuple(words)


@cache
def _jieba() -> Jieba:
    from rjieba import Jieba

    return Jieba()
