"""Lines of a product sheet, and stretches of talk that contradict them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of a product sheet."""

    key: str
    """Id of the selling point or name of the fact."""
    text: str
    is_point: bool = False
    part: frozenset[str] = frozenset()
    """Words that say which part of the product it is about; empty for the whole."""
    telling: str = ""
    """The piece of its text that matters most: must-facts and title of a point."""


@dataclass(frozen=True, slots=True)
class Opposed:
    """A stretch that contradicts the sheet."""

    start: int
    end: int
    kind: str
    """`family.fibre`, `ability.swim` …"""
    lines: tuple[int, ...]
    """The sheet's lines that it contradicts, the most telling first."""


@dataclass(slots=True)
class Sides:
    """What a sheet says about one kind."""

    lines: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Side → lines that name it."""
    denied: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


@dataclass(slots=True)
class Stance:
    """What a sheet says about one ability."""

    granted: list[int] = field(default_factory=list)
    denied: list[int] = field(default_factory=list)
    limited: list[int] = field(default_factory=list)
    """Lines that deny it with a limit (不易, ≤3%): only an absolute denial contradicts them."""
    subjects: dict[int, frozenset[str]] = field(default_factory=dict)
    """Line → words before the name there: what it is said of (the cover is not waterproof)."""

    def denies_of(self, about: frozenset[str]) -> bool:
        """Return whether the thing with these words is the one for which the sheet denies what it grants another."""
        return any(about & self.subjects.get(number, frozenset()) for number in self.denied)
