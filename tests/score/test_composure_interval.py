from __future__ import annotations

import pytest

from coach.score.composure_interval import band_words, is_change, is_wide, median_interval, too_wide
from coach.score.scorecard import Interval


def test_equal_events_leave_no_doubt() -> None:
    assert median_interval([72.0] * 4) == Interval(low=72, high=72, level=0.8)


def test_of_three_events_each_may_be_the_median() -> None:
    # The lowest is the median of a resample with probability 7 / 27: beyond the tenth that is cut off.
    assert median_interval([50.0, 70.0, 90.0]) == Interval(low=50, high=90, level=0.8)


def test_more_events_tell_more() -> None:
    few = median_interval([60.0, 70.0, 80.0])
    many = median_interval([60.0, 70.0, 80.0] * 8)
    assert many.high - many.low < few.high - few.low
    assert not is_wide(many)


def test_the_same_events_give_the_same_interval_to_the_byte() -> None:
    scores = [81.2, 44.0, 93.7, 60.1, 77.7]
    assert median_interval(scores).model_dump_json() == median_interval(scores).model_dump_json()


@pytest.mark.parametrize(("high", "wide"), [(75.0, False), (75.1, True)])
def test_wider_than_25_points_is_told_in_words(high: float, wide: bool) -> None:
    assert is_wide(Interval(low=50, high=high)) is wide


def test_words_for_a_wide_interval_name_the_middle_and_the_lower_end() -> None:
    text = too_wide(85.0, Interval(low=40, high=100))
    assert "close to your usual" in text.en
    assert "others a clear change from your usual" in text.en
    assert "40–100" in text.zh
    assert "others" not in too_wide(45.0, Interval(low=41, high=59)).en


def test_words_for_an_interval_that_reaches_up_alone_name_its_upper_end() -> None:
    text = too_wide(20.0, Interval(low=0, high=100))
    assert "half of them far from your usual, others close to your usual" in text.en
    assert "也有接近你平时的样子的" in text.zh


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (80.0, "close to your usual"),
        (79.9, "some change from your usual"),
        (59.9, "a clear change from your usual"),
        (12.0, "far from your usual"),
    ],
)
def test_band_words(score: float, words: str) -> None:
    assert band_words(score).en == words


@pytest.mark.parametrize(
    ("now", "before", "minimal", "claimed"),
    [(70, 60, None, False), (70, 60, 10.0, False), (70, 59.9, 10.0, True), (50, 70, 15.0, True)],
)
def test_a_change_is_claimed_only_over_the_scatter(
    now: float, before: float, minimal: float | None, claimed: bool
) -> None:
    assert is_change(now, before, minimal) is claimed
