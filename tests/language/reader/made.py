"""Small made weights of an encoder."""

from __future__ import annotations

import numpy as np

from coach.language.reader.net import Array, Weights

PIECES, NARROW, WIDTH, WIDE, PLACES, HEADS = 11, 4, 8, 12, 16, 2
ROWS = [[1, 2, 3], [4, 5, 6, 7, 8, 9, 10, 1, 2], [3], [9, 9, 2, 1, 5], [7, 0]]


def made_weights(layers: int, size: float = 1.0) -> dict[str, Array]:
    chance = np.random.default_rng(7)

    def made(*shape: int) -> Array:
        return (size * chance.normal(size=shape)).astype(np.float32)

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


def as_wide_as_states(weights: dict[str, Array]) -> tuple[Weights, Weights]:
    """Return the weights with word vectors as wide as states: with a matrix `up` that changes nothing, and without."""
    wide = {name: weight for name, weight in weights.items() if name != "up"}
    wide["word"] = np.random.default_rng(8).normal(size=(PIECES, WIDTH)).astype(np.float32)
    return {**wide, "up": np.eye(WIDTH, dtype=np.float32)}, wide


def in_8_bits(weights: Weights) -> Weights:
    """Return the weights with every matrix in 8 bits: a scale per word and place, else per column."""
    made = dict(weights)
    for name, full in weights.items():
        if full.ndim == 2:
            along = 1 if name in ("word", "position") else 0
            scale = np.abs(full).max(axis=along, keepdims=True) / 127
            made[name], made[f"{name}.scale"] = np.round(full / scale).astype(np.int8), scale.astype(np.float32)
    return made
