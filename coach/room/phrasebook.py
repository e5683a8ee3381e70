"""Many listed wordings found in one pass: plain ones through an index, patterns one by one. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache
from itertools import accumulate, zip_longest
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
        self._pairs: dict[str, dict[str, list[tuple[int, str, str]]]] = defaultdict(lambda: defaultdict(list))
        """English wordings of three words and more, by the first and the second."""
        self._singles: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        self._several: dict[str, dict[str, list[tuple[int, str, str]]]] = defaultdict(lambda: defaultdict(list))
        """The same of one word, and of two and more: for texts in which words are all there is."""
        self._patterns: list[tuple[str, re.Pattern[str]]] = []
        self._parts: list[tuple[int, re.Pattern[str]]] = []
        """Alternatives of the patterns, each with the number of its pattern."""
        self._always: list[int] = []
        """Alternatives of which no string is known that a match must hold."""
        self._needing: dict[str, list[int]] = defaultdict(list)
        """String → alternatives that need it or another one."""
        self._more: list[list[frozenset[str]]] = []
        """Of each alternative, signs of other strings of which a text must have one."""
        self.plain: list[str] = []
        self._found = lru_cache(maxsize=256)(self._find)
        for kind, listed in wordings.items():
            patterns = []
            for wording in listed:
                if _SIGNS.search(wording):
                    patterns.append(_MACRO.sub(lambda found: (macros or {})[found[1]], wording))
                else:
                    self._add(kind, wording.lower())
            if patterns:
                self._add_patterns(kind, patterns)
        self._firsts = frozenset(self._index) | self._pairs.keys()
        more = (string for sets in self._more for strings in sets for string in strings)
        self._needles = Needles(self._needing if self._words else {**self._needing, **self._index}, code, more)
        self._more = [[frozenset(map(self._needles.sign, strings)) for strings in sets] for sets in self._more]

    def _add(self, kind: str, wording: str) -> None:
        filed = (len(self.plain), wording, kind)
        self.plain.append(wording)
        words = wording.split(" ") if self._words else []
        if len(words) > 2:
            self._pairs[words[0]][words[1]].append(filed)
        else:
            self._index[words[0] if words else wording].append(filed)
        if len(words) > 1:
            self._several[words[0]][words[1]].append(filed)
        elif words:
            self._singles[wording].append(filed)

    def _add_patterns(self, kind: str, patterns: Sequence[str]) -> None:
        for part in (part for pattern in patterns for part in alternatives(pattern)):
            needs = needed(part)
            for string in needs[-1] if needs else ():
                self._needing[string].append(len(self._parts))
            if not needs:
                self._always.append(len(self._parts))
            self._more.append(needs[:-1])
            self._parts.append((len(self._patterns), self._compiled([part])))
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
        signs = self._needles.signs_in(flat)
        held = self._needles.held(flat, signs)
        hits = self._whole_words(flat) if self._words else self._anywhere(flat, held)
        for number, pattern in self._likely(held, signs):
            hits += [Hit(self._patterns[number][0], *found.span()) for found in pattern.finditer(flat)]
        return tuple(hits)

    def _likely(self, held: Set[str], signs: Set[str]) -> Iterator[tuple[int, re.Pattern[str]]]:
        """Yield the patterns that may match, by number: of one with one likely alternative only that one."""
        needing, more, parts = self._needing, self._more, set(self._always)
        for string in held:
            if string in needing:
                parts.update(needing[string])
        by_number: dict[int, list[re.Pattern[str]]] = {}
        lacks = signs.isdisjoint
        for part in parts:
            if not (more[part] and any(map(lacks, more[part]))):
                number, pattern = self._parts[part]
                by_number.setdefault(number, []).append(pattern)
        for number in sorted(by_number):
            likely = by_number[number]
            yield number, likely[0] if len(likely) == 1 else self._patterns[number][1]

    def _whole_words(self, flat: str) -> list[Hit]:
        if flat.replace(" ", "").isalnum():
            return self._plain_words(flat)
        words = flat.split(" ")
        known = self._firsts & set(words)
        if not known:
            return []
        starts = [0, *accumulate(len(word) + 1 for word in words)]
        hits: list[Hit] = []
        for number, word in enumerate(words):
            if word not in known:
                continue
            at, after = starts[number], words[number + 1] if number + 1 < len(words) else ""
            listed = self._index.get(word, [])
            longer = self._pairs.get(word, {}).get(after)
            for _, wording, kind in sorted([*listed, *longer]) if longer else listed:
                end = at + len(wording)
                if flat.startswith(wording, at) and not flat[end : end + 1].isalnum():
                    hits.append(Hit(kind, at, end))
        return hits

    def _plain_words(self, flat: str) -> list[Hit]:
        """Return the same of a text in which words end at spaces only: what begins alike by words stands there."""
        words, singles, several = flat.split(" "), self._singles, self._several
        hits: list[Hit] = []
        at = 0
        for word, after in zip_longest(words, words[1:], fillvalue=""):
            listed = singles.get(word, ())
            longer = several[word].get(after, ()) if word in several else ()
            for _, wording, kind in sorted((*listed, *longer)) if listed and longer else listed or longer:
                end = at + len(wording)
                if flat.startswith(wording, at) and not flat[end : end + 1].isalnum():
                    hits.append(Hit(kind, at, end))
            at += len(word) + 1
        return hits

    def _anywhere(self, flat: str, held: Set[str]) -> list[Hit]:
        """Return wordings in order of place, those of one character last."""
        found = [
            (at, len(wording) == 1, number, Hit(kind, at, at + len(wording)))
            for string in held
            if string in self._index
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
