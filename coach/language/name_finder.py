"""Where listed names stand in a text: longest first, not overlapping; a look-up a place, no long pattern."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9%]+(?:'[a-z]+)?")

Found = tuple[int, int, str]
"""Start, end, and the name as it is listed."""


class ChineseFinder:
    """Finds names by their characters; those in Latin letters only as whole words.

    Args:
        names: Lower-case names; hyphens count as spaces.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)
        lengths: dict[str, set[int]] = defaultdict(set)
        for name in self._names:
            lengths[name[0]].add(len(name))
        self._lengths = {char: sorted(found, reverse=True) for char, found in lengths.items()}
        firsts = "".join(map(re.escape, sorted(self._lengths)))
        self._first = re.compile(f"[{firsts}]" if firsts else "(?!)")

    def find(self, text: str) -> Iterator[Found]:
        """Yield where names stand in a lower-case text."""
        plain, at = text.replace("-", " "), 0
        while hit := self._first.search(plain, at):
            at = hit.start()
            for length in self._lengths[plain[at]]:
                name = plain[at : at + length]
                if (
                    len(name) == length
                    and name in self._names
                    and not (name[-1].isascii() and self._goes_on(plain, at, at + length))
                ):
                    yield at, at + length, name
                    at += length - 1
                    break
            at += 1

    @staticmethod
    def _goes_on(text: str, start: int, end: int) -> bool:
        before, after = text[start - 1 : start], text[end : end + 1]
        return (before.isascii() and before.isalnum()) or (after.isascii() and after.isalnum())


class EnglishFinder:
    """Finds names word by word; a plural names the same, unless it is a name itself."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for name in names:
            words = tuple(_WORD.findall(name))
            if not words:
                continue
            for last in dict.fromkeys((words[-1], f"{words[-1]}s")):
                whole = (*words[:-1], last)
                self._by_first[whole[0]].append((whole, name))
        for listed in self._by_first.values():
            listed.sort(key=lambda item: (-len(item[0]), tuple(_WORD.findall(item[1])) != item[0], item[1]))

    def find(self, text: str) -> Iterator[Found]:
        """Yield where names stand in a lower-case text."""
        spans = _words_of(text)
        words, at, by_first = tuple([span[0] for span in spans]), 0, self._by_first
        if by_first.keys().isdisjoint(words):
            return
        while at < len(words):
            for whole, name in by_first.get(words[at], ()):
                if words[at : at + len(whole)] == whole and not _broken(text, spans[at : at + len(whole)]):
                    yield spans[at][1], spans[at + len(whole) - 1][2], name
                    at += len(whole) - 1
                    break
            at += 1


@lru_cache(maxsize=64)
def _words_of(text: str) -> tuple[tuple[str, int, int], ...]:
    """Return the words of a text with their places; one text is looked through for several kinds of names."""
    return tuple((hit.group(), *hit.span()) for hit in _WORD.finditer(text))


def _broken(text: str, spans: Sequence[tuple[str, int, int]]) -> bool:
    """Return whether a mark stands between the words of a name."""
    return len(spans) > 1 and any(text[left[2] : right[1]].strip(" -") for left, right in itertools.pairwise(spans))


def name_finder(names: Iterable[str], code: str) -> ChineseFinder | EnglishFinder:
    """Return a finder of names in a language."""
    return ChineseFinder(names) if code == "zh" else EnglishFinder(names)
