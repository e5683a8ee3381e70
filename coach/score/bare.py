"""Selling points of which one word was said and no more: "back to the spout"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from coach.language import Language, language_for
from coach.language.clause import content, read_clauses
from coach.scenario.model import SellingPoint
from coach.score.genuine import small_words

_FEW = 1
"""Words beside the one of the point up to which nothing was said of it."""


def is_bare(point: SellingPoint, texts: Sequence[str], language: Language) -> bool:
    """Return whether a point was only named, by one of its words, and nothing was said of it.

    A point with facts that must be named is told by them, and none is missing where it is hit: people who label talks
    take the bare fact for the point.

    Args:
        point: The point.
        texts: All that was read or matched for it.
        language: Its language.
    """
    if point.must_facts:
        return False
    own = content(" ".join([point.title, point.statement, *point.aliases]), language, keep_denied=True)
    said = frozenset[str]()
    for text in texts:
        for clause in read_clauses(text, language.code):
            words = content(text[clause.start : clause.end], language, keep_denied=True)
            if words & own:
                said |= words
    return len(said & own) <= 1 and len(said - own - _small(language.code)) <= _FEW


@cache
def _small(code: str) -> frozenset[str]:
    """Return words that say nothing of a thing, as `content` gives them."""
    language = language_for(code)
    words = [*language.pack.stop, *(small_words() if code == "en" else ())]
    return content(" ".join(words), language, keep_denied=True)
