"""Train what settles how a viewer's line was handled: weights of signs of rules, judge and reader, from labelled talks.

uv run scripts/train_handled.py            # write coach/score/packs/handled.yaml
uv run scripts/train_handled.py --check    # only say how it does on products it was not trained with

The talks are those of `scripts/train_verdicts.py`, and their lines moved to where nobody answers them
(`scripts/exchanges.py`). Writers grade answers differently: the shipped weights are the mean of fits on several, and
stay; what is learned on top of them is what words that have nothing to do with the line add.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
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
VERSION = "2026.11.4"
_LOOSE = 0.5
_LEARNED = (ELSEWHERE, HEARD)
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


def _before(rows: Sequence[Told]) -> Matrix:
    """Return the scores (rows, grades) by the shipped weights, without the signs that are learned here."""
    signs = [{name: value for name, value in row.signs.items() if name not in _LEARNED} for row in rows]
    names = sorted(set().union(*signs))
    return matrix_of(signs, names) @ matrix_of([shipped().weights[grade] for grade in GRADES], names).T


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    rows, ignored = told(is_moved=False), told(is_moved=True)
    every, size = [*rows, *ignored], len(rows)
    grades, groups = np.array([GRADES.index(row.state) for row in every]), [row.product for row in every]
    counts = np.array([1.0] * size + [_IGNORED * size / len(ignored)] * len(ignored))
    before, added = _before(every), matrix_of([row.signs for row in every], _LEARNED)
    after = crossed_scores(added, grades, counts, groups, len(GRADES), _LOOSE, before)
    for scores in (before, after):
        said = [GRADES[at] for at in scores.argmax(axis=1)]
        report(rows, said[:size])
        print("    of lines moved to where nobody answers:", shares(said[size:]))
    if not options.check:
        more = fitted(added, grades, counts, len(GRADES), _LOOSE, before)
        held = [
            {**shipped().weights[grade], **dict(zip(_LEARNED, learned, strict=True))}
            for grade, learned in zip(GRADES, more.tolist(), strict=True)
        ]
        names = sorted(held[0])
        told_of = f"{size} answers to viewers in labelled talks that the reader did not see"
        source = f"{told_of}, others before, and {len(ignored)} lines moved"
        write_pack(
            PACK, "score.handled", VERSION, source, dict(zip(GRADES, matrix_of(held, names), strict=True)), names
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
