"""Which line of a sheet words are of: a grade is no price, a count is one point's, a plated thing has its karat."""

from __future__ import annotations

from typing import Any

import pytest

from coach.scenario.model import Scenario
from coach.score.scorecard import Scorecard
from coach.score.scorer import score
from tests.score.logs import log, said

TABLETS: dict[str, Any] = {
    "id": "tablets",
    "locale": "en-US",
    "title": "Dishwasher tablets",
    "category": "home",
    "product": {
        "name": "Marlow dishwasher tablets",
        "price": {"list": 30, "live": 19, "floor": 17, "currency": "USD"},
        "stock": 400,
        "facts": {"count": "80 tablets", "dose": "two tablets for a full load", "scent": "lemon"},
        "selling_points": [
            {"id": "full", "priority": "P0", "title": "Two for a full load",
             "statement": "Two tablets clean a full load", "must_facts": ["two tablets"], "aliases": ["full load"]},
            {"id": "box", "priority": "P0", "title": "80 in a box", "statement": "There are 80 tablets in the box",
             "must_facts": ["80 tablets"], "aliases": ["in the box"]},
        ],
    },
    "viewers": [{"id": "v", "type": "product_skeptic", "name": "Vi"}],
}  # fmt: skip
CHAIN: dict[str, Any] = {
    "id": "chain",
    "locale": "en-US",
    "title": "Plated chain",
    "category": "apparel",
    "product": {
        "name": "Wren chain",
        "price": {"list": 90, "live": 55, "floor": 50, "currency": "USD"},
        "stock": 60,
        "facts": {"metal": "sterling silver with 18k gold plating", "length": "18 inches"},
        "selling_points": [
            {"id": "metal", "priority": "P0", "title": "Plated silver", "must_facts": ["gold plating"],
             "statement": "It is sterling silver with 18k gold plating", "aliases": ["silver"]},
        ],
    },
    "viewers": [{"id": "v", "type": "product_skeptic", "name": "Vi"}],
}  # fmt: skip
POT: dict[str, Any] = {
    "id": "pot",
    "locale": "zh-CN",
    "title": "小奶锅",
    "category": "home",
    "product": {
        "name": "竹里小奶锅",
        "price": {"list": 159, "live": 89, "floor": 85, "currency": "CNY"},
        "stock": 200,
        "facts": {"材质": "锅身304不锈钢，锅底430不锈钢", "禁忌": "不能放微波炉", "质保": "一年质保，只换不修"},
        "selling_points": [
            {"id": "steel", "priority": "P0", "title": "304锅身", "statement": "锅身是304不锈钢",
             "must_facts": ["304"], "aliases": ["锅身"]},
        ],
    },
    "viewers": [{"id": "v", "type": "product_skeptic", "name": "小维"}],
}  # fmt: skip


def card(sheet: dict[str, Any], text: str) -> Scorecard:
    return score(Scenario.model_validate(sheet), log(said(2, 9, text), end=20))


def wrong(sheet: dict[str, Any], text: str) -> list[str]:
    return [error.fact for error in card(sheet, text).fact_errors if not error.doubtful]


@pytest.mark.parametrize("text", ["There are a hundred and twenty tablets in here", "there are sixty tablets in here"])
def test_a_wrong_count_is_of_the_point_that_it_is_less_far_off_from(text: str) -> None:
    states = {point.point_id: point.state for point in card(TABLETS, text).coverage}
    assert states["box"] == "misstated"
    assert states["full"] != "misstated"


def test_a_wrong_dose_is_of_the_dose() -> None:
    states = {point.point_id: point.state for point in card(TABLETS, "use five tablets for a full load").coverage}
    assert states["full"] == "misstated"
    assert states["box"] != "misstated"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("the plating is eighteen karat, over sterling silver", []),
        ("it's vermeil, sterling silver underneath", []),
        ("it's solid gold", ["metal"]),
        ("it's fourteen karat gold", ["metal"]),
        ("it's platinum", ["metal"]),
    ],
)
def test_the_karat_of_a_plating_makes_no_solid_gold(text: str, told: list[str]) -> None:
    assert wrong(CHAIN, text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("外面锅底这一层是430的，导磁", []),
        ("外面专柜卖430，今天八十九", ["price"]),
        ("外面专柜卖三百三，今天八十九", ["price"]),
        ("微波炉更不能放", []),
        ("微波炉更不能，会打火", []),
        ("放微波炉转两分钟没事", ["禁忌"]),
        ("微波炉更能放", ["禁忌"]),
        ("质保期过了就得自己承担", []),
        ("过了一年以后就要自己承担", []),
        ("坏了就得自己承担", ["质保"]),
        ("一年之内坏了也得自己承担", ["质保"]),
        ("过年期间坏了得自己承担", ["质保"]),
        ("过完年坏了就得自己承担", ["质保"]),
    ],
)
def test_grades_denials_and_conditions_in_chinese(text: str, told: list[str]) -> None:
    assert wrong(POT, text) == told
