from __future__ import annotations

import pytest

from coach.room.question import answers, question_of
from coach.room.reading import read
from coach.scenario.model import Scenario
from tests.room.simulate import shipped

SHIRT, KETTLE = shipped("linen-shirt"), shipped("kettle")


def scenario_for(text: str) -> Scenario:
    return KETTLE if text.isascii() else SHIRT


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("到底多少钱", "price"),
        ("能不能再便宜点", "discount"),
        ("送不送东西啊", "gift"),
        ("什么时候发货", "shipping"),
        ("155 90斤穿什么码", "size"),
        ("有米色吗", "color"),
        ("检测报告发出来看看", "evidence"),
        ("坏了给换吗", "after_sales"),
        ("链接呢 几号", "link"),
        ("是正品吗", "identity"),
        ("会不会缩水", "fact"),
        ("price??", "price"),
        ("can you do 40", "discount"),
        ("any free gift?", "gift"),
        ("when does it ship", "shipping"),
        ("lab report or it didn't happen", "evidence"),
        ("what's the return window", "after_sales"),
        ("link???", "link"),
        ("same thing is 9.99 on another app", "comparison"),
        ("is it all steel inside", "fact"),
    ],
)
def test_what_a_line_asks_about(text: str, topic: str) -> None:
    assert topic in question_of(text, scenario_for(text)).topics


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("80我就拍", 80),
        ("两件150行不行", 75),
        ("150两件", 75),
        ("便宜20", 69),
        ("打九折呗", 80.1),
        ("买一送一吧", 44.5),
        ("送不送东西", None),
        ("155 90斤穿啥", None),
        ("make it 40 and i'm in", 40),
        ("two for 80?", 40),
        ("80 for 2", 40),
        ("knock 20% off", 39.2),
        ("$5 off?", 44),
        ("half price?", 24.5),
        ("any code?", None),
    ],
)
def test_the_price_a_piece_that_is_asked_for(text: str, amount: float | None) -> None:
    scenario = scenario_for(text)
    if amount is None and "155" in text:
        assert not question_of(text, scenario).about("discount")
        return
    assert question_of(text, scenario).amount == (pytest.approx(amount) if amount is not None else None)


@pytest.mark.parametrize(
    ("line", "said", "answered"),
    [
        ("到底多少钱", "今天到手八十九", True),
        ("到底多少钱", "面料是亚麻的", False),
        ("送不送东西啊", "送你一个收纳袋", True),
        ("会不会缩水", "做过预缩，机洗缩水在百分之三以内", True),
        ("几号链接", "三号链接直接拍", True),
        ("price??", "it's forty nine today", True),
        ("price??", "the spout is thin", False),
        ("is it all steel inside", "yes all 304 stainless steel no plastic touching the water", True),
        ("what's the return window", "thirty day free returns", True),
        ("what's the return window", "welcome in everyone", False),
    ],
)
def test_what_answers_it(line: str, said: str, answered: bool) -> None:
    scenario = scenario_for(line)
    assert answers(read(said, scenario), question_of(line, scenario)) is answered


@pytest.mark.parametrize("text", ["", "???", "👍" * 20, "9" * 300, "哈" * 5000, "a " * 3000, "$", "两件", "for 2"])
def test_odd_lines_ask_nothing_that_raises(text: str) -> None:
    for scenario in (SHIRT, KETTLE):
        assert not answers(read("", scenario), question_of(text, scenario))


@pytest.mark.parametrize(
    ("line", "facts"), [("could three of us share one price", ()), ("how do i charge it", ("battery", "charging"))]
)
def test_a_number_alone_asks_for_no_fact(line: str, facts: tuple[str, ...]) -> None:
    assert question_of(line, shipped("lantern")).facts == facts
