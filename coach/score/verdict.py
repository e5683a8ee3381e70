"""What a talk says of a selling point by what rules and reader found: weighed signs, and how likely each state is.

The weights are learned from labelled talks by `scripts/train_verdicts.py`; a pack holds them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from statistics import fmean
from typing import Literal, NamedTuple, get_args

from coach.language.reader.asked import PointRead
from coach.scenario.model import SellingPoint
from coach.score.readings import Reading, told_facts
from coach.score.weighing import Weighing, load_weighing, odds

_NO_MARGIN, _NOT_LIKELY = -9.0, -5.0
"""Signs of a point for which nothing was read, about what they are where nothing is said of it."""
State = Literal["hit", "partial", "miss", "misstated"]
STATES: tuple[State, ...] = get_args(State)


class Heard(NamedTuple):
    """What the rules make of a point."""

    state: State
    strength: float
    """Of its surest wording, 0 to 1."""
    facts: frozenset[str]
    """Facts they found said."""
    figure: bool
    """Whether a figure contradicts it."""
    slips: tuple[Words, ...] = ()
    """Words that they find to contradict it."""


class Words(NamedTuple):
    """Some words of an utterance."""

    text: str
    """The utterance."""
    start: int
    end: int


class Elsewhere(NamedTuple):
    """What is found of the other points, each from 0 to 1."""

    asserted: float = 0.0
    """Mean of how likely each is asserted: low where the talk is of another product."""
    wrong: float = 0.0
    """The same of being contradicted."""
    ruled_wrong: float = 0.0
    """Share of those that the rules find contradicted."""


NOWHERE = Elsewhere()
"""Of a product with one point."""


@cache
def weights() -> Weighing:
    """Return the shipped weights."""
    return load_weighing("verdicts.yaml")


def signs(
    point: SellingPoint,
    heard: Heard,
    found: Sequence[Reading],
    elsewhere: Elsewhere = NOWHERE,
    slips: Sequence[PointRead] = (),
) -> dict[str, float]:
    """Return the signs of a point's state.

    Args:
        point: The point.
        heard: What the rules make of it.
        found: What was read for it.
        elsewhere: What is found of the other points.
        slips: What the reader makes of the words that the rules find to contradict it.
    """
    asserted = [*sorted((item.read.asserted for item in found), reverse=True), 0.0, 0.0]
    wrong = [*sorted((item.read.misstated for item in found), reverse=True), 0.0, 0.0]
    told = told_facts(point, found)
    known = [1.0 if fact in heard.facts else share for fact, share in told.items()]
    margins = [odds(item.read.misstated) - odds(item.read.asserted) for item in found]
    worst = max(found, key=lambda item: item.read.misstated, default=None)
    made = {
        "bias": 1.0,
        "asserted": odds(asserted[0]),
        "asserted_twice": odds(asserted[1]),
        "wrong": odds(wrong[0]),
        "wrong_twice": odds(wrong[1]),
        "wrong_rather": max(margins, default=_NO_MARGIN) / -_NO_MARGIN,
        "wrong_fact": odds(max((fact.wrong for fact in worst.read.facts), default=0.0) if worst else 0.0),
        "hit": odds(max((item.read.hit for item in found), default=0.0)),
        "partial": odds(max((item.read.partial for item in found), default=0.0)),
        "whole": odds(min(told.values(), default=1.0)),
        "told": fmean(told.values() or [1.0]),
        "known": odds(min(known, default=1.0)),
        "known_share": fmean(known or [1.0]),
        "denied": odds(max((fact.wrong for item in found for fact in item.read.facts), default=0.0)),
        "near": max((item.near for item in found), default=0.0),
        "likely": max((item.likely for item in found), default=_NOT_LIKELY),
        "elsewhere": elsewhere.asserted,
        "wrong_elsewhere": elsewhere.wrong,
        "ruled_wrong_elsewhere": elsewhere.ruled_wrong,
        "facts": float(len(point.must_facts)),
        "strength": heard.strength,
        "figure": float(heard.figure),
        "slip": float(bool(slips)),
        "slip_read": odds(max(read.misstated for read in slips)) if slips else 0.0,
        "slip_said": odds(max(read.asserted for read in slips)) if slips else 0.0,
        "said": len(heard.facts) / max(1, len(point.must_facts)),
    }
    ruled = {name: made[name] for name in ("bias", "asserted", "wrong", "known")}
    return made | {f"{name}_where_{heard.state}": value for name, value in ruled.items()}


def likely(found: Mapping[str, float]) -> dict[State, float]:
    """Return how likely each state is by its signs; sums to 1."""
    shares = weights().shares(found)
    return {state: shares[state] for state in STATES}
