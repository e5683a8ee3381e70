"""Wordings of rules: plain words or patterns, found by the letters that any match must hold.

A wording with signs is a regular expression on flat text (`flat.Flat`) with three additions: `<name>` stands for a word
list, `~4` for up to four characters (zh) or words (en) of the same clause, and `«…»` marks the words that carry the
problem where others are only context.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from coach.language.literals import needed

_SIGNS = re.compile(r"[\\(){}\[\]?*+|^$<~«]")
_LIST = re.compile(r"<(\w+)>")
_GAP = re.compile(r"~(\d)( ?)")


class Wording:
    """One wording, made ready when it is first needed.

    Args:
        source: As it stands in the pack.
        code: `zh` or `en`: whether wordings are whole words.
        lists: Name → pattern of a word list.
    """

    def __init__(self, source: str, code: str, lists: Mapping[str, str]) -> None:
        self.source, self._code = source, code
        self.is_plain = not _SIGNS.search(source)
        self._body = source if self.is_plain else expanded(source, code, lists)
        needs = [frozenset({source})] if self.is_plain else needed(self._body)
        self.anchors = needs[-1] if needs else frozenset()
        """Strings of which a text must hold one, the rarest known; empty where nothing is known."""
        self.needs = tuple(needs[:-1])
        """More such sets: a text must hold one of each."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern."""
        body = re.escape(self._body) if self.is_plain else self._body
        return re.compile(rf"(?<![a-z0-9])(?:{body})(?![a-z0-9])" if self._code == "en" else f"(?:{body})")

    def find(self, flat: str) -> list[tuple[int, int]]:
        """Return where it stands."""
        places = [(found.span(1) if found.lastindex else found.span()) for found in self.pattern.finditer(flat)]
        return places if self._code == "en" else [place for place in places if not _cuts_word(flat, *place)]


def _cuts_word(flat: str, start: int, end: int) -> bool:
    """Return whether a place begins or ends inside a word of Latin letters (low in slow)."""
    return any(
        flat[at - 1 : at + 1].isascii() and flat[at - 1 : at + 1].isalpha() for at in (start, end) if 0 < at < len(flat)
    )


def expanded(source: str, code: str, lists: Mapping[str, str]) -> str:
    """Return a wording as a regular expression."""
    for _ in range(3):  # lists may name lists
        source = _LIST.sub(lambda found: f"(?:{lists[found[1]]})", source)
    gap = r"[^，。]{0,%s}" if code == "zh" else r"(?:[\w%%]+ ){0,%s}"
    source = _GAP.sub(lambda found: gap % found[1] + (found[2] if code == "zh" else ""), source)
    return source.replace("«", "(").replace("»", ")")
