from __future__ import annotations

from typing import Any

import pytest

from coach.events import Event
from coach.score.scorecard import Finding, Metric, Scorecard
from coach.score.scorer import score
from coach.score.selling import call_turns, price_turns
from coach.score.timeline import fold
from tests.score.logs import EN, ZH, log, posted, said, scenario, stage

ROUND_ZH = [
    said(0, 8, "欢迎刚进来的姐妹，我是小夏，今天给大家带一件亚麻衬衫，讲清楚好在哪里"),
    said(9, 20, "你看这个面料，百分之五十五亚麻，透气不闷，我给你测一下"),
    said(21, 32, "整件只有180克，很轻，夏天上班穿着没有分量，你们平时穿什么码，打在公屏上"),
    said(33, 44, "平时一百五十九，今天到手八十九，送收纳袋，拍下直接减"),
    said(45, 56, "三号链接，想要的直接拍，三号链接下单就行"),
    said(57, 68, "三号链接还挂着，现在下单今天发"),
]


def card(*events: tuple[float, Event], base: dict[str, Any] = ZH, end: float = 70, **changes: Any) -> Scorecard:
    return score(scenario(base, **changes), log(*events, end=end))


def metric(card: Scorecard, name: str) -> Metric:
    return next(item for item in card.metrics if item.id == name)


def rules(card: Scorecard) -> set[str]:
    return {item.rule for item in card.findings if item.rule.startswith("structure.")}


def finding(card: Scorecard, rule: str) -> Finding:
    return next(item for item in card.findings if item.rule == rule)


def test_a_whole_round_shows_its_stages_in_order_and_is_a_strength() -> None:
    found = card(*ROUND_ZH)
    shown = [stage.id for stage in found.stages]
    assert [name for name in shown if name in ("welcome", "value", "price", "close")] == [
        "welcome", "value", "price", "close",
    ]  # fmt: skip
    assert metric(found, "stages").value == 4
    assert "structure.whole" in rules(found)
    assert all(item.evidence[0].quote in {spoken.event.text for spoken in log(*ROUND_ZH, end=70)
               if spoken.event.type == "utterance_heard"} for item in found.stages)  # fmt: skip


def test_a_pitch_without_price_or_close_says_which_are_missing() -> None:
    found = card(*ROUND_ZH[:3], said(40, 60, "这个面料真的很透气，做工也很细"))
    assert finding(found, "structure.absent").title.zh == "没听到的环节：报价、逼单"


def test_a_close_without_the_number_of_the_link_lacks_it() -> None:
    events = [*ROUND_ZH[:4], said(45, 68, "想要的赶紧下单，拍下就发货，别犹豫")]
    close = next(stage for stage in card(*events).stages if stage.id == "close")
    assert [text.en for text in close.missing] == ["the link's number"]


@pytest.mark.parametrize(
    ("base", "prompt"), [(ZH, "想要哪个颜色打在公屏上"), (EN, "tell me in the comments which pan you use now")]
)
def test_long_without_a_prompt_is_found_where_it_was(base: dict[str, Any], prompt: str) -> None:
    talk = "这块面料是亚麻的" if base is ZH else "this pan holds its heat"
    events = [said(start, start + 9.0, talk) for start in range(0, 290, 10)]
    found = card(*events, base=base, end=290)
    assert metric(found, "prompt_gap").value == 290
    assert "structure.no_prompt" in rules(found)
    asked = card(*events[:15], said(150, 159, prompt), *events[16:], base=base, end=290)
    assert metric(asked, "prompt_gap").value == 150
    assert "structure.no_prompt" not in rules(asked)


def test_a_phrase_in_every_third_utterance_is_overused() -> None:
    plain = ["这块面料摸着软", "领口是双层的", "颜色有三种", "洗了不变形", "袖子可以卷起来", "做工看这里"]
    events = [
        said(at * 10.0, at * 10 + 9.0, ("家人们" if at % 3 == 0 else "") + plain[at % 6] + str(at)) for at in range(12)
    ]
    found = card(*events, end=120)
    assert "家人们" in finding(found, "structure.overused").title.zh
    assert metric(found, "overused_phrase").value == pytest.approx(33.3)


