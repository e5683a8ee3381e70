"""The state of each selling point, by rules and reader together, and the words that show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from statistics import fmean

from coach.scenario.model import SellingPoint
from coach.score.misread import Misread
from coach.score.points_ruled import Ruled, facts_said
from coach.score.readings import Reading, asserts, contradicts, read_at, told_facts
from coach.score.sightings import Seen
from coach.score.slips import FactErrors
from coach.score.verdict import Elsewhere, State, likely, signs

_MAYBE = 0.5
"""From how likely a point is misstated it is called so, and somebody is asked to check it: of 120 such points 80 were
(labelled talks), and talks had two thirds of their misstatements found instead of half."""
_LIKELY = 0.85
"""From how likely a point is misstated that is sure: whoever is accused wrongly trusts nothing any more."""
_SURE: Mapping[State, float] = {"hit": 0.9, "misstated": 0.45}
"""The same where the rules heard it said in full, and where they too find it contradicted."""
_TOPIC = 1 / 3
"""Of the points, heard somehow by the rules, that make a talk one about the product."""
_NAMED = 0.7
"""From how likely words contradict a point they can be named for it, where all signs together find it contradicted and
no other words do so surely."""
_TO_CHECK = 0.5
"""The same where somebody is asked to check them."""
_ABOUT = -1.5
"""From how much likelier words are about a point than about any other they can be named against it: of 269 that were
named rightly (labelled talks) none was under it, of 148 others nine."""
_SHOWS = 0.5
"""From how likely an utterance asserts a point, or contradicts it, its words are quoted for it."""
_SAYS = 0.5
"""From how likely a fact is said it is not among those missing."""
_DOUBTED = 0.2
"""Under how likely an utterance asserts a point the rules' finding is not quoted where another can be."""


def signs_of(
    points: Sequence[SellingPoint], ruled: Ruled, found: Mapping[str, Sequence[Reading]], code: str
) -> dict[str, dict[str, float]]:
    """Return the signs of the state of each point.

    Args:
        points: All points of the product.
        ruled: What the rules make of the talk.
        found: What was read for each point.
        code: Language of the talk.
    """
    told = {
        point.id: (
            max((item.read.asserted for item in found[point.id]), default=0.0),
            max((item.read.misstated for item in found[point.id]), default=0.0),
            float(ruled.heard[point.id].state == "misstated"),
        )
        for point in points
    }
    made = {}
    for point in points:
        others = [item for other, item in told.items() if other != point.id] or [(0.0, 0.0, 0.0)]
        elsewhere = Elsewhere(*map(fmean, zip(*others, strict=True)))
        heard = ruled.heard[point.id]
        slips = [read for words in heard.slips for read in read_at([point], *words, code)]
        made[point.id] = signs(point, heard, found[point.id], elsewhere, slips)
    return made


def shares_of(
    told: Mapping[str, Mapping[str, float]], ruled: Ruled, found: Mapping[str, Sequence[Reading]]
) -> dict[str, dict[State, float]]:
    """Return how likely each state of each point is.

    What code verified of a language model's words is not missed; where the rules hear little of the product at all,
    what only the reader hears is none of it: talk of other things sounds like some of its points. Elsewhere the reader
    must be sure of one utterance.

    Args:
        told: Signs of each point.
        ruled: What the rules make of the talk.
        found: What was read for each point.
    """
    made = {point: likely(shown) for point, shown in told.items()}
    heard = [item.state for item in ruled.heard.values()]
    off_topic = heard.count("miss") > (1 - _TOPIC) * len(heard)
    for point, shares in made.items():
        if any(item.proposed for item in ruled.seen[point]):
            shares["miss"] = 0.0
        elif ruled.heard[point].state == "miss" and (off_topic or not any(asserts(item.read) for item in found[point])):
            shares["miss"] += shares["hit"] + shares["partial"]
            shares["hit"] = shares["partial"] = 0.0
    return made


def most_likely(shares: Mapping[State, float], *, misstated: bool = True) -> State:
    """Return the likeliest state.

    Args:
        shares: How likely each is.
        misstated: Whether words can be named that contradict the point; without them it is not misstated.
    """
    if misstated and shares["misstated"] >= max(_MAYBE, *shares.values()):
        return "misstated"
    return max((state for state in shares if state != "misstated"), key=lambda state: shares[state])


def in_doubt(shares: Mapping[str, Mapping[State, float]], ruled: Ruled) -> set[str]:
    """Return the points that are likely misstated, but not so likely that nobody need check it."""
    least = {point: _SURE.get(ruled.heard[point].state, _LIKELY) for point in shares}
    return {point for point, of in shares.items() if most_likely(of) == "misstated" and of["misstated"] < least[point]}


