"""Agreement of raters on a scale of whole or half points (DOMAIN §4.5)."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, pvariance, variance

import numpy as np

Pairs = Sequence[tuple[float, float]]
"""A person's score and the judge's, of the same thing."""


def quadratic_kappa(pairs: Pairs) -> float | None:
    """Return quadratic weighted kappa; None where neither side varies.

    With squared distances as weights it is 1 − Σ(a−b)² / Σ over all pairings of (a−b)², which needs no categories.
    """
    if len(pairs) < 2:
        return None
    left, right = np.array([pair[0] for pair in pairs]), np.array([pair[1] for pair in pairs])
    expected = float(np.mean((left[:, None] - right[None, :]) ** 2))
    return None if expected == 0 else round(1 - float(np.mean((left - right) ** 2)) / expected, 3)


def alpha(raters: Sequence[Sequence[float | None]]) -> float | None:
    """Return Krippendorff's α for ordinal scores; raters as rows, None where one gave none."""
    import krippendorff

    table = np.array([[np.nan if value is None else value for value in row] for row in raters], float)
    known = table[~np.isnan(table)]
    if table.shape[0] < 2 or len(set(known)) < 2 or not (np.sum(~np.isnan(table), axis=0) >= 2).any():
        return None
    return round(float(krippendorff.alpha(reliability_data=table, level_of_measurement="ordinal")), 3)


def icc_a1(pairs: Pairs) -> float | None:
    """Return ICC(A,1): two-way, absolute agreement, one rater (McGraw and Wong 1996)."""
    n, k = len(pairs), 2
    if n < 3:
        return None
    grand = fmean(value for pair in pairs for value in pair)
    rows = k * sum((fmean(pair) - grand) ** 2 for pair in pairs) / (n - 1)
    columns = n * sum((fmean(pair[side] for pair in pairs) - grand) ** 2 for side in range(k)) / (k - 1)
    total = sum((value - grand) ** 2 for pair in pairs for value in pair)
    error = (total - rows * (n - 1) - columns * (k - 1)) / ((n - 1) * (k - 1))
    below = rows + (k - 1) * error + k * (columns - error) / n
    return None if below == 0 else round((rows - error) / below, 3)


def standardised_difference(pairs: Pairs) -> float | None:
    """Return the judge's mean minus the people's, in pooled standard deviations."""
    if len(pairs) < 2:
        return None
    pooled = sqrt((variance(pair[0] for pair in pairs) + variance(pair[1] for pair in pairs)) / 2)
    difference = fmean(pair[1] for pair in pairs) - fmean(pair[0] for pair in pairs)
    return None if pooled == 0 else round(difference / pooled, 3)


def near(pairs: Pairs, within: float) -> float | None:
    """Return the share of pairs that differ by no more than `within`."""
    return round(sum(abs(left - right) <= within for left, right in pairs) / len(pairs), 3) if pairs else None


def varies(values: Sequence[float]) -> bool:
    """Return whether there is anything to agree about."""
    return len(values) > 1 and pvariance(values) > 0
