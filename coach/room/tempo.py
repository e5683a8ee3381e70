"""How busy and how hard a room is: the ladder of difficulty, and what the scenario sets itself."""

from __future__ import annotations

from dataclasses import dataclass

from coach.scenario.exposure import HOSTILE as HOSTILE
from coach.scenario.model import Scenario

LINES_PER_MIN = {1: 3.0, 2: 6.5, 3: 11.0, 4: 20.0, 5: 33.0}
"""Lines of all viewers by difficulty: inside the ladder's ranges 2–4, 5–8, 8–15, 15–30, 30+ (DOMAIN §3.6)."""
HOSTILE_SHARE = {1: 0.0, 2: 0.1, 3: 0.2, 4: 0.35, 5: 0.5}
"""Share of hostile lines by difficulty (DOMAIN §3.6)."""
CUT_INS_FROM = 3
"""Difficulty from which viewers speak over the streamer (DOMAIN §3.6: mid-sentence interruptions)."""
_FILLED_FROM = 3
"""Difficulty from which passers-by fill a room; below, the ladder has no more than two viewers."""


@dataclass(frozen=True, slots=True)
class Tempo:
    """What the director aims at."""

    level: int
    """Difficulty, 1 to 5."""
    lines_per_min: float
    hostile_share: float
    """0 to 1, of all lines."""
    cut_ins: bool
    """Whether viewers may speak over the streamer."""
    voice_share: float | None
    """Share of lines spoken aloud; null leaves it to the viewers."""
    raised: bool
    """Whether it is harder than its author wrote it."""
    hostile_come: bool
    """Whether the scenario's hostile viewers come at all: they stay away where the share is 0."""
    calm: bool
    """Whether nothing is to press the streamer but what the author planned."""
    filled: bool
    """Whether passers-by come where the scenario's own viewers are too few."""

    def __deepcopy__(self, memo: dict[int, object] | None = None) -> Tempo:
        """Return itself: it cannot change, so copies of an audience share it."""
        return self


def tempo_of(scenario: Scenario, difficulty: int) -> Tempo:
    """Return the tempo of a difficulty, with the scenario's own `density` over it.

    A drill is about its one viewer: nobody stays away, nobody comes on top.
    """
    own = scenario.density
    peaceful = own.hostile_share == 0 or (own.hostile_share is None and difficulty == 1 < scenario.difficulty)
    busy = difficulty >= _FILLED_FROM or own.lines_per_min is not None
    share = HOSTILE_SHARE[difficulty] if own.hostile_share is None else own.hostile_share
    return Tempo(
        level=difficulty,
        lines_per_min=LINES_PER_MIN[difficulty] if own.lines_per_min is None else own.lines_per_min,
        hostile_share=share,
        cut_ins=difficulty >= CUT_INS_FROM if own.cut_ins is None else own.cut_ins,
        voice_share=own.voice_share,
        raised=difficulty > scenario.difficulty,
        hostile_come=not peaceful or scenario.kind == "drill",
        calm=difficulty == 1 and (own.hostile_share == 0 or (share == 0 and scenario.kind != "drill")),
        filled=busy and scenario.kind != "drill",
    )
