"""Which of many strings stand in a text, in one pass: what most texts lack costs next to nothing. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Set
from functools import lru_cache
from operator import add
from typing import Any

_MOST_WORDS = 16_384
"""English words kept with what stands in them."""


class Needles:
    """Strings to look for, made ready once.

    Each string is told by a sign, which is looked up first: in Chinese its first two characters, as a text has few of
    the many pairs there are; in English its longest stretch without a space, which is looked for word by word.

    Args:
        strings: What is looked for; none is empty.
        code: `zh` or `en`.
        others: Strings of which only the signs are asked for.
    """

    def __init__(self, strings: Iterable[str], code: str, others: Iterable[str] = ()) -> None:
        self._code = code
        by_sign: dict[str, list[str]] = defaultdict(list)
        for string in dict.fromkeys(strings):
            by_sign[self.sign(string)].append(string)
        self._known = frozenset(by_sign).union(map(self.sign, others))
        self._whole = frozenset(sign for sign, listed in by_sign.items() if sign in listed)
        """Strings that are their own sign."""
        longer = {sign: tuple(string for string in listed if string != sign) for sign, listed in by_sign.items()}
        self._longer = {sign: listed for sign, listed in longer.items() if listed}
        self._heads = frozenset(self._longer)
        if code == "en":
            self._pattern = re.compile(f"(?=({_body(_trie(self._known))}))")
            self._within: dict[str, frozenset[str]] = {}

    def sign(self, string: str) -> str:
        """Return what a text has that holds the string."""
        return string[:2] if self._code == "zh" else max(string.split(" "), key=len)

    def signs_in(self, text: str) -> Set[str]:
        """Return the signs that a text has, those of other strings among them."""
        if self._code == "zh":
            return pieces(text)
        found: set[str] = set()
        for word in set(text.split(" ")):
            signs = self._within.get(word)
            if signs is None:
                signs = self._signs_of_word(word)
            if signs:
                found |= signs
        return found

    def held(self, text: str, signs: Set[str]) -> set[str]:
        """Return the strings that stand in a text, inside words too.

        Args:
            text: What is looked through.
            signs: What `signs_in` tells of it.
        """
        found = {string for sign in self._heads & signs for string in self._longer[sign] if string in text}
        return found.union(self._whole & signs)

    def _signs_of_word(self, word: str) -> frozenset[str]:
        if len(self._within) >= _MOST_WORDS:
            self._within.clear()
        found = set(self._pattern.findall(word))
        signs = frozenset(sign[:size] for sign in found for size in range(1, len(sign) + 1)) & self._known
        self._within[word] = signs
        return signs


@lru_cache(maxsize=256)
def pieces(text: str) -> frozenset[str]:
    """Return the characters of a text and the pairs of them that follow each other."""
    return frozenset(map(add, text, text[1:])).union(text)


def _trie(strings: Iterable[str]) -> dict[str, Any]:
    """Return the strings letter by letter: letter → what may follow; the empty string where one ends."""
    root: dict[str, Any] = {}
    for string in sorted(strings):
        node = root
        for char in string:
            node = node.setdefault(char, {})
        node[""] = {}
    return root


def _body(node: dict[str, Any]) -> str:
    """Return a pattern that matches the longest string from here on."""
    parts = [re.escape(char) + _body(rest) for char, rest in node.items() if char]
    if not parts:
        return ""
    body = parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"
    return f"(?:{body})?" if "" in node else body
