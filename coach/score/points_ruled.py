"""What the rules alone make of the selling points of a talk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from coach.room.sheet import sheet_of
from coach.scenario.model import Scenario, SellingPoint
from coach.score.fact_errors import FactFinder
from coach.score.proposals import Proposals, with_proposals
from coach.score.scorecard import Evidence
from coach.score.sightings import Seen, Turn, look_for, turns_of
from coach.score.slips import FactErrors
from coach.score.timeline import Timeline
from coach.score.verdict import Heard, State, Words

_QUOTES = 3
_SURE = 0.6


class Ruled(NamedTuple):
    """A talk as the rules take it."""

    turns: Sequence[Turn]
    seen: Mapping[str, Sequence[Seen]]
    """What each utterance says of each point."""
    finder: FactFinder
    facts: FactErrors
    """What is said against the sheet."""
    heard: Mapping[str, Heard]
    """What is made of each point."""


def heard_by_rules(timeline: Timeline, scenario: Scenario, proposals: Proposals | None = None) -> Ruled:
    """Return what the rules make of a talk, with what a language model proposed and code verified."""
    sheet = sheet_of(scenario)
    turns = turns_of(sheet, timeline)
    seen = look_for(sheet.points, turns)
    if proposals:
        seen = with_proposals(seen, proposals.proposals, scenario, timeline)
    finder = FactFinder(timeline, scenario, seen)
    facts = finder.found()
    heard = {point.id: _heard(point, seen[point.id], facts) for point in scenario.product.selling_points}
    return Ruled(turns, seen, finder, facts, heard)


def _heard(point: SellingPoint, seen: Sequence[Seen], facts: FactErrors) -> Heard:
    said = facts_said(seen)
    strength = max((item.match.strength for item in seen if item.match.idea), default=0.0)
    slips = [slip for slip in facts.slips if point.id in slip.points and not slip.corrected]
    whole: State = "hit" if said.issuperset(point.must_facts) else "partial"
    asserted = any(item.match.idea for item in seen)
    state: State = "misstated" if slips else whole if asserted else "miss"
    words = tuple(Words(slip.spoken.text, slip.start, slip.end) for slip in slips)
    return Heard(state, strength, said, any(slip.kind == "figure" for slip in slips), words)


def facts_said(seen: Sequence[Seen]) -> frozenset[str]:
    """Return the facts of a point that were said somewhere."""
    return frozenset(fact for item in seen for fact in (*item.match.facts_said, *item.match.facts_told))


def best_quotes(seen: Sequence[Seen]) -> list[Evidence]:
    """Return the words that assert a point best, in order of time; loose wordings add nothing beside sure ones."""
    asserted = [item for item in seen if item.match.idea]
    if any(item.match.strength >= _SURE for item in asserted):
        asserted = [item for item in asserted if item.match.strength >= _SURE]
    best = sorted(asserted, key=lambda item: (-len(item.match.facts_said), -item.match.strength, item.spoken.seq))
    return [item.evidence() for item in sorted(best[:_QUOTES], key=lambda item: item.spoken.seq)]
