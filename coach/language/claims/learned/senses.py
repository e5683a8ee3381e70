"""Senses of words in selling talk: illness, cure, rivals, promises, … Pure lookup, no patterns."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from coach.language.pack_text import read_yaml

FOLDER = Path(__file__).parent


class SensePack(BaseModel):
    """`senses_CODE.yaml`: sense → its words; English ones between commas, `*` for any ending."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: str
    version: str
    source: str
    effective: str
    frames: tuple[str, ...]
    """Senses that say how something is said: denied, quoted, asked, advised."""
    senses: dict[str, str]


_Phrase = tuple[tuple[str, ...], int]
"""The words of a phrase, with its sense."""
_Known = tuple[tuple[int, ...], dict[str, list[_Phrase]]]
"""Senses of a word, and the phrases that begin with it by the head of their second word."""


class Sensed(NamedTuple):
    """A word with its sense; places count characters (zh) or words (en)."""

    start: int
    end: int
    sense: int


class Senses:
    """The senses of one language, indexed.

    Args:
        code: `zh` or `en`.
        pack: Its words; those of claims by default.
    """

    def __init__(self, code: str, pack: SensePack | None = None) -> None:
        pack = pack or SensePack.model_validate(_read(code))
        self.names = tuple(pack.senses)
        self.frames = frozenset(self.names.index(name) for name in pack.frames)
        self._alone: dict[str, list[int]] = defaultdict(list)
        """Single characters (zh) or words (en) → senses."""
        self._pairs: dict[str, list[int]] = defaultdict(list)
        """zh: words of two characters → senses."""
        self._heads: dict[str, list[tuple[str, int]]] = defaultdict(list)
        """zh: first three characters → longer words, with their sense."""
        self._phrases: dict[str, list[_Phrase]] = defaultdict(list)
        """en: first word → the words of the phrase, with its sense."""
        self._stems: dict[str, list[int]] = defaultdict(list)
        for sense, listed in enumerate(pack.senses.values()):
            for word in dict.fromkeys(listed.split() if code == "zh" else map(str.strip, listed.split(","))):
                (self._add_text if code == "zh" else self._add_words)(word, sense)
        self._lengths = tuple(sorted({len(stem) for stem in self._stems}))
        self._known: dict[str, _Known] = {}

    def _add_text(self, word: str, sense: int) -> None:
        if len(word) > 2:
            self._heads[word[:3]].append((word, sense))
        else:
            (self._alone if len(word) == 1 else self._pairs)[word].append(sense)

    def _add_words(self, word: str, sense: int) -> None:
        parts = tuple(part.rstrip("*") for part in word.split())
        if len(parts) > 1:
            self._phrases[parts[0]].append((parts, sense))
        else:
            (self._stems if word.endswith("*") else self._alone)[parts[0]].append(sense)

    def find(self, units: str | list[str]) -> list[Sensed]:
        """Return every word that has a sense, in order of place: in characters of Chinese, in words of English."""
        return self._in_text(units) if isinstance(units, str) else self._in_words(units)

    def _in_text(self, text: str) -> list[Sensed]:
        found = list[Sensed]()
        alone, pairs, heads = self._alone.get, self._pairs.get, self._heads.get
        for at, char in enumerate(text):
            for sense in alone(char, ()):
                found.append(Sensed(at, at + 1, sense))
            for sense in pairs(text[at : at + 2], ()):
                found.append(Sensed(at, at + 2, sense))
            for word, sense in heads(text[at : at + 3], ()):
                if text.startswith(word, at):
                    found.append(Sensed(at, at + len(word), sense))
        return found

    def _in_words(self, tokens: list[str]) -> list[Sensed]:
        found, known = [], self._known
        for at, token in enumerate(tokens):
            senses, phrases = known.get(token) or self._learn(token)
            for sense in senses:
                found.append(Sensed(at, at + 1, sense))
            if not phrases or at + 1 == len(tokens):
                continue
            for parts, sense in phrases.get(tokens[at + 1][:_BEGINS], ()):
                if _stands(parts, tokens, at):
                    found.append(Sensed(at, at + len(parts), sense))
        return found

    def _learn(self, token: str) -> _Known:
        """Return the senses of a word and the phrases that begin with it by the head of their second word."""
        if len(self._known) > _KEPT:
            self._known.clear()
        heads = (token[:length] for length in self._lengths if length <= len(token))
        stemmed = [sense for head in heads for sense in self._stems.get(head, ())]
        senses = tuple(dict.fromkeys([*self._alone.get(token, ()), *stemmed]))
        phrases: dict[str, list[_Phrase]] = {}
        for parts, sense in self._phrases.get(token, ()):
            phrases.setdefault(parts[1][:_BEGINS], []).append((parts, sense))
        made = self._known[token] = (senses, phrases)
        return made


_KEPT = 20_000
"""Words whose senses are remembered."""


def _stands(parts: tuple[str, ...], tokens: list[str], at: int) -> bool:
    """Return whether a phrase stands at a place; its last word may have an ending if it is long."""
    last = len(parts) - 1
    if len(tokens) - at <= last or any(tokens[at + number] != parts[number] for number in range(1, last)):
        return False
    end = parts[last]
    return tokens[at + last] == end or (len(end) >= _ENDS and tokens[at + last].startswith(end))


_BEGINS = 3
"""Letters of a phrase's second word that it is looked up by; fewer than _ENDS."""
_ENDS = 5
"""Letters from which the last word of a phrase may have an ending."""


@cache
def senses(code: str) -> Senses:
    """Return the senses for `zh` or `en`."""
    return Senses(code)


def _read(code: str) -> object:
    return read_yaml((FOLDER / f"senses_{code}.yaml").read_text(encoding="utf-8"))
