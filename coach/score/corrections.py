"""Which contradictions stand: each figure belongs to one point, and what was taken back counts no longer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach.language import Language
from coach.language.fact_pack import load_fact_pack
from coach.language.figures import Contradiction
from coach.language.scope import any_of
from coach.score.sightings import Seen

_REACH = {"zh": 24, "en": 80}
"""Characters after a repair in which the right thing is said; as many before it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One wrong stretch, as one point sees it."""

    point_id: str
    seen: Seen
    wrong: Contradiction

    @property
    def start(self) -> int:
        """Where the stretch begins in its utterance."""
        return self.wrong.number.start

    @property
    def place(self) -> tuple[int, int]:
        """Where it was said: record and character."""
        return self.seen.spoken.seq, self.start


def owned(seen: Mapping[str, Sequence[Seen]]) -> list[Claim]:
    """Return the points' contradictions in order, each given to one point.

    A figure near the names of two points belongs to the nearer one, then to the one it is less far off
    from, then to the one named more surely.
    """
    claims = [
        Claim(point_id, item, wrong)
        for point_id, items in seen.items()
        for item in items
        for wrong in item.match.contradictions
    ]
    owners: dict[tuple[int, int], Claim] = {}
    for claim in sorted(
        claims, key=lambda claim: (claim.wrong.distance, claim.wrong.factor, -claim.seen.match.strength)
    ):
        owners.setdefault(claim.place, claim)
    return sorted(owners.values(), key=lambda claim: claim.place)


class Repairs:
    """Finds where speakers put themselves right."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._known: dict[str, list[tuple[int, int]]] = {}
        """Repairs by text: each wrong fact is looked for in all that follows."""
        self._cues = any_of(load_fact_pack(language.code).guards.repairs, language.code)

    def after(self, text: str, start: int = -1) -> int | None:
        """Return where after a character of a text the first repair begins, None if there is none."""
        places = [hit.start() for hit in self._cues.finditer(text.lower()) if hit.start() > start]
        spans = [*self._language.corrections(text), *self._language.disturbances(text)]
        places += [span.start for span in spans if span.kind == "repair" and span.start > start]
        return min(places, default=None)

    def stretches(self, text: str, start: int = 0) -> list[str]:
        """Return what stands around each repair of a text, from a character on: there the right thing is said."""
        reach = _REACH[self._language.code]
        hits = [hit for hit in self._repairs(text) if hit[0] >= start]
        return [text[max(start, left - reach) : right + reach] for left, right in hits]

    def _repairs(self, text: str) -> list[tuple[int, int]]:
        found = self._known.get(text)
        if found is None:
            found = self._known[text] = [hit.span() for hit in self._cues.finditer(text.lower())]
        return found

    def by_facts(self, claim: Claim, items: Sequence[Seen]) -> bool:
        """Return whether a repair follows, in the same breath or later, together with one of the point's facts."""
        for item in items:
            if item.spoken.seq < claim.seen.spoken.seq or not item.match.facts_said:
                continue
            if (
                self.after(item.spoken.text, claim.start if item.spoken.seq == claim.seen.spoken.seq else -1)
                is not None
            ):
                return True
        return False
