from __future__ import annotations

import pytest

from coach.events import Event
from coach.score.scorecard import NamedScore, PressureCard, Scorecard
from coach.score.scorer import score
from tests.score.logs import ZH, log, posted, room, said, said_words, scenario, typed, voiced


def named(card: Scorecard) -> NamedScore:
    return next(item for item in card.scores if item.id == "composure")


def composure(card: Scorecard) -> float | None:
    return named(card).value


def test_three_events_by_hand() -> None:
    records = log(
        posted(10, "不便宜不买", pressure=True),
        said(12, 20, "咱们接着看面料，特别透气"),
        posted(40, "骗子", pressure=True),
        said(42, 50, "爱买不买，反正我不求人"),
        posted(70, "主播不行", pressure=True),
        said(74, 80, "今天天气真好呀"),
        said(99, 100, "这件很轻"),
        end=120,
    )
    card = score(scenario(), records)
    first, second, third = card.pressure
    assert (first.answer_latency_sec, first.return_sec, first.language_control) == (2.0, 2.0, True)
    assert first.score == 100
    # Back only with the point at 99 s; the words cap the event.
    assert (second.slips, second.language_control) == (["爱买不买"], False)
    assert second.return_sec == pytest.approx(59, abs=0.1)
    assert (second.score, second.gate) == (40.0, "language_control")
    # Back after 29 s: z = (29 - 5) / 10 = 2.4, so 1 - 1.4 / 2.5. First word after 4 s: ln 2 over ln 2, full marks.
    assert points(third) == {"return": 44.0, "language": 100.0, "latency": 100.0, "disturbances": 100.0}
    assert third.score == pytest.approx((22 * 44 + 46 * 100) / 68, abs=0.05)
    # 40, 81.9 and 100 lie too far apart for one number.
    result = named(card)
    assert result.value is None
    assert result.interval is not None
    assert (result.interval.low, result.interval.high) == (40, 100)
    assert result.not_measured is not None
    assert "也有和平时明显不同的" in result.not_measured.zh
    assert result.words is not None
    assert result.words.en == "close to your usual"
    assert [point.finding_id for point in card.focus] == [
        "compliance.insult.viewer.4.1",
        "pacing.dead_air.1",  # the slip is about the same words
    ]


def test_like_events_give_a_number_with_its_interval() -> None:
    events = [
        event
        for at in (10, 60, 110, 160)
        for event in (
            posted(at, "主播不行", pressure=True),
            said(at + 2, at + 12, "谢谢提醒，咱们接着看面料，特别透气"),
        )
    ]
    result = named(score(scenario(), log(*events, end=200)))
    assert (result.value, result.not_measured, result.experimental) == (100.0, None, True)
    assert result.interval is not None
    assert (result.interval.low, result.interval.high, result.interval.level) == (100.0, 100.0, 0.8)


def points(card: PressureCard) -> dict[str, float | None]:
    return {row.id: row.score for row in card.features}


def test_under_three_events_there_is_not_enough_evidence() -> None:
    card = score(scenario(), log(posted(10, "骗子", pressure=True), said(12, 20, "咱们接着看面料"), end=60))
    result = next(item for item in card.scores if item.id == "composure")
    assert result.value is None
    assert result.not_measured is not None
    assert "证据不足" in result.not_measured.zh
    assert len(card.pressure) == 1


def test_an_event_with_no_time_left_is_shown_but_not_scored() -> None:
    card = score(scenario(), log(said(1, 9, "这件很透气"), posted(57, "骗子", pressure=True), end=60))
    assert card.pressure[0].score is None


@pytest.mark.parametrize(
    ("events", "latency", "talking"),
    [
        # Spoken on through a danmaku: neither a quick answer nor a slow one.
        ([posted(11, "骗子", pressure=True), said(10, 40, "大家好" * 10 + "这件很透气")], None, True),
        # The same where the recogniser cut the talk in two without a pause.
        ([posted(20, "骗子", pressure=True), said(10, 20.4, "大家好"), said(20.6, 30, "这件很透气")], None, True),
        # Talked over: the line ended because of the streamer.
        ([*voiced(10, 12, "念稿子呢你", heard="念稿", pressure=True), said(11.8, 20, "这件很透气")], None, True),
        # Heard to its end, the answer a moment early, as people do.
        ([*voiced(10, 12, "念稿子呢", pressure=True), said(11.8, 20, "这件很透气")], 0.0, False),
        # Only the last word of a sentence was still to come.
        ([posted(10, "骗子", pressure=True), said(4, 10.5, "大家好"), said(12, 20, "这件很透气")], 2.0, False),
        # The end of the rehearsal stopped the viewer, not the streamer.
        ([said(1, 5, "这件很透气"), *voiced(58, 60, "念稿子呢", heard="念稿", pressure=True)], None, False),
    ],
)
def test_who_was_already_talking_gets_no_answer_time(
    events: list[tuple[float, Event]], latency: float | None, talking: bool
) -> None:
    card = score(scenario(), log(*events, end=60)).pressure[0]
    assert (card.answer_latency_sec, card.already_talking) == (latency, talking)


def test_an_event_talked_through_is_scored_on_the_return_alone() -> None:
    words = [("大家好", 10.0, 11.0), ("这件很透气", 28.5, 29.0)]
    card = score(scenario(), log(posted(11, "骗子", pressure=True), said_words(*words, joint="，"), end=60))
    # z = (17.5 - 5) / 10 = 1.25, so 1 - 0.25 / 2.5 = 0.9 of the return; no time to the first word.
    assert card.pressure[0].return_sec == 17.5
    assert points(card.pressure[0])["return"] == 90.0
    assert "latency" not in points(card.pressure[0])


