"""What is chosen to work on, and with what material."""

from __future__ import annotations

from typing import Any

import pytest

from coach.score import score
from coach.score.clip import clip_of
from coach.score.focus import choose_focus
from coach.score.scorecard import ComplianceFinding, Evidence, FactError, Finding, Text
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
