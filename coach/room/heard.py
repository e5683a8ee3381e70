"""Words as they are matched: normalised, with a guard against negation. Clean text or a recogniser's output."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from coach.language import Language, NumberSpan, language_for
from coach.room.pack import MovePack, move_pack
from coach.room.phrasebook import Hit, Phrasebook

_GUARD_CHARS = 3
"""Chinese: how far before a wording a negation still reaches it (不能再便宜)."""
_GUARD_WORDS = 3
"""English: the same in words (we do not really include a)."""
_NO_FOLLOWERS = frozenset(
    [
        "it",
        "its",
        "i",
        "im",
        "ive",
        "id",
        "ill",
        "you",
        "youre",
        "we",
        "were",
        "they",
        "theyre",
        "this",
        "that",
        "thats",
        "there",
        "theres",
        "no",
        "not",
        "never",
        "dont",
        "cant",
    ]
)
"""Words after an English "no" that is an answer by itself ("no it never gets hot") and turns nothing round."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One utterance made ready for matching."""

    text: str
    flat: str
    """zh: characters only. en: words between single spaces, one space at either end, no apostrophes."""
    breaks: tuple[int, ...]
    """Where clauses begin in the flat text, as far as punctuation says so; a guard does not reach over them."""
    language: Language
    pack: MovePack
    hits: tuple[Hit, ...] = ()
    """Wordings of the packs that stand in the flat text."""

    @property
    def numbers(self) -> Sequence[NumberSpan]:
        """Every number that is said."""
        return self.language.numbers(self.text)

    def has(self, phrase: str, *, guarded: bool = True) -> bool:
        """Return whether the phrase is said and, if guarded, not negated."""
        return self.has_flat(flatten(phrase, self.language), guarded=guarded)

    def has_flat(self, wanted: str, *, guarded: bool = True) -> bool:
        """Return the same for a phrase that is flat already."""
        if not wanted.strip():
            return False
        start = self.flat.find(wanted)
        while start >= 0:
            if not guarded or not self.negated(start):
                return True
            start = self.flat.find(wanted, start + 1)
        return False

    def any(self, phrases: Iterable[str], *, guarded: bool = True) -> bool:
        """Return whether one of the phrases is said and, if guarded, not negated."""
        return any(self.has(phrase, guarded=guarded) for phrase in phrases)

    def did(self, kind: str, *, guarded: bool = True) -> bool:
        """Return whether a wording of this kind stands here and, if guarded, is not negated."""
        return any(hit.kind == kind and not (guarded and self.negated(hit.start)) for hit in self.hits)

    def opens_with(self, openings: Iterable[str]) -> bool:
        """Return whether it begins with one of these words, hesitations left out."""
        rest, fillers = self.flat.strip(), _heads(self.pack.fillers, self.language.code)
        for _ in range(4):
            filler = fillers.match(rest)
            rest = rest[filler.end() :].strip() if filler else rest
        return _heads(_flat_words(tuple(openings), self.language.code), self.language.code).match(rest) is not None

    def content(self) -> set[str]:
        """Return the tokens that carry meaning; Chinese as pairs of characters."""
        return content_tokens(self.text, self.language)

    def clause_start(self, start: int) -> int:
        """Return where the clause begins that holds a place of the flat text."""
        at = bisect_right(self.breaks, start)
        return self.breaks[at - 1] if at else 0

    def negated(self, start: int) -> bool:
        """Return whether a negation right before a place of the flat text turns round what follows."""
        return negated_at_end(self.flat[self.clause_start(start) : start], self.language, self.pack)


@lru_cache(maxsize=64)
def _flat_words(words: tuple[str, ...], code: str) -> tuple[str, ...]:
    return tuple(flatten(word, language_for(code)).strip() for word in words)


@lru_cache(maxsize=64)
def _heads(words: tuple[str, ...], code: str) -> re.Pattern[str]:
    """Return a pattern for a text that begins with one of these words, the first listed first."""
    body = "|".join(map(re.escape, words)) if words else "(?!)"
    return re.compile(rf"(?:{body})(?![^\W_])" if code == "en" else f"(?:{body})")


def hear_plain(text: str, language: Language) -> Heard:
    """Return a text made ready without looking for moves, as for a viewer's line."""
    flat, breaks = _flat_clauses(text, language)
    return Heard(text, flat, breaks, language, move_pack(language.code))


def hear(text: str, language: Language) -> Heard:
    """Return an utterance made ready; the wordings of moves are found in one pass."""
    flat, breaks = _flat_clauses(text, language)
    return Heard(text, flat, breaks, language, move_pack(language.code), tuple(phrasebook(language.code).find(flat)))


@cache
def phrasebook(code: str) -> Phrasebook:
    """Return the wordings of moves, by move."""
    return Phrasebook(move_pack(code).moves, code)


def _flat_clauses(text: str, language: Language) -> tuple[str, tuple[int, ...]]:
    """Return the flat text, clause by clause, and where each begins."""
    pieces = [piece for span in language.clauses(text) if (piece := flatten(span.text, language)).strip()]
    if language.code == "en":
        pieces = [piece[1:] for piece in pieces]
        flat = " " + "".join(pieces)
        begins = [1, *(1 + length for length in itertools.accumulate(map(len, pieces)))][:-1]
        return flat, tuple(begins)
    return "".join(pieces), tuple([0, *itertools.accumulate(map(len, pieces))][:-1])


def negated_at_end(before: str, language: Language, pack: MovePack) -> bool:
    """Return whether the end of a flat text turns round what follows it (不能…, "we do not really …")."""
    if language.code == "zh":
        window = before[-_GUARD_CHARS - 3 :]
        for harmless in pack.not_guards:
            window = window.replace(harmless, "")
        return any(guard in window[-_GUARD_CHARS:] for guard in pack.guards)
    window = f" {' '.join(before.split()[-_GUARD_WORDS - 1 :])} "
    for harmless in pack.not_guards:
        window = window.replace(f" {harmless} ", " ")
    words = window.split()[-_GUARD_WORDS:]
    return any(
        word in pack.guards and not (word == "no" and words[at + 1 : at + 2] and words[at + 1] in _NO_FOLLOWERS)
        for at, word in enumerate(words)
    )


def flatten(text: str, language: Language) -> str:
    """Return text as it is matched."""
    return _flat(text, language.code)


@lru_cache(maxsize=4096)
def _flat(text: str, code: str) -> str:
    """Cached, because the same few hundred wordings meet every utterance, on the way to the answer."""
    joined = _APOSTROPHE.sub("", text) if "'" in text or "’" in text else text
    words = language_for(code).normalise(joined).split()
    return "".join(words) if code == "zh" else f" {' '.join(words)} "


_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")


def content_tokens(text: str, language: Language) -> set[str]:
    """Return tokens without stop words; Chinese characters in pairs, since one alone means little."""
    stop = set(language.pack.stop)
    tokens = language.tokens(text)
    if language.code == "en":
        return {_stem(token.replace("'", "")) for token in tokens if token not in stop}
    plain = [token for token in tokens if token not in stop]
    pairs = {left + right for left, right in itertools.pairwise(plain) if len(left) == len(right) == 1}
    return pairs | {token for token in plain if len(token) > 1}


def _stem(word: str) -> str:
    """Cut plural and tense endings, enough to compare `boils` with `boil`."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
