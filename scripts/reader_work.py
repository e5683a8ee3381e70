"""The folder WORK that goes from step to step of `scripts/train_reader.py`, and weights as they are shipped."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scripts.reader_base import weights_of

Array = NDArray[np.float32]
PLACES = 256
"""Positions that are shipped; of a longer row the reader leaves out the end."""
_SOLID = 20_000
"""Numbers of a matrix from which it is kept in 8 bits."""


def first_weights(work: Path) -> dict[str, Array]:
    """Return the weights that training begins with."""
    with np.load(work / "base.npz") as held:
        return weights_of({key: held[key] for key in held.files})


def padding(work: Path) -> int:
    """Return the number of the piece that fills rows up."""
    return int(json.loads((work / "pad.json").read_text(encoding="utf-8")))


def packed(weights: Mapping[str, Array]) -> dict[str, NDArray[np.int8] | Array]:
    """Return weights as they are shipped: large matrices in 8 bits, a scale per word, place or column."""
    made: dict[str, NDArray[np.int8] | Array] = {}
    for name, full in weights.items():
        weight = full[:PLACES] if name == "position" else full
        if weight.ndim == 2 and weight.size > _SOLID:
            along = 1 if name in ("word", "position") else 0
            scale = np.abs(weight).max(axis=along, keepdims=True) / 127 + 1e-12
            made[name] = np.round(weight / scale).astype(np.int8)
            made[f"{name}.scale"] = scale.astype(np.float32)
        else:
            made[name] = weight.astype(np.float32)
    return made