def test_cutting_a_line_off_with_the_product_is_coming_back_at_once() -> None:
    events = [*voiced(10, 12, "念稿子呢你", heard="念稿", pressure=True), said(11.8, 20, "这件很透气")]
    card = score(scenario(), log(*events, end=60)).pressure[0]
    assert (card.return_sec, card.score) == (0.0, 100.0)


def test_words_said_before_there_was_an_event_are_not_held_against_it() -> None:
    words = [("爱买不买", 4.0, 5.0), ("我开玩笑的", 9.0, 10.0), ("这件很透气", 16.0, 18.0)]
    card = score(scenario(), log(posted(8, "骗子", pressure=True), said_words(*words, joint="，"), end=60))
    assert card.pressure[0].slips == []


def test_the_return_is_timed_by_words_where_they_have_times() -> None:
    words = [("没关系", 12.0, 12.6), ("大家", 13.0, 13.4), ("看链接", 18.0, 18.8)]
    card = score(scenario(), log(posted(10, "骗子", pressure=True), said_words(*words), end=60))
    assert card.pressure[0].return_sec == 8.0


def test_a_falling_room_is_a_pressure_event_without_viewer() -> None:
    card = score(scenario(), log(room(5, 300), room(10, 90, pressure=True), said(12, 20, "看链接"), end=60))
    assert card.pressure[0].viewer_id is None
    assert card.pressure[0].what == "300 → 90"


def test_typing_time_is_not_held_against_anybody() -> None:
    events = [
        event for at in (10, 40, 70) for event in (posted(at, "骗子", pressure=True), typed(at + 9, "这件很透气"))
    ]
    assert composure(score(scenario(), log(*events, end=100))) == 100


def test_no_text_names_a_feeling() -> None:
    records = log(posted(10, "骗子", pressure=True), said(12, 20, "爱买不买"), said(22, 40, "求求你们"), end=60)
    text = score(scenario(), records).model_dump_json()
    for word in ("紧张", "焦虑", "生气", "害怕", "nervous", "anxious", "angry", "afraid"):
        assert word not in text


def test_what_is_said_to_another_viewer_is_not_held_against_this_ones_answer() -> None:
    records = log(
        posted(10, "念稿子呢", viewer="feng", pressure=True),
        said(12, 15, "大风欢迎，咱们接着看面料，特别透气"),
        posted(16, "70我就拍", viewer="mei"),
        said(18, 21, "小美，七十没有，爱买不买"),
        end=60,
    )
    [event] = score(scenario(), records).pressure
    assert (event.slips, event.language_control) == ([], True)
    answered = log(posted(16, "念稿子呢", viewer="feng", pressure=True), said(18, 21, "大风，爱看不看"), end=60)
    assert score(scenario(), answered).pressure[0].slips


def test_going_silent_until_the_next_event_shows_nothing_to_praise() -> None:
    records = log(
        said(8, 12, "这件亚麻衬衫特别透气"),
        posted(10, "主播不行", pressure=True),
        posted(23, "还不说话", pressure=True),
        said(60, 68, "这件很轻"),
        end=90,
    )
    first, second = score(scenario(), records).pressure
    assert (first.already_talking, first.score, first.next) == (True, None, None)
    assert second.score is not None


_SOLD_ON = ("领口袖口都是双线缝的", "洗完抖一抖挂起来就行", "纽扣都是一颗一颗缝上去的")
_TOLD = ("大部分是亚麻，55%，摸着就舒服", "这个用的亚麻占55%，剩下45%是棉", "亚麻为主，55%，配45%的棉")


@pytest.mark.parametrize(
    ("line", "viewer", "answers", "advice"),
    [
        pytest.param("主播真不行", "feng", _TOLD, "Keep doing this.", id="left-alone"),
        pytest.param("这件面料是什么", "an", _SOLD_ON, "This line waited", id="passed-over"),
        pytest.param("这件面料是什么", "an", _TOLD, "Keep doing this.", id="answered"),
    ],
)
def test_advice_at_a_moment_is_not_against_the_ledger(
    line: str, viewer: str, answers: tuple[str, ...], advice: str
) -> None:
    sold_on = answers is _SOLD_ON
    more = ("今天到手89元，一号链接",) * 3 if sold_on else ("整件180克拿在手里没分量", "今天到手89元", "夏天穿不闷汗")
    events = [
        event
        for at, answer, after in zip((10, 60, 110), answers, more, strict=True)
        for event in (
            posted(at, line, viewer=viewer, pressure=True, intent="push" if viewer == "an" else "heckle"),
            said(at + 2, at + 8, answer),
            said(at + 9, at + 16, after),
        )
    ]
    skeptic = {"id": "an", "type": "product_skeptic", "name": "安安", "channel": "chat"}
    card = score(scenario(viewers=[*ZH["viewers"], skeptic]), log(*events, end=150))
    assert [item.next.en[: len(advice)] for item in card.pressure if item.next] == [advice] * 3
    is_praised = any(finding.rule == "composure.back" for finding in card.findings)
    assert is_praised == (advice == "Keep doing this.")


def test_a_slow_return_after_a_line_best_left_alone_asks_for_no_answer() -> None:
    events = [
        event
        for at in (10, 80, 150)
        for event in (
            posted(at, "这不就是地摊货吗骗人的吧", viewer="feng", pressure=True, intent="heckle"),
            said(at + 2, at + 9, "今天天气真好呀大家都吃了吗"),
            said(at + 50, at + 56, "整件180克很轻"),
        )
    ]
    card = score(scenario(), log(*events, end=220))
    assert {line.should for line in card.handled} == {"ignore"}
    assert [item.next.en[:13] for item in card.pressure if item.next] == ["No answer is "] * 3
    (slow,) = (finding for finding in card.findings if finding.rule == "composure.return")
    assert "Leave it alone" in slow.detail.en
