"""One metric of delivery, with its value or the reason why there is none."""

from __future__ import annotations

from typing import Literal

from coach.score.scorecard import Metric, Text
from coach.score.wording import both

Confidence = Literal["high", "medium", "low"]
Verdict = Literal["in_band", "low", "high", "none"]

NO_WORD_TIMES = both("记录里没有每个词的时间", "The record holds no word times")


def made_metric(
    name: str,
    title: Text,
    value: float | None,
    unit: str,
    method: Text,
    reason: Text,
    *,
    band: tuple[float, float] | None = None,
    verdict: Verdict = "none",
    confidence: Confidence = "medium",
) -> Metric:
    """Return it; without a value it has no verdict, and `reason` says why."""
    return Metric(
        id=name,
        name=title,
        panel="skill",
        value=value,
        unit=unit,
        band=band,
        verdict=verdict if value is not None else "none",
        not_measured=None if value is not None else reason,
        method=method,
        confidence=confidence,
    )


def per_100(count: int, syllables: int) -> float | None:
    """Return a count per 100 syllables, None without any."""
    return round(100 * count / syllables, 2) if syllables else None


def rounded(value: float | None) -> float | None:
    """Return a value to one decimal."""
    return None if value is None else round(value, 1)


def verdict_of(value: float | None, green: tuple[float, float]) -> Verdict:
    """Return where a value lies."""
    low, high = green
    if value is None:
        return "none"
    return "low" if value < low else "high" if value > high else "in_band"
