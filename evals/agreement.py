"""How far two sets of judgements agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import isnan

Pair = tuple[str, str]
"""Wanted, got."""


def macro_f1(pairs: Sequence[Pair], classes: Sequence[str]) -> float | None:
    """Return the mean of the classes' F1; classes that nothing wanted are left out."""
    wanted, got = Counter(want for want, _ in pairs), Counter(have for _, have in pairs)
    both = Counter(want for want, have in pairs if want == have)
    used = [name for name in classes if wanted[name]]
    return round(sum(2 * both[name] / (wanted[name] + got[name]) for name in used) / len(used), 3) if used else None


def accuracy(pairs: Sequence[Pair]) -> float | None:
    """Return the share of pairs that agree; None of nothing."""
    return round(sum(want == have for want, have in pairs) / len(pairs), 3) if pairs else None


def recall(pairs: Sequence[Pair], name: str) -> float | None:
    """Return the share of those wanted as `name` that got it."""
    return accuracy([pair for pair in pairs if pair[0] == name])


def precision(pairs: Sequence[Pair], name: str) -> float | None:
    """Return the share of those that got `name` that were wanted as such."""
    return accuracy([pair for pair in pairs if pair[1] == name])


def spearman(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Return Spearman's rank correlation; None where either side does not vary."""
    if len(set(first)) < 2 or len(set(second)) < 2:
        return None
    from scipy.stats import spearmanr

    return _number(spearmanr(first, second).statistic)


def kendall(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Return Kendall's τ-b; None where either side does not vary."""
    if len(first) < 2 or len(set(first)) < 2 or len(set(second)) < 2:
        return None
    from scipy.stats import kendalltau

    return _number(kendalltau(first, second).statistic)


def _number(value: float) -> float | None:
    return None if isnan(value) else round(float(value), 3)
