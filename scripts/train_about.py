"""Train what tells which utterances are to be read for a selling point, from labelled talks.

uv run scripts/train_about.py            # write coach/score/packs/about.yaml
uv run scripts/train_about.py --check    # only say how it does on products it was not trained with

The talks are those of `scripts/train_verdicts.py`; what that trains depends on what is written here.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np

from coach.room.sheet import sheet_of
from coach.score.about import ABOUT, OTHER, SIGNS, signs_of
from coach.score.points_ruled import heard_by_rules
from coach.score.readings import seen
from coach.score.timeline import fold
from coach.score.transcript import load_transcript
from evals.readings import scenario_of
from scripts.weighing import Told, fitted, matrix_of, unseen, write_pack

VERSION = "2026.11.1"
_LOOSE = 1.0
_FOLDS = 4
_READ = 2.6
"""Utterances a point that `--check` lets be read."""


def told(folder: Path) -> Iterator[Told]:
    """Yield every utterance with every point of every talk of a scoring set; its `ruled` names talk and point."""
    for path in sorted((folder / "labels").glob("*.json")):
        product = path.stem.split("__")[0]
        scenario = scenario_of(folder / "products" / f"{product}.json")
        labels = json.loads(path.read_text(encoding="utf-8"))["coverage"]
        transcript = folder / "transcripts" / f"{path.stem}.jsonl"
        lines = [json.loads(line) for line in transcript.read_text(encoding="utf-8").splitlines()]
        texts = {line["i"]: line["text"] for line in lines}
        turns = heard_by_rules(fold(load_transcript(transcript).records), scenario).turns
        near = seen(sheet_of(scenario), turns)
        signs = signs_of(near.alike, near.close)
        for place, point in enumerate(scenario.product.selling_points):
            touched = {texts[number] for number in labels[point.id]["evidence"]}
            for at, turn in enumerate(turns):
                if not near.turns[at].is_compared:
                    shown = dict(zip(SIGNS, signs[at, place].tolist(), strict=True))
                    yield Told(product, shown, f"{path.stem} {point.id}", ABOUT if turn.text in touched else OTHER)


def report(rows: Sequence[Told], value: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> None:
    """Print how many of the points that are touched have an utterance read that does, at `_READ` readings a point."""
    groups: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        groups.setdefault(row.ruled, []).append(number)
    ranked = [sorted(group, key=lambda number: -value[number]) for group in groups.values()]
    rest = sorted((value[number] for group in ranked for number in group[1:5]), reverse=True)
    least = rest[min(len(rest) - 1, round((_READ - 1) * len(ranked)))]
    for code in ("zh", "en"):
        found = []
        for group in ranked:
            about = {number for number in group if rows[number].state == ABOUT}
            if about and rows[group[0]].product.startswith(code):
                read = {number for rank, number in enumerate(group[:5]) if not rank or value[number] > least}
                found.append(bool(about & read))
        print(f"  {code}: {len(found)} points touched, {np.mean(found):.3f} of them read; least odds {least:.2f}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    rows, _ = unseen(told)
    matrix = matrix_of([row.signs for row in rows], SIGNS)
    states = np.array([int(row.state == ABOUT) for row in rows])
    counts = np.ones(len(rows))
    listed = sorted({row.product for row in rows})
    folds = np.array([listed.index(row.product) % _FOLDS for row in rows])
    value = np.zeros(len(rows))
    for fold_ in range(_FOLDS):
        weights = fitted(matrix[folds != fold_], states[folds != fold_], counts[folds != fold_], 2, _LOOSE)
        value[folds == fold_] = matrix[folds == fold_] @ (weights[1] - weights[0])
    report(rows, value)
    if not options.check:
        weights = fitted(matrix, states, counts, 2, _LOOSE)
        source = f"{len(rows)} utterances of labelled talks with a point each, which the reader did not see"
        found = {OTHER: weights[0], ABOUT: weights[1]}
        write_pack("about.yaml", "score.about", VERSION, source, found, SIGNS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
