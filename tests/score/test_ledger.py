"""Of each viewer's lines only those count as answered or not that wait for an answer."""

from __future__ import annotations

import pytest

from coach.score.report_words import Words
from coach.score.scorecard import ViewerOutcome
from coach.score.scorer import score
from tests.score.logs import EN, ZH, joined, log, posted, said, scenario


def outcome(code: str, kind: str, *events: object) -> ViewerOutcome:
    own = scenario(ZH if code == "zh" else EN)
    card = score(own, log(joined(1, "who", "阿南", kind), *events, end=80))  # type: ignore[arg-type]
    return next(row for row in card.viewers if row.viewer_id == "who")


@pytest.mark.parametrize(
    ("code", "hello", "asked", "answer", "thanks"),
    [
        ("zh", "主播晚上好", "克重多少", "克重一百八十克", "谢谢主播"),
        ("en", "hi everyone", "How heavy is it?", "It is 5.2 pounds.", "thank you so much"),
    ],
)
def test_greetings_and_thanks_wait_for_nothing(code: str, hello: str, asked: str, answer: str, thanks: str) -> None:
    row = outcome(
        code,
        "friendly",
        posted(3, hello, viewer="who", intent="greet"),
        posted(10, asked, viewer="who", intent="ask"),
        said(12, 16, answer),
        posted(50, thanks, viewer="who", intent="ask"),
    )
    assert (row.lines, row.waiting, row.answered) == (3, 1, 1)
    assert Words("en").answered(row) == "1/1"


def test_a_troll_who_is_left_alone_waits_for_nothing() -> None:
    row = outcome("zh", "troll", posted(10, "念稿子呢", viewer="who"), said(13, 20, "这件面料是百分之五十五亚麻"))
    assert (row.lines, row.waiting, row.answered) == (1, 0, 0)


def test_a_question_that_nobody_took_up_waits() -> None:
    asked = posted(10, "克重多少", viewer="who", intent="ask")
    row = outcome("zh", "friendly", said(2, 6, "大家晚上好"), asked)
    assert (row.lines, row.waiting, row.answered) == (1, 1, 0)
    silent = outcome("zh", "friendly", asked)
    assert (silent.waiting, silent.answered) == (None, 0)
