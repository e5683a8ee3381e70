"""Which of many strings stand in a text, in one pass: what most texts lack costs next to nothing. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from operator import add
from typing import Any


class Needles:
    """Strings to look for, made ready once.

    Args:
        strings: None of them empty.
        code: `zh` looks them up by pairs of characters, of which a text has few of the many there are; `en`, where
            pairs of letters are in every text, goes letter by letter through a pattern of all.
    """

    def __init__(self, strings: Iterable[str], code: str) -> None:
        self._strings = frozenset(strings)
        by_head: dict[str, list[str]] = defaultdict(list)
        for string in self._strings:
            by_head[string[:2]].append(string)
        self._by_head = {head: tuple(sorted(listed)) for head, listed in by_head.items()}
        self._heads = frozenset(self._by_head)
        self._pattern = re.compile(f"(?=({_body(_trie(self._strings))}))") if code == "en" and self._strings else None
        self._begins = {
            string: frozenset(string[:size] for size in range(1, len(string) + 1)) & self._strings
            for string in (self._strings if self._pattern else ())
        }

    def held(self, text: str) -> set[str]:
        """Return those that stand in a text, inside words too."""
        if self._pattern is not None:
            return set().union(*map(self._begins.__getitem__, set(self._pattern.findall(text))))
        pieces = set(map(add, text, text[1:]))
        pieces.update(text)
        return {string for head in self._heads & pieces for string in self._by_head[head] if string in text}


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
