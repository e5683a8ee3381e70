from __future__ import annotations

import math

import numpy as np
import pytest

from coach.language.reader.net import Array, Net

PIECES, NARROW, WIDTH, WIDE, PLACES, HEADS = 11, 3, 8, 12, 16, 2
ROWS = [[1, 2, 3], [4, 5, 6, 7, 8, 9, 10, 1, 2], [3], [9, 9, 2, 1, 5], [7, 0]]


def weights(layers: int) -> dict[str, Array]:
    chance = np.random.default_rng(7)

    def made(*shape: int) -> Array:
        return chance.normal(size=shape).astype(np.float32)

    found = {
        "word": made(PIECES, NARROW),
        "up": made(NARROW, WIDTH),
        "position": made(PLACES, WIDTH),
        "norm.w": made(WIDTH),
        "norm.b": made(WIDTH),
    }
    shapes = {"qkv": (WIDTH, 3 * WIDTH), "out": (WIDTH, WIDTH), "wide": (WIDTH, WIDE), "narrow": (WIDE, WIDTH)}
    for layer in range(layers):
        for name, shape in shapes.items():
            found[f"{layer}.{name}"], found[f"{layer}.{name}.b"] = made(*shape), made(shape[1])
        for name in ("norm1", "norm2"):
            found[f"{layer}.{name}.w"], found[f"{layer}.{name}.b"] = made(WIDTH), made(WIDTH)
    return found


def test_a_row_has_the_same_states_alone_and_beside_longer_ones() -> None:
    net = Net(weights(2), HEADS)
    for row, together in zip(ROWS, net.read(ROWS), strict=True):
        [alone] = net.read([row])
        np.testing.assert_allclose(together.each, alone.each, rtol=1e-4, atol=1e-5)
        np.testing.assert_allclose(together.whole, alone.whole, rtol=1e-4, atol=1e-5)


def test_states_come_in_the_order_of_the_rows_however_many_blocks_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    net = Net(weights(1), HEADS)
    wanted = net.read(ROWS)
    assert [state.each.shape for state in wanted] == [(len(row), WIDTH) for row in ROWS]
    monkeypatch.setattr("coach.language.reader.net._BLOCK", 6)
    for state, want in zip(net.read(ROWS), wanted, strict=True):
        np.testing.assert_allclose(state.each, want.each, rtol=1e-4, atol=1e-5)


def test_no_rows_have_no_states() -> None:
    assert Net(weights(1), HEADS).read([]) == []


def test_the_whole_is_the_first_state_beside_the_mean_and_any_other_can_stand_for_the_first() -> None:
    [states] = Net(weights(1), HEADS).read([ROWS[1]])
    np.testing.assert_allclose(states.whole, np.append(states.each[0], states.each.mean(axis=0)), rtol=1e-6)
    np.testing.assert_allclose(states.at(0), states.whole)
    np.testing.assert_allclose(states.at(4), np.append(states.each[4], states.each.mean(axis=0)), rtol=1e-6)


@pytest.mark.parametrize("layers", [1, 2])
def test_layers_do_what_plain_loops_do(layers: int) -> None:
    held = weights(layers)
    [states] = Net(held, HEADS).read([ROWS[3]])
    np.testing.assert_allclose(states.each, by_hand(held, ROWS[3], layers), rtol=1e-3, atol=2e-3)


Numbers = list[float]


def by_hand(held: dict[str, Array], row: list[int], layers: int) -> list[Numbers]:
    def times(state: Numbers, name: str) -> Numbers:
        matrix, bias = held[name].tolist(), held.get(f"{name}.b", np.zeros(held[name].shape[1])).tolist()
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
        normal(added(times(held["word"][piece].tolist(), "up"), held["position"][at].tolist()), "norm")
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
