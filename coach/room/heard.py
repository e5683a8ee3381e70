"""Words as they are matched: normalised, with a guard against negation. Clean text or a recogniser's output."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from coach.language import Language, language_for
from coach.room.pack import MovePack

_GUARD_CHARS = 3
"""Chinese: how far before a wording a negation still reaches it (不能再便宜)."""
_GUARD_WORDS = 3
"""English: the same in words (we do not really include a)."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One utterance made ready for matching."""

    text: str
    flat: str
    """zh: characters only. en: words between single spaces, one space at either end, no apostrophes."""
    language: Language
    pack: MovePack

    def has(self, phrase: str, *, guarded: bool = True) -> bool:
        """Return whether the phrase is said and, if guarded, not negated."""
        wanted = flatten(phrase, self.language)
        if not wanted.strip():
            return False
        start = self.flat.find(wanted)
        while start >= 0:
            if not guarded or not self._negated(start):
                return True
            start = self.flat.find(wanted, start + 1)
        return False

    def any(self, phrases: Iterable[str], *, guarded: bool = True) -> bool:
        """Return whether one of the phrases is said and, if guarded, not negated."""
        return any(self.has(phrase, guarded=guarded) for phrase in phrases)

    def content(self) -> set[str]:
        """Return the tokens that carry meaning; Chinese as pairs of characters."""
        return content_tokens(self.text, self.language)

    def _negated(self, start: int) -> bool:
        return negated_at_end(self.flat[:start], self.language, self.pack)


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
    return any(word in pack.guards for word in window.split()[-_GUARD_WORDS:])


def flatten(text: str, language: Language) -> str:
    """Return text as it is matched."""
    return _flat(text, language.code)


@lru_cache(maxsize=16_384)
def _flat(text: str, code: str) -> str:
    """Cached, because the same few hundred wordings meet every utterance, on the way to the answer."""
    normal = language_for(code).normalise(re.sub(r"(?<=\w)['’](?=\w)", "", text))
    return re.sub(r"\s+", "", normal) if code == "zh" else f" {' '.join(normal.split())} "


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
