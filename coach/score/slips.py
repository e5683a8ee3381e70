"""Stretches of what was said that contradict the product sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coach.language.scope import place
from coach.score.scorecard import Evidence, FactError, Finding
from coach.score.timeline import Spoken


@dataclass(frozen=True, slots=True)
class Slip:
    """One stretch that contradicts the sheet."""

    spoken: Spoken
    start: int
    end: int
    kind: str
    """`figure`, `price`, `stock`, `gifts`, `family.…`, `ability.…`."""
    fact: str
    truth: str
    points: tuple[str, ...] = ()
    corrected: bool = False
    doubtful: bool = False

    @property
    def stands(self) -> bool:
        """Whether it counts: it was not taken back and is not in doubt."""
        return not self.corrected and not self.doubtful

    def also(self, again: Slip) -> Slip:
        """Return it said once more in the same utterance: put right or in doubt only where both are."""
        points = tuple(dict.fromkeys((*self.points, *again.points)))
        corrected, doubtful = self.corrected and again.corrected, self.doubtful and again.doubtful
        return replace(self, points=points, corrected=corrected, doubtful=doubtful)

    def evidence(self) -> Evidence:
        """Return the clause around it."""
        left, right = place(self.spoken.text, self.start, self.end).clause
        return self.spoken.evidence(left, right)


@dataclass(frozen=True, slots=True)
class FactErrors:
    """All that contradicts the sheet."""

    errors: list[FactError]
    findings: list[Finding]
    misstated: dict[str, list[Evidence]]
    """Point → quotes that contradict it and were not taken back."""
    slips: list[Slip]

    @property
    def doubted(self) -> set[str]:
        """Points of which nothing is sure to contradict them."""
        sure = {point for slip in self.slips if slip.stands for point in slip.points}
        return set(self.misstated) - sure


def called(slips: Sequence[Slip]) -> set[tuple[int, str]]:
    """Return which points are contradicted in which utterances."""
    return {(slip.spoken.seq, point) for slip in slips for point in slip.points}


def in_time(slips: Sequence[Slip]) -> list[Slip]:
    """Return slips in order of time, of those that begin together the longest first."""
    return sorted(slips, key=lambda item: (item.spoken.start, item.spoken.seq, item.start, -item.end))


def merged(slips: Sequence[Slip]) -> list[Slip]:
    """Return slips in order of time, those that overlap made one."""
    kept: list[Slip] = []
    for slip in in_time(slips):
        last = kept[-1] if kept else None
        if last and last.spoken.seq == slip.spoken.seq and slip.start < last.end:
            points = tuple(dict.fromkeys((*last.points, *slip.points)))
            corrected = last.corrected or slip.corrected
            kept[-1] = replace(last, end=max(last.end, slip.end), points=points, corrected=corrected)
        else:
            kept.append(slip)
    return kept


def a_clause(slips: Sequence[Slip]) -> list[Slip]:
    """Return slips in their order, those of one clause about one fact made one, shown by the longest."""
    kept: dict[tuple[int, str, int], Slip] = {}
    for slip in slips:
        left, _ = place(slip.spoken.text, slip.start, slip.end).clause
        key = (slip.spoken.seq, slip.fact, left)
        first = kept.get(key)
        if first is None:
            kept[key] = slip
        elif slip.end - slip.start > first.end - first.start:
            kept[key] = slip.also(first)
        else:
            kept[key] = first.also(slip)
    return list(kept.values())


def once(slips: Sequence[Slip]) -> list[Slip]:
    """Return slips in their order, equal ones of an utterance made one (最后五件，最后五件)."""
    kept: dict[tuple[int, str, str, str], Slip] = {}
    for slip in slips:
        key = (slip.spoken.seq, slip.kind, slip.fact, slip.spoken.text[slip.start : slip.end].lower())
        first = kept.get(key)
        kept[key] = first.also(slip) if first else slip
    return list(kept.values())
