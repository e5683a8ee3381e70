"""How sure a median of few events is: bootstrap interval, and words where it is too wide for a number."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from coach.score.scorecard import Interval, Text
from coach.score.wording import both

LEVEL = 0.8
_RESAMPLES = 2000
_SEED = 20261126
WIDEST = 25.0
"""Points; a wider interval is told in words alone (DOMAIN §4.2)."""

_WORDS = (
    (80.0, both("接近你平时的样子", "close to your usual")),
    (60.0, both("和平时有些不同", "some change from your usual")),
    (40.0, both("和平时明显不同", "a clear change from your usual")),
    (-1.0, both("和平时差别很大", "far from your usual")),
)
"""Behaviour against the streamer's own calm; nothing is said of why."""


def median_interval(scores: Sequence[float]) -> Interval:
    """Return the interval that holds 80 % of the medians of resampled events; the same scores, the same interval."""
    ordered = np.sort(np.asarray(scores, dtype=np.float64))
    below, above = _middles(len(scores))
    medians = np.sort((ordered[below] + ordered[above]) / 2)
    low, high = (medians[math.ceil(_RESAMPLES * share) - 1] for share in ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return Interval(low=round(float(low), 1), high=round(float(high), 1), level=LEVEL)


def is_wide(interval: Interval) -> bool:
    """Return whether a number would promise more than is known."""
    return interval.high - interval.low > WIDEST


def band_words(score: float) -> Text:
    """Return the score in words."""
    return next(text for least, text in _WORDS if score >= least)


def too_wide(score: float, interval: Interval) -> Text:
    """Return what is said instead of a number: the middle in words, and how far down it goes, else how far up."""
    middle, low, high = (band_words(value) for value in (score, interval.low, interval.high))
    span = f"{interval.low:.0f}–{interval.high:.0f}"
    other = low if middle != low else high
    if middle == other:
        return both(
            f"事件之间差别大（80% 区间 {span}），不给一个数字，只能说：{middle.zh}。",
            f"The events differ a lot (80% interval {span}), so no single number: {middle.en}.",
        )
    return both(
        f"事件之间差别大（80% 区间 {span}），不给一个数字，只能说：一半以上{middle.zh}，也有{other.zh}的。",
        f"The events differ a lot (80% interval {span}), so no single number: "
        f"half of them {middle.en}, others {other.en}.",
    )


def is_change(now: float, before: float, minimal: float | None) -> bool:
    """Return whether two scores differ by more than scatter; False while the scatter is not known."""
    return minimal is not None and abs(now - before) > minimal


@lru_cache(maxsize=64)
def _middles(count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return, for each resample of `count` events, the places of its two middle events among all in order.

    `RandomState` is frozen: the same numbers on every version.
    """
    drawn = np.sort(np.random.RandomState(_SEED).randint(0, count, size=(_RESAMPLES, count)), axis=1)
    return drawn[:, (count - 1) // 2].astype(np.int64), drawn[:, count // 2].astype(np.int64)
