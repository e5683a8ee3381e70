"""Train what settles how a viewer's line was handled: weights of signs of rules, judge and reader, from labelled talks.

uv run scripts/train_handled.py            # write coach/score/packs/handled.yaml
uv run scripts/train_handled.py --check    # only say how it does on products it was not trained with

The talks are those of `scripts/train_verdicts.py`. Writers grade answers differently: what is written is the mean of
the weights learned here and of the shipped ones, which are the mean of two fits on other writers.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np

from coach.room.answer_judge import GRADES
from coach.room.handling import Handling
from coach.scenario.model import Scenario
from coach.score import handling
from coach.score.answers_read import Answered, signs_of
from coach.score.answers_read import weights as shipped
from evals.labelled import load_labelled
from scripts.weighing import Told, crossed, fitted, matrix_of, unseen, write_pack

PACK = "handled.yaml"
VERSION = "2026.11.3"
_LOOSE = 0.5
_BEFORE = 2
"""Fits that the shipped weights are the mean of."""


def told(folder: Path) -> Iterator[Told]:
    """Yield every line that was answered, of every talk of a scoring set, with its signs."""
    kept: list[tuple[Answered, Handling, Scenario]] = []

    def keep(answered: Answered, ruled: Handling, scenario: Scenario) -> Handling:
        kept.append((answered, ruled, scenario))
        return ruled

    handling.reread = keep  # type: ignore[attr-defined]
    items = load_labelled(folder)
    lines = [(item, line) for item in items for line in item.card.handled]
    for (item, line), (answered, ruled, scenario) in zip(lines, kept, strict=True):
        turn = item.turn(line.seq)
        [label] = [label["handled"] for label in item.labels["objections"] if label["i"] == turn] or [None]
        if label and answered.after:
            yield Told(item.product, signs_of(answered, ruled, scenario), ruled.handled, label)


def report(rows: Sequence[Told], said: Sequence[str]) -> None:
    """Print how far grades agree, by language."""
    for name in ("", "zh", "en"):
        here = [(row.state, grade) for row, grade in zip(rows, said, strict=True) if row.product.startswith(name)]
        right = sum(one == other for one, other in here) / len(here)
        well = sum((one == "well") == (other == "well") for one, other in here) / len(here)
        print(f"  {name or 'all':<6} {len(here)} lines: right {right:.3f}, well or not {well:.3f}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    rows, names = unseen(told)
    grades = np.array([GRADES.index(row.state) for row in rows])
    matrix, counts = matrix_of([row.signs for row in rows], names), np.ones(len(rows))
    report(rows, [row.ruled for row in rows])
    found = crossed(matrix, grades, counts, [row.product for row in rows], len(GRADES), _LOOSE)
    report(rows, [GRADES[grade] for grade in found])
    if not options.check:
        held = shipped().weights
        before = matrix_of([held[grade] for grade in GRADES], names)
        weights = (fitted(matrix, grades, counts, len(GRADES), _LOOSE) + _BEFORE * before) / (1 + _BEFORE)
        source = f"{len(rows)} answers to viewers in labelled talks that the reader did not see, and others before"
        write_pack(PACK, "score.handled", VERSION, source, dict(zip(GRADES, weights, strict=True)), names)
    return 0


if __name__ == "__main__":
    sys.exit(main())
