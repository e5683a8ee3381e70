"""Train the models that tell finished words from unfinished ones: sentences of scripts/finish_text/ and of the talks.

uv run scripts/train_finish.py            # write coach/language/packs/{finish,answer}_{en,zh}.json
uv run scripts/train_finish.py --check    # say how well the shipped models do on fresh sentences

`finish` is for anything, `answer` for few words right after a question: half of its examples are answers, half short
ones of the others.
"""

from __future__ import annotations

import argparse
import base64
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np
from numpy.typing import NDArray

from coach.language.finish import (
    FinishModel,
    FinishPack,
    answer_features,
    buckets,
    features,
    is_short,
    load_answers,
    load_finish,
)
from scripts.finish_text.examples import Example, answer_examples, examples, unseen_examples

SIZE = 1 << 15
"""Buckets; some 40 kB of weights a language."""
SENTENCES = 60_000
EPOCHS = 4
BATCH = 256
RATE = 0.08
SHRINK = 2e-4
"""Pull towards zero of every step: rare shapes must not shout."""
LIKELIER = {"en": 0.0, "zh": 0.3}
"""Log-odds added to what is learned, ends and cuts counting the same: with so much, Chinese cuts of the unseen talks
are taken for ends about as often as by the model before, which learned from made sentences alone. Few words after a
question are judged by both models, so it is added to both."""
_LEAST = {"made again": 0.8, "unseen talks": 0.6}
"""Share of either kind that a shipped model has to tell."""
SEED = 20261125
VERSION = "2026.11.2"


@dataclass(frozen=True)
class Score:
    """How a model does on examples, at even odds."""

    finished: float
    """Share of finished ones taken for finished."""
    unfinished: float
    """Share of unfinished ones taken for unfinished."""
    loss: float
    """Mean log loss, nats, both kinds weighing the same."""


@dataclass(frozen=True)
class Kind:
    """A model that is trained."""

    name: str
    """Its packs are called `<name>_<code>.json`."""
    size: int
    """Buckets."""
    features: Callable[[str, str], list[str]]
    made: Callable[[str, int, int], Iterator[Example]]
    load: Callable[[str], FinishModel]


def short_and_answers(code: str, seed: int, sentences: int) -> Iterator[Example]:
    """Yield answers, and as many short examples of all else; the same for the same arguments."""
    found = list(answer_examples(code, seed, sentences))
    yield from found
    others = (example for example in examples(code, seed, 2 * sentences) if is_short(example.text, code))
    yield from islice(others, len(found))


FINISH = Kind("finish", SIZE, features, examples, load_finish)
ANSWER = Kind("answer", SIZE // 2, answer_features, short_and_answers, load_answers)


def train(
    code: str, kind: Kind = FINISH, *, sentences: int = SENTENCES, epochs: int = EPOCHS, seed: int = SEED
) -> FinishPack:
    """Return the weights for a language."""
    size = kind.size
    rows, labels = _rows(list(kind.made(code, seed, sentences)), code, kind)
    weights = np.zeros(size + 1)
    steps = np.full(size + 1, 1e-3)
    bias = 0.0
    balance = np.where(labels, 0.5 / labels.mean(), 0.5 / (1.0 - labels.mean()))
    order = np.random.default_rng(seed)
    for _ in range(epochs):
        for batch in np.array_split(order.permutation(len(rows)), max(1, len(rows) // BATCH)):
            found = rows[batch]
            guess = 1.0 / (1.0 + np.exp(-(bias + weights[found].sum(axis=1))))
            slope = (guess - labels[batch]) * balance[batch]
            push = (
                np.bincount(found.ravel(), np.repeat(slope, found.shape[1]), size + 1) + SHRINK * len(batch) * weights
            )
            steps += push**2
            weights -= RATE * push / np.sqrt(steps)
            weights[size] = 0.0
            bias -= 0.01 * float(slope.mean())
    return _pack(code, kind, weights[:size], bias + LIKELIER[code])


def _rows(given: Sequence[Example], code: str, kind: Kind) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the buckets of each example, filled up with the size, and whether it is finished."""
    found = [buckets(kind.features(example.text, code), kind.size) for example in given]
    rows = np.full((len(found), max(map(len, found))), kind.size, np.int64)
    for row, places in zip(rows, found, strict=True):
        row[: len(places)] = places
    return rows, np.array([float(example.is_finished) for example in given])


def _pack(code: str, kind: Kind, weights: NDArray[np.float64], bias: float) -> FinishPack:
    scale = float(np.abs(weights).max()) / 127
    small = np.round(weights / scale).astype(np.int8)
    return FinishPack(
        id=f"language.{code}.{kind.name}",
        version=VERSION,
        source=f"scripts/train_finish.py: {SENTENCES} sentences of scripts/finish_text/{code}*.txt, talks, seed {SEED}",
        bias=round(bias, 4),
        scale=round(scale, 8),
        weights=base64.b64encode(small.tobytes()).decode(),
    )


def score(code: str, model: FinishModel, given: Sequence[Example]) -> Score:
    """Measure a model on examples."""
    odds = np.array([model.odds(example.text) or 0.0 for example in given])
    labels = np.array([example.is_finished for example in given])
    losses = np.logaddexp(0.0, np.where(labels, -odds, odds))
    loss = (losses[labels].mean() + losses[~labels].mean()) / 2
    return Score(float((odds[labels] > 0).mean()), float((odds[~labels] <= 0).mean()), float(loss))


def _fresh(kind: Kind, code: str) -> dict[str, list[Example]]:
    """Return examples that a model did not learn from, or in other cuts."""
    made = {"made again": list(kind.made(code, SEED + 1, 2000))}
    return made | ({"unseen talks": list(unseen_examples(code, SEED))} if kind is FINISH else {})


def main() -> int:
    """Train and write, or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a shipped model is out of date")
    check = parser.parse_args().check
    failed = False
    for kind, code in product((FINISH, ANSWER), ("en", "zh")):
        if not check:
            pack = train(code, kind)
            path = ROOT / "coach" / "language" / "packs" / f"{kind.name}_{code}.json"
            path.write_text(json.dumps(pack.model_dump(), indent=1) + "\n", encoding="utf-8")
        for told, given in _fresh(kind, code).items():
            result = score(code, kind.load(code), given)
            figures = f"finished {result.finished:.3f}, unfinished {result.unfinished:.3f}, loss {result.loss:.3f}"
            print(f"{kind.name} {code}, {told}: {figures}")
            failed |= min(result.finished, result.unfinished) < _LEAST[told]
    return 1 if check and failed else 0


if __name__ == "__main__":
    sys.exit(main())
