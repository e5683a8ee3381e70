from __future__ import annotations

import pytest

from coach.events import LinePosted
from coach.score.scorecard import HandledLine, Metric, Scorecard
from coach.score.scorer import score
from tests.score.logs import joined, log, posted, said, scenario, typed, voiced


def one(*events: object, end: float = 60.0) -> HandledLine:
    lines = score(scenario(), log(*events, end=end)).handled  # type: ignore[arg-type]
    assert len(lines) == 1
    return lines[0]


def metric(card: Scorecard, name: str) -> Metric:
    return next(item for item in card.metrics if item.id == name)


def test_a_line_shows_its_answer_its_latency_and_both_quotes() -> None:
    line = one(posted(10, "70我就拍"), said(12.5, 16, "七十给不到，今天就是八十九"))
    assert (line.should, line.handled, line.noticed, line.latency_sec, line.in_time) == (
        "answer", "well", True, 2.5, True,
    )  # fmt: skip
    assert [item.speaker for item in line.evidence] == ["viewer", "streamer"]
    assert line.evidence[1].quote == "七十给不到，今天就是八十九"


def test_an_answer_after_twenty_seconds_counts_but_not_as_in_time() -> None:
    line = one(posted(10, "克重多少"), said(35, 39, "克重一百八十克"))
    assert (line.handled, line.in_time, line.latency_sec) == ("well", False, 25.0)


def test_without_times_there_is_no_latency() -> None:
    records = [typed(1, "大家好"), posted(2, "70我就拍"), typed(3, "七十给不到，今天就是八十九")]
    line = one(*records)
    assert line.handled == "well"


def test_a_concession_under_the_floor_is_a_finding_of_its_own() -> None:
    card = score(scenario(), log(posted(10, "70我就拍"), said(12, 15, "行吧，七十给你"), end=30))
    assert card.handled[0].below_floor
    assert metric(card, "below_floor").value == 1
    finding = next(item for item in card.findings if item.rule == "handling.below_floor")
    assert finding.evidence[0].quote == "行吧，七十给你"
    assert card.focus[0].finding_id == "handling.below_floor"


def test_a_troll_left_alone_is_handled_well_and_is_no_missed_line() -> None:
    card = score(
        scenario(), log(joined(1, "feng", "大风", "troll"), posted(10, "念稿子呢", viewer="feng"),
                        said(13, 20, "这件面料是百分之五十五亚麻，特别透气"), end=30)
    )  # fmt: skip
    line = card.handled[0]
    assert (line.should, line.handled, line.in_time) == ("ignore", "well", None)
    assert metric(card, "rightly_ignored").value == 100
    assert metric(card, "noticed").value is None


def test_lines_that_close_ask_for_nothing() -> None:
    records = log(posted(10, "已下单", intent="buy"), said(12, 15, "下一个卖点"), end=30)
    assert score(scenario(), records).handled == []


@pytest.mark.parametrize("name", ["handled_well", "answered_in_time", "answer_latency", "below_floor"])
def test_silence_gives_no_number_but_a_reason(name: str) -> None:
    found = metric(score(scenario(), log(posted(10, "70我就拍"), end=30)), name)
    assert found.value is None
    assert found.not_measured is not None


def test_what_a_viewer_replies_to_is_no_answer_to_that_viewer() -> None:
    events = [
        posted(5, "有点贵"),
        typed(20, "行吧，七十给你"),
        (20.1, LinePosted(line_id="l", viewer_id="mei", text="再便宜点", intent="push", reply_to="u20")),
        typed(30, "七十给不到，今天就是八十九"),
    ]
    first, second = score(scenario(), log(*events, end=40)).handled
    assert (first.below_floor, first.latency_sec) == (True, 15.0)
    assert (second.below_floor, second.latency_sec) == (False, 9.9)


def test_what_is_typed_is_there_before_a_line_that_comes_right_after() -> None:
    events = [typed(19.9, "行吧，七十给你"), posted(20, "70我就拍"), typed(30, "七十给不到，今天就是八十九")]
    line = one(*events)
    assert (line.below_floor, line.latency_sec) == (False, 10.0)


def test_one_price_under_the_floor_counts_once_whoever_it_answers() -> None:
    events = [posted(10, "70我就拍"), posted(10.5, "70行不行"), said(12, 15, "行吧，七十给你")]
    card = score(scenario(), log(*events, end=30))
    assert [line.below_floor for line in card.handled] == [True, True]
    assert metric(card, "below_floor").value == 1


def test_a_remark_on_silence_asks_for_nothing() -> None:
    assert not score(scenario(), log(said(1, 5, "大家好"), posted(10, "卡了吗", intent="silence"), end=60)).handled


def test_what_begins_with_somebody_elses_name_answers_them() -> None:
    card = score(
        scenario(),
        log(joined(1, "mei", "小美", "haggler"), joined(1, "chen", "老陈", "product_skeptic"),
            posted(10, "别家还送个发圈呢", viewer="mei"), posted(12, "会不会缩水啊", viewer="chen"),
            said(14, 20, "老陈，不会的，做过预缩，吊牌上写着百分之三以内"), end=60),
    )  # fmt: skip
    assert [line.handled for line in card.handled] == ["unanswered", "well"]


def test_an_answer_to_a_name_is_one_wherever_it_comes() -> None:
    card = score(
        scenario(),
        log(joined(1, "dan", "点点", "impatient"), posted(10, "到底多少钱啊", viewer="dan"),
            said(11, 15, "领子是小立领，袖子可以卷起来穿"), said(16, 20, "扣子是贝壳扣，每颗都是手工缝的"),
            posted(21, "颜色好看", viewer="dan", intent="thank"), said(22, 26, "点点，八十九，一号链接"), end=60),
    )  # fmt: skip
    assert card.handled[0].handled == "well"


def test_signs_without_words_answer_nothing() -> None:
    line = one(joined(1, "chen", "老陈", "product_skeptic"), posted(10, "克重到底是多少", viewer="chen"),
               typed(12, "😀😀👍"), said(20, 26, "老陈，克重是一百八十克"))  # fmt: skip
    assert line.handled == "well"


def test_a_transcripts_greeting_or_order_waits_for_no_answer() -> None:
    records = log(posted(10, "来了来了 1"), posted(14, "拍了 米白 M"), said(25, 29, "领子是小立领，袖子可以卷"), end=60)
    assert not [line for line in score(scenario(), records).handled if line.handled == "unanswered"]


@pytest.mark.parametrize("sign", ["1", "扣1", "666"])
def test_a_show_of_hands_is_no_question_that_was_answered(sign: str) -> None:
    records = log(joined(1, "mei", "小美", ""), posted(10, sign), said(12, 18, "小美，克重是一百八十克"), end=60)
    card = score(scenario(), records)
    assert card.handled == []
    assert "handling.well" not in {item.rule for item in card.findings}


def test_the_answer_to_a_line_cut_off_is_not_held_up_as_well_met() -> None:
    beginning = joined(1, "feng", "大风", "haggler")
    for heard, praised in (("70我就", False), (None, True)):
        line = voiced(10, 12, "70我就拍两件", heard=heard)
        card = score(scenario(), log(beginning, *line, said(13, 17, "七十给不到，今天就是八十九"), end=40))
        assert card.handled[0].handled == "well"
        assert ("handling.well" in {item.rule for item in card.findings}) is praised, heard
