"""A straight line that a few odd rehearsals cannot bend: Theil-Sen, with Sen's interval (Sen 1968, JASA 63:1379)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

LEVEL = 0.9
"""Of intervals: a rise where there is none is told in one of twenty series, a fall in another."""
MOST_POINTS = 1000
"""Half a million slopes: 50 ms. Of more points, the latest count."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Line:
    """A robust line through points."""

    slope: float
    """Per unit of x: the median over all pairs of points."""
    low: float
    """With `high`: Sen's interval of the slope, from the scatter of Kendall's S."""
    high: float
    intercept: float
    """Median of what the slope leaves."""
    _x: Floats
    _y: Floats

    def at(self, x: float) -> float:
        """Return the height of the line."""
        return self.intercept + self.slope * x

    def band(self, at: Sequence[float]) -> list[tuple[float, float]]:
        """Return where the line may lie: all slopes of the interval, each with the interval of its median height."""
        where = np.asarray(at, dtype=np.float64)
        lows, highs = [], []
        for slope in (self.low, self.slope, self.high):
            low, high = _median_interval(np.sort(self._y - slope * self._x))
            lows.append(slope * where + low)
            highs.append(slope * where + high)
        return [(float(low), float(high)) for low, high in zip(np.min(lows, 0), np.max(highs, 0), strict=True)]


def theil_sen(x: Sequence[float], y: Sequence[float]) -> Line | None:
    """Return the line through points; None where all have the same x, or there are fewer than two.

    Args:
        x: In ascending order.
        y: As many.

    Raises:
        ValueError: If their numbers differ.
    """
    if len(x) != len(y):
        raise ValueError(f"expected as many x as y, got {len(x)} and {len(y)}")
    xs, ys = (np.asarray(values[-MOST_POINTS:], dtype=np.float64) for values in (x, y))
    first, second = np.triu_indices(len(xs), 1)
    apart = xs[second] - xs[first]
    slopes = np.sort((ys[second] - ys[first])[apart != 0] / apart[apart != 0])
    if len(slopes) == 0:
        return None
    low, high = _slope_interval(slopes, xs, ys)
    slope = float(np.median(slopes))
    return Line(slope, low, high, float(np.median(ys - slope * xs)), xs, ys)


def _slope_interval(slopes: Floats, x: Floats, y: Floats) -> tuple[float, float]:
    """Return the slopes at the ranks that Kendall's S, with its ties, may reach by chance."""
    variance = (_pairs(len(x)) - sum(map(_pairs, _ties(x))) - sum(map(_pairs, _ties(y)))) / 18
    reach = NormalDist().inv_cdf((1 + LEVEL) / 2) * math.sqrt(max(0.0, variance))
    last = len(slopes) - 1
    low = max(0, round((len(slopes) - reach) / 2) - 1)
    high = min(last, round((len(slopes) + reach) / 2))
    return float(slopes[min(low, last)]), float(slopes[high])


def _pairs(count: int) -> float:
    return count * (count - 1) * (2 * count + 5)


def _ties(values: Floats) -> list[int]:
    return [count for count in Counter(values.tolist()).values() if count > 1]


def _median_interval(ordered: Floats) -> tuple[float, float]:
    """Return the order statistics between which the median lies, by the binomial's normal approximation."""
    count = len(ordered)
    reach = NormalDist().inv_cdf((1 + LEVEL) / 2) * math.sqrt(count) / 2
    low = max(0, math.floor(count / 2 - reach))
    return float(ordered[low]), float(ordered[count - 1 - low])
