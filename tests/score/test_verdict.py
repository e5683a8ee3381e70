"""Signs of a selling point's state, and the shares that weights make of them."""

from __future__ import annotations

import pytest

from coach.score import verdict
from coach.score.readings import Reading
from coach.score.verdict import STATES, Elsewhere, Heard, State, likely, signs
from coach.score.weighing import Weighing
from tests.score.made_points import POINT, heard, reading

MADE = Weighing(
    id="made",
    version="1",
    source="by hand",
    effective="2026-11-26",
    weights={
        "hit": {"hit": 1.0, "known": 1.0},
        "partial": {"asserted": 0.5, "strength": 2.0},
        "miss": {"bias": 1.0, "asserted": -0.5},
        "misstated": {"wrong": 1.0, "figure": 3.0},
    },
)
NOTHING = signs(POINT, heard(), [])
KNOWN = heard("partial", 0.0, *POINT.must_facts)


@pytest.mark.parametrize("found", [{}, NOTHING, signs(POINT, heard("hit", 1.0), [reading(hit=0.9)], Elsewhere(0.8))])
def test_the_shares_of_the_shipped_weights_sum_to_one(found: dict[str, float]) -> None:
    shares = likely(found)
    assert tuple(shares) == STATES
    assert sum(shares.values()) == pytest.approx(1)


def test_every_shipped_weight_is_of_a_sign() -> None:
    made = {name for state in STATES for name in signs(POINT, heard(state), [])}
    assert {name for weights in verdict.weights().weights.values() for name in weights} == made


@pytest.mark.parametrize(
    ("ruled", "read", "state"),
    [
        (heard(), reading(hit=0.9), "hit"),
        (KNOWN, None, "hit"),
        (heard(), reading(partial=0.9), "partial"),
        (heard("partial", 0.9), None, "partial"),
        (heard(), reading(misstated=0.9), "misstated"),
        (heard("misstated", figure=True), None, "misstated"),
    ],
)
def test_what_is_found_makes_its_state_likelier(
    monkeypatch: pytest.MonkeyPatch, ruled: Heard, read: Reading | None, state: State
) -> None:
    monkeypatch.setattr(verdict, "weights", lambda: MADE)
    told = signs(POINT, ruled, [read] if read else [])
    assert likely(told)[state] > likely(NOTHING)[state]


def test_a_point_of_which_nothing_is_found_is_most_likely_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert max(STATES, key=lambda state: likely(NOTHING)[state]) == "miss"
    monkeypatch.setattr(verdict, "weights", lambda: MADE)
    assert max(STATES, key=lambda state: likely(NOTHING)[state]) == "miss"


def test_facts_of_two_utterances_are_told_together() -> None:
    halves = [reading(facts=((0.9, 0.0), (0.1, 0.0))), reading(facts=((0.1, 0.0), (0.9, 0.0)), at=1)]
    assert signs(POINT, heard(), halves)["whole"] > 0 > signs(POINT, heard(), halves[:1])["whole"]
    assert signs(POINT, heard("partial", 0.0, "seamless"), halves[:1])["known"] > 0
