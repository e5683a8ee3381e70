"""Weights of signs learned from labelled cases, and the packs that hold them (`coach.score.weighing`)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from coach.scenario.model import Scenario
from coach.score.points_ruled import Ruled, heard_by_rules
from coach.score.timeline import fold
from coach.score.transcript import load_transcript
from evals.product_sheets import scenario_of
from scripts.talks import products, write

PACKS = Path(__file__).resolve().parents[1] / "coach" / "score" / "packs"
WEIGHED_BY = frozenset(f"{code}{name}" for code in ("zh", "en") for name in "QRST")
"""Writers whose talks weigh: the reader never saw them. With U to X too, who misstate more than they miss, more right
sentences were called wrong (47 of 1,031 of the half `check`, 38 without)."""
_FOLDS = 8
Matrix = NDArray[np.float64]
Whole = NDArray[np.int64]


class Told(NamedTuple):
    """One labelled case: its product, its signs, what the rules make of it, what people do."""

    product: str
    signs: dict[str, float]
    ruled: str
    state: str


def unseen(told: Callable[[Path], Iterable[Told]]) -> tuple[list[Told], list[str]]:
    """Return the labelled cases of the talks that the shipped reader never saw, and the names of all their signs.

    Args:
        told: Gives the cases of a scoring set, from its folder.
    """
    with TemporaryDirectory() as made:
        write([item for item in products() if item.writer in WEIGHED_BY], Path(made))
        rows = list(told(Path(made)))
    return rows, sorted({name for row in rows for name in row.signs})


@dataclass(frozen=True)
class LabelledTalk:
    """One talk of a scoring set, heard by the rules, with what people say it covers."""

    name: str
    product: str
    scenario: Scenario
    coverage: Mapping[str, Mapping[str, Any]]
    """The label of each point."""
    ruled: Ruled
    transcript: Path


def labelled_talks(folder: Path) -> Iterator[LabelledTalk]:
    """Yield the talks of a scoring set in order of name."""
    for path in sorted((folder / "labels").glob("*.json")):
        product = path.stem.split("__")[0]
        scenario = scenario_of(folder / "products" / f"{product}.json")
        coverage = json.loads(path.read_text(encoding="utf-8"))["coverage"]
        transcript = folder / "transcripts" / f"{path.stem}.jsonl"
        ruled = heard_by_rules(fold(load_transcript(transcript).records), scenario)
        yield LabelledTalk(path.stem, product, scenario, coverage, ruled, transcript)


def matrix_of(signs: Sequence[Mapping[str, float]], names: Sequence[str]) -> Matrix:
    """Return the signs as (rows, names)."""
    return np.array([[shown.get(name, 0.0) for name in names] for shown in signs])


def fitted(
    matrix: Matrix, outcomes: Whole, counts: Matrix, size: int, loose: float, before: Matrix | float = 0.0
) -> Matrix:
    """Return weights (outcomes, signs) of a multinomial logistic regression with a pull towards zero.

    Args:
        matrix: Signs of each row.
        outcomes: Its outcome, a number below `size`.
        counts: How much it counts.
        size: How many outcomes there are.
        loose: Inverse strength of the pull.
        before: Scores (rows, outcomes) that the weights add to.
    """
    shape = (size, matrix.shape[1])
    wanted = np.eye(size)[outcomes]

    def loss(flat: Matrix) -> tuple[float, Matrix]:
        weights = flat.reshape(shape)
        scores = before + matrix @ weights.T
        total = -float((counts[:, None] * wanted * log_softmax(scores, axis=1)).sum())
        slope = (counts[:, None] * (softmax(scores, axis=1) - wanted)).T @ matrix
        pull = weights / loose
        return total + 0.5 * float((weights * pull).sum()), (slope + pull).ravel()

    found = minimize(loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return np.asarray(found.x.reshape(shape))


def crossed(matrix: Matrix, outcomes: Whole, counts: Matrix, groups: Sequence[str], size: int, loose: float) -> Whole:
    """Return the outcomes found by weights that never saw a row's group; arguments as of `fitted`."""
    return np.asarray(crossed_scores(matrix, outcomes, counts, groups, size, loose).argmax(axis=1))


def crossed_scores(
    matrix: Matrix,
    outcomes: Whole,
    counts: Matrix,
    groups: Sequence[str],
    size: int,
    loose: float,
    before: Matrix | None = None,
) -> Matrix:
    """Return the scores (rows, outcomes) by weights that never saw a row's group; arguments as of `fitted`."""
    listed = sorted(set(groups))
    folds = np.array([listed.index(group) % _FOLDS for group in groups])
    made = np.zeros((len(outcomes), size)) if before is None else before.copy()
    given = made.copy()
    for left_out in range(_FOLDS):
        seen = folds != left_out
        weights = fitted(matrix[seen], outcomes[seen], counts[seen], size, loose, given[seen])
        made[~seen] += matrix[~seen] @ weights.T
    return made


def write_pack(
    name: str, pack_id: str, version: str, source: str, weights: Mapping[str, Matrix], names: Sequence[str]
) -> None:
    """Write a pack of weights: of each outcome, of each sign."""
    script = "scripts/train_" + name.replace(".yaml", ".py")
    lines = [f"# Written by {script}; do not edit.", f"id: {pack_id}", f'version: "{version}"', f"source: {source}"]
    lines += ['effective: "2026-11-26"', "weights:"]
    for outcome, row in weights.items():
        lines += [f"  {outcome}:", *(f"    {sign}: {value:.4f}" for sign, value in zip(names, row, strict=True))]
    (PACKS / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
