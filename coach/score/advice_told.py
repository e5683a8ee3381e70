"""What a family of rules tells about one finding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from coach.score.material import Material
from coach.score.scorecard import Finding, Text


@dataclass(frozen=True, slots=True)
class Told:
    """Why it matters, a better line, and how to practise where the drill's own text is too general."""

    why: Text
    better_line: str
    drill: Text | None = None


Maker: TypeAlias = Callable[[Finding, Material], Told]
