"""Response windows after pressure events and calm windows to hold them against (DOMAIN §4.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coach.score.composure_scale import load_composure
from coach.score.composure_talk import Stretch, Talk
from coach.score.intervals import Interval, merge, subtract
from coach.score.timeline import Pressure, Timeline


@dataclass(frozen=True, slots=True)
class CalmWindow:
    """Up to 20 s of speech away from pressure, in one stage."""

    span: Interval
    stage: str | None
    said: Stretch

    @property
    def middle(self) -> float:
        """Rehearsal seconds."""
        return (self.span[0] + self.span[1]) / 2


def until_of(events: Sequence[Pressure], at: int, end: float) -> float:
    """Return where the next event begins, or the rehearsal's end."""
    if at + 1 >= len(events):
        return max(events[at].at, end)
    after = events[at + 1]
    return max(events[at].at, after.at if after.start is None else after.start)


def response_window(event: Pressure, until: float, talk: Talk) -> Interval:
    """Return from the event's end to the earlier of 20 s of speech and `until`."""
    left = load_composure().window_sec
    for start, end in talk.speech_in((event.at, until)):
        if end - start >= left:
            return event.at, start + left
        left -= end - start
    return event.at, until


def calm_windows(timeline: Timeline, events: Sequence[Pressure], talk: Talk) -> list[CalmWindow]:
    """Return all calm windows in order: at least 20 s from every event, none across a change of stage."""
    pack = load_composure()
    away = pack.calm_distance_sec
    holes = merge(
        [
            *(((event.at if event.start is None else event.start) - away, event.at + away) for event in events),
            *timeline.paused,
        ]
    )
    windows: list[CalmWindow] = []
    for start, end, stage in _stages(timeline):
        for piece in subtract((start, end), holes):
            windows += [
                CalmWindow(span, stage, said)
                for span in _cut(piece, talk, pack.window_sec)
                if (said := talk.within(span)).sec >= pack.least_window_sec
            ]
    return windows


def matched(windows: Sequence[CalmWindow], at: float, stage: str | None) -> CalmWindow | None:
    """Return the nearest calm window of the same stage, of any stage if it has none."""
    same = [window for window in windows if window.stage == stage]
    return min(same or windows, key=lambda window: abs(window.middle - at), default=None)


def _stages(timeline: Timeline) -> list[tuple[float, float, str | None]]:
    edges: list[tuple[float, str | None]] = [(0.0, None), *timeline.stages]
    ends = [start for start, _ in edges[1:]] + [timeline.end]
    return [(start, end, name) for (start, name), end in zip(edges, ends, strict=True) if end > start]


def _cut(piece: Interval, talk: Talk, most_sec: float) -> list[Interval]:
    """Cut a stretch of time wherever `most_sec` of speech are full."""
    spans: list[Interval] = []
    begun, left = piece[0], most_sec
    for start, end in talk.speech_in(piece):
        while end - start >= left:
            start += left
            spans.append((begun, start))
            begun, left = start, most_sec
        left -= end - start
    spans.append((begun, piece[1]))
    return spans
