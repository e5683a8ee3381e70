"""What is chosen to work on, and with what material."""

from __future__ import annotations

from typing import Any

import pytest

from coach.score.clip import clip_of
from coach.score.focus import choose_focus, choose_strength
from coach.score.material import Material
from coach.score.scorecard import ComplianceFinding, Evidence, FactError, Finding, Text
from coach.score.scorer import score
from coach.score.timeline import fold
from tests.score.logs import EN, log, said, scenario

T = Text(zh="话", en="word")


def finding(rule: str, panel: str, weight: float, *, name: str = "", **more: Any) -> Finding:
    return Finding.model_validate(
        {
            "id": name or rule,
            "rule": rule,
            "panel": panel,
            "tone": "practise",
            "title": T,
            "detail": T,
            "weight": weight,
            **more,
        }
    )


def illegal(severity: str, name: str = "compliance.absolute") -> ComplianceFinding:
    return ComplianceFinding.model_validate(
        {
            "id": name,
            "rule": name,
            "category": "absolute",
            "severity": severity,
            "term": "最好",
            "evidence": Evidence(quote="全网最好"),
            "why": T,
            "rewrite": "我自己很喜欢",
        }
    )


FILLERS = finding("pacing.fillers", "skill", 0.9)
MISS = finding("coverage.miss", "knowledge", 0.8, name="coverage.breathable")
WRONG = finding("coverage.misstated", "knowledge", 0.4, name="coverage.light")
FLOOR = finding("handling.below_floor", "persuasion", 0.5)
BADLY = finding("handling.badly_answered", "persuasion", 0.4)
BANNED = finding("compliance.absolute", "compliance", 0.35)


@pytest.mark.parametrize(
    ("found", "severity", "chosen"),
    [
        ([FILLERS, BANNED, FLOOR], "H", [BANNED, FLOOR]),
        ([FILLERS, BANNED, FLOOR], "M", [FLOOR, FILLERS]),
        ([FILLERS, WRONG, BADLY], "M", [WRONG, BADLY]),
        ([FLOOR, BADLY, FILLERS], "M", [FLOOR, FILLERS]),  # not the same panel twice
        ([MISS, WRONG], "M", [WRONG, MISS]),  # unless there is no other
        ([FILLERS], "M", [FILLERS]),
        ([], "M", []),
    ],
)
def test_the_gravest_comes_first_and_the_second_from_another_panel(
    found: list[Finding], severity: str, chosen: list[Finding]
) -> None:
    points = choose_focus(found, scenario(), compliance=[illegal(severity)])
    assert [point.finding_id for point in points] == [item.id for item in chosen]


def test_a_finding_marked_wrong_is_passed_over() -> None:
    points = choose_focus([FILLERS, FLOOR], scenario(), wrong={"handling.below_floor"})
    assert [point.finding_id for point in points] == ["pacing.fillers"]


def test_marks_reach_the_focus_through_the_scorer() -> None:
    records = log(said(1, 20, "欢迎新来的姐妹今天给大家看一件亚麻衬衫"), end=60)
    first = score(scenario(), records)
    again = score(scenario(), records, marks={point.finding_id: "wrong" for point in first.focus})
    assert first.focus
    assert not {point.finding_id for point in first.focus} & {point.finding_id for point in again.focus}
    assert again.marks == {point.finding_id: "wrong" for point in first.focus}
    assert again.findings == first.findings


def test_a_banned_word_is_answered_with_the_rules_own_rewrite() -> None:
    (point,) = choose_focus([BANNED], scenario(), compliance=[illegal("H")])
    assert (point.better_line, point.drill_id) == ("我自己很喜欢。", "say_it_cleanly")


def test_a_wrong_figure_is_put_right_in_the_streamers_own_sentence() -> None:
    quote = Evidence(quote="这件只有150克拿着没分量", start=3, end=6, seq=4)
    wrong = finding("coverage.misstated", "knowledge", 0.6, name="coverage.light", evidence=[quote])
    error = FactError(fact="light", said="150克", truth="180克", evidence=quote)
    (point,) = choose_focus([wrong], scenario(), fact_errors=[error])
    assert point.better_line == "这件只有180克拿着没分量。"
    assert point.drill_id == "say_facts"


