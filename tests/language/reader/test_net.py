from __future__ import annotations

import math

import numpy as np
import pytest

from coach.language.reader.net import Net, Weights, layers_of
from tests.language.reader.made import HEADS, ROWS, WIDTH, in_8_bits, made_weights


def test_every_piece_of_a_row_has_a_state() -> None:
    net = Net(made_weights(1), HEADS)
    assert [net.read(row).shape for row in ROWS] == [(len(row), WIDTH) for row in ROWS]
    assert net.read(ROWS[0]).dtype == np.float32


@pytest.mark.parametrize("layers", [1, 2])
def test_layers_do_what_plain_loops_do(layers: int) -> None:
    held = made_weights(layers)
    for row in ROWS:
        np.testing.assert_allclose(Net(held, HEADS).read(row), by_hand(held, row, layers), rtol=1e-3, atol=2e-3)


def test_a_matrix_in_8_bits_counts_as_its_numbers_times_their_scale() -> None:
    held = in_8_bits(made_weights(2))
    assert held["word"].dtype == held["0.qkv"].dtype == np.int8
    assert (held["word.scale"].shape, held["0.qkv.scale"].shape) == ((len(held["word"]), 1), (1, 3 * WIDTH))
    assert layers_of(held) == 2
    np.testing.assert_allclose(Net(held, HEADS).read(ROWS[1]), by_hand(held, ROWS[1], 2), rtol=1e-3, atol=2e-3)


Numbers = list[float]


def numbers(held: Weights, name: str) -> list[Numbers]:
    rows: list[Numbers] = held[name].tolist()
    if f"{name}.scale" not in held:
        return rows
    scales = held[f"{name}.scale"].tolist()
    across = scales if len(scales) == len(rows) else scales * len(rows)
    return [[x * scale[at % len(scale)] for at, x in enumerate(row)] for row, scale in zip(rows, across, strict=True)]


def by_hand(held: Weights, row: list[int], layers: int) -> list[Numbers]:
    def times(state: Numbers, name: str) -> Numbers:
        matrix, bias = numbers(held, name), held.get(f"{name}.b", np.zeros(held[name].shape[1])).tolist()
        return [sum(x * line[at] for x, line in zip(state, matrix, strict=True)) + bias[at] for at in range(len(bias))]

    def normal(state: Numbers, name: str) -> Numbers:
        mean = sum(state) / len(state)
        spread = math.sqrt(sum((x - mean) ** 2 for x in state) / len(state))
        scale, shift = held[f"{name}.w"].tolist(), held[f"{name}.b"].tolist()
        return [(x - mean) / spread * w + b for x, w, b in zip(state, scale, shift, strict=True)]

    def added(one: Numbers, other: Numbers) -> Numbers:
        return [x + y for x, y in zip(one, other, strict=True)]

    def gelu(x: float) -> float:
        return x * 0.5 * (1 + math.erf(x / math.sqrt(2)))

    states = [
        normal(added(times(numbers(held, "word")[piece], "up"), numbers(held, "position")[at]), "norm")
        for at, piece in enumerate(row)
    ]
    part = WIDTH // HEADS
    for layer in range(layers):
        mixed = [times(state, f"{layer}.qkv") for state in states]
        joined: list[Numbers] = [[] for _ in states]
        for head in range(HEADS):
            asked, keys, values = (
                [line[kind * WIDTH + head * part : kind * WIDTH + (head + 1) * part] for line in mixed]
                for kind in range(3)
            )
            for at, question in enumerate(asked):
                near = [sum(q * k for q, k in zip(question, key, strict=True)) / math.sqrt(part) for key in keys]
                shares = [math.exp(value - max(near)) for value in near]
                weighed = [
                    sum(share * value[column] for share, value in zip(shares, values, strict=True)) / sum(shares)
                    for column in range(part)
                ]
                joined[at] += weighed
        for at, state in enumerate(states):
            state = normal(added(state, times(joined[at], f"{layer}.out")), f"{layer}.norm1")
            wide = [gelu(x) for x in times(state, f"{layer}.wide")]
            states[at] = normal(added(state, times(wide, f"{layer}.narrow")), f"{layer}.norm2")
    return states
