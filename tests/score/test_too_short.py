"""A rehearsal that ended before its points could be told has no coverage, and is no part of any trend."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from coach.growth.result import result_of
from coach.growth.trend import trends
from coach.score.focus_states import focus_states
from coach.score.scorecard import NamedScore, Scorecard
from coach.score.scorer import score
from coach.score.too_short import ENDED_EARLY
from tests.score.logs import log, said, scenario, start_of, typed

HELLO = "大家好欢迎来到直播间"


def coverage(card: Scorecard) -> NamedScore:
    return next(item for item in card.scores if item.id == "coverage")


def ended(at: float, text: str = HELLO) -> Scorecard:
    return score(scenario(), log(said(1, min(at - 1, 8.0), text), end=at))


def test_coverage_of_six_seconds_is_no_number_and_says_why() -> None:
    card = ended(6)
    assert (coverage(card).value, coverage(card).not_measured) == (None, ENDED_EARLY)
    assert card.overall is not None
    assert (card.overall.value, card.overall.not_measured) == (None, ENDED_EARLY)
    assert coverage(score(scenario(), log(typed(3, HELLO), end=9))).value is None


@pytest.mark.parametrize("at", [20.0, 60.0])
def test_a_rehearsal_of_twenty_seconds_is_judged(at: float) -> None:
    assert coverage(ended(at)).value == 0


def test_a_drill_and_a_replayed_moment_keep_their_result() -> None:
    drill = score(scenario(kind="drill"), log(said(1, 5, HELLO), end=8))
    replay = replace(start_of(), replay_of="r1")
    moment = score(scenario(), log((0.0, replay), said(1, 5, HELLO), end=8, started=False))
    assert [coverage(card).value for card in (drill, moment)] == [0, 0]


def test_six_seconds_stay_out_of_the_trend_of_coverage() -> None:
    cards = [ended(6), ended(60)]
    past = [result_of(card, start_of()) for card in cards]
    told = trends(past, now=datetime.now(UTC).replace(year=2099), weeks=None).trends
    assert [len(trend.points) for trend in told if trend.id == "coverage"] == [1]


def test_a_point_practised_before_was_not_seen_in_six_seconds() -> None:
    before = ended(60, "亚麻衬衫特别透气夏天不闷，今天到手89元")
    point = before.focus[0].model_copy(update={"finding_id": "coverage.light"})
    before = before.model_copy(update={"focus": [point]})
    assert [found.state for found in focus_states(before, ended(6))] == ["not_seen"]
    assert [found.state for found in focus_states(before, ended(60))] == ["unchanged"]
