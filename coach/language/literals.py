"""What a match of a regular expression must hold, so that most texts are never searched for it. Pure."""

from __future__ import annotations

import re

_QUANTIFIER = re.compile(r"[?*]|\{0?,\d+\}|\{0,?\}")
_REPEATED = re.compile(r"\+|\{[1-9]\d*(?:,\d*)?\}")


def needed(body: str) -> list[frozenset[str]]:
    """Return sets of strings: a text that the pattern matches holds one of each. The most telling comes last.

    Args:
        body: A pattern without `|` outside brackets; it may hold groups, classes, look-arounds and quantifiers.
    """
    return sorted(_Reader(body).parts(), key=_telling)


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


class _Reader:
    """Reads the part of the pattern language that packs use."""

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
