"""What many simulated rehearsals say together: means by streamer, and whether better streamers do better."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from coach.room.simulated.manner import STREAMERS
from coach.room.simulated.outcome import Outcome

MEASURES = ("kept", "resolved", "intent")
RULES = ("repeated", "promises", "breaches")
"""What the room must never do; each names a field of `Outcome` that is empty if it did not."""
ENOUGH = 5
"""Rehearsals of each streamer from which their order says something: fewer is chance."""
_LADDER = STREAMERS[:4]
"""From the best streamer to the worst; who makes banned claims may sell well for a while."""


def row(outcome: Outcome) -> dict[str, Any]:
    """Return one rehearsal as plain data."""
    viewers = [
        {"id": viewer.viewer_id, "type": viewer.type, "outcome": viewer.outcome, "stayed": viewer.stayed}
        for viewer in outcome.viewers
    ]
    found = {name: getattr(outcome, name) for name in ("seed", "difficulty", *MEASURES, "orders", "utterances")}
    return {
        **found,
        "lines": dict(outcome.lines),
        "viewers": viewers,
        **{rule: list(getattr(outcome, rule)) for rule in RULES},
    }


def means(found: Sequence[Outcome]) -> dict[str, float | None]:
    """Return the mean of each measure; None where no rehearsal has it."""
    values = {name: [getattr(one, name) for one in found] for name in MEASURES}
    return {name: _mean([value for value in some if value is not None]) for name, some in values.items()}


def disorder(outcomes: Mapping[str, Sequence[Outcome]]) -> list[tuple[str, str, str]]:
    """Return (measure, streamer who should be ahead, streamer who is) where the means contradict the order.

    Nothing is said of fewer than `ENOUGH` rehearsals each.
    """
    if any(len(found) < ENOUGH for found in outcomes.values()):
        return []
    found: list[tuple[str, str, str]] = []
    for better, worse in itertools.pairwise([name for name in _LADDER if name in outcomes]):
        above, below = means(outcomes[better]), means(outcomes[worse])
        for measure in MEASURES:
            one, other = above[measure], below[measure]
            if one is not None and other is not None and one < other:
                found.append((measure, better, worse))
    return found


def _mean(values: Sequence[float]) -> float | None:
    return round(statistics.fmean(values), 3) if values else None
