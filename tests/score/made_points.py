"""Small readings and findings of selling points for tests, made by hand."""

from __future__ import annotations

from coach.language.match import PointMatch
from coach.language.reader.asked import FactRead, PointRead
from coach.scenario.model import SellingPoint
from coach.score.readings import Reading
from coach.score.sightings import Seen
from coach.score.timeline import fold
from coach.score.verdict import Heard, State
from tests.score.logs import log, said

POINT = SellingPoint(id="p", priority="P0", title="316 liner", must_facts=["316 steel", "seamless"])
TEXT = "the liner is 316 steel, one piece"


def reading(
    hit: float = 0.0,
    partial: float = 0.0,
    misstated: float = 0.0,
    *,
    facts: tuple[tuple[float, float], ...] = ((0.1, 0.1), (0.1, 0.1)),
    at: int = 0,
) -> Reading:
    """Return an utterance read for `POINT`; what is left of its shares is that it says nothing of it."""
    shares = PointRead(hit, partial, 1 - hit - partial - misstated, misstated, tuple(FactRead(*fact) for fact in facts))
    return Reading(at, shares, 0, len(TEXT), 0.3, 2.0)


def heard(state: State = "miss", strength: float = 0.0, *facts: str, figure: bool = False) -> Heard:
    """Return what the rules make of `POINT`."""
    return Heard(state, strength, frozenset(facts), figure)


def seen(*facts: str, idea: bool = True, proposed: bool = False) -> Seen:
    """Return what the rules find in the one utterance, `TEXT`."""
    [spoken] = fold(log(said(1, 9, TEXT), end=20)).worded
    return Seen(spoken, PointMatch(idea, 0.8 if idea else 0.0, facts, (), (), 0, len(TEXT)), proposed)
