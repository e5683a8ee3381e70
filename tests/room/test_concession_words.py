"""Prices granted and kept in many words: a sum for several, a share off, money back, a piece for nothing."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from coach.room.handling import Following, handling
from coach.room.treatment import right_treatment
from coach.scenario.model import Scenario
from evals.product_sheets import scenario_of

_PRODUCTS = Path(__file__).resolve().parents[2] / "evals" / "cases" / "sentences" / "products"
_TABLE = Path(__file__).parent / "concessions.tsv"
"""`below` or `kept`, the viewer's line, the answer; of a flask at 99 (floor 88) and a kettle at 69 (floor 62)."""


@cache
def _scenario(code: str) -> Scenario:
    return scenario_of(_PRODUCTS / ("zh-s-thermos.json" if code == "zh" else "en-s-kettle.json"))


@pytest.mark.parametrize("row", _TABLE.read_text(encoding="utf-8").splitlines())
def test_a_price_under_the_floor_is_seen_and_no_other_one(row: str) -> None:
    said, line, reply = row.split("\t")
    scenario = _scenario("en" if row.isascii() else "zh")
    result = handling(line, "haggler", "answer", [Following(reply, 2.0, 6.0)], scenario, said_at=1.0)
    assert ("below" if result.below_floor else "kept") == said
    assert said == "kept" or result.handled == "badly"


_OTHERS = Path(__file__).parent / "concessions_others.tsv"
"""The same of viewers who do not haggle, their type in the second column."""


@pytest.mark.parametrize("row", _OTHERS.read_text(encoding="utf-8").splitlines())
def test_a_price_handed_to_somebody_who_does_not_haggle(row: str) -> None:
    said, viewer, line, reply = row.split("\t")
    scenario = _scenario("en" if row.isascii() else "zh")
    treatment = right_treatment(viewer, line, scenario.language)
    result = handling(line, viewer, treatment, [Following(reply, 2.0, 6.0)], scenario, said_at=1.0)
    assert ("below" if result.below_floor else "kept") == said
