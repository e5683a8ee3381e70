"""Where each selling point shows in the utterances."""

from __future__ import annotations

from dataclasses import dataclass

from coach.language.match import PointMatch
from coach.room.sheet import PointSheet, Sheet
from coach.score.scorecard import Evidence
from coach.score.timeline import Spoken, Timeline

_TOPIC_LASTS = 2
"""Utterances for which a named point stays the topic, so that a bare figure can belong to it."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one utterance says about one point."""

    spoken: Spoken
    match: PointMatch

    def evidence(self) -> Evidence:
        """Return the clauses that carry the point."""
        return self.spoken.evidence(self.match.start, self.match.end or None)


def look_for(point: PointSheet, sheet: Sheet, timeline: Timeline) -> list[Seen]:
    """Return what each utterance says about a point, in order; recognised words are read as meant."""
    seen: list[Seen] = []
    for at, spoken in enumerate(timeline.worded):
        recent = any(item.match.idea for item in seen[max(0, at - _TOPIC_LASTS) :])
        asked = _was_asked(point, timeline, seen[-1].spoken if seen else None, spoken)
        match = point.match(sheet.mend(spoken.text), topical=recent or asked, asked=asked)
        seen.append(Seen(spoken, match))
    return seen


def _was_asked(point: PointSheet, timeline: Timeline, before: Spoken | None, spoken: Spoken) -> bool:
    """Return whether a viewer brought the point up since the last utterance."""
    since = before.start if before else 0.0
    lines = [line.text for line in timeline.lines if since <= line.start <= spoken.start]
    return any(point.is_about(text.rstrip("?？吗")) for text in lines)
