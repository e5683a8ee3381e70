"""What earlier rehearsals of the same streamer tell a scorer; the caller gathers it, scoring only reads."""

from __future__ import annotations

from dataclasses import dataclass

from coach.score.own_calm import OwnCalm


@dataclass(frozen=True, slots=True)
class History:
    """Everything known from before; each part is null where there is too little of it."""

    calm: OwnCalm | None = None
    """The streamer's own calm on this microphone (`own_calm`)."""
    composure_change: float | None = None
    """Points of composure that are more than scatter (`minimal_change`)."""


NOTHING = History()
"""A first rehearsal, or a transcript."""
