"""What a clause asserts, as the judge of misfits sees it: its words, what it denies, how it puts things."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from coach.language import Language
from coach.language.clause import Clause
from coach.language.cut_zh import cut_words
from coach.language.ideas import is_negation, named_ideas
from coach.language.misfit_pack import load_misfit_words
from coach.language.stems import base, stem
from coach.language.synonyms import meanings_en, meanings_zh

_HAN = re.compile(r"[\u4e00-\u9fffa-z]+")
_WORD = re.compile(r"(?<!\S)[a-z][a-z'-]*(?!\S)")
_EMPTY_KINDS = frozenset("upcrmqyeof")
"""Classes of jieba's dictionary that tell nothing: particles, pronouns, numerals, measures …"""
_NOT_ZH = re.compile("[不没无别非勿未]")


class Said(NamedTuple):
    """One clause, read once for all points."""

    words: tuple[str, ...]
    """Its content words in order, each once."""
    keys: tuple[frozenset[str], ...]
    """What each of them is compared by."""
    denied: tuple[bool, ...]
    """Whether each of them is denied."""
    starts: tuple[int, ...]
    """Where each of them stands in the normalised text."""
    denials: int
    cues: tuple[float, ...]
    """Which ways of putting things it has, in the order of the pack."""
    turned_ideas: frozenset[str]
    """Ideas of the trade that it denies."""


@lru_cache(maxsize=2048)
def said(normal: str, code: str) -> Said:
    """Return what a clause says, given as normalised text."""
    found = dict(reversed(list(_placed_words(normal, code))))
    words = tuple(sorted(found, key=lambda word: found[word]))
    starts = tuple(found[word] for word in words)
    return Said(
        words,
        tuple(word_keys(word, code) for word in words),
        tuple(_is_denied(normal, start, start + len(word), code) for start, word in zip(starts, words, strict=True)),
        starts,
        denials(normal, code),
        tuple(1.0 if pattern.search(normal) else 0.0 for pattern in load_misfit_words(code).cues.values()),
        turned_ideas(normal, code),
    )


_BACK_ZH, _BACK_EN = 4, 4
_AFTER_ZH = re.compile(r"^(?:都|也|是|就|可|的|得)?(?:不|没|别(?!的|家|人)|拆不|用不)")
_PIVOT_ZH = re.compile(r"[,，是就而但]")


def _is_denied(normal: str, start: int, end: int, code: str) -> bool:
    """Return whether a word is denied: a negation shortly before it, or right after."""
    if code == "zh":
        before = normal[max(0, start - _BACK_ZH) : start]
        at = max((hit.start() for hit in _NOT_ZH.finditer(before)), default=-1)
        if at >= 0 and not _PIVOT_ZH.search(before[at + 1 :]):
            return True
        return bool(_AFTER_ZH.match(normal[end : end + 4]))
    before_en, after = normal[:start].split()[-_BACK_EN:], normal[end:].split()[:2]
    return any(map(is_negation, before_en)) or after[:1] == ["free"] or any(map(is_negation, after[:2]))


def polarity(texts: Iterable[str], language: Language) -> tuple[frozenset[str], frozenset[str]]:
    """Return what the words of texts are compared by: of those that stand there plainly, and of those denied."""
    plain: set[str] = set()
    denied: set[str] = set()
    for text in texts:
        for span in language.clauses(text):
            heard = said(language.normalise(span.text), language.code)
            for keys, is_denied in zip(heard.keys, heard.denied, strict=True):
                (denied if is_denied else plain).update(keys)
    return frozenset(plain), frozenset(denied)


def content_words(normal: str, code: str) -> list[str]:
    """Return the words of normalised text that carry its meaning, in order."""
    return [word for word, _ in _placed_words(normal, code)]


def _placed_words(normal: str, code: str) -> Iterator[tuple[str, int]]:
    empty = load_misfit_words(code).empty
    if code == "zh":
        for cut in cut_words(normal):
            if cut.kind[:1] not in _EMPTY_KINDS and cut.text not in empty and _HAN.fullmatch(cut.text):
                yield cut.text, cut.start
        return
    for hit in _WORD.finditer(normal):
        word = hit.group().removesuffix("'s")
        if word not in empty:
            yield word, hit.start()


@lru_cache(maxsize=16384)
def word_keys(word: str, code: str) -> frozenset[str]:
    """Return what a word is compared by: two words are the same where they share one."""
    if code == "en":
        return frozenset({stem(word), base(word), *(f"#{meaning}" for meaning in meanings_en(word))})
    pairs = (word[at : at + 2] for at in range(len(word) - 1))
    return frozenset({word, *pairs, *(f"#{meaning}" for meaning in meanings_zh(word))})


def denials(normal: str, code: str) -> int:
    """Return how often normalised text denies."""
    if code == "zh":
        return len(_NOT_ZH.findall(normal))
    return sum(map(is_negation, normal.split()))


def turned_ideas(normal: str, code: str) -> frozenset[str]:
    """Return the ideas that normalised text denies: there without its denials, not with them."""
    if code == "zh":
        bare = _NOT_ZH.sub("", normal)
    else:
        bare = " ".join(word for word in normal.split() if not is_negation(word))
    if bare == normal:
        return frozenset()
    return frozenset(named_ideas(bare, code).keys() - named_ideas(normal, code).keys())


@cache
def opposites(code: str) -> Mapping[str, frozenset[str]]:
    """Return for each word its opposites."""
    found: dict[str, set[str]] = {}
    for left, right in load_misfit_words(code).opposites:
        found.setdefault(left, set()).add(right)
        found.setdefault(right, set()).add(left)
    return {word: frozenset(others) for word, others in found.items()}


def opposed(clause: Clause, words: frozenset[str], code: str) -> bool:
    """Return whether a clause has the opposite of one of these words (软 for 硬)."""
    table = opposites(code)
    if code == "zh":
        return any(other in clause.normal for word in words for other in table.get(word, ()))
    here = {base(word) for word in clause.normal.split()}
    return any(other in here for word in words for other in table.get(word, ()))


def opposable(text: str, code: str) -> frozenset[str]:
    """Return the words of a sheet's text that have an opposite, those left out whose opposite stands there too."""
    table = opposites(code)
    here = {word for word in table if word in text} if code == "zh" else {base(word) for word in text.split()}
    return frozenset(word for word in here if word in table and not table[word] & here)
