"""On which terms a scenario is played this time."""

from __future__ import annotations

from dataclasses import dataclass, replace

from coach.room.audience import Audience
from coach.scenario.exposure import Exposure

_MARGIN_SEC = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What whoever opens a rehearsal chose, beyond the scenario."""

    difficulty: int | None = None
    """1 to 5; null: the scenario's."""
    exposure: Exposure = "full"
    """How much of the scenario's pressure was left in it; the scenario handed over has it left out already."""
    prep_sec: float = 0.0
    """Time to prepare before the viewers come, s; the rehearsal is paused meanwhile."""
    exam: bool = False
    """Whether it counts as an exam: points and facts of the product are not shown, and no cue is."""
    audience: Audience | None = None
    """Viewers to go on with, for a replayed moment; null: new ones."""
    replay_of: str = ""
    """The rehearsal whose moment is replayed."""

    def within(self, longest_pause_sec: float) -> Terms:
        """Return terms whose preparation is shorter than the pause that ends a rehearsal."""
        longest = max(0.0, longest_pause_sec - _MARGIN_SEC)
        return self if self.prep_sec <= longest else replace(self, prep_sec=longest)
