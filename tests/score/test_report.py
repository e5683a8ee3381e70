from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from coach.errors import InputError
from coach.score.mentor import (
    MentorComment,
    MentorDebrief,
    MentorFocus,
    MentorReview,
    MentorReviewed,
    MentorScore,
)
from coach.score.report import render
from coach.score.scorecard import (
    ComplianceFinding,
    Evidence,
    FactError,
    FocusState,
    Interval,
    JudgedItem,
    NamedScore,
    Overall,
    PressureCard,
    PressureFeature,
    Scorecard,
    StageShown,
    Stretch,
    Text,
)
from coach.score.scorer import score
from coach.score.wording import clock, excerpt
from tests.score.logs import joined, log, posted, said, scenario, voiced

EVIL = '<script>alert("x")</script>'


def card() -> Scorecard:
    records = log(
        joined(0, "mei", EVIL),
        said(1, 20, "欢迎新来的姐妹今天给大家看一件特别透气的亚麻衬衫百分之五十五的亚麻"),
        posted(21, f"骗子 {EVIL}", pressure=True),
        said(24, 45, f"没关系咱们接着看面料 {EVIL} 这件衣服真的很轻夏天出门穿着特别舒服"),
        end=60,
    )
    return score(scenario(title=f"衬衫 {EVIL}"), records)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_html_is_one_file_without_scripts_whatever_was_said(language: str) -> None:
    page = render(card(), "html", language)
    parser = _Tags()
    parser.feed(page)
    assert "script" not in parser.tags
    assert "link" not in parser.tags
    assert "img" not in parser.tags
    assert "svg" in parser.tags
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("language", "first", "then"), [("zh", "先说好的", "接下来练什么"), ("en", "What went well", "What to")]
)
def test_the_strength_comes_before_everything_else(language: str, first: str, then: str) -> None:
    page = render(card(), "html", language)
    heads = re.findall(r"<h2>(.*?)</h2>", page)
    assert heads[0] == first
    assert heads[1].startswith(then)


@pytest.mark.parametrize("form", ["html", "md"])
@pytest.mark.parametrize(("language", "name"), [("zh", "路过的观众"), ("en", "A passer-by")])
def test_who_only_passed_by_is_no_number(form: str, language: str, name: str) -> None:
    lines = [line.model_copy(update={"viewer_id": "passer-1"}) for line in full().handled]
    page = render(full().model_copy(update={"handled": lines}), form, language)
    assert lines
    assert name in page
    assert "passer-1" not in page


def test_markdown_leaves_no_live_markup() -> None:
    text = render(card(), "md", "en")
    assert "<script" not in text
    assert text.startswith("# Rehearsal report")


def full(**more: Any) -> Scorecard:
    """The scorecard with every part that another measure may fill, each holding what somebody evil said."""
    quote = Evidence(quote=EVIL, start=3, end=5, seq=1)
    text = Text(zh=f"话 {EVIL}", en=f"word {EVIL}")
    whole = card()
    parts: dict[str, Any] = {
        "focus_states": [FocusState(finding_id="x", title=text, state="better", before=text, now=text)],
        "overall": Overall(value=61, passed=False, blockers=[text], method=text),
        "scores": [
            NamedScore(id="pacing", name=text, value=71, method=text, interval=Interval(low=60, high=79)),
            NamedScore(id="coverage", name=text, value=40, method=text, minimal_change=9),
            NamedScore(id="composure", name=text, value=64, method=text, interval=Interval(low=41, high=80)),
        ],
        "fact_errors": [FactError(fact="light", said=EVIL, truth=EVIL, corrected=True, evidence=quote)],
        "compliance": [
            ComplianceFinding(
                id=f"c{severity}", rule="compliance.x", category="x", severity=severity, term=EVIL, evidence=quote,
                why=text, rewrite=EVIL, source=EVIL,
            )
            for severity in ("H", "L")
        ],
        "judged": [JudgedItem(id="x", question=text, score=3.5, ask_mentor=True, evidence=[quote], by="model")],
        "stages": [StageShown(id="welcome", name=text, start=3, utterances=1, missing=[text], evidence=[quote])],
        "timeline": [
            Stretch(kind="stage", name=EVIL, start=0, end=60), Stretch(kind="dead_air", start=20, end=24)
        ],
        "marks": {whole.findings[0].id: "wrong"},
        "pressure": [
            PressureCard(
                seq=3, at=21, viewer_id="mei", what=EVIL, return_sec=4, slips=[EVIL], score=40, said=quote, gate="x",
                features=[
                    PressureFeature(id="return", value=4, baseline=2, unit="s", score=80, weight=0.22),
                    PressureFeature(id="a2", value=2.5, unit="st", weight=0.03),
                ],
            )
        ],
    }  # fmt: skip
    return whole.model_copy(update=parts | more)


