"""The streamer's own pace, learnt from earlier rehearsals: after some of them it moves the bands (DOMAIN §3.1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from coach.score.scorecard import PaceWindow, Scorecard

_FEW = 3
"""Windows of a stage before its own median means anything."""


@dataclass(frozen=True, slots=True)
class OwnPace:
    """What the caller of the scorer knows of a streamer's pace in one language."""

    rehearsals: int
    """Scored rehearsals behind it, each with at least one well-rated window."""
    median_rate: float
    """Median speaking rate of their well-rated windows, units (字, words) per minute."""
    by_stage: Mapping[str, float] = field(default_factory=dict)
    """The same by kind of stage, where there were enough."""


def own_pace(cards: Sequence[Scorecard], unit: str) -> OwnPace | None:
    """Return the own pace shown by earlier scorecards of one streamer, None if none of them shows any.

    A window is well rated if it was no focus candidate: inside amber of the band that it was held against.

    Args:
        cards: Scorecards of rehearsals, in any order.
        unit: `字/min` or `words/min`; cards in another unit are left out.
    """
    rates: list[float] = []
    by_stage: defaultdict[str, list[float]] = defaultdict(list)
    count = 0
    for card in cards:
        good = [window for window in card.pace if card.pace_unit == unit and _is_well_rated(window)]
        count += bool(good)
        for window in good:
            rates.append(window.speaking_rate or 0.0)
            by_stage[window.stage or "any"].append(window.speaking_rate or 0.0)
    if not rates:
        return None
    stages = {stage: round(median(values), 1) for stage, values in sorted(by_stage.items()) if len(values) >= _FEW}
    return OwnPace(count, round(median(rates), 1), stages)


def _is_well_rated(window: PaceWindow) -> bool:
    rate, amber = window.speaking_rate, window.amber
    return rate is not None and amber is not None and amber[0] <= rate <= amber[1]
