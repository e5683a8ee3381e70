"""Train the judge of answers: weights over what is read of an exchange, from labelled answers to viewers.

uv run scripts/train_answers.py            # write coach/room/packs/answer_weights.yaml
uv run scripts/train_answers.py --check    # how well it does on products that it was not trained on

Answers are those of the half `learn` of evals/cases/sentences and of the transcripts of evals/cases/scoring. Only
products that training never sees tell anything: `--check` trains as often as there are folds, each time without the
products of one. The figures of the rules alone are without what the scorer adds from errors of fact.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from coach.room.answer_judge import GRADES, decided, stands
from coach.room.answer_signs import is_string, signs_of
from coach.room.answer_words import FOLDER
from scripts.answer_samples import Sample, samples

VERSION, EFFECTIVE = "2026.11.1", "2026-11-26"
FOLDS = 8
LOOSE = 0.2
"""Inverse strength of the pull towards zero, as scikit-learn's C."""
EVERYDAY = 4
"""Products that a string must be said of to count: none of them is a product's own word."""
_FEWEST = 2
"""Products that any other sign must occur with."""
_LEAST = 0.02
"""Weights nearer to zero than this are left out."""
Numbers = NDArray[np.float64]


class Table:
    """Samples as rows of signs.

    Args:
        rows: The samples.
    """

    def __init__(self, rows: Sequence[Sample]) -> None:
        self.rows = rows
        listed = [signs_of(row.judged) for row in rows]
        said: dict[str, set[str]] = defaultdict(set)
        for row, signs in zip(rows, listed, strict=True):
            for name in signs:
                said[name].add(row.product)
        kept = sorted(name for name, of in said.items() if len(of) >= (EVERYDAY if is_string(name) else _FEWEST))
        self.names = kept
        columns = {name: at for at, name in enumerate(kept)}
        cells = [
            (at, columns[name], value)
            for at, signs in enumerate(listed)
            for name, value in signs.items()
            if name in columns
        ]
        places, names, values = zip(*cells, strict=True)
        self.matrix = csr_matrix((values, (places, names)), shape=(len(rows), len(kept)))
        self.labels = np.array([GRADES.index(row.label) for row in rows])


def fitted(matrix: csr_matrix, labels: NDArray[np.int64]) -> tuple[Numbers, Numbers]:
    """Return weights (signs x grades) and bias of a softmax regression with a pull towards zero, by L-BFGS."""
    signs, grades = matrix.shape[1], len(GRADES)
    turned, wanted = matrix.T.tocsr(), np.eye(grades)[labels]

    def loss(values: Numbers) -> tuple[float, Numbers]:
        weights, bias = values[: signs * grades].reshape(signs, grades), values[signs * grades :]
        odds = matrix @ weights + bias
        odds -= odds.max(axis=1, keepdims=True)
        shares = np.exp(odds)
        whole = shares.sum(axis=1, keepdims=True)
        total = LOOSE * float(np.log(whole).sum() - (odds * wanted).sum()) + 0.5 * float((weights * weights).sum())
        slope = LOOSE * (shares / whole - wanted)
        return total, np.concatenate([(turned @ slope + weights).ravel(), slope.sum(axis=0)])

    start = np.zeros((signs + 1) * grades)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return found[: signs * grades].reshape(signs, grades), found[signs * grades :]


def crossed(table: Table) -> list[str]:
    """Return the grade of every sample by weights that never saw its product."""
    products = sorted({row.product for row in table.rows})
    fold = {product: at % FOLDS for at, product in enumerate(products)}
    folds = np.array([fold[row.product] for row in table.rows])
    odds = np.zeros((len(table.rows), len(GRADES)))
    for number in range(FOLDS):
        weights, bias = fitted(table.matrix[folds != number], table.labels[folds != number])
        odds[folds == number] = table.matrix[folds == number] @ weights + bias
    return [_graded(row, list(map(float, line))) for row, line in zip(table.rows, odds, strict=True)]


def _graded(row: Sample, odds: list[float]) -> str:
    return row.judged.handled if stands(row.judged) else decided(odds, row.judged.handled)


def report(table: Table, found: Sequence[str]) -> None:
    """Print how often label and grade agree, by the rules alone and with the judge."""
    print(f"{'':<10}  answers  rules: grade  well or not  judge: grade  well or not  badly or weak called well")
    for source in ("sentences", "talk"):
        for code in ("zh", "en"):
            chosen = [
                (row.label, row.judged.handled, grade)
                for row, grade in zip(table.rows, found, strict=True)
                if row.source == source and row.judged.exchange.code == code
            ]
            print(f"{source + ' ' + code:<13}{_figures(chosen)}")


def _figures(chosen: Sequence[tuple[str, str, str]]) -> str:
    def share(of: int) -> tuple[float, float]:
        same = sum(item[0] == item[of] for item in chosen)
        well = sum((item[0] == "well") == (item[of] == "well") for item in chosen)
        return same / len(chosen), well / len(chosen)

    praised = [sum(item[0] != "well" and item[of] == "well" for item in chosen) for of in (1, 2)]
    (rules, rules_well), (judge, judge_well) = share(1), share(2)
    figures = f"{rules:12.3f}  {rules_well:11.3f}  {judge:12.3f}  {judge_well:11.3f}"
    return f"{len(chosen):6d}  {figures}  {praised[0]:5d} → {praised[1]}"


def write(table: Table) -> None:
    """Write the weights."""
    weights, bias = fitted(table.matrix, table.labels)
    lines = [
        "# Written by scripts/train_answers.py; do not edit.",
        "id: room.answer_weights",
        f'version: "{VERSION}"',
        f"source: {len(table.rows)} labelled answers of {len({row.product for row in table.rows})} products",
        f'effective: "{EFFECTIVE}"',
        "bias:",
        *(f"  {grade}: {value:.3f}" for grade, value in zip(GRADES, bias, strict=True)),
        "signs:",
    ]
    for at, grade in enumerate(GRADES):
        listed = " ".join(
            f"{name.replace(' ', '_')} {weight:.2f}"
            for name, weight in zip(table.names, weights[:, at], strict=True)
            if abs(weight) >= _LEAST
        )
        quoted = listed.replace("'", "''")
        lines.append(f"  {grade}: '{quoted}'")
    (FOLDER / "answer_weights.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    """Train, or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="say how well it does on products not trained on")
    options = parser.parse_args()
    table = Table(samples())
    if options.check:
        report(table, crossed(table))
    else:
        write(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
