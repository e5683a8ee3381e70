"""Train what settles how a viewer's line was handled: weights of signs of rules, judge and reader, from labelled talks.

uv run scripts/train_handled.py            # write coach/score/packs/handled.yaml
uv run scripts/train_handled.py --check    # only say how it does on products it was not trained with

The talks are those of `scripts/train_verdicts.py`, and their lines moved to where nobody answers them
(`scripts/exchanges.py`). Writers grade answers differently: the shipped weights began as the mean of fits on several,
and each run moves them only a little towards what these talks say; what words that have nothing to do with the line add
is learned anew.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np

from coach.room.answer_judge import GRADES
from coach.score.answers_read import ELSEWHERE, HEARD, signs_of
from coach.score.answers_read import weights as shipped
from scripts.exchanges import exchanges, moved
from scripts.talks import products
from scripts.weighing import WEIGHED_BY, Matrix, Told, crossed_scores, fitted, matrix_of, write_pack

PACK = "handled.yaml"
VERSION = "2026.11.5"
_LOOSE = 0.01
_ANEW = (ELSEWHERE, HEARD)
_IGNORED = 0.12
"""What all moved lines together count, of what the others do."""


def told(*, is_moved: bool) -> list[Told]:
    """Return every line of the talks that weigh, with its signs; or those lines moved to where nobody answers."""
    listed = [product for product in products() if product.writer in WEIGHED_BY]
    found = exchanges(map(moved, listed) if is_moved else listed)
    return [
        Told(item.product, signs_of(item.answered, item.ruled, item.scenario), item.ruled.handled, item.label)
        for item in found
    ]


def report(rows: Sequence[Told], said: Sequence[str]) -> None:
    """Print how far grades agree, by language."""
    for name in ("", "zh", "en"):
        here = [(row.state, grade) for row, grade in zip(rows, said, strict=True) if row.product.startswith(name)]
        right = sum(one == other for one, other in here) / len(here)
        well = sum((one == "well") == (other == "well") for one, other in here) / len(here)
        print(f"  {name or 'all':<6} {len(here)} lines: right {right:.3f}, well or not {well:.3f}")


def shares(said: Sequence[str]) -> str:
    """Return how often each grade is given."""
    return ", ".join(f"{grade} {said.count(grade) / len(said):.3f}" for grade in GRADES)


def _start(names: Sequence[str]) -> Matrix:
    """Return the shipped weights (grades, names), without those that are learned anew."""
    kept = [{name: value for name, value in held.items() if name not in _ANEW} for held in _shipped()]
    return matrix_of(kept, names)


def _shipped() -> list[Mapping[str, float]]:
    return [shipped().weights[grade] for grade in GRADES]


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    rows, ignored = told(is_moved=False), told(is_moved=True)
    every, size = [*rows, *ignored], len(rows)
    grades, groups = np.array([GRADES.index(row.state) for row in every]), [row.product for row in every]
    counts = np.array([1.0] * size + [_IGNORED * size / len(ignored)] * len(ignored))
    names = sorted(set().union(*(row.signs for row in every)))
    matrix, start = matrix_of([row.signs for row in every], names), _start(names)
    before = matrix @ start.T
    after = crossed_scores(matrix, grades, counts, groups, len(GRADES), _LOOSE, before)
    for scores in (matrix @ matrix_of(_shipped(), names).T, after):
        said = [GRADES[at] for at in scores.argmax(axis=1)]
        report(rows, said[:size])
        print("    of lines moved to where nobody answers:", shares(said[size:]))
    if not options.check:
        weights = start + fitted(matrix, grades, counts, len(GRADES), _LOOSE, before)
        told_of = f"{size} answers to viewers in labelled talks that the reader did not see"
        source = f"{told_of}, others before, and {len(ignored)} lines moved"
        write_pack(PACK, "score.handled", VERSION, source, dict(zip(GRADES, weights, strict=True)), names)
    return 0


if __name__ == "__main__":
    sys.exit(main())
