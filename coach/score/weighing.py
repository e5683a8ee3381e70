"""Weighed signs: how likely each of a few outcomes is, by a linear model that a pack holds."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

_PACKS = Path(__file__).resolve().parent / "packs"
_LEAST = 0.01
"""Shares are not taken for surer than this."""


class Weighing(BaseModel):
    """The weights: of each outcome, of each sign."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    version: str
    source: str
    effective: str
    weights: Mapping[str, Mapping[str, float]]

    def shares(self, signs: Mapping[str, float]) -> dict[str, float]:
        """Return how likely each outcome is; sums to 1. A sign without a weight says nothing."""
        scores = {
            outcome: sum(weights.get(name, 0.0) * value for name, value in signs.items())
            for outcome, weights in self.weights.items()
        }
        top = max(scores.values())
        shares = {outcome: math.exp(score - top) for outcome, score in scores.items()}
        total = sum(shares.values())
        return {outcome: share / total for outcome, share in shares.items()}


def load_weighing(name: str) -> Weighing:
    """Return a shipped pack of weights."""
    return Weighing.model_validate(yaml.safe_load((_PACKS / name).read_text(encoding="utf-8")))


def odds(share: float) -> float:
    """Return the log-odds of a share, kept from the ends."""
    return math.log((share + _LEAST) / (1 - share + _LEAST))
