"""What earlier rehearsals of the same streamer tell a scorer; the caller gathers it, scoring only reads."""

from __future__ import annotations

from dataclasses import dataclass

from coach.score.own_calm import OwnCalm
from coach.score.own_pace import OwnPace


@dataclass(frozen=True, slots=True)
class History:
    """Everything known from before; each part is null where there is too little of it."""

    calm: OwnCalm | None = None
    """The streamer's own calm on this microphone (`own_calm`)."""
    pace: OwnPace | None = None
    """The streamer's own pace in this language (`own_pace`); from the fifth rehearsal on it moves the bands."""
    composure_change: float | None = None
    """Points of composure that are more than scatter (`minimal_change`)."""


NOTHING = History()
"""A first rehearsal, or a transcript."""
