"""The silence between two clauses of a spoken line."""

from __future__ import annotations

import numpy as np

from coach.ports import MOUTH_RATE_HZ, Int16Array

_SENTENCE_BREATH_SEC = 0.2
_CLAUSE_BREATH_SEC = 0.04
"""Silence between clauses, s; synthesisers end a clause at its last sound. Source: short pauses stay under 200 ms."""


def breath_after(said: str) -> Int16Array:
    """Return the silence between two clauses: longer after a sentence than after a comma."""
    seconds = _SENTENCE_BREATH_SEC if said.rstrip()[-1:] in ".!?。！？…" else _CLAUSE_BREATH_SEC
    return np.zeros(round(seconds * MOUTH_RATE_HZ), dtype=np.int16)
