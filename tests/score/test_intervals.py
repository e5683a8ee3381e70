"""Stretches of time."""

from __future__ import annotations

import pytest

from coach.score.intervals import Interval, near, overlap, subtract

TALK = [(0.0, 1.0), (2.0, 3.0), (5.0, 8.0), (9.0, 9.5)]


@pytest.mark.parametrize(
    ("window", "touched"),
    [
        ((0.0, 10.0), TALK),
        ((1.0, 2.0), []),
        ((0.5, 2.5), TALK[:2]),
        ((6.0, 7.0), TALK[2:3]),
        ((9.5, 20.0), []),
        ((3.0, 9.1), TALK[2:]),
        ((6.0, 6.0), TALK[2:3]),
    ],
)
def test_near_are_those_that_a_stretch_touches(window: Interval, touched: list[Interval]) -> None:
    assert list(near(window, TALK)) == touched
    assert overlap(window, near(window, TALK)) == overlap(window, TALK)


def test_what_is_left_between() -> None:
    assert subtract((0.5, 6.0), TALK) == [(1.0, 2.0), (3.0, 5.0)]
    assert subtract((5.5, 6.0), TALK) == []
    assert subtract((8.0, 9.0), TALK) == [(8.0, 9.0)]
