"""A small transformer encoder, forward only, in NumPy: rows of piece numbers in, states out.

Post-norm layers with GELU, learned positions, mean of the states beside the first one for whole-text answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
_EPSILON = 1e-12
_FAR = np.float32(-1e9)
_BLOCK = 2048
"""Numbers of pieces, padding included, that go through at once: enough to keep the processor busy, little memory."""


class States(NamedTuple):
    """What comes out for one text."""

    whole: Array
    """(2 H,): state of its first piece and mean of all."""
    each: Array
    """(pieces, H)."""

    def at(self, place: int) -> Array:
        """Return (2 H,): state of one piece beside the mean of all."""
        return np.concatenate([self.each[place], self.whole[len(self.whole) // 2 :]])


class Net:
    """The encoder.

    Args:
        weights: `word` (V, E), `up` (E, H), `position` (P, H), and per layer `0.qkv` (H, 3 H) and the like.
        heads: Attention heads; H is a multiple of it.
    """

    def __init__(self, weights: Mapping[str, Array], heads: int) -> None:
        self._weights, self._heads = weights, heads
        self._layers = sum(name.endswith(".qkv") for name in weights)

    def read(self, rows: Sequence[Sequence[int]]) -> list[States]:
        """Return the states of each row; the rows that it is read with change them by rounding only."""
        found: list[States | None] = [None] * len(rows)
        for chosen in _blocks(rows):
            states = self._read([rows[at] for at in chosen])
            for at, each in zip(chosen, states, strict=True):
                found[at] = States(np.concatenate([each[0], each.mean(axis=0)]), each)
        return [item for item in found if item is not None]

    def _read(self, rows: Sequence[Sequence[int]]) -> list[Array]:
        sizes = [len(row) for row in rows]
        longest, weights = max(sizes), self._weights
        numbers = np.zeros((len(rows), longest), dtype=np.int64)
        for at, row in enumerate(rows):
            numbers[at, : len(row)] = row
        states = weights["word"][numbers] @ weights["up"] + weights["position"][:longest]
        states = _normal(states, weights["norm.w"], weights["norm.b"])
        hidden = np.where(np.arange(longest) < np.array(sizes)[:, None], np.float32(0), _FAR)[:, None, None, :]
        for layer in range(self._layers):
            states = self._through(layer, states, hidden)
        return [state[:size] for state, size in zip(states, sizes, strict=True)]

    def _through(self, layer: int, states: Array, hidden: Array) -> Array:
        def of(name: str) -> Array:
            return self._weights[f"{layer}.{name}"]

        rows, size, width = states.shape
        mixed = (states @ of("qkv") + of("qkv.b")).reshape(rows, size, 3, self._heads, -1).transpose(2, 0, 3, 1, 4)
        asked, keys, values = mixed
        near = asked @ keys.transpose(0, 1, 3, 2) * np.float32((width // self._heads) ** -0.5) + hidden
        near = np.exp(near - near.max(axis=-1, keepdims=True))
        near /= near.sum(axis=-1, keepdims=True)
        joined = (near @ values).transpose(0, 2, 1, 3).reshape(rows, size, width)
        states = _normal(states + joined @ of("out") + of("out.b"), of("norm1.w"), of("norm1.b"))
        wide = _gelu(states @ of("wide") + of("wide.b"))
        return _normal(states + wide @ of("narrow") + of("narrow.b"), of("norm2.w"), of("norm2.b"))


def _blocks(rows: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return numbers of rows of about one length, block by block."""
    blocks: list[list[int]] = []
    for at in sorted(range(len(rows)), key=lambda at: (len(rows[at]), at)):
        if blocks and len(rows[at]) * (len(blocks[-1]) + 1) <= _BLOCK:
            blocks[-1].append(at)
        else:
            blocks.append([at])
    return blocks


def _normal(states: Array, weight: Array, bias: Array) -> Array:
    centred = states - states.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(_EPSILON))
    normal: Array = centred / spread * weight + bias
    return normal


def _gelu(value: Array) -> Array:
    """Return x times the normal distribution's share below it, by tanh: within 1e-3 of the exact one, and no SciPy."""
    inner = np.float32(0.7978845608) * value * (np.float32(1) + np.float32(0.044715) * value * value)
    return np.asarray(np.float32(0.5) * value * (np.float32(1) + np.tanh(inner)), dtype=np.float32)
