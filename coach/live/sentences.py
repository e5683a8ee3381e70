"""Cuts text into clauses that can be spoken before the rest is known."""

from __future__ import annotations

_HARD = frozenset(".!?;…。！？；\n")
_SOFT = frozenset(",:、，：")
_CLOSING = frozenset("\"')]}”’」』）】")
_FIRST_MIN = 6
"""Shortest first clause in characters worth a synthesiser call: a greeting or a short question."""
_LATER_MIN = 14
"""Shortest later clause at a soft mark, so that speech does not fall into pieces."""


class ClauseSplitter:
    """Text pieces in, speakable clauses out; joined, the clauses are the text without outer white space.

    A full stop between digits (9.99) never cuts; so the character after a stop must be known before it counts.
    """

    def __init__(self) -> None:
        self._held = ""
        self._given = 0

    def feed(self, piece: str) -> list[str]:
        """Add text and return the clauses that are now complete."""
        self._held += piece
        clauses = []
        while (cut := self._cut()) is not None:
            clause, self._held = self._held[:cut], self._held[cut:]
            if clause.strip():
                clauses.append(clause)
                self._given += 1
        return clauses

    def flush(self) -> list[str]:
        """Return what is left at the end of the text."""
        rest, self._held = self._held, ""
        return [rest] if rest.strip() else []

    def _cut(self) -> int | None:
        """Return where the first complete clause ends, or None."""
        shortest = _FIRST_MIN if self._given == 0 else _LATER_MIN
        for index, char in enumerate(self._held[:-1]):
            if char not in _HARD and char not in _SOFT:
                continue
            follows = self._held[index + 1]
            if char in ".,:" and follows.isdigit():
                continue
            if follows in _HARD or follows in _CLOSING:
                continue
            if char in _HARD or index + 1 >= shortest:
                return index + 1
        return None
