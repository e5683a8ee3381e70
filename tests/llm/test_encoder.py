"""Beside the encoder in NumPy, which `tests/language/reader/test_net.py` compares with plain loops."""

from __future__ import annotations

import numpy as np
import pytest

from coach.language.reader.asked import Asked, PointRead, Said
from coach.language.reader.net import Array, Net, Weights
from coach.language.reader.reader import encoder_maker, reader
from tests.language.reader.made import HEADS, ROWS, WIDTH, as_wide_as_states, in_8_bits, made_weights

pytest.importorskip("onnxruntime")

from coach.llm.encoder import OnnxEncoder

LID = Asked("the lid is machine washable", ("lid machine washable",))
LAMP = Asked("charges in forty minutes and lasts nine hours", ("charges in 40 minutes", "lasts 9 hours"))
OVEN = Asked("不能进微波炉", ("不能进微波炉",))
PAIRS = [
    (Said("pop the lid in the dishwasher whenever you like"), LID),
    (Said("the lid is not machine washable"), LID),
    (Said("thanks for the roses, let me fix my camera"), LID),
    (Said("plug it in for forty minutes and that is nine hours of light"), LAMP),
    (Said("nine hours, easily"), LAMP),
    (Said("可以的，随便热", "可以放微波炉热吗"), OVEN),
    (Said("千万别进微波炉啊"), OVEN),
    (Said("谢谢这位姐姐送的小心心"), OVEN),
]


def alike(one: Array, other: Array) -> float:
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


@pytest.mark.parametrize("layers", [1, 2, 4])
@pytest.mark.parametrize("kept", [dict, in_8_bits])
def test_states_are_about_those_of_the_net(layers: int, kept: type[dict[str, Array]]) -> None:
    weights: Weights = kept(made_weights(layers, size=0.5))
    encoder, net = OnnxEncoder(weights, HEADS), Net(weights, HEADS)
    for row in ROWS:
        states = encoder.read(row)
        assert states.shape == (len(row), WIDTH)
        assert states.dtype == np.float32
        assert alike(states, net.read(row)) > 0.98


def test_word_vectors_as_wide_as_states_need_no_matrix() -> None:
    with_matrix, without = as_wide_as_states(made_weights(2))
    for made in (Net, OnnxEncoder):
        for row in ROWS:
            states = made(without, HEADS).read(row)
            assert states == pytest.approx(made(with_matrix, HEADS).read(row), abs=1e-5)


def test_states_of_a_row_do_not_depend_on_what_was_read_before() -> None:
    encoder = OnnxEncoder(made_weights(2), HEADS)
    first = [encoder.read(row) for row in ROWS]
    for row, states in reversed(list(zip(ROWS, first, strict=True))):
        np.testing.assert_array_equal(encoder.read(row), states)


def test_it_is_what_the_reader_takes_where_its_package_is_installed() -> None:
    assert encoder_maker() == (OnnxEncoder, "int8")


def likeliest(read: PointRead) -> str:
    return max(("hit", "partial", "miss", "misstated"), key=lambda state: getattr(read, state))


@pytest.mark.slow
def test_the_shipped_weights_say_the_same_on_either(monkeypatch: pytest.MonkeyPatch) -> None:
    said = [pair[0] for pair in PAIRS]
    quick = reader.__wrapped__()
    fast, fast_claims = quick.points(PAIRS), quick.claims(said, "home", "en")
    monkeypatch.setattr("coach.language.reader.reader.find_spec", lambda name: None)
    slow = reader.__wrapped__()
    plain, plain_claims = slow.points(PAIRS), slow.claims(said, "home", "en")
    assert list(map(likeliest, fast)) == list(map(likeliest, plain))
    assert len(set(map(likeliest, plain))) > 2
    for one, other in zip(fast, plain, strict=True):
        assert one[:4] == pytest.approx(other[:4], abs=0.12)
    for claim, same in zip(fast_claims, plain_claims, strict=True):
        assert claim.shares == pytest.approx(same.shares, abs=0.12)
