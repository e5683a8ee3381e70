"""How likely texts are about one thing, by their words alone: a cosine of summed word vectors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from coach.language.reader.net import Array, Weights

_TINY = 1e-9


class Alike:
    """Compares texts.

    Args:
        weights: Of a reader: `word` (V, E) with its scale, and `alike.matrix` (E, W), `alike.worth` (V,) of each piece,
            `alike.scale` and `alike.least`, which make log-odds of a cosine.
    """

    NAMED = "alike."
    """Begins the names of its own weights."""

    def __init__(self, weights: Weights) -> None:
        self._word, self._scale = weights["word"], weights.get("word.scale")
        self._matrix, self._worth = weights["alike.matrix"], weights["alike.worth"]
        self._rise, self._least = float(weights["alike.scale"]), float(weights["alike.least"])

    def odds(self, texts: Sequence[Sequence[int]], others: Sequence[Sequence[int]]) -> Array:
        """Return the log-odds (texts, others) that two are about one thing; texts are pieces by number."""
        if not texts or not others:
            return np.zeros((len(texts), len(others)), dtype=np.float32)
        cosine = self._seen(texts) @ self._seen(others).T
        return np.asarray(cosine * self._rise - self._least, dtype=np.float32)

    def _seen(self, texts: Sequence[Sequence[int]]) -> Array:
        summed = np.stack([self._sum(list(text)) for text in texts]) @ self._matrix
        return np.asarray(summed / (np.linalg.norm(summed, axis=1, keepdims=True) + _TINY), dtype=np.float32)

    def _sum(self, pieces: list[int]) -> Array:
        worth = self._worth[pieces]
        if self._scale is not None:
            worth = worth * self._scale[pieces, 0]
        return np.asarray(worth @ self._word[pieces].astype(np.float32), dtype=np.float32)
