"""A small transformer encoder, forward only, in NumPy: a row of piece numbers in, states out.

Post-norm layers with GELU and learned positions. `coach.llm.encoder` does the same several times faster.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Weights = Mapping[str, NDArray[np.int8] | Array]
"""`word` (V, E), `up` (E, H) unless E = H, `position` (P, H), and per layer `0.qkv` (H, 3 H) and the like.

A matrix of 8 bits has its scale beside it, as `word.scale` (V, 1) or `0.qkv.scale` (1, 3 H)."""
_EPSILON = 1e-12


class Encoder(Protocol):
    """What turns a text into states."""

    def read(self, row: Sequence[int]) -> Array:
        """Return the states (pieces, H) of one row of piece numbers."""
        ...


EncoderMaker = Callable[[Weights, int], Encoder]
"""Makes an encoder of weights and a number of attention heads; H is a multiple of it."""


class Net:
    """The encoder in NumPy.

    Args:
        weights: Of the layers.
        heads: Attention heads.
    """

    def __init__(self, weights: Weights, heads: int) -> None:
        self._weights = {name: whole(weights, name) for name in weights if not name.endswith(".scale")}
        self._heads, self._layers = heads, layers_of(weights)

    def read(self, row: Sequence[int]) -> Array:
        """Return the states (pieces, H) of one row of piece numbers."""
        weights = self._weights
        states = weights["word"][list(row)]
        if "up" in weights:
            states = states @ weights["up"]
        states = _normal(states + weights["position"][: len(row)], weights["norm.w"], weights["norm.b"])
        for layer in range(self._layers):
            states = self._through(layer, states)
        return states

    def _through(self, layer: int, states: Array) -> Array:
        def of(name: str) -> Array:
            return self._weights[f"{layer}.{name}"]

        size, width = states.shape
        mixed = (states @ of("qkv") + of("qkv.b")).reshape(size, 3, self._heads, -1).transpose(1, 2, 0, 3)
        asked, keys, values = mixed
        near = asked @ keys.transpose(0, 2, 1) * np.float32((width // self._heads) ** -0.5)
        near = np.exp(near - near.max(axis=-1, keepdims=True))
        near /= near.sum(axis=-1, keepdims=True)
        joined = (near @ values).transpose(1, 0, 2).reshape(size, width)
        states = _normal(states + joined @ of("out") + of("out.b"), of("norm1.w"), of("norm1.b"))
        wide = _gelu(states @ of("wide") + of("wide.b"))
        return _normal(states + wide @ of("narrow") + of("narrow.b"), of("norm2.w"), of("norm2.b"))


def layers_of(weights: Weights) -> int:
    """Return how many layers there are."""
    return sum(name.endswith(".qkv") for name in weights)


def whole(weights: Weights, name: str) -> Array:
    """Return a weight in 32 bits."""
    weight = weights[name]
    return (weight * weights[f"{name}.scale"] if f"{name}.scale" in weights else weight).astype(np.float32)


def _normal(states: Array, weight: Array, bias: Array) -> Array:
    centred = states - states.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(_EPSILON))
    normal: Array = centred / spread * weight + bias
    return normal


def _gelu(value: Array) -> Array:
    """Return x times the normal distribution's share below it, by tanh: within 1e-3 of the exact one, and no SciPy."""
    inner = np.float32(0.7978845608) * value * (np.float32(1) + np.float32(0.044715) * value * value)
    return np.asarray(np.float32(0.5) * value * (np.float32(1) + np.tanh(inner)), dtype=np.float32)
