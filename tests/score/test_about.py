"""Which utterances look as if they were about a selling point."""

from __future__ import annotations

import numpy as np
import pytest

from coach.score.about import SIGNS, about, of_others, signs_of


def test_words_and_clauses_that_come_closer_make_an_utterance_likelier() -> None:
    alike = np.array([[9.0, 0.0], [4.0, 0.0], [0.0, 0.0], [-3.0, -3.0]])
    near = np.array([[0.8, 0.1], [0.8, 0.1], [0.4, 0.1], [0.0, 0.1]])
    likely = about(alike, near)
    assert likely[0, 0] > likely[1, 0] > likely[2, 0] > likely[3, 0]
    assert likely[0, 0] > likely[0, 1]


@pytest.mark.parametrize(
    ("values", "others"),
    [
        ([[3.0, 1.0, 2.0]], [[2.0, 3.0, 3.0]]),
        ([[2.0, 2.0]], [[2.0, 2.0]]),
        ([[1.0], [5.0]], [[1.0], [5.0]]),
    ],
    ids=["three points", "two alike", "one point"],
)
def test_the_most_that_an_utterance_has_for_any_other_point(
    values: list[list[float]], others: list[list[float]]
) -> None:
    assert of_others(np.array(values)).tolist() == others


def test_ranks_count_those_ahead_and_what_comes_nowhere_near_has_none() -> None:
    signs = signs_of(np.array([[1.0], [3.0], [1.0]]), np.array([[0.0], [0.0], [0.2]]))
    assert signs.shape == (3, 1, len(SIGNS))
    assert signs[:, 0, SIGNS.index("alike_rank")].tolist() == [1 / 2, 1.0, 1 / 2]
    assert signs[:, 0, SIGNS.index("near_rank")].tolist() == [0.0, 0.0, 1.0]
