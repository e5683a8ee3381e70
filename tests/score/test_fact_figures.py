"""Figures of a load, of what is not held, of the clock: none is a figure of the product; wrong ones still are found."""

from __future__ import annotations

from typing import Any

import pytest

from coach.scenario.model import Scenario
from coach.score.scorecard import Scorecard
from coach.score.scorer import score
from tests.score.logs import log, posted, said

DUFFEL: dict[str, Any] = {
    "id": "duffel",
    "locale": "en-US",
    "title": "Canvas duffel",
    "category": "home",
    "product": {
        "name": "Heron weekend duffel",
        "price": {"list": 120, "live": 75, "floor": 70, "currency": "USD"},
        "gifts": ["shoe pouch"],
        "stock": 90,
        "facts": {
            "capacity": "38 liters",
            "weight": "1.6 pounds",
            "laptop": "fits a 14 inch laptop",
            "testing": "third party tested",
        },
        "selling_points": [
            {"id": "light", "priority": "P0", "title": "Light", "statement": "It weighs only 1.6 pounds empty",
             "must_facts": ["1.6 pounds"], "aliases": ["light"]},
            {"id": "laptop", "priority": "P0", "title": "Holds a laptop", "must_facts": ["14 inch"],
             "statement": "A padded sleeve holds a 14 inch laptop", "aliases": ["laptop sleeve"]},
        ],
    },
    "viewers": [{"id": "v", "type": "product_skeptic", "name": "Vi"}],
}  # fmt: skip
FLASK: dict[str, Any] = {
    "id": "flask",
    "locale": "zh-CN",
    "title": "焖烧壶",
    "category": "home",
    "product": {
        "name": "南屏焖烧壶",
        "price": {"list": 199, "live": 99, "floor": 95, "currency": "CNY"},
        "stock": 200,
        "facts": {"材质": "316不锈钢内胆", "容量": "800毫升", "重量": "420克", "保温": "10小时还有60度"},
        "selling_points": [
            {"id": "warm", "priority": "P0", "title": "保温久", "statement": "早上装的开水，10小时以后还有60度",
             "must_facts": ["10小时", "60度"], "aliases": ["保温"]},
            {"id": "steel", "priority": "P0", "title": "内胆放心", "statement": "内胆是316不锈钢",
             "must_facts": ["316"], "aliases": ["内胆"]},
            {"id": "leak", "priority": "P1", "title": "不漏水", "statement": "盖子有两道密封圈，倒过来都不漏",
             "must_facts": ["两道密封圈"], "aliases": ["不漏"]},
            {"id": "pure", "priority": "P1", "title": "不含涂层", "statement": "内壁没有涂层",
             "must_facts": ["没有涂层"], "aliases": ["无涂层"]},
        ],
    },
    "viewers": [{"id": "v", "type": "product_skeptic", "name": "小维"}],
}  # fmt: skip


def card(sheet: dict[str, Any], text: str, line: str = "") -> Scorecard:
    asked = [posted(1, line, viewer="v")] if line else []
    return score(Scenario.model_validate(sheet), log(*asked, said(2, 9, text), end=20))


@pytest.mark.parametrize(
    ("sheet", "text"),
    [
        (DUFFEL, "We hung thirty pounds on the strap and it held."),
        (DUFFEL, "I loaded twenty pounds into it for the photo."),
        (DUFFEL, "It can't hold a sixteen inch laptop, just so you know."),
        (DUFFEL, "A sixteen inch laptop will not fit."),
        (DUFFEL, "It hasn't been reviewed by the FDA, it's a bag."),
        (FLASK, "内胆三幺六，钢印在底下"),
        (FLASK, "早上灌的，到下午五点打开还烫手，六十度"),
        (FLASK, "提手上挂了二十斤都没断"),
        (FLASK, "一千毫升的水装不下"),
    ],
)
def test_figures_of_another_thing_contradict_nothing(sheet: dict[str, Any], text: str) -> None:
    assert not card(sheet, text).fact_errors


@pytest.mark.parametrize(
    ("sheet", "text", "facts"),
    [
        (DUFFEL, "It weighs five pounds, and we hung thirty pounds on it.", ["light"]),
        (DUFFEL, "It weighs like a pound, and it holds fifty liters.", ["capacity"]),
        (DUFFEL, "It was reviewed by the FDA.", ["testing"]),
        (FLASK, "这壶轻得像没有一样，容量一千毫升", ["容量"]),
        (FLASK, "下午五点打开，只有三十度", ["warm"]),
        (FLASK, "空壶两百克，挂了二十斤", ["重量"]),
    ],
)
def test_the_product_s_own_are_found_beside_them(sheet: dict[str, Any], text: str, facts: list[str]) -> None:
    assert facts[0] in [error.fact for error in card(sheet, text).fact_errors]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("漏水是吧，漏水的话拍个视频发客服", False),
        ("你才漏水呢", False),
        ("这壶会漏水", True),
        ("这壶有涂层的", True),
        ("你才有涂层", False),
    ],
)
def test_a_complaint_said_back_or_thrown_back_is_no_claim(text: str, wrong: bool) -> None:
    assert bool(card(FLASK, text, "上次买的漏水还掉涂层").fact_errors) == wrong


@pytest.mark.parametrize(
    ("sheet", "text", "said_words"),
    [
        (FLASK, "一百度进去八十度出来", ["一百度进去"]),
        (FLASK, "就剩四个了啊", ["四个"]),
        (DUFFEL, "It weighs four pounds in every color.", ["four pounds"]),
    ],
)
def test_a_wrong_figure_is_shown_once_and_never_cut_in_the_next(
    sheet: dict[str, Any], text: str, said_words: list[str]
) -> None:
    assert [error.said for error in card(sheet, text).fact_errors] == said_words
