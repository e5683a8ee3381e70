"""Many listed wordings found in one pass: plain ones through an index, patterns one by one. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

_SIGNS = re.compile(r"[\\.(){}\[\]?*+|^$]")
_MACRO = re.compile(r"<(\w+)>")


@dataclass(frozen=True, slots=True)
class Hit:
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
        self._index: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._patterns: list[tuple[str, re.Pattern[str]]] = []
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
                self._patterns.append((kind, self._compiled(patterns)))

    def _add(self, kind: str, wording: str) -> None:
        self.plain.append(wording)
        self._index[self._key(wording)].append((wording, kind))

    def _key(self, wording: str) -> str:
        """Return what a wording is filed under: its first word, or its first two characters."""
        return wording.split(" ", 1)[0] if self._words else wording[:2]

    def _compiled(self, patterns: Sequence[str]) -> re.Pattern[str]:
        if self._words:  # flat English has a space at either end
            patterns = [re.sub(r"^\^", "^ ?", re.sub(r"\$$", " ?$", pattern)) for pattern in patterns]
        body = "|".join(patterns)
        return re.compile(rf"(?<![a-z0-9])(?:{body})(?![a-z0-9])" if self._words else f"(?:{body})")

    def find(self, flat: str) -> list[Hit]:
        """Return every wording in a flat text, in order of kind and place; several kinds may share a place."""
        return list(self._found(flat))

    def _find(self, flat: str) -> tuple[Hit, ...]:
        hits = self._whole_words(flat) if self._words else self._anywhere(flat)
        for kind, pattern in self._patterns:
            hits += [Hit(kind, *found.span()) for found in pattern.finditer(flat)]
        return tuple(hits)

    def _whole_words(self, flat: str) -> list[Hit]:
        hits: list[Hit] = []
        index, at = self._index, 0
        for word in flat.split(" "):
            for wording, kind in index.get(word, ()):
                end = at + len(wording)
                if flat.startswith(wording, at) and not flat[end : end + 1].isalnum():
                    hits.append(Hit(kind, at, end))
            at += len(word) + 1
        return hits

    def _anywhere(self, flat: str) -> list[Hit]:
        hits: list[Hit] = []
        index = self._index
        for at in range(len(flat)):
            for key in (flat[at : at + 2], flat[at]):
                if key not in index:
                    continue
                hits += [
                    Hit(kind, at, at + len(wording)) for wording, kind in index[key] if flat.startswith(wording, at)
                ]
                if at + 1 == len(flat):  # one character left: both keys are the same
                    break
        return hits