@pytest.mark.parametrize(
    ("fact", "said_as", "truth", "better"),
    [
        (
            "light",
            "很轻",
            "180克",
            "整件只有180克，拿在手里没有分量。",
        ),  # no figure to swap: the point as the sheet has it
        ("面料", "纯棉", "55%亚麻 45%棉", "我更正一下，面料：55%亚麻 45%棉。"),
        ("price", "99块", "89", "平时159，今天直播间到手89。"),
        ("claims", "抗菌", "商品信息里没有这一条", "刚才有一句我说得不准，以商品信息为准。"),
    ],
)
def test_what_cannot_be_swapped_is_said_anew(fact: str, said_as: str, truth: str, better: str) -> None:
    quote = Evidence(quote=f"这件{said_as}的大家可以看看", start=3, end=6, seq=4)
    wrong = finding("facts.wrong", "knowledge", 0.6, name=f"facts.{fact}", evidence=[quote])
    (point,) = choose_focus(
        [wrong], scenario(), fact_errors=[FactError(fact=fact, said=said_as, truth=truth, evidence=quote)]
    )
    assert point.better_line == better


@pytest.mark.parametrize(
    ("asked", "better"),
    [
        ("这个多少克啊重不重", "问得好，我直接说：克重是180克。"),
        ("面料是什么", "问得好，我直接说：面料是55%亚麻 45%棉。"),
        ("今天多少钱", "问得好，我直接说：平时159，今天直播间到手89。"),
        ("发什么快递呀", "这个我现在说不准，我去确认，两分钟内当着大家回你。"),
    ],
)
def test_a_vague_answer_is_put_right_by_what_the_sheet_answers(asked: str, better: str) -> None:
    quotes = [Evidence(quote="应该还行吧", start=3, end=6, seq=4), Evidence(quote=asked, speaker="viewer", seq=3)]
    (point,) = choose_focus([finding("handling.weak", "persuasion", 0.5, evidence=quotes)], scenario())
    assert point.better_line == better


@pytest.mark.parametrize(
    ("asked", "said", "better"),
    [
        ("怎么买", "小黄车", "问得好，我直接说：小黄车里点开就能拍，平时159，今天直播间到手89。"),
        ("也太贵了吧", "就这个价", "问得好，我直接说：平时159，今天直播间到手89。"),
        ("衣服都会缩的", "我们这个才180克", "问得好，我直接说：整件只有180克，拿在手里没有分量。"),
        ("衣服都会缩的", "应该还好吧，才180克", "这个我现在说不准，我去确认，两分钟内当着大家回你。"),
        (
            "我13岁 能买吗",
            "嗯，你看着办",
            "先别急着拍。未成年请家长来看，过敏先看配料表，孕期或吃药的先问医生，合适了再来。",
        ),
        (
            "上次买的开线 客服不理我",
            "哦，发给客服",
            "对不起，让你久等了。订单号发给店铺客服，我盯着，今天给你答复。",
        ),
    ],
)
def test_a_better_line_is_of_the_sheet_where_the_streamer_knew(asked: str, said: str, better: str) -> None:
    quotes = [Evidence(quote=said, start=3, end=6, seq=4), Evidence(quote=asked, speaker="viewer", seq=3)]
    (point,) = choose_focus([finding("handling.weak", "persuasion", 0.5, evidence=quotes)], scenario())
    assert point.better_line == better


def test_two_points_are_not_about_the_same_words_where_there_are_others() -> None:
    same = [Evidence(quote="全网最好", start=3, end=6, seq=4)]
    other = [Evidence(quote="应该吧", start=9, end=11, seq=7)]
    banned = finding("compliance.absolute", "compliance", 0.9, evidence=same)
    hurt = finding("handling.badly_answered", "persuasion", 0.8, evidence=same)
    vague = finding("pacing.fillers", "skill", 0.5, evidence=other)
    points = choose_focus([banned, hurt, vague], scenario(), compliance=[illegal("H")])
    assert [point.finding_id for point in points] == ["compliance.absolute", "pacing.fillers"]


def test_words_found_fault_with_are_not_praised() -> None:
    cured = [Evidence(quote="it cured my back", start=3, end=6, seq=4)]
    plain = [Evidence(quote="two kilos", start=9, end=11, seq=7)]
    banned = finding("compliance.medical", "compliance", 0.9, evidence=cured)
    steady = finding("composure.steady", "composure", 0.8, tone="strength", evidence=cured)
    light = finding("coverage.hit", "knowledge", 0.5, tone="strength", evidence=plain)
    timeline = fold(log(said(3, 6, "it cured my back"), end=12))
    assert choose_strength([banned, steady, light], timeline, {4}) == light
    assert choose_strength([banned, steady], timeline, {4, timeline.worded[0].seq}) is None


