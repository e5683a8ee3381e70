"""How likely each utterance shows the state of each selling point, by all its words and by its clauses closest to it.

It tells what is to be read: quick, and rough. The weights are learned from labelled talks by `scripts/train_about.py`:
what asserts a point, or contradicts it, is about it.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from coach.score.weighing import load_weighing

Array = NDArray[np.float64]
SIGNS = ("bias", "alike", "near", "near_root", "alike_rather", "near_rather", "alike_rank", "near_rank")
"""How alike all words are and how near the closest clauses come; `rather`: how much more than to any other point;
`rank`: one over the place among the talk's utterances."""
ABOUT, OTHER = "about", "other"
"""Outcomes of a pair."""


def about(alike: Array, near: Array) -> Array:
    """Return the log-odds (utterances, points) that an utterance is about a point; arguments as of `signs_of`."""
    return signs_of(alike, near) @ _weights()


def signs_of(alike: Array, near: Array) -> Array:
    """Return the signs (utterances, points, `SIGNS`) of each pair.

    Args:
        alike: Log-odds (utterances, points) by all words alone.
        near: How close the closest clauses come, of the same shape, 0 to 1.
    """
    made = [
        np.ones_like(alike),
        alike,
        near,
        np.sqrt(near),
        alike - of_others(alike),
        near - of_others(near),
        1.0 / (1.0 + _ahead(alike)),
        np.where(near > 0, 1.0 / (1.0 + _ahead(near)), 0.0),
    ]
    return np.stack(made, axis=-1)


def of_others(values: Array) -> Array:
    """Return the largest value (utterances, points) that an utterance has for any other point; its own without one."""
    if values.shape[1] < 2:
        return values
    most = np.sort(values, axis=1)
    is_most = np.arange(values.shape[1]) == values.argmax(axis=1)[:, None]
    return np.where(is_most, most[:, -2:-1], most[:, -1:])


def _ahead(values: Array) -> Array:
    """Return how many utterances have more than each (utterances, points) for the same point."""
    ordered = np.sort(-values, axis=0)
    columns = [np.searchsorted(ordered[:, at], -values[:, at], side="left") for at in range(values.shape[1])]
    return np.stack(columns, axis=1).astype(np.float64)


@cache
def _weights() -> Array:
    weights = load_weighing("about.yaml").weights
    return np.array([weights[ABOUT][name] - weights[OTHER][name] for name in SIGNS])
