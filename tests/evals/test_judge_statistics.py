"""Agreement on scores made here, against values worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import InputError
from evals.judge_statistics import alpha, icc_a1, near, quadratic_kappa, standardised_difference
from evals.scoring_judge import load_ratings

SAME = [(1.0, 1.0), (3.0, 3.0), (5.0, 5.0)]
HIGHER = [(left, right + 1) for left, right in SAME]


def test_perfect_agreement_is_one_everywhere() -> None:
    assert quadratic_kappa(SAME) == 1.0
    assert icc_a1(SAME) == 1.0
    assert alpha([[1, 3, 5], [1, 3, 5]]) == 1.0
    assert standardised_difference(SAME) == 0.0
    assert near(SAME, 0.5) == 1.0


def test_a_judge_that_is_one_point_higher_loses_absolute_agreement() -> None:
    # Mean square difference 1; over all nine pairings (1,3,5)x(2,4,6): (1+9+25+1+1+9+9+1+1)/9 = 57/9.
    assert quadratic_kappa(HIGHER) == pytest.approx(1 - 9 / 57, abs=1e-3)
    # Rows 8, columns 1.5, error 0: 8 / (8 + 2 * 1.5 / 3).
    assert icc_a1(HIGHER) == pytest.approx(8 / 9, abs=1e-3)
    assert standardised_difference(HIGHER) == pytest.approx(0.5, abs=1e-3)
    assert near(HIGHER, 0.5) == 0.0
    assert near(HIGHER, 1.0) == 1.0


def test_chance_is_about_nothing_and_opposites_are_below() -> None:
    assert quadratic_kappa([(1.0, 5.0), (5.0, 1.0)]) == -1.0
    assert quadratic_kappa([(3.0, 3.0), (3.0, 3.0)]) is None
    assert alpha([[3, 3], [3, 3]]) is None
    assert alpha([[1, None, 5], [None, 2, None]]) is None
    assert icc_a1(SAME[:2]) is None


def test_ratings_are_read_and_bad_rows_named(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text("transcript,item,rater,score\na,flow,li,3\na,flow,wu,4\n", encoding="utf-8")
    assert load_ratings(path) == {("a", "flow"): [3.0, 4.0]}
    for row, fault in (("a,flow,li,9", "0 to 5"), ("a,charm,li,3", "charm"), (",flow,li,3", "transcript")):
        path.write_text(f"transcript,item,rater,score\n{row}\n", encoding="utf-8")
        with pytest.raises(InputError) as error:
            load_ratings(path)
        assert ":2:" in error.value.text
        assert fault in error.value.text
    with pytest.raises(InputError):
        load_ratings(tmp_path / "missing.csv")
