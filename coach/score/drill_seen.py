"""What a drill's outcome is told from."""

from __future__ import annotations

from dataclasses import dataclass

from coach.score.scorecard import Evidence, Text


@dataclass(frozen=True, slots=True)
class Seen:
    """What shows whether a drill's one thing worked."""

    worked: bool | None
    """None: not enough evidence."""
    figure: Text
    evidence: Evidence | None = None
    """Words of the streamer; a viewer's line proves nothing."""
    rests_on_absence: bool = False
    """Whether it was told because something was not heard: then enough must have been heard."""
