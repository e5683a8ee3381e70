"""Prices granted and kept in many words: a sum for several, a share off, money back, a piece for nothing."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from coach.room.handling import Following, handling
from coach.scenario.model import Scenario
from evals.readings import scenario_of

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
