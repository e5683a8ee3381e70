"""Values that language modules return. Offsets count characters of the text that was given."""

from __future__ import annotations

from typing import Literal, NamedTuple

Ending = Literal["finished", "open", "unknown"]
"""What the words so far look like: a whole sentence, one that goes on, or no telling."""


LARGEST = 1e15
"""Larger numbers are read as this one: nobody sells for more, and figures stay finite."""


class NumberSpan(NamedTuple):
    """One number as written or said."""

    value: float
    """As said: 89.9 for 八十九块九, 55 for 55% and 百分之五十五."""
    start: int
    end: int
    """End of the number itself, without its unit."""
    unit: str = ""
    """Dimension of the pack's unit table (`g`, `money`, `%` …), `~word` for any other counted thing, else empty."""
    scale: float = 1.0
    """Factor to the dimension's base, e.g. 1000 for kg on `g`."""
    approximate: bool = False
    """Said as a rough figure: 三十几, 九百多, about ninety."""
    alternatives: tuple[float, ...] = ()
    """Other readings of the same words: "one fifty nine" is 1.59, or 159."""

    @property
    def amount(self) -> float:
        """Value in the base of its dimension."""
        return self.value * self.scale

    def readings(self) -> tuple[float, ...]:
        """Return every amount these words may mean."""
        return (self.amount, *(value * self.scale for value in self.alternatives))


class TextSpan(NamedTuple):
    """A marked stretch of text."""

    text: str
    start: int
    end: int
    kind: str
    """Fillers: `F1` (filled pause), `F2` (word empty in its place). Disturbances: `repeat`, `repair`, `fragment`."""
