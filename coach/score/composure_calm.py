"""How the streamer is without pressure: calm windows and benign lines of this rehearsal, and what earlier ones add."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from coach.score.composure_scale import calm_value, load_composure
from coach.score.composure_shown import CalmSummary, CalmValue
from coach.score.composure_talk import Stretch
from coach.score.composure_windows import CalmWindow
from coach.score.own_calm import OwnCalm, pooled
from coach.score.reactions import OVERLAP_SEC, Reactions
from coach.score.thread import Thread
from coach.score.timeline import Line, Pressure, Timeline

LEAST_LATENCY_SEC = 0.2
"""Nobody reacts sooner; words that begin earlier were on their way."""
_LONGEST_SEC = 60.0
"""A return after this time has to do with something else."""

Source = Literal["rehearsal", "own", "past", "default"]


@dataclass(frozen=True, slots=True)
class Baseline:
    """What events are held against."""

    windows: Sequence[CalmWindow]
    today: Mapping[str, CalmValue]
    features: Mapping[str, CalmValue]
    """Today's and earlier ones pooled."""
    source: Source

    def summary(self, timeline: Timeline, device: str) -> CalmSummary:
        """Return today's calm for later rehearsals."""
        made_at = timeline.started.started_at if timeline.started else ""
        return CalmSummary(made_at=made_at, device=device, windows=len(self.windows), features=dict(self.today))


def baseline_of(
    timeline: Timeline,
    events: Sequence[Pressure],
    windows: Sequence[CalmWindow],
    reactions: Reactions,
    thread: Thread,
    own: OwnCalm | None,
) -> Baseline:
    """Return the streamer's calm; empty where nothing in the rehearsal was calm and nothing is known from before."""
    lines = _benign(timeline, events)
    found = {
        "return": [back for line in lines if (back := _back(line, thread)) is not None],
        "latency": [log_sec(sec) for line in lines if (sec := _latency(line, reactions)) is not None],
        "disturbances": [100 * one.breaks / one.syllables for one in (w.said for w in windows) if one.syllables >= 1],
        "rate": [math.log(window.said.rate) for window in windows if window.said.rate],
        "silence": [share for window in windows if (share := silence_share(window.said)) is not None],
        "hesitations": [per for window in windows if (per := hesitations_per_min(window.said)) is not None],
    }
    today = {name: value for name, values in found.items() if (value := calm_value(values)) is not None}
    past = own.features if own is not None else {}
    features = {name: value for name in found if (value := pooled(today.get(name), past.get(name))) is not None}
    return Baseline(windows, today, features, _source(bool(today), bool(past)))


def _source(today: bool, past: bool) -> Source:
    if today:
        return "own" if past else "rehearsal"
    return "past" if past else "default"


def log_sec(sec: float) -> float:
    """Return a latency as it is compared: ratios count, not seconds."""
    return math.log(max(LEAST_LATENCY_SEC, sec))


def silence_share(said: Stretch) -> float | None:
    """Return the share of silence inside clauses; None where too little of it is known."""
    return said.silent_sec / said.known_sec if said.known_sec >= load_composure().least_window_sec else None


def hesitations_per_min(said: Stretch) -> float | None:
    """Return silences of 1.2 s and more inside clauses per minute of speech."""
    if said.hesitations is None or said.known_sec < load_composure().least_window_sec:
        return None
    return 60 * said.hesitations / said.known_sec


def _benign(timeline: Timeline, events: Sequence[Pressure]) -> list[Line]:
    """Return lines that test nothing, none within 20 s after an event."""
    pressing = {event.seq for event in events}
    away = load_composure().calm_distance_sec
    ends = [event.at for event in events]

    def is_calm(line: Line) -> bool:
        before = bisect_right(ends, line.end)
        return before == 0 or line.end - ends[before - 1] >= away

    return [line for line in timeline.lines if line.seq not in pressing and is_calm(line)]


def _latency(line: Line, reactions: Reactions) -> float | None:
    event = Pressure(line.seq, line.end, line.text, line.viewer_id, line.cut_off, line.start)
    latency = reactions.latency(event)
    return None if latency is None else min(latency, load_composure().calm_distance_sec)


def _back(line: Line, thread: Thread) -> float | None:
    mark = thread.back_after(line.end - OVERLAP_SEC)
    back = None if mark is None else max(0.0, mark.at - line.end)
    return None if back is None or back > _LONGEST_SEC else back
