"""Learn how likely a turn touches a selling point by its words alone, so that few turns need to be read for it.

Both are sums of the reader's word vectors, each piece with a worth of its own, seen through one matrix; the cosine
tells how likely it is. On a processor this takes seconds.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from coach.language.reader.asked import Asked
from scripts.talks import TalkedProduct

Array = NDArray[np.float32]
Cut = Callable[[str], list[int]]
_WIDTH = 64
_EPOCHS, _RATE = 3, 3e-3
_NEAR_MISS = 0.3
"""How much a turn that only sounds like a point is to be found for it."""
_RARE = 4.0
"""How much more a turn that touches a point counts than one that does not."""
_AMONG_TURNS = 0.3
_SPREAD = 12.0


@dataclass(frozen=True)
class _Product:
    points: Sequence[Sequence[int]]
    turns: Sequence[Sequence[int]]
    touched: Tensor
    """(turns, points)."""


def learned(products: Sequence[TalkedProduct], cut: Cut, word: Array, worth: Sequence[float]) -> dict[str, Array]:
    """Return the weights of `coach.language.reader.alike.Alike` beside the word vectors.

    Args:
        products: With labelled talks.
        cut: Cuts a text into pieces.
        word: Their vectors (pieces, E).
        worth: Logarithm of how often each piece occurs.
    """
    torch.manual_seed(1)
    vectors = torch.from_numpy(word)
    matrix = torch.nn.Parameter(torch.randn(word.shape[1], _WIDTH) * word.shape[1] ** -0.5)
    weights = torch.nn.Parameter((-torch.tensor(worth) / _SPREAD).clamp(0.05, 1.5))
    scale, least = torch.nn.Parameter(torch.tensor(12.0)), torch.nn.Parameter(torch.tensor(0.0))
    learner = torch.optim.AdamW([matrix, weights, scale, least], lr=_RATE)

    def seen(texts: Sequence[Sequence[int]]) -> Tensor:
        pieces = torch.tensor([piece for text in texts for piece in text])
        starts = torch.tensor([0, *(len(text) for text in texts[:-1])]).cumsum(0)
        each = weights.clamp(min=0)[pieces]
        summed = functional.embedding_bag(pieces, vectors, starts, mode="sum", per_sample_weights=each)
        return functional.normalize(summed @ matrix, dim=-1)

    made = [_product(product, cut) for product in products]
    for epoch in range(_EPOCHS):
        random.Random(epoch).shuffle(made)
        for one in made:
            odds = seen(one.turns) @ seen(one.points).T * scale
            loss = _loss(odds, odds - least, one.touched)
            learner.zero_grad()
            loss.backward()
            learner.step()
    told = {"matrix": matrix, "worth": weights.clamp(min=0), "scale": scale, "least": least}
    return {f"alike.{name}": value.detach().numpy().astype(np.float32) for name, value in told.items()}


def _loss(odds: Tensor, against_none: Tensor, touched: Tensor) -> Tensor:
    loss = functional.binary_cross_entropy_with_logits(against_none, touched, pos_weight=torch.tensor(_RARE))
    for along, weight in ((0, _AMONG_TURNS), (1, 1.0)):
        wanted = touched / (touched.sum(along, keepdim=True) + 1e-6)
        loss = loss - weight * (wanted * functional.log_softmax(odds, dim=along)).sum(along).mean()
    return loss


def _product(product: TalkedProduct, cut: Cut) -> _Product:
    turns = [line for talk in product.talks for line in talk.lines if not line.viewer]
    touched = torch.zeros(len(turns), len(product.points))
    for row, line in zip(touched, turns, strict=True):
        for told in line.told:
            row[told.point] = _NEAR_MISS if told.state == "miss" else 1.0
    points = [Asked(f"{point.title} {point.statement}", point.facts).words for point in product.points]
    return _Product([cut(text) for text in points], [cut(line.text) for line in turns], touched)
