"""How soon the streamer spoke after something happened, and whether talk was already going on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from coach.score.intervals import Interval, merge
from coach.score.timeline import Pressure, Spoken, Timeline

OVERLAP_SEC = 0.3
"""Words said this little before the event's end still answer it; a pause as short ends no talk."""
GOES_ON_SEC = 1.0
"""Talk that goes on this long past an event was no mere last word; a line is cut off within this time."""
_BEFORE = 3
"""Utterances before a moment that may still be going on."""


class Reactions:
    """Utterances by time. `timeline.spoken` is in order of start."""

    def __init__(self, timeline: Timeline) -> None:
        self._worded = timeline.worded
        self._spoken = timeline.spoken
        self._talk = merge(((item.start, item.end) for item in timeline.voiced), bridge_sec=OVERLAP_SEC)
        self._ends = [end for _, end in self._talk]
        self._starts = {id(items): [item.start for item in items] for items in (self._worded, self._spoken)}

    def answers(self, event: Pressure) -> list[Spoken]:
        """Return utterances with words that can answer: begun after the event, or going on well past it."""
        return self._after(self._worded, event.at)

    def latency(self, event: Pressure) -> float | None:
        """Return seconds to the first answer, words known or not; None without one, or while already talking."""
        return None if self.was_talking(event) else self.first_after(event.at)

    def first_after(self, at: float) -> float | None:
        """Return seconds from a moment to the first utterance that can answer it."""
        answers = self._after(self._spoken, at)
        return max(0.0, answers[0].start - at) if answers else None

    def was_talking(self, event: Pressure) -> bool:
        """Return whether the streamer stopped the line by talking over it, or spoke on through the event."""
        talk = self._talk_around(event.at)
        if talk is None:
            return False
        if event.cut_off:
            return talk[0] < event.at <= talk[1]
        return talk[0] < event.at - OVERLAP_SEC and talk[1] > event.at + GOES_ON_SEC

    def _talk_around(self, at: float) -> Interval | None:
        index = bisect_left(self._ends, at)
        return self._talk[index] if index < len(self._talk) and self._talk[index][0] < at else None

    def _after(self, items: Sequence[Spoken], at: float) -> list[Spoken]:
        first = bisect_left(self._starts[id(items)], at - OVERLAP_SEC)
        before = [
            item
            for item in items[max(0, first - _BEFORE) : first]
            if item.end > at and at < (item.start + item.end) / 2
        ]
        return [*before, *items[first:]]


def since(event: Pressure) -> float:
    """Return from when words can be a reaction: people begin a moment early, and whoever cuts a line off must."""
    return event.at - (GOES_ON_SEC if event.cut_off else OVERLAP_SEC)
