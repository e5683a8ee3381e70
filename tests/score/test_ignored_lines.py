"""Lines that a streamer sells on over: what is said next is no answer for coming next."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from coach.scenario.load import load_scenario
from coach.score.scorer import score
from tests.score.logs import joined, log, posted, said

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
LINES: dict[str, Sequence[tuple[str, str, str, str]]] = {
    "zh-CN/apparel/linen-shirt.yaml": [
        (
            "haggler",
            "两件一百二卖不卖",
            "一百二真给不到，今天这个价已经到底了",
            "它是亚麻混棉的，夏天穿特别透气，不贴身",
        ),
        ("haggler", "70我就拍", "七十给不到，今天就是直播价", "领子是小立领，袖子可以卷起来穿"),
        (
            "product_skeptic",
            "亚麻是不是一洗就皱",
            "亚麻都会有一点皱，挂起来喷点水就平了",
            "扣子是贝壳扣，每颗都是手工缝的",
        ),
        ("product_skeptic", "会不会扎皮肤", "不扎的，里面混了棉，摸着是软的", "下单以后四十八小时之内就发货"),
        ("trust_skeptic", "评论都是刷的吧", "评论都能看到买家的图，您自己翻一翻", "这个颜色有白的、有蓝的，都很好搭"),
        ("impatient", "多少钱啊快说", "八十九，点一号链接就行", "袖长是七分的，做家务也不碍事"),
    ],
    "en-US/home/kettle.yaml": [
        (
            "haggler",
            "do it for 30 and i'm in",
            "I can't do thirty, forty nine is the lowest tonight",
            "the handle stays cool so you can pour right away",
        ),
        (
            "haggler",
            "last stream gave 20% off",
            "No discount on top today, the live price is the price",
            "it's one point seven liters, enough for a whole family",
        ),
        (
            "product_skeptic",
            "does the inside rust",
            "It's stainless steel inside, it doesn't rust",
            "we ship within two days and the box is really sturdy",
        ),
        (
            "product_skeptic",
            "how loud is it",
            "You hear it when it boils, about like any other kettle",
            "and the cord tucks away underneath the base",
        ),
        (
            "trust_skeptic",
            "are these reviews even real",
            "They're from verified buyers, you can open each one and look",
            "it comes in black and in white, both are lovely",
        ),
        (
            "impatient",
            "where is the link???",
            "Link one, right under the video",
            "the lid opens wide so cleaning is easy",
        ),
    ],
}
CASES = [(name, *line) for name, lines in LINES.items() for line in lines]
TAKEN_FOR_ONE = pytest.mark.xfail(reason="the reader does not see that it is of something else")
_MARKS = {
    "the handle stays cool so you can pour right away": TAKEN_FOR_ONE,
    "下单以后四十八小时之内就发货": TAKEN_FOR_ONE,
    "it's one point seven liters, enough for a whole family": TAKEN_FOR_ONE,
}
"""What is still taken wrongly."""


def cases(place: int) -> list[object]:
    """Return scenario, viewer and line of each case, with its answer (3) or with what is sold on with (4)."""
    return [pytest.param(*case[:3], case[place], marks=_MARKS.get(case[place], ())) for case in CASES]


def handled(name: str, viewer: str, line: str, words: str) -> str:
    scenario = load_scenario(SCENARIOS / name).scenario
    records = log(joined(1, "one", "Lee", viewer), posted(10, line, viewer="one"), said(12, 17, words), end=60)
    [found] = score(scenario, records).handled
    return found.handled


@pytest.mark.parametrize(("name", "viewer", "line", "answer"), cases(3))
def test_who_is_answered_is_not_told_to_be_ignored(name: str, viewer: str, line: str, answer: str) -> None:
    assert handled(name, viewer, line, answer) != "unanswered"


@pytest.mark.parametrize(("name", "viewer", "line", "selling"), cases(4))
def test_selling_on_is_no_good_answer(name: str, viewer: str, line: str, selling: str) -> None:
    assert handled(name, viewer, line, selling) != "well"
