"""What is known of a type of viewer before any rehearsal: motive, right treatment, opening state by difficulty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from coach.room.reading import MoveKind
from coach.room.treatment import Treatment
from coach.scenario.model import Floor, Intent

Levels: TypeAlias = tuple[float, float, float, float, float]
"""One number per difficulty, 1 to 5."""

ORDINARY_PATIENCE: Levels = (76, 68, 60, 54, 48)
ORDINARY_ATTENTION: Levels = (20, 18, 16, 14, 12)
"""Seconds a question may stay open: twenty are the bar for an answer (DOMAIN §3.6), less where it is hard."""
CALM: Levels = (0, 0, 0, 0, 0)
"""Design defaults, all of them: the scenario may say otherwise for each viewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A type of viewer. Texts in Chinese and English, for authors, reports and the screen."""

    motive: dict[str, str]
    """What it wants, by `zh` and `en`."""
    right_way: dict[str, str]
    """How to treat it, in one sentence, by `zh` and `en`."""
    treatment: Treatment
    """What is right for most of its lines; `right_treatment` tells it of one line."""
    floor: Floor = "needs_gap"
    """When it speaks aloud if the author does not say."""
    patience: Levels = ORDINARY_PATIENCE
    trust: Levels
    hostility: Levels = CALM
    attention_sec: Levels = ORDINARY_ATTENTION
    worst: float = 2.0
    """Hostility it never passes, whatever is done to it."""
    topics: tuple[MoveKind, ...] = ()
    """Moves that answer an open line of this type, whatever its words."""
    softened_by: tuple[MoveKind, ...] = ()
    escalated_by: tuple[MoveKind, ...] = ()
    pressing: tuple[Intent, ...] = ()
    """Lines of it that test composure."""
    hostile: bool = False
    """Whether losing it is no loss."""
    joins_attacks: bool = False
    customer: bool = True
    """Whether it may buy at all."""

    def at(self, levels: Levels, difficulty: int) -> float:
        """Return one of its numbers for a difficulty of 1 to 5."""
        return levels[min(5, max(1, difficulty)) - 1]
