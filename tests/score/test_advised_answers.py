"""Whoever answers as the drills and the better lines of this product teach is not told that the answer was weak."""

from __future__ import annotations

import pytest

from coach.score.advice import advice_for
from coach.score.material import Material
from coach.score.scorecard import Evidence, Finding, HandledLine
from coach.score.scorer import score
from coach.score.wording import both
from tests.score.logs import EN, ZH, joined, log, posted, said, scenario

OWN = {"zh": scenario(ZH), "en": scenario(EN)}


def answered(code: str, viewer_type: str, asked: str, answer: str) -> HandledLine:
    records = log(joined(1, "who", "阿南", viewer_type), posted(10, asked, viewer="who"), said(12, 17, answer), end=60)
    (line,) = score(OWN[code], records).handled
    return line


def better_line(code: str, asked: str) -> str:
    finding = Finding(
        id="handling.weak",
        rule="handling.weak",
        panel="skill",
        tone="practise",
        title=both("", ""),
        detail=both("", ""),
        evidence=[Evidence(quote=asked, start=10, end=10, speaker="viewer", seq=1)],
        weight=0.5,
    )
    return advice_for(finding, Material(OWN[code])).better_line


@pytest.mark.parametrize(
    ("code", "viewer_type", "asked"),
    [
        ("zh", "impatient", "多少钱"),
        ("zh", "product_skeptic", "透气不闷讲清楚点"),
        ("zh", "trust_skeptic", "亚麻含量我要的是证明"),
        ("zh", "friendly", "还有别的颜色吗"),
        ("zh", "product_skeptic", "机洗会缩水吗"),
        ("en", "impatient", "How much? Only the number."),
        ("en", "product_skeptic", "What backs up the pre-seasoned part?"),
        ("en", "friendly", "Does it work on induction?"),
        ("en", "trust_skeptic", "Who makes these for you?"),
    ],
)
def test_the_better_line_of_a_weak_answer_is_a_good_answer(code: str, viewer_type: str, asked: str) -> None:
    line = answered(code, viewer_type, asked, better_line(code, asked))
    assert (line.handled, line.should) == ("well", "answer")


@pytest.mark.parametrize(
    ("code", "asked", "answer"),
    [
        ("zh", "机洗会缩水吗", "这个我也不清楚，应该不会吧"),
        ("zh", "机洗会缩水吗", "五分钟内下单的今天有福利，我去查一下库存"),
        ("zh", "克重多少", "这个我现在说不准，我去确认，两分钟内回你"),
        ("zh", "机洗会缩水吗", "自己去问客服，一分钟就知道了"),
        ("zh", "亚麻含量多少", "好问题，55%亚麻吧，我也不太清楚"),
        ("en", "Does it work on induction?", "No idea, maybe, check the page."),
        ("en", "How heavy is it?", "I'd have to check that one, give me two minutes."),
    ],
)
def test_a_guess_a_countdown_and_what_the_sheet_knows_are_no_honest_promise(code: str, asked: str, answer: str) -> None:
    assert answered(code, "product_skeptic", asked, answer).handled != "well"
