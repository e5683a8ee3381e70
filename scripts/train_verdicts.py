"""Train what decides the state of a selling point: weights of signs of rules and reader, from labelled talks.

uv run scripts/train_verdicts.py            # write coach/score/packs/verdicts.yaml
uv run scripts/train_verdicts.py --check    # only say how it does on products it was not trained with

It is trained with talks that the shipped reader never saw (`WEIGHED_BY` of `scripts/weighing.py`). Nothing of a half
`check` or of `held_back` is read.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np

from coach.room.sheet import sheet_of
from coach.score.point_states import signs_of
from coach.score.readings import readings
from coach.score.verdict import STATES
from evals.agreement import macro_f1
from scripts.weighing import Matrix, Told, Whole, crossed, fitted, labelled_talks, matrix_of, unseen, write_pack

VERSION = "2026.11.4"
_LOOSE = 0.3
"""Inverse strength of the pull towards zero."""


def told(folder: Path) -> Iterator[Told]:
    """Yield every point of every talk of a scoring set with its signs."""
    for talk in labelled_talks(folder):
        scenario, ruled = talk.scenario, talk.ruled
        found = readings(sheet_of(scenario), ruled.turns)
        for point, shown in signs_of(scenario.product.selling_points, ruled, found, scenario.language).items():
            yield Told(talk.product, shown, ruled.heard[point].state, talk.coverage[point]["label"])


def counts_of(states: Whole) -> Matrix:
    """Return what each row counts: a rare state's rows somewhat more."""
    often = np.bincount(states, minlength=len(STATES)) / len(states)
    return np.asarray((0.25 / often[states]) ** 0.5)


def report(rows: Sequence[Told], said: Sequence[str]) -> None:
    """Print how far states agree, by language and kind of product."""
    for name in ("", "zh", "en"):
        here = [(row.state, state) for row, state in zip(rows, said, strict=True) if row.product.startswith(name)]
        if here:
            right = sum(one == other for one, other in here) / len(here)
            found = [wanted for wanted, state in here if state == "misstated"]
            wrong = [state for wanted, state in here if wanted == "misstated"]
            print(
                f"  {name or 'all':<7} {len(here)} points: F1 {macro_f1(here, STATES)}, right {right:.3f}, misstated "
                f"recall {wrong.count('misstated') / len(wrong):.3f} precision "
                f"{found.count('misstated') / max(1, len(found)):.3f}"
            )


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    rows, names = unseen(told)
    print(Counter(row.state for row in rows))
    report(rows, [row.ruled for row in rows])
    matrix = matrix_of([row.signs for row in rows], names)
    states = np.array([STATES.index(row.state) for row in rows])
    counts = counts_of(states)
    found = crossed(matrix, states, counts, [row.product for row in rows], len(STATES), _LOOSE)
    report(rows, [STATES[state] for state in found])
    if not options.check:
        weights = fitted(matrix, states, counts, len(STATES), _LOOSE)
        source = f"{len(rows)} points of labelled talks that the reader did not see"
        write_pack("verdicts.yaml", "score.verdicts", VERSION, source, dict(zip(STATES, weights, strict=True)), names)
    return 0


if __name__ == "__main__":
    sys.exit(main())
