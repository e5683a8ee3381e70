"""Several samples of one item, made into one score or into "mentor, please"."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from coach.score.judge.answer import Opinion

MOST_SPREAD = 1.0
"""Difference between the highest and the lowest sample beyond which nobody should believe the median (DOMAIN §4.5)."""


def settled(samples: Sequence[Opinion]) -> tuple[float | None, bool]:
    """Return the median and whether a mentor should look.

    Null where most samples are null. A mentor is asked where scores lie too far apart, or where some samples saw a
    chance to show the item and others saw none.
    """
    scores = [sample.score for sample in samples if sample.score is not None]
    if 2 * len(scores) <= len(samples):
        return None, bool(scores)
    spread = max(scores) - min(scores)
    return float(median(scores)), spread > MOST_SPREAD or len(scores) < len(samples)


def nearest(samples: Sequence[Opinion], score: float | None) -> Opinion | None:
    """Return the sample whose quote stands for the verdict: the first one nearest to it."""
    shown = [sample for sample in samples if sample.score is not None]
    if score is None or not shown:
        return None
    return min(shown, key=lambda sample: abs((sample.score or 0.0) - score))
