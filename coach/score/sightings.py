"""Where each selling point shows in the utterances."""

from __future__ import annotations

from collections.abc import Sequence
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


@dataclass(frozen=True, slots=True)
class Turn:
    """One utterance made ready to be looked through for every point."""

    spoken: Spoken
    text: str
    """Recognised words, as meant."""
    asked: tuple[str, ...]
    """What viewers wrote or said since the last utterance."""


def turns_of(sheet: Sheet, timeline: Timeline) -> list[Turn]:
    """Return the utterances in order."""
    turns: list[Turn] = []
    for spoken in timeline.worded:
        since = turns[-1].spoken.start if turns else 0.0
        asked = tuple(line.text.rstrip("?？吗") for line in timeline.lines if since <= line.start <= spoken.start)
        turns.append(Turn(spoken, sheet.mend(spoken.text), asked))
    return turns


def look_for(point: PointSheet, turns: Sequence[Turn]) -> list[Seen]:
    """Return what each utterance says about a point, in order."""
    seen: list[Seen] = []
    for turn in turns:
        recent = any(item.match.idea for item in seen[-_TOPIC_LASTS:])
        asked = any(map(point.is_about, turn.asked))
        match = point.match(turn.text, topical=recent or asked, asked=asked)
        seen.append(Seen(turn.spoken, match))
    return seen
