"""What a talk says of a selling point by what rules and reader found: weighed signs, and how likely each state is.

The weights are learned from labelled talks by `scripts/train_verdicts.py`; a pack holds them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple, get_args

from coach.scenario.model import SellingPoint
from coach.score.readings import Reading, told_facts
from coach.score.weighing import Weighing, load_weighing, odds

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


@cache
def weights() -> Weighing:
    """Return the shipped weights."""
    return load_weighing("verdicts.yaml")


def signs(point: SellingPoint, heard: Heard, found: Sequence[Reading], elsewhere: float) -> dict[str, float]:
    """Return the signs of a point's state.

    Args:
        point: The point.
        heard: What the rules make of it.
        found: What was read for it.
        elsewhere: Mean of how likely each of the other points is asserted: low where the talk is of another product.
    """
    asserted = [*sorted((item.read.asserted for item in found), reverse=True), 0.0, 0.0]
    wrong = [*sorted((item.read.misstated for item in found), reverse=True), 0.0, 0.0]
    told = told_facts(point, found)
    whole = min(told.values(), default=1.0)
    known = min((1.0 if fact in heard.facts else share for fact, share in told.items()), default=1.0)
    denied = max((fact.wrong for item in found for fact in item.read.facts), default=0.0)
    made = {
        "bias": 1.0,
        "asserted": odds(asserted[0]),
        "asserted_twice": odds(asserted[1]),
        "wrong": odds(wrong[0]),
        "wrong_twice": odds(wrong[1]),
        "hit": odds(max((item.read.hit for item in found), default=0.0)),
        "whole": odds(whole),
        "known": odds(known),
        "denied": odds(denied),
        "near": max((item.near for item in found), default=0.0),
        "elsewhere": elsewhere,
        "facts": float(len(point.must_facts)),
        "strength": heard.strength,
        "figure": float(heard.figure),
        "said": len(heard.facts) / max(1, len(point.must_facts)),
    }
    ruled = {name: made[name] for name in ("bias", "asserted", "wrong", "known")}
    return made | {f"{name}_where_{heard.state}": value for name, value in ruled.items()}


def likely(found: Mapping[str, float]) -> dict[State, float]:
    """Return how likely each state is by its signs; sums to 1."""
    shares = weights().shares(found)
    return {state: shares[state] for state in STATES}
