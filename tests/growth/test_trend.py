"""What the history says of scores, as a table; and how often it says too much."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from coach.growth.result import Kind
from coach.growth.trend import Trend, Trends, trends
from tests.growth.examples import FIRST, rehearsed


def series(*points: tuple[float, float], weeks: int | None = None) -> Trend:
    """The pacing of rehearsals given as (day, score)."""
    past = [rehearsed(day, scores={"pacing": score}) for day, score in points]
    return trends(past, now=FIRST + timedelta(days=points[-1][0] if points else 0, hours=1), weeks=weeks).trends[0]


def steps(count: int, days: float, a_week: float, start: float = 40) -> list[tuple[float, float]]:
    """Scores on a line with a ripple of two points."""
    at = [days * number / (count - 1) for number in range(count)]
    return [(day, start + a_week * day / 7 + (-1) ** number) for number, day in enumerate(at)]


@pytest.mark.parametrize(
    ("points", "verdict", "words"),
    [
        pytest.param([], "none", "not measured", id="nothing"),
        pytest.param(steps(5, 40, 3), "too_few", "5 rehearsals counted: too few", id="five"),
        pytest.param(steps(2, 40, 3)[:1], "too_few", "1 rehearsal counted: too few", id="one"),
        pytest.param(steps(12, 40, 3), "rising", "Rising by about 3 points a week", id="rising"),
        pytest.param(steps(12, 10, 6), "rising", "Rising by about 6 points", id="rising-already"),
        pytest.param(steps(12, 5, 9), "too_early", "Too early", id="all-within-a-week"),
        pytest.param(steps(12, 20, 0), "too_early", "four to eight weeks", id="no-verdict-before-week-four"),
        pytest.param(steps(12, 20, -5, 80), "too_early", "Too early", id="nor-of-a-fall"),
        pytest.param(steps(12, 22, 0), "steady", "No change beyond", id="steady"),
        pytest.param(steps(12, 40, -3, 80), "falling", "Falling by about 3 points a week", id="falling"),
        pytest.param(steps(12, 40, 1), "rising", "about 1 point a week", id="one-point"),
    ],
)
def test_what_is_said(points: list[tuple[float, float]], verdict: str, words: str) -> None:
    trend = series(*points)
    assert trend.verdict == verdict
    assert words in trend.text.en
    assert trend.text.zh
    assert bool(trend.line) == (verdict in {"rising", "falling", "steady"})


def test_a_range_of_one_figure_is_told_as_that_figure() -> None:
    level = series(*((days, 100) for days, _ in steps(12, 22, 0)))
    assert level.usual is not None
    assert (level.usual.zh, level.usual.en) == ("多数时候是 100 分。", "100 most of the time.")
    assert "0 到 0" not in level.text.zh
    assert "0 to 0" not in level.text.en


def test_the_sentence_carries_its_interval() -> None:
    dice = random.Random(5)
    trend = series(*((day, score + dice.gauss(0, 4)) for day, score in steps(20, 45, 3)))
    assert trend.a_week is not None
    assert trend.a_week_low is not None
    assert trend.a_week_high is not None
    assert 1 < trend.a_week_low < trend.a_week < trend.a_week_high < 5
    assert "a week (most likely" in trend.text.en
    assert trend.usual is not None
    assert trend.usual.en.startswith("Usually around 5")


@pytest.mark.parametrize("kind", ["drill", "moment"])
def test_drills_and_moments_are_shown_and_do_not_count(kind: Kind) -> None:
    past = [rehearsed(day, scores={"pacing": 50.0}) for day in range(0, 60, 10)]
    others = [rehearsed(day + 1, scores={"pacing": 99.0}, kind=kind) for day in range(0, 60, 10)]
    eased = [rehearsed(55, scores={"pacing": 90.0}, exposure="calm")]
    trend = trends([*past, *others, *eased], now=FIRST + timedelta(days=60), weeks=None).trends[0]
    assert (trend.counted, trend.a_week) == (6, 0)
    assert {point.group for point in trend.points} == {"counted", kind, "eased"}


@pytest.mark.parametrize(
    ("counted", "drills", "verdict", "words"),
    [
        (0, 0, "none", "This was not measured in this time."),
        (0, 2, "too_few", "0 rehearsals counted, 2 more not counted: too few to tell a trend (from 6 on)."),
        (1, 2, "too_few", "1 rehearsal counted, 2 more not counted: too few to tell a trend (from 6 on)."),
    ],
)
def test_a_chart_with_points_is_never_called_unmeasured(counted: int, drills: int, verdict: str, words: str) -> None:
    past = [rehearsed(day, scores={"pacing": 50.0}) for day in range(counted)]
    past += [rehearsed(day + 10, scores={"pacing": 90.0}, kind="drill") for day in range(drills)]
    trend = trends(past, now=FIRST + timedelta(days=20), weeks=None).trends[0]
    assert (len(trend.points), trend.verdict, trend.text.en) == (counted + drills, verdict, words)


def test_a_long_break_begins_anew_without_reproach() -> None:
    before = steps(10, 30, 4)
    after = [(day + 75, score) for day, score in steps(4, 20, 4)]
    past = [rehearsed(day, scores={"pacing": score}) for day, score in before + after]
    found = trends(past, now=FIRST + timedelta(days=100), weeks=None)
    assert found.after_break_days == 45
    assert found.trends[0].counted == 4
    assert found.trends[0].verdict == "too_few"
    assert [point.group for point in found.trends[0].points] == ["before_break"] * 10 + ["counted"] * 4


def test_the_window_is_weeks_back_from_now() -> None:
    past = [rehearsed(day, scores={"pacing": 50.0}) for day in range(0, 70, 7)]
    found = trends(past, now=FIRST + timedelta(days=64), weeks=4)
    assert len(found.trends[0].points) == 4
    assert trends(past, now=FIRST + timedelta(days=64), weeks=None).trends[0].counted == 10


def test_weeks_have_medians_and_begin_on_mondays() -> None:
    found = series((0, 40), (1, 60), (2, 90), (9, 70))
    assert [(week.begins, week.median, week.rehearsals) for week in found.weeks] == [
        (date(2026, 9, 28), 60, 3),
        (date(2026, 10, 5), 70, 1),
    ]
    assert all(week.begins.weekday() == 0 for week in found.weeks)


def test_what_makes_rehearsals_less_comparable_is_said() -> None:
    def notes(**changes: object) -> Trends:
        return trends([rehearsed(0), rehearsed(1, **changes)], now=FIRST + timedelta(days=2))  # type: ignore[arg-type]  # one field each

    assert notes().notes == []
    assert "level 2 to 4" in notes(difficulty=4).notes[0].en
    assert "rescore" in notes(scorer="other").notes[0].en


def test_a_score_that_was_not_measured_is_no_zero() -> None:
    past = [rehearsed(day, scores={"pacing": None if day % 2 else 60.0}) for day in range(12)]
    assert [point.value for point in trends(past, now=FIRST + timedelta(days=12)).trends[0].points] == [60.0] * 6


@pytest.mark.slow
def test_scatter_alone_is_seldom_called_a_trend() -> None:
    """Of 400 streamers who do not change, at most one in ten may be told so: half of it a rise, half a fall."""
    dice = random.Random(11)
    told = {"rising": 0, "falling": 0, "steady": 0}
    for _ in range(400):
        days = sorted(dice.uniform(0, 56) for _ in range(14))
        told[series(*((day, 60 + dice.gauss(0, 9)) for day in days)).verdict] += 1
    assert told["rising"] <= 30
    assert told["falling"] <= 30
    assert told["steady"] >= 340


@pytest.mark.slow
def test_a_real_rise_is_found_in_eight_weeks() -> None:
    dice = random.Random(12)
    found = 0
    for _ in range(100):
        days = sorted(dice.uniform(0, 56) for _ in range(16))
        found += series(*((day, 50 + 3 * day / 7 + dice.gauss(0, 9)) for day in days)).verdict == "rising"
    assert found >= 80
