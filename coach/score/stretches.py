"""Stages, silences and pauses on the time line, for charts."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from coach.score.intervals import Interval
from coach.score.pace import Pace
from coach.score.scorecard import PaceWindow, Stretch
from coach.score.timeline import Timeline


def stretches_of(timeline: Timeline, dead_air: Iterable[Interval]) -> list[Stretch]:
    """Return what the time line shows, each kind in order; nothing where seconds mean nothing."""
    if not timeline.is_timed or not timeline.spoken:
        return []
    starts = [*timeline.stages, (timeline.end, "")]
    stages = [
        Stretch(kind="stage", name=name, start=round(start, 2), end=round(end, 2))
        for (start, name), (end, _) in pairwise(starts)
        if end > start
    ]
    silences = [Stretch(kind="dead_air", start=round(start, 2), end=round(end, 2)) for start, end in dead_air]
    paused = [Stretch(kind="paused", start=round(start, 2), end=round(end, 2)) for start, end in timeline.paused]
    return [*stages, *silences, *paused]


def banded(pace: Pace) -> list[PaceWindow]:
    """Return the windows of speech rate, each with the band it is held against."""
    pairs = zip(pace.windows, pace.bands, strict=True)
    return [window.model_copy(update={"band": band.green}) for window, band in pairs]
