"""Core points that come again, sentences that come too often."""

from __future__ import annotations

import pytest

from coach.score.scorecard import Metric, Scorecard
from coach.score.scorer import score
from tests.score.logs import EN, log, said, scenario


def metric(card: Scorecard, name: str) -> Metric:
    return next(item for item in card.metrics if item.id == name)


@pytest.mark.parametrize(
    ("starts", "end", "value"),
    [
        ([10, 100], 200, 100),  # twice, 90 s apart
        ([10, 50], 200, 0),  # 40 s apart reach the same people
        ([10, 50, 71], 200, 100),  # the third is far enough from the first
        ([10], 200, 0),
        ([10, 100], 1300, 0),  # two loops of ten minutes want four
        ([10, 100, 700, 800], 1300, 100),
        ([10, 100], 100, None),  # too short to come back to anything
    ],
)
def test_a_core_point_comes_twice_in_a_loop_a_minute_apart(starts: list[float], end: float, value: float) -> None:
    lines = [said(start, start + 5, "这件特别透气") for start in starts]
    found = metric(score(scenario(), log(*lines, end=end)), "core_repeats")
    assert found.value == value
    assert (found.not_measured is not None) == (value is None)


def test_the_finding_quotes_the_only_time() -> None:
    card = score(scenario(), log(said(10, 15, "大家好，这件特别透气"), end=200))
    found = next(item for item in card.findings if item.rule == "cadence.core")
    assert (found.id, found.evidence[0].quote, found.evidence[0].start) == (
        "cadence.core.breathable",
        "这件特别透气",
        10,
    )


def test_a_point_never_said_is_missed_not_repeated_too_little() -> None:
    card = score(scenario(), log(said(10, 15, "大家好，欢迎新来的朋友"), end=200))
    assert metric(card, "core_repeats").value is None
    assert not [item for item in card.findings if item.rule == "cadence.core"]


SAME = "this pan comes pre seasoned and ready to cook"


@pytest.mark.parametrize(
    ("texts", "every", "count", "noted"),
    [
        ([SAME] * 4, 30, 4, True),
        ([SAME] * 3, 30, 3, False),
        ([SAME] * 4, 70, 3, False),  # only three fall in three minutes
        ([SAME, SAME + " now", "so " + SAME, SAME], 30, 4, True),  # less than a fifth changed
        ([SAME, "it holds its heat like nothing else here", "five pounds of iron in my hand"], 30, 1, False),
        (["go go go"] * 6, 10, 1, False),  # a short call
    ],
)
def test_the_same_sentence_is_noted_from_the_fourth_time_in_three_minutes(
    texts: list[str], every: float, count: int, noted: bool
) -> None:
    lines = [said(every * at + 1, every * at + 8, text) for at, text in enumerate(texts)]
    card = score(scenario(EN), log(*lines, end=300))
    assert metric(card, "same_sentence").value == count
    assert [item.rule for item in card.findings if item.rule == "cadence.same_sentence"] == (
        ["cadence.same_sentence"] if noted else []
    )


def test_sentences_of_one_utterance_are_quoted_alone() -> None:
    line = "Look at this. It comes pre-seasoned with oil! Nice."
    card = score(scenario(EN), log(*(said(20 * at + 1, 20 * at + 9, line) for at in range(4)), end=100))
    found = next(item for item in card.findings if item.rule == "cadence.same_sentence")
    assert {item.quote for item in found.evidence} == {"It comes pre-seasoned with oil"}
