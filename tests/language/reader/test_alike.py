"""How likely words are about a point, by all of them together."""

from __future__ import annotations

import numpy as np
import pytest

from coach.language.reader.alike import Alike
from coach.language.reader.asked import Asked
from coach.language.reader.net import Weights
from coach.language.reader.reader import reader
from tests.language.reader.made import NARROW, PIECES, in_8_bits, made_weights

POINTS = [
    Asked("Carbon steel, 1.6 mm thick, 30 cm across", ("carbon steel", "1.6 mm thick", "30 cm across")),
    Asked("Spun and finished in Sheffield", ("finished in Sheffield",)),
    Asked("Not for the dishwasher, wash by hand", ("wash by hand",)),
]


def made() -> Weights:
    chance = np.random.default_rng(3)
    told = {
        "alike.matrix": chance.normal(size=(NARROW, 3)),
        "alike.worth": chance.random(PIECES),
        "alike.scale": np.array(12.0),
        "alike.least": np.array(1.0),
    }
    return {**made_weights(1), **{name: value.astype(np.float32) for name, value in told.items()}}


def test_a_text_is_as_like_itself_as_can_be_in_any_order() -> None:
    alike = Alike(made())
    odds = alike.odds([[1, 2, 3], [4, 5]], [[3, 1, 2], [4, 5]])
    assert odds.shape == (2, 2)
    assert odds.diagonal() == pytest.approx([11.0, 11.0], abs=1e-4)
    assert (odds <= 11.0 + 1e-4).all()


def test_weights_of_8_bits_say_nearly_the_same() -> None:
    weights = made()
    rows = [[1, 2, 3], [4, 5, 6], [7, 8, 9, 10]]
    small = {**weights, **{name: part for name, part in in_8_bits(weights).items() if name.startswith("word")}}
    assert Alike(small).odds(rows, rows) == pytest.approx(Alike(weights).odds(rows, rows), abs=0.3)


def test_nothing_is_like_nothing() -> None:
    alike = Alike(made())
    assert alike.odds([], [[1]]).shape == (0, 1)
    assert alike.odds([[1]], []).shape == (1, 0)
    assert np.isfinite(alike.odds([[], [1]], [[]])).all()


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("pure titanium is this, space titanium", 0),
        ("about three mill thick, that is", 0),
        ("they make it in my home town, up in Yorkshire", 1),
        ("you can throw it in with the plates and the cups", 2),
    ],
)
def test_the_shipped_weights_find_the_point_without_its_words(text: str, point: int) -> None:
    odds = reader().alike([text], POINTS)[0]
    assert odds[point] > odds.max() - 0.1  # a tie is no harm: several turns are read for a point
