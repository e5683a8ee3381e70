"""Facts of the sheet beside the selling points, as the reader hears them."""

from __future__ import annotations

import pytest

from coach.scenario.model import Scenario
from coach.score.scorecard import FactError
from coach.score.scorer import score
from tests.score.logs import log, posted, said

FACTS = {
    "zh-CN": {
        "规格": "一盒12包，共360克",
        "产地": "浙江杭州",
        "电磁炉": "不能用",
        "颜色": "雾灰、奶白",
        "退换": "拆封不退",
        "包装": "牛皮纸袋",
    },
    "en-US": {
        "capacity": "0.9 liters",
        "made in": "Portland, Oregon",
        "stoves": "gas and ceramic, not induction",
        "colors": "slate and cream",
        "in the box": "kettle, lid, manual",
        "ships": "in two days",
    },
}


def scenario(locale: str) -> Scenario:
    name, currency = ("慢火壶", "CNY") if locale == "zh-CN" else ("Slow kettle", "USD")
    point = {"id": "grip", "priority": "P0", "title": "不烫手" if locale == "zh-CN" else "Cool grip"}
    price = {"list": 299, "live": 199, "floor": 189, "currency": currency}
    return Scenario.model_validate(
        {
            "id": "rows",
            "locale": locale,
            "title": name,
            "category": "home",
            "product": {"name": name, "price": price, "facts": FACTS[locale], "selling_points": [point]},
            "viewers": [{"id": "v", "type": "product_skeptic", "name": "v"}],
        }
    )


def errors(locale: str, text: str, ask: str = "") -> list[FactError]:
    asked = [posted(1, ask, viewer="v")] if ask else []
    return score(scenario(locale), log(*asked, said(3, 9, text), end=60)).fact_errors


@pytest.mark.parametrize(
    ("locale", "ask", "text", "fact"),
    [
        ("zh-CN", "", "拆了也给退，七天都行", "退换"),
        ("zh-CN", "电磁炉能用吗", "可以的呀，都能用", "电磁炉"),
        ("zh-CN", "", "它的外包装是铁盒的", "包装"),
        ("en-US", "", "these are all made over in Korea", "made in"),
        ("en-US", "does it work on induction", "yep, totally fine, any stove", "stoves"),
        ("en-US", "", "it ships in three weeks, sorry", "ships"),
    ],
)
def test_what_contradicts_a_fact_is_told_with_the_truth(locale: str, ask: str, text: str, fact: str) -> None:
    found = errors(locale, text, ask)
    assert [(error.fact, error.truth) for error in found] == [(fact, FACTS[locale][fact])]
    assert found[0].evidence.quote in text


@pytest.mark.parametrize(
    ("locale", "ask", "text"),
    [
        ("zh-CN", "", "杭州发出来的，浙江本地的厂"),
        ("zh-CN", "电磁炉能用吗", "电磁炉不行哦"),
        ("zh-CN", "电磁炉能用吗", "家人们左上角福袋点一点，三分钟开奖"),
        ("zh-CN", "", "我家以前那个是粉色的，别的牌子"),
        ("en-US", "does it work on induction", "no, sorry, gas or ceramic only"),
        ("en-US", "does it work on induction", "hi everybody, welcome, two minutes to go"),
        ("en-US", "", "it's from Oregon, up in Portland"),
        ("en-US", "", "my old one was pink, another brand"),
        ("en-US", "", "give me two days and it's on its way"),
    ],
)
def test_what_agrees_or_is_of_something_else_is_none(locale: str, ask: str, text: str) -> None:
    assert errors(locale, text, ask) == []


def test_a_question_of_long_ago_is_not_what_is_answered() -> None:
    asked = posted(1, "电磁炉能用吗", viewer="v")
    assert score(scenario("zh-CN"), log(asked, said(90, 95, "可以的呀，都能用"), end=120)).fact_errors == []


@pytest.mark.parametrize(
    ("locale", "wrong", "right", "fact"),
    [
        ("zh-CN", "拆了也给退，七天都行", "哎说错了，拆封了不退的", "退换"),
        (
            "en-US",
            "these are all made over in Korea",
            "sorry, I was wrong, they're made in Portland, Oregon",
            "made in",
        ),
    ],
)
def test_what_is_taken_back_is_told_as_put_right(locale: str, wrong: str, right: str, fact: str) -> None:
    found = score(scenario(locale), log(said(3, 9, wrong), said(10, 16, right), end=60)).fact_errors
    assert [(error.fact, error.corrected) for error in found] == [(fact, True)]


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("zh-CN", "大家好，欢迎新来的，拆封了也一样给退的，今天心情不错"),
        ("en-US", "hi everybody, so glad you made it, these are all made over in Korea, tap that follow button"),
    ],
)
def test_chat_around_it_hides_nothing(locale: str, text: str) -> None:
    assert len(errors(locale, text)) == 1


def test_what_is_said_again_is_told_once() -> None:
    turns = [said(10 * at + 3, 10 * at + 9, "拆了也给退，七天都行") for at in range(8)]
    assert len(score(scenario("zh-CN"), log(*turns, end=90)).fact_errors) == 1
