"""The streamer's words laid out in time, so that any stretch of it can be asked for rate, breaks and silence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from coach.language import Language
from coach.score.intervals import Interval, overlap
from coach.score.thread import moment
from coach.score.timeline import Spoken, Timeline

_PAUSE_SEC = 0.25
"""A shorter gap is articulation (DOMAIN §3.2: clause pauses begin at 0.25 s)."""
HESITATION_SEC = 1.2
"""Silence inside a clause that reads as a hesitation (DOMAIN §3.2)."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was said in one stretch of time."""

    sec: float
    """Inside utterances."""
    units: float
    """Characters (zh) or words (en)."""
    syllables: float
    breaks: int
    """Repeats, restarts, repairs, fragments."""
    known_sec: float
    """Of `sec`, where silences inside utterances are known."""
    silent_sec: float
    """Silence inside clauses."""
    hesitations: int | None
    """Silences of 1.2 s and more inside clauses; None where only their sum is known."""

    @property
    def rate(self) -> float | None:
        """Units per minute inside utterances; None without speech."""
        return 60 * self.units / self.sec if self.sec > 0 and self.units > 0 else None


@dataclass(frozen=True, slots=True)
class _Said:
    start: float
    end: float
    units: float
    syllables: float
    words: tuple[tuple[float, float], ...]
    """(middle, share of the characters); empty: evenly spread."""
    breaks: tuple[float, ...]
    silences: tuple[Interval, ...] | None
    """Inside clauses; None: not known one by one."""
    silent_share: float | None
    """Known as a sum only."""

    def share(self, window: Interval) -> float:
        """Return how much of the words fall into a window, 0 to 1."""
        if self.words:
            return sum(part for middle, part in self.words if window[0] <= middle < window[1])
        if self.end <= self.start:
            return 1.0 if window[0] <= self.start < window[1] else 0.0
        return overlap(window, [(self.start, self.end)]) / (self.end - self.start)


class Talk:
    """Spoken utterances with known words; typed ones have no rate.

    Args:
        timeline: The rehearsal.
        language: Of the scenario.
        recorded: Where the voice was, by the recording; None: not measured.
    """

    def __init__(self, timeline: Timeline, language: Language, recorded: Sequence[Interval] | None) -> None:
        self._said = [
            _said(item, language, recorded) for item in timeline.voiced if item.text.strip() and item.end > item.start
        ]
        self._starts = [item.start for item in self._said]
        self._longest = max((item.end - item.start for item in self._said), default=0.0)

    def within(self, window: Interval) -> Stretch:
        """Return what was said inside a window."""
        sec = units = syllables = known = silent = 0.0
        breaks, hesitations, is_counted = 0, 0, True
        for item in self._near(window):
            share, spoken = item.share(window), overlap(window, [(item.start, item.end)])
            sec, units, syllables = sec + spoken, units + share * item.units, syllables + share * item.syllables
            breaks += sum(window[0] <= at < window[1] for at in item.breaks)
            if item.silences is not None:
                known += spoken
                silent += overlap(window, item.silences)
                hesitations += sum(
                    window[0] <= start < window[1] and end - start >= HESITATION_SEC for start, end in item.silences
                )
            elif item.silent_share is not None:
                known, silent, is_counted = known + spoken, silent + item.silent_share * spoken, False
        return Stretch(sec, units, syllables, breaks, known, silent, hesitations if known and is_counted else None)

    def speech_in(self, window: Interval) -> list[Interval]:
        """Return the utterances inside a window, clipped to it."""
        return [
            (max(item.start, window[0]), min(item.end, window[1]))
            for item in self._near(window)
            if item.end > window[0] and item.start < window[1]
        ]

    def _near(self, window: Interval) -> Sequence[_Said]:
        first = bisect_left(self._starts, window[0] - self._longest)
        return self._said[first : bisect_right(self._starts, window[1])]


def _said(item: Spoken, language: Language, recorded: Sequence[Interval] | None) -> _Said:
    text, words = item.text, item.heard.words
    letters = sum(len(word.text) for word in words) or 1
    silences = _silences(item, language, recorded)
    share = None
    if silences is None and item.heard.voiced_sec is not None:
        share = max(0.0, 1.0 - item.heard.voiced_sec / (item.end - item.start))
    return _Said(
        start=item.start,
        end=item.end,
        units=language.count_units(text),
        syllables=language.syllables(text),
        words=tuple(((word.start + word.end) / 2, len(word.text) / letters) for word in words),
        breaks=tuple(moment(item, span.start) for span in language.disturbances(text)),
        silences=silences,
        silent_share=share,
    )


def _silences(item: Spoken, language: Language, recorded: Sequence[Interval] | None) -> tuple[Interval, ...] | None:
    """Return gaps inside clauses by word times, else all gaps inside the utterance by the recording."""
    words = item.heard.words
    if words:
        gaps = [
            (left.end, right.start, f"{left.text} {right.text}", left.text)
            for left, right in pairwise(words)
            if right.start - left.end >= _PAUSE_SEC
        ]
        return tuple((start, end) for start, end, _, before in gaps if language.ending(before) != "finished")
    if recorded is None:
        return None
    first = bisect_right(recorded, item.start, key=lambda stretch: stretch[1])
    inside = recorded[first : bisect_left(recorded, item.end, key=lambda stretch: stretch[0])]
    return tuple((left[1], right[0]) for left, right in pairwise(inside) if right[0] - left[1] >= _PAUSE_SEC)
