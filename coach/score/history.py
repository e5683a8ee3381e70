"""What earlier rehearsals of the same streamer tell a scorer; the caller gathers it, scoring only reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from coach.score.own_calm import OwnCalm, last_score, minimal_change, own_calm
from coach.score.own_pace import OwnPace, own_pace
from coach.score.scorecard import Scorecard


@dataclass(frozen=True, slots=True)
class History:
    """Everything known from before; each part is null where there is too little of it."""

    calm: OwnCalm | None = None
    """The streamer's own calm on this microphone (`own_calm`)."""
    pace: OwnPace | None = None
    """The streamer's own pace in this language (`own_pace`); from the fifth rehearsal on it moves the bands."""
    composure: float | None = None
    """Composure of the rehearsal before of the same scenario, on the same microphone."""
    composure_change: float | None = None
    """Points of composure that are more than scatter (`minimal_change`)."""


NOTHING = History()
"""A first rehearsal, or a transcript."""


def history_of(past: Sequence[Scorecard], device: str, today: datetime, unit: str, scenario_id: str) -> History:
    """Return what earlier scorecards of one streamer tell.

    Args:
        past: In any order. For calm those too old, later, or on another microphone do not count.
        device: Microphone of the rehearsal that is scored, as `Timeline.device`.
        today: When that rehearsal began; aware.
        unit: Of its pace, as `Scorecard.pace_unit`.
        scenario_id: What is rehearsed.
    """
    return History(
        calm=own_calm(past, device, today),
        pace=own_pace(past, unit),
        composure=last_score(past, device, today, scenario_id),
        composure_change=minimal_change(past, device, today),
    )
