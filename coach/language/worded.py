"""Facts that are words (拍照, 不油炸, "line dry", "no perfume") in running text: small words between, other denials."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from coach.language.clause import Clause, Clauses
from coach.language.ideas import skeleton
from coach.language.names import FUZZY, FUZZY_MIN_CHARS
from coach.language.pack import load_pack
from coach.language.stems import base, stem
from coach.language.synonyms import same_words

_GAP = 2
"""Characters that may stand between two of a Chinese fact (拍张照片 for 拍照)."""
_ROOT, _ENDING = 3, 4
"""Letters of a root, and of an ending that may be added to it."""
_DENIAL_GAP = {"zh": 4, "en": 4}
"""Characters or words between a negation and what it denies."""
_SHARE = 0.75
"""Share of a fact's words that names it, where it has three or more."""
_LIGHT = frozenset(["let", "keep", "make", "use", "put", "take", "come", "go", "give", "have", "do", "need"])
"""English verbs that add nothing to a fact."""
_FREE = base("free")
_DENIED_ZH = re.compile("不[是加含带算]?$")
_DENIED_BEFORE = 3


@dataclass(frozen=True, slots=True, eq=False)
class Worded:
    """A fact's words, compiled once; compared by identity, so that what was found of it can be kept."""

    normal: str
    words: tuple[frozenset[str], ...]
    """en: for each word that carries it, the stems that say the same."""
    pattern: re.Pattern[str] | None
    """zh: its characters with small gaps, in a skeleton."""
    denies: bool
    turned: re.Pattern[str] | None
    """zh: the same denial the other way round (一点香精不放 for 没有香精)."""


@lru_cache(maxsize=1024)
def compile_words(normal: str, code: str) -> Worded:
    """Return a normalised fact ready to be looked for."""
    whole = skeleton(normal, code)
    if code == "en":
        tokens = whole.split()
        empty = {"not", _FREE, *_LIGHT, *load_pack("en").stop}
        kept = tuple(
            frozenset({stem(token), *map(stem, same_words(token, code))}) for token in tokens if token not in empty
        )
        denies = "not" in tokens or tokens[-1:] == [_FREE]
        return Worded(normal, kept, None, denies, None)
    core = _core(whole.removeprefix("不"))
    denies = whole.startswith("不")
    others = "|".join(re.escape(skeleton(word, code)) for word in sorted(same_words(core, code)))
    gapped = "".join(_gap(left) + re.escape(right) for left, right in zip(" " + core, core, strict=False))
    if len(core) < 2:
        gapped = re.escape(core)
    gapped = f"(?:{gapped}|{others})" if others else gapped
    front = rf"不[^不]{{0,{_DENIAL_GAP['zh']}}}" if denies else ""
    turned = re.compile(rf"{gapped}.{{0,3}}不") if denies and len(core) > 1 else None
    return Worded(normal, (), re.compile(front + gapped) if core else None, denies, turned)


def _gap(before: str) -> str:
    if before == " ":
        return ""
    return ".{0,4}" if before == "不" else f"[^不]{{0,{_GAP}}}"


def _core(whole: str) -> str:
    """Return a fact without common characters at its end (黄豆大 → 黄豆), two characters at least."""
    common = load_pack("zh").common_characters
    while len(whole) > 2 and whole[-1] in common and whole[-1] != "不" and whole[-2] != "不":
        whole = whole[:-1]
    return whole


def may_be_worded(clauses: Clauses, fact: Worded, code: str) -> bool:
    """Return whether some of the clauses that assert something may say the fact's words: all that they hold counts."""
    if code == "zh":
        said = clauses.skeletons
        if (fact.pattern and fact.pattern.search(said)) or (fact.turned and fact.turned.search(said)):
            return True
    elif fact.words:
        _, stems = _said_en(clauses.skeletons)
        held = sum([any(_is_word(said, word) for said in stems) for word in fact.words])
        if held >= _least(fact):
            return True
    if fact.denies or len(fact.normal) < FUZZY_MIN_CHARS[code]:
        return False
    return any(_is_near(clause.normal, fact.normal) for clause in clauses.told)


def is_worded(window: Sequence[Clause], fact: Worded, code: str) -> bool:
    """Return whether one or two neighbouring clauses say the fact's words, denied where it denies and only there."""
    if _is_found("".join([clause.skeleton for clause in window]), fact, code):
        return True
    if fact.denies or len(fact.normal) < FUZZY_MIN_CHARS[code]:
        return False
    return any(_is_near(clause.normal, fact.normal) for clause in window)


@lru_cache(maxsize=2048)
def _is_found(said: str, fact: Worded, code: str) -> bool:
    """Return whether a skeleton says a fact's words; one clause is asked about several times over."""
    return _found_zh(said, fact) if code == "zh" else _found_en(*_said_en(said), fact)


@lru_cache(maxsize=1024)
def _said_en(said: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the tokens of an English skeleton and their stems."""
    tokens = tuple(said.split())
    return tokens, tuple(map(stem, tokens))


def _found_zh(said: str, fact: Worded) -> bool:
    if not fact.pattern:
        return False
    for hit in fact.pattern.finditer(said):
        if fact.denies or not _DENIED_ZH.search(said[: hit.start()]):
            return True
    return bool(fact.turned and fact.turned.search(said))


def _found_en(tokens: Sequence[str], stems: Sequence[str], fact: Worded) -> bool:
    """Return whether enough of the fact's words are said, with a negation near them or none."""
    if not fact.words:
        return False
    found = (next((at for at, said in enumerate(stems) if _is_word(said, word)), None) for word in fact.words)
    places = [at for at in found if at is not None]
    if len(places) < _least(fact) or max(places) - min(places) > len(fact.words) + 4:
        return False
    first = min(places)
    before = tokens[max(0, first - (_DENIAL_GAP["en"] if fact.denies else _DENIED_BEFORE)) : first]
    denied = "not" in before or (fact.denies and tokens[max(places) + 1 : max(places) + 2] == [_FREE])
    return denied == fact.denies


def _least(fact: Worded) -> float:
    """Return how many of the fact's words must be said."""
    size = len(fact.words)
    return size if size < 3 else size / 2 if fact.denies else _SHARE * size


@lru_cache(maxsize=16384)
def _is_word(said: str, words: frozenset[str]) -> bool:
    """Return whether a stem is one of these, or one of them with an ending more (zip, zipper)."""
    if said in words:
        return True
    return any(
        len(word) >= _ROOT
        and (said.startswith(word) or word.startswith(said))
        and abs(len(said) - len(word)) <= _ENDING
        for word in words
        if len(said) >= _ROOT
    )


@lru_cache(maxsize=2048)
def _is_near(joined: str, fact: str) -> bool:
    """Return whether a fact stands there with a slip of the recogniser."""
    return fuzz.partial_ratio(fact, joined, score_cutoff=FUZZY) > 0
