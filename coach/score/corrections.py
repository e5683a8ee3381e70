"""Which contradicting figures stand: each belongs to one point, and one taken back does not count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach.language import Language
from coach.score.scorecard import Evidence
from coach.score.sightings import Seen


@dataclass(frozen=True, slots=True)
class _Claim:
    """One wrong figure, as one point sees it."""

    point_id: str
    seen: Seen
    start: int
    distance: int
    factor: float

    @property
    def place(self) -> tuple[int, int]:
        """Where the figure was said: record and character."""
        return self.seen.spoken.seq, self.start


def standing(seen: Mapping[str, Sequence[Seen]], language: Language) -> dict[str, list[Evidence]]:
    """Return, by point, the quotes of figures that contradict the sheet and were not taken back.

    A figure near the names of two points belongs to the nearer one, then to the one it is less far off
    from, then to the one named more surely.
    """
    claims = [
        _Claim(point_id, item, wrong.number.start, wrong.distance, wrong.factor)
        for point_id, items in seen.items()
        for item in items
        for wrong in item.match.contradictions
    ]
    owners: dict[tuple[int, int], _Claim] = {}
    for claim in sorted(claims, key=lambda claim: (claim.distance, claim.factor, -claim.seen.match.strength)):
        owners.setdefault(claim.place, claim)
    found: dict[str, list[Evidence]] = {}
    for claim in sorted(owners.values(), key=lambda claim: claim.place):
        if not _taken_back(claim, seen[claim.point_id], language):
            found.setdefault(claim.point_id, []).append(_quote(claim))
    return found


def _taken_back(claim: _Claim, items: Sequence[Seen], language: Language) -> bool:
    """Return whether a repair follows, in the same breath or later, together with the right fact."""
    for item in items:
        if item.spoken.seq < claim.seen.spoken.seq or not item.match.facts_said:
            continue
        after = claim.start if item.spoken.seq == claim.seen.spoken.seq else -1
        if any(span.kind == "repair" and span.start > after for span in language.disturbances(item.spoken.text)):
            return True
    return False


def _quote(claim: _Claim) -> Evidence:
    spoken = claim.seen.spoken
    wrong = next(item for item in claim.seen.match.contradictions if item.number.start == claim.start)
    text = spoken.text
    start = max(0, min(claim.seen.match.start, wrong.number.start))
    end = min(len(text), max(claim.seen.match.end, wrong.number.end + 4))
    return spoken.evidence(start, end)
