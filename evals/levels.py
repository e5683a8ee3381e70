"""What a viewer's voice did, read from the levels that a peer received: (loop seconds, RMS) of 5 ms blocks."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from evals.sound import LOUD_RMS

Levels = Sequence[tuple[float, float]]
_RUN = 4
"""Blocks (20 ms) over which a level counts, so that one dip of the codec does not."""


def normal(levels: Levels, at: float) -> float | None:
    """Return the viewer's level in the half second before `at`; None if nobody spoke."""
    before = [rms for when, rms in levels if at - 0.5 < when < at]
    loud = [rms for rms in before if rms > LOUD_RMS]
    return statistics.median(loud) if len(loud) > len(before) / 2 else None


def falls(levels: Levels, limit: float) -> float | None:
    """Return when the level first stayed under `limit` for 20 ms."""
    for index in range(len(levels) - _RUN + 1):
        if all(rms < limit for _, rms in levels[index : index + _RUN]):
            return levels[index][0]
    return None


def silent_from(levels: Levels) -> float | None:
    """Return when the last loud block before 250 ms of silence had arrived."""
    last: float | None = None
    for at, rms in levels:
        if rms > LOUD_RMS:
            last = at + 0.005
        elif last is not None and at - last > 0.25:
            return last
    return None


def rises(levels: Levels, limit: float, after: float) -> float | None:
    """Return when the level, from `after` on, was first over `limit` for 20 ms; `after` if it never fell."""
    later = [(at, rms) for at, rms in levels if at >= after]
    for index in range(len(later) - _RUN + 1):
        if all(rms > limit for _, rms in later[index : index + _RUN]):
            return later[index][0]
    return None
