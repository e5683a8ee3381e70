"""Facts of an asserted point told in other words: most of what a fact says, within a few clauses, in any order.

`facts` wants a fact's words in one place ("hang dry", 猫不能用); who has said the point says "you hang it up to dry",
or 猫不可以使. Only the scorer's hit and partial are made with it, and only where rules took the point as asserted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from coach.language.clause import Clause
from coach.language.ideas import is_negation, named_ideas, skeleton
from coach.language.misfit_pack import load_misfit_words
from coach.language.misfit_words import word_keys
from coach.language.pack import load_pack
from coach.language.point import Fact

_WIDEST = 3
"""Clauses that may tell one fact together."""
_MOST = 0.65
"""Two thirds of a fact's words, in Chinese of its telling characters, tell it."""
_NOT_ZH = "不"


class _Words(NamedTuple):
    """What a stretch is compared by."""

    keys: tuple[frozenset[str], ...]
    """What each of its words, in Chinese each of its telling characters, is compared by."""
    denies: bool


def told_facts(clauses: Sequence[Clause], facts: Sequence[Fact], code: str) -> tuple[str, ...]:
    """Return the facts that an utterance tells in other words.

    Args:
        clauses: Those of the utterance that assert something.
        facts: Of a point that it asserts.
        code: Of the language.
    """
    possible = [fact for fact in facts if _is_told(fact, clauses, code)]  # what all of them do not hold, none does
    windows = list(_windows(clauses)) if possible else []
    return tuple([fact.text for fact in possible if any(_is_told(fact, window, code) for window in windows)])


def _windows(clauses: Sequence[Clause]) -> Iterator[Sequence[Clause]]:
    """Yield each stretch of clauses that are neither hedged nor about somebody else's product."""
    plain = [not clause.is_hedged and clause.compares_from >= clause.end for clause in clauses]
    for first in range(len(clauses)):
        for end in range(first + 1, min(first + _WIDEST, len(clauses)) + 1):
            if all(plain[first:end]):
                yield clauses[first:end]


def _is_told(fact: Fact, window: Sequence[Clause], code: str) -> bool:
    """Return whether a stretch has a fact's figures, denies if it denies, and says its idea or most of its words."""
    if not _holds_figures(fact, window):
        return False
    wanted, said = _read(fact.normal, code), [_read(clause.normal, code) for clause in window]
    if wanted.denies and not any(words.denies and _share(words, wanted) for words in said):
        return False
    ideas = _ideas(fact.normal, code)
    if any(not ideas.isdisjoint(clause.ideas) for clause in window):
        return True
    held = sum(any(not word.isdisjoint(key) for words in said for key in words.keys) for word in wanted.keys)
    return held > _MOST * len(wanted.keys) or bool(fact.numbers and not wanted.keys)


def _share(said: _Words, wanted: _Words) -> bool:
    """Return whether two stretches have a word in common."""
    return any(not word.isdisjoint(key) for key in said.keys for word in wanted.keys)


def _holds_figures(fact: Fact, window: Sequence[Clause]) -> bool:
    said = [value for clause in window for number in clause.numbers for value in (number.value, *number.alternatives)]
    return all(any(abs(one.value - other) <= 1e-6 * max(1.0, one.value) for other in said) for one in fact.numbers)


@lru_cache(maxsize=4096)
def _read(normal: str, code: str) -> _Words:
    return _read_zh(normal) if code == "zh" else _read_en(normal)


def _read_zh(normal: str) -> _Words:
    bare, common = skeleton(normal, "zh"), load_pack("zh").common_characters
    keys = tuple(frozenset(char) for char in bare if "\u3400" <= char <= "\u9fff" and char not in common)
    return _Words(keys, _NOT_ZH in bare)


def _read_en(normal: str) -> _Words:
    empty, tokens = load_misfit_words("en").empty, normal.split()
    keys = tuple(
        word_keys(token.removesuffix("'s"), "en")
        for token in tokens
        if token not in empty and not is_negation(token) and token[0].isalpha()
    )
    return _Words(keys, any(is_negation(token) or token == "free" for token in tokens))


@lru_cache(maxsize=1024)
def _ideas(normal: str, code: str) -> frozenset[str]:
    return frozenset(named_ideas(normal, code))
