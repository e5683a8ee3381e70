"""How far the same person's scores differ from one repeat to the next by chance, and what is a change beside that."""

from __future__ import annotations

import math
from collections.abc import Sequence

_LEAST_STEPS = 3
"""Differences between repeats under which nothing is said of scatter."""
_MOST = 50.0
"""Half the scale. Scores that go from 22 to 94 and back differ for a reason, and measure no change."""


def least_change(steps: Sequence[float]) -> float | None:
    """Return the least difference of two scores that is more than scatter: 1.96·√2·SEM (DOMAIN §4.2).

    Args:
        steps: Differences of scores that follow each other on the same terms, points. The variance of independent
            scores is half their mean square (von Neumann 1941), and slow learning hardly touches it.

    Returns:
        Points, at least 1; None where too few steps, or steps too wild, tell it.
    """
    if len(steps) < _LEAST_STEPS:
        return None
    sem = math.sqrt(sum(step * step for step in steps) / (2 * len(steps)))
    least = max(1.0, 1.96 * math.sqrt(2) * sem)
    return round(least, 1) if least <= _MOST else None
