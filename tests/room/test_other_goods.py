"""What other things cost grants nothing, and whoever names a price of their own haggles, whatever they are called."""

from __future__ import annotations

import pytest

from coach.language import language_for
from coach.room.haggling import type_of_untyped
from coach.room.handling import Following, handling
from coach.room.other_goods import others_figures
from tests.room.simulate import shipped

SHIRT, KETTLE = shipped("linen-shirt"), shipped("kettle")


@pytest.mark.parametrize(
    ("said", "others"),
    [
        ("少点一杯奶茶，二十块，三天就回来了", {20}),
        ("一顿火锅都要六十，这件穿三年", {60}),
        ("也就两顿外卖，外卖一顿三十五", {35}),
        ("一个月也就三十块钱的事", {30}),
        ("少打一次车，四十块就省出来了", {40}),
        ("收纳盒单卖也要四十", {40}),
        ("这件衣服六十块", set()),
        ("七十一件，拍吧", set()),
        ("那两件一百二给你", set()),
        ("一杯奶茶的钱我让给你，六十你拍", set()),
        ("单买六十，两件一百一", set()),
        ("it's about three pizzas, forty bucks, and it lasts for years", {40}),
        ("skip a night out, thirty dollars", {30}),
        ("a good teapot costs thirty five", {35}),
        ("you spend thirty on coffee anyway", {30}),
        ("you'd pay twenty just for shipping", {20}),
        ("that's eighteen bucks a month", {18}),
        ("the mug alone is twenty", {20}),
        ("two for seventy, okay", set()),
        ("that's a deal, thirty five bucks", set()),
        ("one is thirty five", set()),
        ("I'll do thirty for a kettle like this", set()),
    ],
)
def test_figures_of_other_goods(said: str, others: set[float]) -> None:
    code = "en" if said.isascii() else "zh"
    numbers = {span.value for span in language_for(code).numbers(said)}
    goods = (KETTLE if code == "en" else SHIRT).product.name
    assert others_figures(said, code, goods) & numbers == others


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("太贵了", "少喝一杯奶茶，二十五块，几天就回来了"),
        ("有点贵", "一顿饭也要七十呢，这件能穿好几年"),
        ("能便宜点吗", "两张电影票一张四十，不也就没了"),
        ("too expensive", "that's two takeout dinners, thirty five bucks, and this lasts"),
        ("pricey", "a nice mug costs twenty two these days"),
        ("any discount?", "skip one lunch out, twenty bucks, and you're nearly there"),
    ],
)
def test_what_other_things_cost_is_not_granted(line: str, said: str) -> None:
    scenario = KETTLE if line.isascii() else SHIRT
    assert not handling(line, "haggler", "answer", [Following(said, 1.0, 5.0)], scenario).below_floor


@pytest.mark.parametrize(
    ("viewer", "line", "said", "below"),
    [
        ("", "60行不行", "行行行，六十给你，我亏着卖", True),
        ("", "两件一百", "两件一百，行吧，你拍", True),
        ("", "太贵了", "那六十，不能再少了", True),
        ("", "60行不行", "六十真做不了，八十九", False),
        ("", "60行吗", "六十我连料子钱都不够", False),
        ("product_skeptic", "六十卖不卖", "卖，六十", True),
        ("", "can you do 30?", "Sure, thirty works.", True),
        ("", "would you take 30", "thirty? okay, deal", True),
        ("", "two for 60", "two for sixty, just for you", True),
        ("", "too pricey", "Fine, thirty bucks, I can't go any lower.", True),
        ("contrarian", "can you do 30?", "Yeah okay, thirty.", True),
        ("trust_skeptic", "two for 60?", "sure, two for sixty", True),
        ("", "what about 30", "Can't do thirty, it's forty-nine for everybody.", False),
        ("", "do you have 30 left?", "yes, thirty left", False),
        ("", "I paid 30 last year", "that was the small one", False),
    ],
)
def test_whoever_names_a_price_haggles(viewer: str, line: str, said: str, below: bool) -> None:
    scenario = KETTLE if line.isascii() else SHIRT
    assert handling(line, viewer, "answer", [Following(said, 1.0, 5.0)], scenario).below_floor is below


@pytest.mark.parametrize(
    ("line", "haggles"),
    [
        ("五十五卖我呗", True),
        ("便宜点", True),
        ("库存还有50吗", False),
        ("隔壁才50", False),
        ("50人在看", False),
        ("how about $40", True),
        ("does it hold 2 liters", False),
        ("amazon has it for 30", False),
    ],
)
def test_only_who_asks_for_less_haggles_untyped(line: str, haggles: bool) -> None:
    assert type_of_untyped("", line, KETTLE if line.isascii() else SHIRT) == ("haggler" if haggles else "")
