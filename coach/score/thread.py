"""The selling thread: the moments at which a selling point, the price or a stage cue is said."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from coach.language import Language, language_for
from coach.language.phrases import find
from coach.scenario.model import Scenario
from coach.score.sightings import Seen
from coach.score.timeline import Spoken, Timeline


class ThreadMark(NamedTuple):
    """One moment on the thread."""

    at: float
    """Rehearsal seconds; inside an utterance by word times, else by the share of its text."""
    spoken: Spoken


class Thread:
    """All moments on the thread, in order."""

    def __init__(
        self, timeline: Timeline, scenario: Scenario, seen: Mapping[str, Sequence[Seen]], language: Language
    ) -> None:
        self._price = {scenario.product.price.live, scenario.product.price.list}
        self._language = language
        points: dict[int, list[int]] = {}
        for items in seen.values():
            for item in items:
                if item.match.idea:
                    points.setdefault(item.spoken.seq, []).append(item.match.start)
        self._marks = sorted(
            (
                ThreadMark(moment(spoken, start), spoken)
                for spoken in timeline.worded
                for start in (*points.get(spoken.seq, ()), *self._cues(spoken.text))
            ),
            key=lambda mark: mark.at,
        )
        self._times = [mark.at for mark in self._marks]

    def back_after(self, at: float) -> ThreadMark | None:
        """Return the first mark at or after a moment."""
        index = bisect_left(self._times, at)
        return self._marks[index] if index < len(self._marks) else None

    def _cues(self, text: str) -> list[int]:
        cues = find(text, _cues_of(self._language.code), "", whole_words=self._language.code == "en")
        prices = [number.start for number in self._language.numbers(text) if self._price & set(number.readings())]
        return [cue.start for cue in cues] + prices


@cache
def _cues_of(code: str) -> tuple[str, ...]:
    pack = language_for(code).pack
    return (*pack.stage_cues, *pack.price_cues)


def moment(spoken: Spoken, offset: int) -> float:
    """Return when a character of an utterance was said."""
    words, text = spoken.heard.words, spoken.text
    position = 0
    for word in words:
        at = text.find(word.text, position)
        if at < 0:
            break
        position = at + len(word.text)
        if position > offset:
            return word.start
    return spoken.start + (spoken.end - spoken.start) * min(1.0, offset / max(1, len(text)))
