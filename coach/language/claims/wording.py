"""Wordings of rules: plain words or patterns, found by the letters that any match must hold.

A wording with signs is a regular expression on flat text (`flat.Flat`) with three additions: `<name>` stands for a word
list, `~4` for up to four characters (zh) or words (en) of the same clause, and `«…»` marks the words that carry the
problem where others are only context.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

_SIGNS = re.compile(r"[\\(){}\[\]?*+|^$<~«]")
_LIST = re.compile(r"<(\w+)>")
_GAP = re.compile(r"~(\d)( ?)")
_QUANTIFIER = re.compile(r"[?*]|\{0?,\d+\}|\{0,?\}")
_REPEATED = re.compile(r"\+|\{[1-9]\d*(?:,\d*)?\}")


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
        needs = [frozenset({source})] if self.is_plain else sorted(_Reader(self._body).parts(), key=_telling)
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


def alternatives(source: str) -> list[str]:
    """Return the wordings that a wording with `|` outside all brackets stands for."""
    parts, depth, escaped = [""], 0, False
    for char in source:
        depth += 0 if escaped else (char in "([") - (char in ")]")
        if char == "|" and depth == 0 and not escaped:
            parts.append("")
        else:
            parts[-1] += char
        escaped = char == "\\" and not escaped
    return parts


def expanded(source: str, code: str, lists: Mapping[str, str]) -> str:
    """Return a wording as a regular expression."""
    for _ in range(3):  # lists may name lists
        source = _LIST.sub(lambda found: f"(?:{lists[found[1]]})", source)
    gap = r"[^，。]{0,%s}" if code == "zh" else r"(?:[\w%%]+ ){0,%s}"
    source = _GAP.sub(lambda found: gap % found[1] + (found[2] if code == "zh" else ""), source)
    return source.replace("«", "(").replace("»", ")")


class _Reader:
    """Reads the part of the pattern language that packs use, enough to tell what a match must hold."""

    def __init__(self, body: str) -> None:
        self._body, self._at = body, 0

    def parts(self) -> list[frozenset[str]]:
        """Return sets of strings of each of which one must be there."""
        parts = self._parts()
        return parts if self._at >= len(self._body) else []

    def alternatives(self) -> tuple[frozenset[str], bool]:
        """Return the strings of which one must be there, up to the closing bracket; empty if unknown."""
        found: list[frozenset[str]] = [self._sequence()]
        while self._at < len(self._body) and self._body[self._at] == "|":
            self._at += 1
            found.append(self._sequence())
        self._at += 1
        known = all(found)
        return (frozenset().union(*found) if known else frozenset()), known

    def _sequence(self) -> frozenset[str]:
        return max(self._parts(), key=_telling, default=frozenset())

    def _parts(self) -> list[frozenset[str]]:
        parts: list[frozenset[str]] = []
        run = ""
        while self._at < len(self._body) and self._body[self._at] not in "|)":
            literal, part = self._atom()
            optional, repeated = self._quantified()
            if literal and not optional:
                run += literal
            if not literal or optional or repeated:
                parts, run = self._closed(parts, run)
            if part and not optional:
                parts.append(part)
        return self._closed(parts, run)[0]

    @staticmethod
    def _closed(parts: list[frozenset[str]], run: str) -> tuple[list[frozenset[str]], str]:
        return ([*parts, frozenset({run})] if run.strip() else parts), ""

    def _atom(self) -> tuple[str, frozenset[str]]:
        """Return a literal character, or what a bracket must hold."""
        char = self._body[self._at]
        self._at += 1
        if char == "(":
            return self._bracket()
        if char == "[":
            self._at = self._body.index("]", self._at) + 1
            return "", frozenset()
        if char == "\\":
            escaped = self._body[self._at]
            self._at += 1
            return ("" if escaped.isalnum() else escaped), frozenset()
        return ("" if char in ".^$" else char), frozenset()

    def _bracket(self) -> tuple[str, frozenset[str]]:
        looks = self._body.startswith(("?!", "?=", "?<"), self._at)
        if self._body.startswith("?", self._at):
            self._at += next(
                len(head) for head in ("?<!", "?<=", "?:", "?!", "?=") if self._body.startswith(head, self._at)
            )
        inner, _ = self.alternatives()
        return "", frozenset() if looks else inner

    def _quantified(self) -> tuple[bool, bool]:
        optional = _QUANTIFIER.match(self._body, self._at)
        repeated = None if optional else _REPEATED.match(self._body, self._at)
        found = optional or repeated
        if found:
            self._at = found.end()
            if self._body[self._at : self._at + 1] == "?":
                self._at += 1
        return bool(optional), bool(repeated)


def _telling(anchors: frozenset[str]) -> float:
    """Return how rarely a text holds one of these strings, for comparison only: each letter makes it rarer."""
    return -sum(_RARER[anchor.isascii()] ** -min(len(anchor.strip()), _LONG) for anchor in anchors)


_RARER, _LONG = {True: 9.0, False: 60.0}, 7
