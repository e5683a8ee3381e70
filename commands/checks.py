"""One line of what `doctor` finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Mark: TypeAlias = Literal["ok", "note", "bad"]


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the table."""

    part: str
    mark: Mark
    """`bad`: something that is needed does not work."""
    text: str