def test_words_of_the_product_are_no_formula() -> None:
    ways = ["亚麻衬衫看这里", "这件亚麻衬衫", "亚麻衬衫的领口", "再看亚麻衬衫", "亚麻衬衫洗法", "说说亚麻衬衫"]
    found = card(*[said(at * 12.0, at * 12 + 9.0, text) for at, text in enumerate(ways)], end=75)
    assert "structure.overused" not in rules(found)


@pytest.mark.parametrize(
    ("first", "second", "quick"),
    [
        ("八十九三号链接", "好，接下来这款是裤子", True),
        ("百分之五十五亚麻透气不闷，整件只有180克很轻", "好，接下来这款是裤子", False),
    ],
)
def test_turning_to_another_product_takes_a_minute_and_two_points(first: str, second: str, quick: bool) -> None:
    start = 70.0
    found = card(said(0, 30, first), said(31, 60, "你看这个面料"), said(start, 75, second), end=80)
    assert ("structure.quick_pass" in rules(found)) is quick
    assert metric(found, "before_switch").value == start


def test_calls_to_order_are_counted_by_phase() -> None:
    found = card(*ROUND_ZH)
    assert metric(found, "calls_to_order").value == 3
    close = metric(found, "calls_close")
    assert close.value is not None
    assert close.value > 1
    assert metric(found, "link_number").value == 2


def test_a_stage_that_comes_late_is_compared_with_the_plan() -> None:
    stages = [{"name": "explain", "until_sec": 20}, {"name": "price"}]
    found = card(*ROUND_ZH[:3], stage(0, "explain"), stage(20, "price"), said(60, 68, "今天到手八十九"), stages=stages)
    assert "price" in finding(found, "structure.late").title.en


def test_a_brief_rehearsal_and_a_drill_have_no_structure_to_see() -> None:
    brief = card(*ROUND_ZH[:2], end=25)
    assert metric(brief, "stages").not_measured is not None
    assert not rules(brief)
    drill = card(*ROUND_ZH, kind="drill", skill="hold_price")
    assert metric(drill, "stages").not_measured is not None
    assert metric(drill, "calls_to_order").value == 3


def test_an_answer_is_the_answering_stage() -> None:
    found = card(*ROUND_ZH[:3], posted(34, "70我就拍"), said(36, 44, "七十给不到，今天就是八十九"), *ROUND_ZH[4:])
    assert "qa" in {stage.id for stage in found.stages}


def test_turns_that_call_or_name_a_price_are_told_by_record() -> None:
    records = log(
        said(1, 5, "这块面料很软"),
        said(6, 9, "平时一百五十九，今天八十九"),
        said(10, 14, "三号链接直接拍"),
        posted(15, "70我就拍"),
        said(16, 18, "七十吧"),
        said(19, 22, "别拍照，现场不让拍"),
        end=30,
    )
    timeline = fold(records)
    handled = score(scenario(), records).handled
    assert call_turns(timeline, scenario()) == [3]
    assert price_turns(timeline, scenario(), handled) == [2, 5]


@pytest.mark.parametrize(
    ("base", "text", "welcomed"),
    [
        (ZH, "才进直播间的姐妹看这边", True),
        (ZH, "宝子们好呀", True),
        (ZH, "新来的家人看这里", True),
        (ZH, "朋友们好多都买过", False),
        (EN, "For those who just came in, look here", True),
        (EN, "if you just walked in, here is the pan", True),
        (EN, "these just came in last week", False),
    ],
)
def test_who_comes_in_is_greeted_in_many_wordings(base: dict[str, Any], text: str, welcomed: bool) -> None:
    found = card(said(1, 5, "welcome 欢迎"), said(150, 155, text), base=base, end=200)
    gap = metric(found, "welcome_gap").value
    assert gap is not None
    assert (gap < 190) is welcomed


@pytest.mark.parametrize("text", ["八十九，收纳袋也一块儿", "八十九，还是那个价"])
def test_a_gift_named_with_the_price_says_what_is_included(text: str) -> None:
    product = {**ZH["product"], "gifts": ["收纳袋"]}
    found = card(*ROUND_ZH[:2], said(35, 60, text), base={**ZH, "product": product})
    price = next(stage for stage in found.stages if stage.id == "price")
    assert ("包含什么" in [item.zh for item in price.missing]) is ("收纳袋" not in text)