ORDER = {
    "zh": [
        "先说好的", "上次的重点，这次怎么样", "接下来练什么", "分数", "四个方面", "时间线", "卖点",
        "和商品信息对不上的话", "每位观众（练习数据，不是销量预测）", "每一条发言", "合规", "数字", "压力时刻",
        "导师的话", "看到的", "方法和版本",
    ],
    "en": [
        "What went well", "Last time&#x27;s focus points", "What to practise next", "Scores", "Four panels",
        "Time line", "Selling points", "What differs from the product sheet",
        "Each viewer (practice numbers, not a sales forecast)",
        "Line by line", "Compliance", "Figures", "Pressure moments", "Mentor&#x27;s comments", "All observations",
        "Method and versions",
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_part_is_shown_in_the_order_of_the_trade_and_nothing_said_is_live(language: str) -> None:
    page = render(full(), "html", language)
    parser = _Tags()
    parser.feed(page)
    assert not {"script", "link", "img", "iframe", "a"} & set(parser.tags)
    assert "<script" not in page
    assert re.findall(r"<h2>(.*?)</h2>", page) == ORDER[language]
    text = render(full(), "md", language)
    assert "<script" not in text
    shown = [head for head in re.findall(r"^##+ (.*)$", text, re.MULTILINE) if head in ORDER[language]]
    assert shown == [head for head in ORDER[language] if head in shown]


def test_the_json_has_the_order_of_the_trade() -> None:
    keys = list(json.loads(render(full(), "json", "zh")))
    wanted = [
        "strength", "focus_states", "focus", "scores", "overall", "timeline", "coverage", "viewers", "compliance",
        "metrics", "pressure", "findings", "versions",
    ]  # fmt: skip
    assert [key for key in keys if key in wanted] == wanted


@pytest.mark.parametrize("form", ["html", "md", "json"])
def test_measures_of_the_voice_stay_with_the_streamer(form: str) -> None:
    page = render(full(), form, "en")
    assert "a2" not in re.findall(r"\b\w+\b", page)
    assert "2.5 st" not in page
    if form == "html":
        assert "Back to the product" in page


def test_a_score_that_is_too_unsure_is_named_by_its_range_alone() -> None:
    page = render(full(), "html", "en")
    assert "middle range" in page
    assert "41–80 is too wide" in page
    assert re.search(r"<b[^>]*>64", page) is None
    assert "most likely 60–79" in page
    assert "a change counts from 9 points on" in page


@pytest.mark.parametrize("form", ["html", "md"])
@pytest.mark.parametrize(("language", "unmeasured"), [("en", "Not measured"), ("zh", "未测量")])
def test_composure_without_a_number_is_not_measured_and_nothing_else(form: str, language: str, unmeasured: str) -> None:
    composure = NamedScore(
        id="composure", name=Text(zh="从容", en="Composure"), method=Text(zh="法", en="way"), experimental=True,
        interval=Interval(low=30, high=95), words=Text(zh="一切照旧", en="much as ever"),
        not_measured=Text(zh="场面各不相同", en="the moments differ"),
    )  # fmt: skip
    page = render(card().model_copy(update={"scores": [composure]}), form, language)
    assert unmeasured in page
    for said_too_much in ("一切照旧", "much as ever", "lower range", "偏低"):
        assert said_too_much not in page


def test_findings_that_stop_a_pass_stand_apart_and_before() -> None:
    page = render(full(), "html", "en")
    assert page.index("To change first") < page.index("serious") < page.index("To watch") < page.index("hint")


def test_the_streamers_mark_is_beside_its_finding() -> None:
    assert "Your mark" in render(full(), "html", "en")
    assert "Your mark" not in render(full(marks={}), "html", "en")


@pytest.mark.parametrize("form", ["html", "md"])
@pytest.mark.parametrize(
    ("language", "told"),
    [("zh", ("低于底价每次扣 8", "必讲")), ("en", ("each price under the floor 8", "must be said"))],
)
def test_no_name_of_the_program_stands_in_a_report(form: str, language: str, told: tuple[str, str]) -> None:
    page = render(card(), form, language)
    assert [word for word in told if word not in page] == []
    assert re.findall(r">P[01]<|\(P[01]\)|below\\?_floor|compliance\\?_[hm]|fact\\?_error", page) == []


def test_json_is_the_scorecard() -> None:
    assert Scorecard.model_validate_json(render(card(), "json", "zh")) == card()


@pytest.mark.parametrize(
    ("language", "enough", "praise"),
    [("en", "Not enough evidence", "Nothing stands out"), ("zh", "证据不足", "照这样再练一遍")],
)
@pytest.mark.parametrize("form", ["md", "html"])
def test_a_voice_whose_words_are_unknown_is_neither_praised_nor_blamed(
    language: str, enough: str, praise: str, form: str
) -> None:
    talk = [said(2 + 6 * number, 7 + 6 * number, "", voiced=4.0) for number in range(9)]
    room = [posted(20, "骗子", pressure=True), *voiced(30, 32, "这个多少钱")]
    result = score(scenario(), log(*sorted([*talk, *room], key=lambda item: item[0]), end=57))
    assert (result.strength, result.focus, result.findings, result.coverage) == (None, [], [], [])
    assert {viewer.answered for viewer in result.viewers} == {None}
    assert result.pressure[0].language_control is None
    assert next(metric for metric in result.metrics if metric.id == "backchannels").value is None
    page = render(result, form, language)
    assert enough in page
    for said_too_much in (praise, "did not come back", "没有回来", "missed", "没讲到"):
        assert said_too_much not in page


@pytest.mark.parametrize("form", ["html", "md", "json"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_scorecard_of_the_first_version_is_read_and_shown(form: str, language: str) -> None:
    text = {"zh": "话", "en": "word"}
    old = {
        "schema_version": 1,
        "rehearsal_id": "r1",
        "scenario_id": "shirt",
        "scenario_title": "衬衫",
        "locale": "zh-CN",
        "summary": text,
        "scores": [{"id": "coverage", "name": text, "value": 50.0, "method": text}],
        "focus": [{"finding_id": "x", "title": text, "why": text, "better_line": "好", "drill": text}],
        "versions": {"scorer": "2026.11.0", "packs": {"language.zh": "2026.11.1"}},
    }
    assert "2026.11.0" in render(Scorecard.model_validate(old), form, language)


def test_an_empty_rehearsal_renders_and_says_what_was_not_measured() -> None:
    empty = score(scenario(), log(end=30))
    page = render(empty, "html", "en")
    assert page.count("Not measured") >= 3
    assert "Nothing was said" in page


@pytest.mark.parametrize(("form", "language"), [("pdf", "zh"), ("html", "fr")])
def test_unknown_formats_and_languages_are_refused(form: str, language: str) -> None:
    with pytest.raises(InputError, match="expected a report"):
        render(card(), form, language)


def reviewed() -> Scorecard:
    said = MentorReview(
        comments=[
            MentorComment(id="a", author="林老师", at="2026-11-26T08:00:00+00:00", text=f"先报价 {EVIL}", time_sec=62),
            MentorComment(id="b", author="林老师", at="2026-11-26T08:00:00+00:00", text="整场很稳"),
        ],
        scores=[
            MentorScore(
                target="score.pacing", mentor=72, machine=64, reason=f"商品需要 {EVIL}", author="林老师", at="2026"
            ),
            MentorScore(target="handled.99", mentor="well", machine=None, reason="没列出来", author="王", at="2026"),
        ],
        focus=[
            MentorFocus(
                id="f",
                author="林老师",
                at="2026",
                text="价格放第一句",
                better_line="今天直播间八十九",
                drill_id="hold_price",
            )
        ],
        debrief=MentorDebrief(author="林老师", at="2026-11-26T09:00:00+00:00", note="说好了", drill_id="hold_price"),
        reviewed=MentorReviewed(author="林老师", at="2026-11-26T09:00:00+00:00"),
    )
    return card().model_copy(update={"mentor": said})


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_mentors_value_stands_beside_the_machines_with_its_reason(form: str) -> None:
    text = render(reviewed(), form, "zh")
    assert "导师：72（机器：64）。理由：商品需要" in text
    for told in ("价格放第一句", "今天直播间八十九", "整场很稳", "1:02", "说好了", "没列出来"):
        assert told in text
    assert "Mentor: 72 (machine: 64). Reason: " in render(reviewed(), form, "en")
    assert EVIL not in text


def test_json_holds_both_values_and_a_report_without_review_has_no_mentor() -> None:
    kept = json.loads(render(reviewed(), "json", "en"))["mentor"]["scores"][0]
    assert (kept["mentor"], kept["machine"]) == (72, 64)
    assert json.loads(render(card(), "json", "en"))["mentor"] is None
    assert "Mentor: " not in render(card(), "md", "en")
    assert 'class="print-only" id="mentor"' in render(card(), "html", "en")
    assert 'class="print-only" id="mentor"' not in render(reviewed(), "html", "en")


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("can you do forty for me?", 17, "can you do forty…"),
        ("can you do forty for me?", 14, "can you do…"),
        ("short", 10, "short"),
        ("能不能再便宜点我买两件", 6, "能不能再便宜…"),
    ],
)
def test_an_excerpt_cuts_no_word_and_says_that_more_follows(text: str, limit: int, shown: str) -> None:
    assert excerpt(text, limit) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0:00"), (59.9, "0:59"), (3599, "59:59"), (3600, "1:00:00"), (10799, "2:59:59")]
)
def test_moments_past_an_hour_show_the_hour(value: float, shown: str) -> None:
    assert clock(value) == shown


@pytest.mark.parametrize("form", ["html", "md"])
def test_a_viewers_words_are_shown_with_the_name_and_the_streamers_without(form: str) -> None:
    records = log(joined(0, "mei", "小美"), posted(5, "70我就拍"), said(9, 12, "七十给不到，今天就是八十九"), end=30)
    found = score(scenario(), records)
    quotes = found.handled[0].evidence
    for item, name in zip(quotes, ("小美", ""), strict=True):
        judged = JudgedItem(id="x", question=found.summary, score=3, evidence=[item], by="rules")
        shown = render(
            found.model_copy(update={"judged": [judged], "findings": [], "handled": found.handled}), form, "zh"
        )
        assert (f"小美：{item.quote}" in shown or f"<b>小美</b> <q>{item.quote}" in shown) is bool(name)
