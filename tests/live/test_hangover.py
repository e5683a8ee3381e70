"""The silence that ends an utterance, from what is known of pauses."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from coach.live.hangover import Pauses, hangover_curve

USUAL = Pauses(0.49, 0.38)


def waits(belief: float, pauses: Pauses = USUAL, rate: float = 0.05) -> float:
    return float(np.interp(belief, *hangover_curve(pauses, rate, 0.18, 2.0)))


def test_the_surer_the_shorter_between_the_bounds() -> None:
    found = [waits(belief) for belief in np.arange(-8, 8, 0.25)]
    assert (found[0], found[-1]) == pytest.approx((2.0, 0.18))
    assert all(here >= after for here, after in itertools.pairwise(found))


def test_no_hangover_lies_where_it_would_be_late_and_still_cut_in() -> None:
    _, seconds = hangover_curve(USUAL, 0.05, 0.18, 2.0)
    assert not ((seconds > 0.2) & (seconds < 0.45)).any()


def test_fewer_cut_ins_and_slower_speakers_take_longer_waits() -> None:
    assert waits(1.0) == pytest.approx(0.88, abs=0.03)
    assert waits(1.0, rate=0.01) > waits(1.0)
    assert waits(1.0, Pauses(0.7, 0.38)) > waits(1.0)
    assert waits(3.0, rate=0.01) > waits(3.0) == 0.18


def test_the_planned_rate_of_cut_ins_is_half_of_what_is_allowed() -> None:
    beliefs, seconds = hangover_curve(USUAL, 0.05, 0.18, 2.0)
    dice = np.random.default_rng(1)
    believed = dice.normal(-2.0, 2.0, 200_000)
    pauses = np.exp(dice.normal(np.log(0.49), 0.38, 200_000))
    cut = np.interp(believed, beliefs, seconds) < pauses
    assert cut.mean() == pytest.approx(0.025, abs=0.003)


def test_lengths_of_pauses_are_log_normal() -> None:
    assert USUAL.quantile(0.5) == pytest.approx(0.49)
    assert USUAL.longer(np.array([USUAL.quantile(0.8)]))[0] == pytest.approx(0.2)


def test_bounds_that_cross_leave_the_shortest() -> None:
    _, seconds = hangover_curve(USUAL, 0.05, 0.9, 0.4)
    assert set(seconds) == {0.9}
