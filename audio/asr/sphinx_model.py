"""The Gaussians of the en-US model, read from its files: what a speaker's cepstra are compared with.

The model is phonetically tied: each of 42 phones has a codebook of 128 Gaussians for cepstra, their slope and their
curvature, and each of 5,126 senones (states of phones in context) weighs its phone's codebook.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

STREAMS = 3
"""Cepstra, their slope, their curvature."""
_LEAST_VARIANCE = 1e-4
"""pocketsphinx's `varfloor`."""
_WEIGHT_STEP = 1024 * np.log(1.0001)
"""Mixture weights are stored as negative logarithms to the base 1.0001, scaled down by 2**10."""
_BYTE_ORDER = 0x11223344


@dataclass(frozen=True)
class AcousticModel:
    """Gaussians and weights."""

    means: Floats
    """Shape (phones, 3, 128, 13)."""
    variances: Floats
    """Shape (phones, 3, 128, 13)."""
    log_weights: Floats
    """Shape (3, senones, 128)."""


def load_acoustic_model(folder: Path) -> AcousticModel:
    """Read `means`, `variances` and `sendump`, 4 MB.

    Raises:
        ValueError: If a file is no part of such a model.
    """
    means, variances = _gaussians(folder / "means"), _gaussians(folder / "variances")
    return AcousticModel(means, np.maximum(variances, _LEAST_VARIANCE), _weights(folder / "sendump"))


def _gaussians(path: Path) -> Floats:
    """Read a file of the s3 format: a text header, then whole numbers for the shape, then float32."""
    data = path.read_bytes()
    start = data.find(b"endhdr\n") + len(b"endhdr\n")
    if np.frombuffer(data, "<i4", 1, start)[0] != _BYTE_ORDER:
        raise ValueError(f"Expected Gaussians in little-endian s3 format in {path}.")
    phones, streams, density = np.frombuffer(data, "<i4", 3, start + 4)
    lengths = np.frombuffer(data, "<i4", streams, start + 16)
    values = np.frombuffer(data, "<f4", phones * streams * density * lengths[0], start + 20 + 4 * streams)
    return values.reshape(phones, streams, density, lengths[0])


def _weights(path: Path) -> Floats:
    """Read a dump of mixture weights: texts with their lengths, an empty one, the shape, then bytes."""
    data = path.read_bytes()
    at = 0
    while length := int(np.frombuffer(data, "<i4", 1, at)[0]):
        at += 4 + length
    density, senones = np.frombuffer(data, "<i4", 2, at + 4)
    steps = np.frombuffer(data, np.uint8, -1, at + 12).reshape(STREAMS, density, senones)
    return np.asarray(-_WEIGHT_STEP * steps.transpose(0, 2, 1), np.float32)
