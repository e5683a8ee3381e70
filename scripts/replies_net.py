"""The last layers of what reads answers, in PyTorch, over states of the layers below, which stay as they are."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from scripts.reader_net import Net, learner_of, pace, step
from scripts.reader_rows import by_length
from scripts.replies_case import UNKNOWN, Case

import torch  # isort: skip - `reader_net` says what to do where there is none
from torch import Tensor
from torch.nn import functional

Array = NDArray[np.float32]
States = NDArray[np.float16]
"""Of the layers below, (pieces, H)."""
_EPOCHS, _RATE = 2, 1e-4
_SMOOTH = 0.05
_PIECES = 4096
"""Pieces of a batch."""
_SORTED = 1024
"""Rows that are sorted by length at once."""
_SHOWN = 50
_GRADES = 4


class Upper(Net):
    """The last layers with two answers: how good the words are, and whether they answer the line.

    Args:
        weights: Of the whole reader.
        layers: Numbers of the layers that learn.
    """

    def __init__(self, weights: Mapping[str, Array], layers: range) -> None:
        own = {
            name: value for name, value in weights.items() if name[0].isdigit() and int(name.split(".")[0]) in layers
        }
        own |= {name: weights[name] for name in ("answer", "answer.b")}
        wide = 2 * len(weights["answer"])
        own |= {"replies": np.zeros((wide, 1), np.float32), "replies.b": np.zeros(1, np.float32)}
        torch.manual_seed(1)
        self.device, self.learns, self._own = "cpu", False, layers
        self.weights = {name: torch.tensor(value).requires_grad_() for name, value in sorted(own.items())}

    def said(self, cases: Sequence[Case], states: Sequence[States]) -> Tensor:
        """Return (cases, 5) log-odds of each grade, and that the words are an answer."""
        sizes = torch.tensor([len(each) for each in states])
        filled = torch.nn.utils.rnn.pad_sequence([torch.from_numpy(each).float() for each in states], batch_first=True)
        places = torch.arange(filled.shape[1])
        seen = places < sizes[:, None]
        for layer in self._own:
            filled = self._through(layer, filled, seen[:, None, None, :])
        parts = [seen, *(self._part(cases, places, name) & seen for name in ("asked", "said"))]
        means = [(filled * part[..., None]).sum(dim=1) / part.sum(dim=1, keepdim=True).clamp(min=1) for part in parts]
        pooled = torch.cat([filled[:, 0], *means], dim=-1)
        whole = pooled[:, : len(self.weights["answer"])]
        return torch.cat([self._times("answer", whole), self._times("replies", pooled)], dim=-1)

    @staticmethod
    def _part(cases: Sequence[Case], places: Tensor, name: str) -> Tensor:
        spans = [getattr(case.row, name) for case in cases]
        start, stop = (torch.tensor([getattr(span, end) for span in spans]) for end in ("start", "stop"))
        return (places >= start[:, None]) & (places < stop[:, None])


def _batches(cases: Sequence[Case], chosen: NDArray[np.int64], chance: random.Random | None) -> list[NDArray[np.int64]]:
    order, sizes = chosen.tolist(), np.array([len(case.row.pieces) for case in cases])
    if chance:
        chance.shuffle(order)
    made = by_length(order, sizes, _PIECES, _SORTED)
    if chance:
        chance.shuffle(made)
    return made


def _counts(cases: Sequence[Case]) -> Tensor:
    """Return (3,) what a grade, an answer and what is none count, so that each of the three counts the same in all."""
    grade, reply = (np.array([case[at] for case in cases]) for at in (2, 3))
    return torch.tensor([len(cases) / max(1, each.sum()) for each in (grade != UNKNOWN, reply == 1, reply == 0)])


def _loss(odds: Tensor, cases: Sequence[Case], counts: Tensor) -> Tensor:
    """Return what is said wrong of some cases, the mean."""
    grade, reply = (torch.tensor([case[at] for case in cases]) for at in (2, 3))
    known = reply != UNKNOWN
    weights = torch.where(reply == 1, counts[1], counts[2])[known] / 2
    missed = functional.binary_cross_entropy_with_logits(
        odds[known, -1], reply[known].float() * (1 - _SMOOTH) + _SMOOTH / 2, reduction="none"
    )
    graded = functional.cross_entropy(
        odds[:, :_GRADES], grade, ignore_index=UNKNOWN, label_smoothing=_SMOOTH, reduction="sum"
    )
    return (counts[0] * graded + (weights * missed).sum()) / len(cases)


def fit(net: Upper, cases: Sequence[Case], states: Sequence[States], chosen: NDArray[np.int64]) -> None:
    """Train a net on some cases; it changes in place."""
    learner = learner_of(net, _RATE)
    counts, began, net.learns = _counts([cases[at] for at in chosen]), time.monotonic(), True
    every = [_batches(cases, chosen, random.Random(epoch)) for epoch in range(_EPOCHS)]
    steps = sum(map(len, every))
    losses: list[float] = []
    for done, batch in enumerate(each for epoch in every for each in epoch):
        pace(learner, _RATE, done, steps)
        some = [cases[at] for at in batch]
        loss = _loss(net.said(some, [states[at] for at in batch]), some, counts)
        step(net, learner, loss)
        losses.append(loss.item())
        if done % _SHOWN == _SHOWN - 1:
            told = f"loss {np.mean(losses[-_SHOWN:]):.3f}, {time.monotonic() - began:.0f} s"
            print(f"  {done + 1} of {steps} steps, {told}", flush=True)
    net.learns = False


def read(net: Upper, cases: Sequence[Case], states: Sequence[States], chosen: NDArray[np.int64]) -> Array:
    """Return (chosen, 5) log-odds of some cases."""
    made = np.zeros((len(cases), _GRADES + 1), np.float32)
    with torch.no_grad():
        for batch in _batches(cases, chosen, None):
            made[batch] = net.said([cases[at] for at in batch], [states[at] for at in batch]).numpy()
    return made[chosen]
