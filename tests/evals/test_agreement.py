"""Arithmetic of agreement, on pairs made here."""

from __future__ import annotations

import pytest

from evals.agreement import accuracy, kendall, macro_f1, precision, recall, spearman

PAIRS = [("hit", "hit"), ("hit", "miss"), ("miss", "miss"), ("partial", "hit")]


def test_shares() -> None:
    assert accuracy(PAIRS) == 0.5
    assert recall(PAIRS, "hit") == 0.5
    assert precision(PAIRS, "hit") == 0.5
    # hit 2·1/(2+2), miss 2·1/(1+2), partial 0; "misstated" is wanted by nothing and left out.
    assert macro_f1(PAIRS, ("hit", "partial", "miss", "misstated")) == pytest.approx((0.5 + 2 / 3) / 3, abs=1e-3)
    assert accuracy([]) is None
    assert macro_f1([], ("hit",)) is None


def test_rank_correlations() -> None:
    assert spearman([1, 2, 3], [10, 20, 30]) == 1.0
    assert kendall([1, 2, 3, 4], [1, 2, 4, 3]) == pytest.approx(2 / 3, abs=1e-3)
    assert spearman([1, 1, 1], [1, 2, 3]) is None
    assert kendall([1], [1]) is None