def contradicted(
    points: Sequence[SellingPoint],
    states: Mapping[str, State],
    facts: FactErrors,
    found: Mapping[str, Sequence[Reading]],
    doubted: Set[str],
) -> list[Misread]:
    """Return where the reader finds points contradicted of which the rules name no words.

    Args:
        points: All points of the product.
        states: Of each.
        facts: What the rules find.
        found: What was read for each point.
        doubted: Points that may not be misstated after all.
    """
    return [
        Misread(item.at, point.id, item.start, item.end, _most_wrong(point, item), sure)
        for point in points
        if states[point.id] == "misstated" and point.id not in facts.misstated
        for item in _against(found[point.id])
        for sure in [point.id not in doubted and item.read.misstated >= _NAMED]
    ]


def _against(found: Sequence[Reading]) -> list[Reading]:
    """Return what contradicts a point surely, else what does so most; not what is rather about another point."""
    about = [item for item in found if item.rather >= _ABOUT]
    sure = [item for item in about if contradicts(item.read)]
    likeliest = max(about, key=lambda item: item.read.misstated, default=None)
    return sure or ([likeliest] if likeliest and likeliest.read.misstated >= _TO_CHECK else [])


def _most_wrong(point: SellingPoint, item: Reading) -> str:
    facts = zip(point.must_facts, item.read.facts, strict=False)
    return max(facts, key=lambda pair: pair[1].wrong, default=("", None))[0]


def cleared(
    states: Mapping[str, State], seen: Mapping[str, Sequence[Seen]], found: Mapping[str, Sequence[Reading]]
) -> dict[str, set[int]]:
    """Return the points that nothing contradicts, each with the records of the utterances that were read for it."""
    return {
        point: {seen[point][item.at].spoken.seq for item in found[point]}
        for point, state in states.items()
        if state != "misstated"
    }


def asserted_in(seen: Mapping[str, Sequence[Seen]], found: Mapping[str, Sequence[Reading]]) -> dict[str, set[int]]:
    """Return the records of the utterances in which the reader hears each point asserted."""
    return {
        point: {seen[point][item.at].spoken.seq for item in items if asserts(item.read)}
        for point, items in found.items()
    }


def with_readings(
    seen: Mapping[str, Sequence[Seen]],
    points: Sequence[SellingPoint],
    found: Mapping[str, Sequence[Reading]],
    states: Mapping[str, State],
) -> dict[str, list[Seen]]:
    """Return what was seen of each point with what was read; a missed point was said nowhere."""
    made = {point: list(items) for point, items in seen.items()}
    for point in points:
        if states[point.id] == "miss":
            made[point.id] = [item._replace(match=item.match._replace(idea=False)) for item in seen[point.id]]
            continue
        # What contradicts a fact sounds much like it.
        facts = () if states[point.id] == "misstated" else point.must_facts
        top = max((item.read.asserted for item in found[point.id]), default=0.0)
        least = _SHOWS if any(item.match.idea for item in seen[point.id]) else min(top, _SHOWS)
        for item in found[point.id]:
            if item.read.asserted >= least:
                made[point.id][item.at] = _told(seen[point.id][item.at], facts, item)
            elif item.read.asserted < _DOUBTED and top >= _SHOWS and not seen[point.id][item.at].proposed:
                match = seen[point.id][item.at].match
                made[point.id][item.at] = seen[point.id][item.at]._replace(match=match._replace(idea=False))
    return made


def _told(seen: Seen, facts: Sequence[str], item: Reading) -> Seen:
    match = seen.match
    told = [fact for fact, read in zip(facts, item.read.facts, strict=False) if read.said >= _SAYS]
    more = tuple(fact for fact in told if fact not in match.facts_said and fact not in match.facts_told)
    match = match._replace(facts_told=(*match.facts_told, *more))
    if not match.idea:
        match = match._replace(idea=True, start=item.start, end=item.end)
    return seen._replace(match=match._replace(strength=max(match.strength, item.read.asserted)))


def missing_facts(point: SellingPoint, seen: Sequence[Seen], found: Sequence[Reading], state: State) -> list[str]:
    """Return the facts of a point that were not said, as its state has it: of a partial one at least one is missing."""
    if state in ("hit", "miss"):
        return [] if state == "hit" else list(point.must_facts)
    shares = told_facts(point, found)
    said = facts_said(seen)
    likely_said = _SAYS if state == "partial" else 1.0  # what contradicts a fact sounds much like it
    missing = [fact for fact in point.must_facts if fact not in said and shares[fact] < likely_said]
    if missing or state == "misstated" or not point.must_facts:
        return missing
    return [min(point.must_facts, key=lambda fact: (fact in said, shares[fact]))]
