"""Where each selling point shows in the utterances."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from coach.language.answered import claim_of
from coach.language.match import PointMatch
from coach.room.sheet import PointSheet, Sheet
from coach.score.scorecard import Evidence
from coach.score.timeline import Spoken, Timeline

_TOPIC_LASTS = 2
"""Utterances for which a named point stays the topic, so that a bare figure can belong to it."""
_ANSWERED = 0.1
"""How close a viewer's question must be to a point for a bare answer to assert it."""


class Seen(NamedTuple):
    """What one utterance says about one point."""

    spoken: Spoken
    match: PointMatch
    proposed: bool = False
    """Whether a language model found it and code verified it."""

    def evidence(self) -> Evidence:
        """Return the clauses that carry the point."""
        shown = self.spoken.evidence(self.match.start, self.match.end or None)
        return shown.model_copy(update={"proposed": True}) if self.proposed else shown


@dataclass(frozen=True, slots=True)
class Turn:
    """One utterance made ready to be looked through for every point."""

    spoken: Spoken
    text: str
    """Recognised words, as meant."""
    asked: tuple[str, ...]
    """What viewers wrote or said since the last utterance."""
    claim: str | None = None
    """What a bare yes or no to the last of them claims."""


def turns_of(sheet: Sheet, timeline: Timeline) -> list[Turn]:
    """Return the utterances in order."""
    turns: list[Turn] = []
    for spoken, lines in zip(timeline.worded, timeline.asked_before(), strict=True):
        asked = tuple(text.rstrip("?？吗") for text in lines)
        text = sheet.mend(spoken.text)
        claim = claim_of(lines[-1], text, sheet.language.code) if lines else None
        turns.append(Turn(spoken, text, asked, claim))
    return turns


def look_for(points: Sequence[PointSheet], turns: Sequence[Turn]) -> dict[str, list[Seen]]:
    """Return what each utterance says about each point, in order.

    Turn by turn: what was read of an utterance for one point is there for the next, however long the rehearsal.
    """
    found: dict[str, list[Seen]] = {point.point.id: [] for point in points}
    for turn in turns:
        for point in points:
            seen = found[point.point.id]
            recent = any(item.match.idea for item in seen[-_TOPIC_LASTS:])
            asked = any(map(point.is_about, turn.asked))
            match = point.match(turn.text, topical=recent or asked, asked=asked)
            seen.append(Seen(turn.spoken, _with_claim(match, turn, point)))
    return found


def _with_claim(match: PointMatch, turn: Turn, point: PointSheet) -> PointMatch:
    """Return what is said about a point with what a bare answer to a viewer claims of it."""
    if not turn.claim or not point.is_about(turn.claim, _ANSWERED):
        return match
    claimed = point.match(turn.claim, asked=True)
    if not claimed.idea:
        return match
    facts = tuple(dict.fromkeys((*match.facts_said, *claimed.facts_said)))
    vague = tuple(fact for fact in match.facts_vague if fact not in facts)
    told = match._replace(facts_said=facts, facts_vague=vague)
    return told if match.idea else told._replace(idea=True, strength=claimed.strength, start=0, end=len(turn.text))
