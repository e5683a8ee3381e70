"""The robust line, against scipy and by hand."""

from __future__ import annotations

import random

import numpy as np
import pytest
from scipy.stats import theilslopes

from coach.growth.theil_sen import LEVEL, theil_sen


def test_worked_by_hand() -> None:
    line = theil_sen([0, 1, 2, 3], [10, 12, 11, 16])
    assert line is not None
    # Slopes of the six pairs: 2, 0.5, 2, -1, 2, 5.
    assert line.slope == 2
    assert line.intercept == 10
    assert (line.low, line.high) == (-1, 5)
    assert line.at(2) == 14


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("count", [6, 9, 30])
def test_slope_and_interval_are_scipys(seed: int, count: int) -> None:
    dice = random.Random(seed)
    x = sorted(round(dice.uniform(0, 8), 1) for _ in range(count))
    y = [round(60 + 2 * at + dice.gauss(0, 8)) for at in x]
    line, expected = theil_sen(x, y), theilslopes(y, x, alpha=LEVEL)
    assert line is not None
    assert (line.slope, line.low, line.high) == pytest.approx((expected.slope, expected.low_slope, expected.high_slope))


def test_three_wild_days_do_not_bend_it() -> None:
    x = [float(at) for at in range(20)]
    y = [50 + at for at in x]
    y[3], y[10], y[19] = 0, 100, 0
    line = theil_sen(x, y)
    assert line is not None
    assert line.slope == pytest.approx(1, abs=0.05)
    assert 50 < np.mean([line.at(at) for at in x]) < 70


def test_the_band_holds_the_line_and_is_narrowest_in_the_middle() -> None:
    dice = random.Random(3)
    x = [at / 2 for at in range(24)]
    line = theil_sen(x, [60 + dice.gauss(0, 6) for _ in x])
    assert line is not None
    widths = []
    for at, (low, high) in zip(x, line.band(x), strict=True):
        assert low <= line.at(at) <= high
        widths.append(high - low)
    assert min(widths) < widths[0]
    assert min(widths) < widths[-1]


def test_points_that_tell_no_slope() -> None:
    assert theil_sen([], []) is None
    assert theil_sen([1], [50]) is None
    assert theil_sen([1, 1, 1], [50, 60, 70]) is None
    flat = theil_sen([0, 1, 2, 3], [50, 50, 50, 50])
    assert flat is not None
    assert (flat.slope, flat.low, flat.high) == (0, 0, 0)
    with pytest.raises(ValueError, match="as many"):
        theil_sen([1, 2], [1])
