"""Sentences of the streamers in `evals/cases/talks`: how people who sell end theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import cache
from typing import NamedTuple

from coach.language.cut_zh import cut_words
from scripts.finish_text.grammar import BOUNDARY
from scripts.talks import products

_SENTENCE = re.compile(r"[^.!?。！？…]+(?:\.\d[^.!?。！？…]*)*[.!?。！？…]*")
_CLAUSES = re.compile(r"[,，、;；:：—–]+|--|-(?=\s)")
_QUOTES = re.compile(r"[\"“”()（）《》]")
_CLOSING = ' .!?。！？"”’'
_MOST_BEFORE = 30
"""Words before a sentence."""


class Talked(NamedTuple):
    """A sentence that somebody said."""

    before: Sequence[str]
    """Words (zh: of the dictionary) said just before it in the same turn."""
    tokens: list[str]
    """Its words and the boundaries of clauses, in lower case."""


@cache
def talked_sentences(code: str, writers: Set[str] | None = None, without: Set[str] = frozenset()) -> list[Talked]:
    """Return the sentences of talks with marks, in order.

    Args:
        code: Language.
        writers: Whose talks; None: everybody's.
        without: Whose not.
    """
    found: list[Talked] = []
    for product in products():
        is_asked = writers is None or product.writer in writers
        if product.code == code and is_asked and product.writer not in without:
            lines = (line for talk in product.talks if not talk.heard for line in talk.lines if not line.viewer)
            found += (sentence for line in lines for sentence in _of_turn(line.text, code))
    return found


def _of_turn(text: str, code: str) -> list[Talked]:
    found, before = list[Talked](), list[str]()
    for sentence in _SENTENCE.findall(text):
        clauses = [_words(clause, code) for clause in _CLAUSES.split(sentence.rstrip(_CLOSING))]
        tokens = [token for clause in clauses if clause for token in (BOUNDARY, *clause)][1:]
        if sentence.rstrip().endswith("…") or not tokens:  # broken off
            before = []
            continue
        found.append(Talked(tuple(before[-_MOST_BEFORE:]), tokens))
        before += [token for token in tokens if token != BOUNDARY]
    return found


def _words(clause: str, code: str) -> list[str]:
    plain = _QUOTES.sub("", clause).lower()
    return plain.split() if code == "en" else [word.text for word in cut_words(plain) if word.text.strip()]