@pytest.mark.parametrize(
    ("base", "harsh", "plain"),
    [
        ("zh", "谁跟你说的两百件，你爱信不信，别在这儿影响别人，走就走呗", "这件有三个颜色"),
        (
            "en",
            "It lasts forever, guaranteed, it's the best skillet in the world, and it cures everything",
            "it is red",
        ),
        ("en", "Say that again and I'll find out where you live, I'm so tired of every one of you", "it is red"),
    ],
)
def test_the_longest_is_shown_only_of_those_with_nothing_to_mend(base: str, harsh: str, plain: str) -> None:
    material = scenario(EN) if base == "en" else scenario()
    told = score(material, log(said(1, 4, harsh), said(14, 16, plain), end=30))
    assert told.strength is None or told.strength.evidence[0].quote == plain
    assert score(material, log(said(1, 4, harsh), end=30)).strength is None


def test_a_point_half_said_and_said_once_is_one_thing_to_practise() -> None:
    half = finding("coverage.partial", "knowledge", 0.6, name="coverage.light")
    once = finding("cadence.core", "skill", 0.3, name="cadence.core.light")
    other = finding("cadence.core", "skill", 0.3, name="cadence.core.warm")
    assert [point.finding_id for point in choose_focus([half, once], scenario())] == ["coverage.light"]
    assert [point.finding_id for point in choose_focus([half, once, other], scenario())] == [half.id, other.id]


def test_a_line_does_not_name_its_figure_twice() -> None:
    points = [
        {"id": "load", "priority": "P0", "title": "8 to 33 pounds",
         "must_facts": ["8 pounds", "33 pounds", "no insert"],
         "statement": "carries a baby from 8 to 33 pounds with no separate insert"},
    ]  # fmt: skip
    product = {**EN["product"], "selling_points": points}
    line = Material(scenario(EN, product=product)).lead_line()
    assert line == "carries a baby from 8 to 33 pounds with no separate insert"


def test_half_a_point_is_completed_in_the_streamers_own_words() -> None:
    quote = Evidence(quote="夏天穿特别凉快，", start=3, end=6, seq=4)
    half = finding("coverage.partial", "knowledge", 0.6, name="coverage.breathable", evidence=[quote])
    (point,) = choose_focus([half], scenario())
    assert point.better_line == "夏天穿特别凉快，具体是55%亚麻。"


@pytest.mark.parametrize(
    ("base", "quote", "better"),
    [
        ("zh", "嗯那个这件衣服呃真的很轻", "这件衣服真的很轻。"),
        ("en", "um so this pan uh holds its heat for an hour", "So this pan holds its heat for an hour."),
    ],
)
def test_fillers_are_taken_out_of_the_streamers_own_sentence(base: str, quote: str, better: str) -> None:
    told = finding("pacing.fillers", "skill", 0.6, evidence=[Evidence(quote=quote, start=1, end=4)])
    (point,) = choose_focus([told], scenario(EN) if base == "en" else scenario())
    assert point.better_line == better


S = {"speaker": "streamer"}
V = {"speaker": "viewer"}


@pytest.mark.parametrize(
    ("evidence", "clip"),
    [
        ([Evidence(quote="a", start=10, end=14)], (9.0, 15.5)),
        ([Evidence(quote="a", start=0.4, end=14)], (0.0, 15.5)),
        ([Evidence(quote="a", start=57, end=59.5)], (56.0, 60.0)),  # the recording ends
        ([Evidence(quote="a", start=10, end=90)], (9.0, 39.0)),  # not longer than 30 s
        ([Evidence(quote="a", start=20, end=24), Evidence(quote="b", start=15, speaker="viewer")], (14.0, 25.5)),
        ([Evidence(quote="a", start=50, end=54), Evidence(quote="b", start=15, speaker="viewer")], (49.0, 55.5)),
        ([Evidence(quote="b", start=15, speaker="viewer")], (14.0, 19.5)),
        ([Evidence(quote="typed", start=10, end=10)], (None, None)),
        ([Evidence(quote="no times")], (None, None)),
        ([], (None, None)),
    ],
)
def test_a_clip_holds_the_line_its_answer_and_some_room(
    evidence: list[Evidence], clip: tuple[float | None, float | None]
) -> None:
    assert clip_of(evidence, 60.0) == clip
