"""The price of the day: said, in time, and again."""

from __future__ import annotations

from typing import Any

import pytest

from coach.events import Event
from coach.score.scorecard import Metric, Scorecard
from coach.score.scorer import score
from tests.score.logs import EN, ZH, log, posted, said, scenario


def metric(card: Scorecard, name: str) -> Metric:
    return next(item for item in card.metrics if item.id == name)


def rules(card: Scorecard) -> set[str]:
    return {item.rule for item in card.findings if item.rule.startswith("price.")}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("今天到手八十九块", 1),
        ("今天到手只要89元", 1),
        ("平时一百五十九", 0),  # the usual price is not what is paid
        ("八十九克很轻", 0),
        ("欢迎新来的朋友", 0),
    ],
)
def test_the_price_of_the_day_counts(text: str, count: int) -> None:
    assert metric(score(scenario(), log(said(3, 9, text), end=90)), "price_said").value == count


QUESTION = posted(20, "多少钱")


@pytest.mark.parametrize(
    ("lines", "value", "late"),
    [
        ([QUESTION, said(25, 30, "今天到手八十九块")], 5, False),
        ([QUESTION, said(25, 30, "这件很透气"), said(45, 50, "今天到手八十九块")], 25, True),
        ([QUESTION, said(25, 30, "这件很透气")], None, True),
        ([said(19, 30, "今天到手八十九块"), posted(20, "多少钱")], 0, False),  # it was being said
        ([said(25, 30, "今天到手八十九块")], None, False),  # nobody asked
    ],
)
def test_a_question_for_the_price_is_answered_within_twenty_seconds(
    lines: list[tuple[float, Event]], value: float | None, late: bool
) -> None:
    card = score(scenario(), log(*lines, end=90))
    found = metric(card, "price_answer")
    assert found.value == value
    assert ("price.late" in rules(card)) == late


def test_the_late_answer_quotes_the_question() -> None:
    card = score(scenario(), log(QUESTION, said(25, 30, "这件很透气"), end=90))
    found = next(item for item in card.findings if item.rule == "price.late")
    assert (found.evidence[0].quote, found.evidence[0].start) == ("多少钱", 20)


@pytest.mark.parametrize(
    ("starts", "end", "gap", "rare"),
    [
        ([10, 100, 200], 300, 97, False),
        ([10, 200], 300, 187, True),
        ([10], 140, 127, True),
        ([10], 100, 87, False),
    ],
)
def test_the_price_comes_again_every_two_minutes(starts: list[float], end: float, gap: float, rare: bool) -> None:
    lines = [said(start, start + 3, "it's thirty six dollars today") for start in starts]
    card = score(scenario(EN), log(*lines, end=end))
    assert metric(card, "price_gap").value == gap
    assert ("price.rare" in rules(card)) == rare


def test_a_price_that_never_came_is_told_in_a_rehearsal_of_a_minute() -> None:
    short = score(scenario(), log(said(3, 9, "这件很透气"), end=50))
    whole = score(scenario(), log(said(3, 9, "这件很透气"), end=90))
    assert rules(short) == set()
    assert rules(whole) == {"price.never"}
    assert metric(whole, "price_gap").not_measured is not None


@pytest.mark.parametrize(
    ("base", "line", "asks"),
    [
        (ZH, "多少钱", True),
        (ZH, "价格呢", True),
        (ZH, "这件到手价", True),
        (ZH, "什么价格啊", True),
        (ZH, "上周看的价格好像低一点", False),
        (ZH, "价格有点高", False),
        (ZH, "能便宜多少钱", False),
        (EN, "price??", True),
        (EN, "how much is it", True),
        (EN, "What's the price for two?", True),
        (EN, "so what does it cost", True),
        (EN, "give us a team price", False),
        (EN, "that price is steep", False),
        (EN, "how much off", False),
        (ZH, "价钱", True),
        (ZH, "多少米啊", True),
        (ZH, "这个咋卖", True),
        (ZH, "求个价", True),
        (ZH, "两件多少", True),
        (ZH, "包邮多少钱", True),
        (ZH, "价格是不是太高了", False),
        (ZH, "这价格是直播间专享吗", False),
        (ZH, "运费多少钱", False),
        (ZH, "比别家贵多少", False),
        (EN, "prices?", True),
        (EN, "plz price", True),
        (EN, "Current price?", True),
        (EN, "price for two?", True),
        (EN, "What is it, and how much?", True),
        (EN, "How much with shipping?", True),
        (EN, "how much is the shipping", False),
        (EN, "What's the shipping cost?", False),
        (EN, "the price is crazy?", False),
        (EN, "what is your price match policy", False),
        (EN, "how much longer", False),
    ],
)
def test_who_haggles_or_remarks_on_the_price_does_not_ask_for_it(base: dict[str, Any], line: str, asks: bool) -> None:
    card = score(scenario(base), log(posted(20, line), said(50, 53, "ok"), end=90))
    assert ("price.late" in rules(card)) is asks


@pytest.mark.parametrize(
    ("base", "records"),
    [
        (ZH, [said(5, 9, "今天到手八十九"), posted(22, "多少钱")]),
        (EN, [posted(20, "what's the price for two?"), said(23, 27, "Two would be 72, same price each.")]),
        (ZH, [posted(20, "两件多少钱"), said(23, 27, "两件的话一百七十八")]),
    ],
)
def test_a_price_said_just_before_or_for_so_many_pieces_answers(
    base: dict[str, Any], records: list[tuple[float, Event]]
) -> None:
    card = score(scenario(base), log(*records, end=90))
    assert "price.late" not in rules(card)
    assert metric(card, "price_answer").verdict == "in_band"


def test_a_price_that_did_not_come_after_the_question_has_no_verdict_without_a_value() -> None:
    card = score(scenario(), log(said(2, 5, "今天到手八十九"), posted(40, "多少钱"), end=90))
    found = metric(card, "price_answer")
    assert (found.value, found.verdict) == (None, "none")
    assert found.not_measured is not None
    assert found.not_measured.zh == "问价之后没有报价。"


@pytest.mark.parametrize(
    ("base", "text", "count"),
    [
        (EN, "two would be 72", 1),
        (EN, "two is seventy two dollars", 1),
        (EN, "it is 4 ounces, that is 144 g", 0),
        (EN, "it comes with 3 lids and lasts 108 days", 0),
        (ZH, "两件178", 1),
        (ZH, "两个口袋，178克", 0),
        (ZH, "两件到手一百七十八块", 1),
    ],
)
def test_a_sum_for_several_is_money_and_no_measure(base: dict[str, Any], text: str, count: int) -> None:
    assert metric(score(scenario(base), log(said(3, 9, text), end=90)), "price_said").value == count


def test_metres_are_no_money_where_the_product_is_measured_in_them() -> None:
    sheet = {**ZH["product"], "facts": {"线长": "2米"}}
    card = score(scenario(product=sheet), log(posted(20, "多少米"), said(50, 53, "两米的"), end=90))
    assert "price.late" not in rules(card)
