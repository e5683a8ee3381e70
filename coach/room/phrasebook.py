"""Many listed wordings found in one pass: plain ones through an index, patterns one by one. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from coach.language.literals import alternatives, needed
from coach.language.needles import Needles

_SIGNS = re.compile(r"[\\.(){}\[\]?*+|^$]")
_MACRO = re.compile(r"<(\w+)>")


class Hit(NamedTuple):
    """One wording where it stands in a flat text."""

    kind: str
    start: int
    end: int


class Phrasebook:
    """Wordings by kind, made ready once.

    Args:
        wordings: Kind → wordings as they stand in flat text (`heard.flatten`); those with signs are patterns.
        code: `zh` or `en`: whether wordings are whole words.
        macros: Name → alternatives that `<name>` in a pattern stands for.
    """

    def __init__(
        self, wordings: Mapping[str, Sequence[str]], code: str, macros: Mapping[str, str] | None = None
    ) -> None:
        self._words = code == "en"
        self._index: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        self._patterns: list[tuple[str, re.Pattern[str]]] = []
        self._always: list[int] = []
        """Patterns of which no string is known that a match must hold."""
        self._needing: dict[str, list[int]] = defaultdict(list)
        """String → patterns that need it or another one."""
        self.plain: list[str] = []
        self._found = lru_cache(maxsize=1024)(self._find)
        for kind, listed in wordings.items():
            patterns = []
            for wording in listed:
                if _SIGNS.search(wording):
                    patterns.append(_MACRO.sub(lambda found: (macros or {})[found[1]], wording))
                else:
                    self._add(kind, wording.lower())
            if patterns:
                self._add_patterns(kind, patterns)
        self._needles = Needles(self._needing if self._words else {*self._needing, *self._index}, code)

    def _add(self, kind: str, wording: str) -> None:
        self._index[self._key(wording)].append((len(self.plain), wording, kind))
        self.plain.append(wording)

    def _key(self, wording: str) -> str:
        """Return what a wording is filed under: its first word, or itself in Chinese."""
        return wording.split(" ", 1)[0] if self._words else wording

    def _add_patterns(self, kind: str, patterns: Sequence[str]) -> None:
        known = [needed(part) for pattern in patterns for part in alternatives(pattern)]
        for string in frozenset().union(*(sets[-1] for sets in known if sets)) if all(known) else ():
            self._needing[string].append(len(self._patterns))
        if not all(known):
            self._always.append(len(self._patterns))
        self._patterns.append((kind, self._compiled(patterns)))

    def _compiled(self, patterns: Sequence[str]) -> re.Pattern[str]:
        if self._words:  # flat English has a space at either end
            patterns = [re.sub(r"^\^", "^ ?", re.sub(r"\$$", " ?$", pattern)) for pattern in patterns]
        body = "|".join(patterns)
        return re.compile(rf"(?<![a-z0-9])(?:{body})(?![a-z0-9])" if self._words else f"(?:{body})")

    def find(self, flat: str) -> list[Hit]:
        """Return every wording in a flat text, in order of kind and place; several kinds may share a place."""
        return list(self._found(flat))

    def _find(self, flat: str) -> tuple[Hit, ...]:
        held = self._needles.held(flat)
        hits = self._whole_words(flat) if self._words else self._anywhere(flat, held)
        numbers = {number for string in held & self._needing.keys() for number in self._needing[string]}
        for number in sorted(numbers.union(self._always)):
            kind, pattern = self._patterns[number]
            hits += [Hit(kind, *found.span()) for found in pattern.finditer(flat)]
        return tuple(hits)

    def _whole_words(self, flat: str) -> list[Hit]:
        words = flat.split(" ")
        known = self._index.keys() & set(words)
        if not known:
            return []
        hits: list[Hit] = []
        at = 0
        for word in words:
            for _, wording, kind in self._index[word] if word in known else ():
                end = at + len(wording)
                if flat.startswith(wording, at) and not flat[end : end + 1].isalnum():
                    hits.append(Hit(kind, at, end))
            at += len(word) + 1
        return hits

    def _anywhere(self, flat: str, held: Set[str]) -> list[Hit]:
        """Return wordings in order of place, those of one character last."""
        found = [
            (at, len(wording) == 1, number, Hit(kind, at, at + len(wording)))
            for string in held & self._index.keys()
            for number, wording, kind in self._index[string]
            for at in _places(wording, flat)
        ]
        return [hit for _, _, _, hit in sorted(found, key=_order)]


def _places(wording: str, flat: str) -> Iterator[int]:
    at = flat.find(wording)
    while at >= 0:
        yield at
        at = flat.find(wording, at + 1)


def _order(found: tuple[int, bool, int, Hit]) -> tuple[int, bool, int]:
    return found[:3]
