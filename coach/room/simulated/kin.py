"""A streamer's experience: what sort of viewer writes such lines, and whether a line wants an answer.

Naive Bayes over the lines of the packs, which is what an experienced streamer knows by heart. It sees text only; an
author's own lines are judged by their likeness to the packs'.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from coach.language import language_for
from coach.room.heard import flatten
from coach.room.pack import TypePack, line_pack

_NO_ANSWER = frozenset({"greet", "soften", "accept", "buy", "leave", "thank", "praise", "silence", "echo"})
"""Intents of lines that want no answer."""
_SMOOTHING = 0.5
_ANYBODYS = frozenset({"link_down", "wrong_price", "cut_off_remark", "ignored_remark"})
"""Intents that say nothing about who writes."""


class Likeness:
    """Log-likelihoods of a text under classes of lines.

    Args:
        learnt: (class, tokens) of every line.
    """

    def __init__(self, learnt: Sequence[tuple[str, Sequence[str]]]) -> None:
        counts: dict[str, Counter[str]] = {}
        for name, tokens in learnt:
            counts.setdefault(name, Counter()).update(tokens)
        self._classes = sorted(counts)
        words = {token for counter in counts.values() for token in counter}
        sizes = [counts[name].total() + _SMOOTHING * len(words) for name in self._classes]
        self._table = {
            word: [
                math.log((counts[name][word] + _SMOOTHING) / size)
                for name, size in zip(self._classes, sizes, strict=True)
            ]
            for word in words
        }

    def of(self, tokens: Sequence[str]) -> dict[str, float]:
        """Return class → log-likelihood; tokens that nobody uses are left out."""
        rows = [self._table[token] for token in tokens if token in self._table]
        return {name: sum(row[at] for row in rows) for at, name in enumerate(self._classes)}


class Experience:
    """What is known of a language's lines."""

    def __init__(self, code: str) -> None:
        self._language = language_for("zh-CN" if code == "zh" else "en-US")
        lines = [line for name, pack in line_pack(code).types.items() for line in _lines(name, pack)]
        learnt = [(name, intent, self.tokens(text)) for name, intent, text in lines]
        self.types = Likeness([(name, tokens) for name, intent, tokens in learnt if intent not in _ANYBODYS])
        self.wants = Likeness([("none" if intent in _NO_ANSWER else "answer", tokens) for _, intent, tokens in learnt])

    def kinds(self, text: str) -> dict[str, float]:
        """Return viewer type → log-likelihood of the text."""
        return _kinds(self, text)

    def wants_answer(self, text: str) -> bool:
        """Return whether such a line wants an answer."""
        return _wants_answer(self, text)

    def tokens(self, text: str) -> list[str]:
        """Return what lines are compared by: pairs and single characters of Chinese, words and pairs of English."""
        flat = flatten(text, self._language)
        units = list(flat) if self._language.code == "zh" else flat.split()
        return [*units, *(f"{left}_{right}" for left, right in itertools.pairwise(units))]


@lru_cache(maxsize=16_384)
def _kinds(known: Experience, text: str) -> dict[str, float]:
    """Cached, because many rehearsals meet the same lines."""
    return known.types.of(known.tokens(text))


@lru_cache(maxsize=16_384)
def _wants_answer(known: Experience, text: str) -> bool:
    likely = known.wants.of(known.tokens(text))
    return likely["answer"] >= likely["none"]


@cache
def experience(code: str) -> Experience:
    """Return the experience for `zh` or `en`."""
    return Experience(code)


def _lines(name: str, pack: TypePack) -> Iterator[tuple[str, str, str]]:
    """Yield (type, intent, text) of a pack's lines, slots and marks of choice taken out."""
    for phrases in pack.phrases.values():
        yield from ((name, "ask", phrase) for phrase in phrases)
    for pool, lines in pack.lines.items():
        intent = re.sub(r"_\d$", "", pool)
        yield from ((name, intent, re.sub(r"\{\w*\}|[\[\]|]", " ", line)) for line in lines)
