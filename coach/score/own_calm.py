"""The streamer's own calm: what the last rehearsals on the same microphone showed, and how much scores scatter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from coach.score.composure_shown import CalmSummary, CalmValue
from coach.score.scatter import least_change
from coach.score.scorecard import Scorecard

REHEARSALS = 5
"""Rolling: so many of the latest rehearsals count (DOMAIN §4.2)."""
EXPIRES_DAYS = 30
"""Older ones count no more (DOMAIN §4.2)."""
_PAST_WEIGHT = 8
"""Observations that all earlier rehearsals together count as beside today's: half of an ordinary rehearsal's."""
LEAST_EVENTS = 3
"""Scored pressure events under which there is not enough evidence for a score."""


@dataclass(frozen=True, slots=True)
class OwnCalm:
    """Medians over rehearsals of one streamer on one microphone."""

    device: str
    made_at: str
    """Of the latest rehearsal in it."""
    rehearsals: int
    features: Mapping[str, CalmValue] = field(default_factory=dict)
    """As in `CalmSummary.features`; `n` counts observations of all rehearsals."""


def own_calm(past: Sequence[Scorecard], device: str, today: datetime) -> OwnCalm | None:
    """Return the rolling baseline of a streamer.

    Args:
        past: Earlier scorecards of the same streamer, in any order.
        device: Microphone now, as `CalmSummary.device`; rehearsals on another one do not count.
        today: Aware time; rehearsals more than 30 days before do not count.

    Returns:
        Median of medians and of deviations of up to five rehearsals; None if none counts.
    """
    valid = _valid(past, device, today)[-REHEARSALS:]
    if not valid:
        return None
    names = sorted({name for calm in valid for name in calm.features})
    return OwnCalm(device, valid[-1].made_at, len(valid), {name: _rolling(name, valid) for name in names})


def pooled(today: CalmValue | None, past: CalmValue | None) -> CalmValue | None:
    """Return today's and the earlier calm as one, earlier ones counting as eight observations at most."""
    if today is None or past is None:
        return today or past
    weight = min(past.n, _PAST_WEIGHT)
    total = today.n + weight

    def mean(now: float, before: float) -> float:
        return round((now * today.n + before * weight) / total, 4)

    return CalmValue(median=mean(today.median, past.median), mad=mean(today.mad, past.mad), n=total)


def minimal_change(past: Sequence[Scorecard], device: str, today: datetime) -> float | None:
    """Return the least difference of two composure scores that is more than scatter, by repeats of scenarios."""
    scores: dict[str, list[tuple[str, float]]] = {}
    for card in past:
        calm, value = card.composure.calm if card.composure else None, _score(card)
        if calm is not None and value is not None and _counts(calm, device, today):
            scores.setdefault(f"{card.scenario_kind} {card.scenario_id}", []).append((calm.made_at, value))
    return least_change(
        [after[1] - before[1] for series in scores.values() for before, after in pairwise(sorted(series))]
    )


def last_score(past: Sequence[Scorecard], device: str, today: datetime, scenario_id: str) -> float | None:
    """Return the composure of the latest earlier rehearsal of a scenario on this microphone; None without one."""
    found = [
        (card.composure.calm.made_at, value)
        for card in past
        if card.scenario_id == scenario_id
        and card.composure is not None
        and _counts(card.composure.calm, device, today)
        and (value := _score(card)) is not None
    ]
    return max(found)[1] if found else None


def _score(card: Scorecard) -> float | None:
    """Return the median of the events, also where it was shown in words only."""
    scores = [event.score for event in card.pressure if event.score is not None]
    return median(scores) if len(scores) >= LEAST_EVENTS else None


def _valid(past: Sequence[Scorecard], device: str, today: datetime) -> list[CalmSummary]:
    calms = [card.composure.calm for card in past if card.composure is not None]
    valid = [calm for calm in calms if calm.features and _counts(calm, device, today)]
    return sorted(valid, key=lambda calm: calm.made_at)


def _counts(calm: CalmSummary, device: str, today: datetime) -> bool:
    """Return whether a rehearsal is on this microphone, earlier, and not too old."""
    try:
        made = datetime.fromisoformat(calm.made_at)
    except ValueError:
        return False
    if made.tzinfo is None:
        made = made.replace(tzinfo=today.tzinfo)
    return calm.device == device and timedelta(0) < today - made <= timedelta(days=EXPIRES_DAYS)


def _rolling(name: str, calms: Sequence[CalmSummary]) -> CalmValue:
    values = [calm.features[name] for calm in calms if name in calm.features]
    return CalmValue(
        median=round(median(value.median for value in values), 4),
        mad=round(median(value.mad for value in values), 4),
        n=sum(value.n for value in values),
    )
