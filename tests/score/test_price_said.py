"""The price of the day: said, in time, and again."""

from __future__ import annotations

import pytest

from coach.events import Event
from coach.score.scorecard import Metric, Scorecard
from coach.score.scorer import score
from tests.score.logs import EN, log, posted, said, scenario


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
