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
from coach.score.readings import LEAST, MOST, look
from scripts.weighing import Matrix, Told, crossed_scores, fitted, labelled_talks, matrix_of, unseen, write_pack

VERSION = "2026.11.1"
_LOOSE = 1.0


def told(folder: Path) -> Iterator[Told]:
    """Yield every utterance with every point of every talk of a scoring set; `ruled` names talk and point."""
    for talk in labelled_talks(folder):
        lines = [json.loads(line) for line in talk.transcript.read_text(encoding="utf-8").splitlines()]
        texts = {line["i"]: line["text"] for line in lines}
        looked = look(sheet_of(talk.scenario), talk.ruled.turns)
        signs = signs_of(looked.alike, looked.near)
        for place, point in enumerate(talk.scenario.product.selling_points):
            touched = {texts[number] for number in talk.coverage[point.id]["evidence"]}
            for at, turn in enumerate(talk.ruled.turns):
                if not looked.beside[at].is_compared:
                    shown = dict(zip(SIGNS, signs[at, place].tolist(), strict=True))
                    state = ABOUT if turn.spoken.text in touched else OTHER
                    yield Told(talk.product, shown, f"{talk.name} {point.id}", state)


def report(rows: Sequence[Told], value: Matrix) -> None:
    """Print how many of the points that are asserted or contradicted have an utterance read that does so."""
    groups: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        groups.setdefault(row.ruled, []).append(number)
    ranked = [sorted(group, key=lambda number: -value[number]) for group in groups.values()]
    for code in ("zh", "en"):
        found, sizes = list[bool](), list[int]()
        for group in ranked:
            if not rows[group[0]].product.startswith(code):
                continue
            about = {number for number in group if rows[number].state == ABOUT}
            read = {number for rank, number in enumerate(group[:MOST]) if not rank or value[number] > LEAST}
            sizes.append(len(read))
            found += [bool(about & read)] if about else []
        print(f"  {code}: {np.mean(found):.3f} of {len(found)} points read, {np.mean(sizes):.2f} readings a point")


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    rows, _ = unseen(told)
    matrix = matrix_of([row.signs for row in rows], SIGNS)
    states = np.array([int(row.state == ABOUT) for row in rows])
    counts = np.ones(len(rows))
    scores = crossed_scores(matrix, states, counts, [row.product for row in rows], 2, _LOOSE)
    report(rows, scores[:, 1] - scores[:, 0])
    if not options.check:
        weights = fitted(matrix, states, counts, 2, _LOOSE)
        source = f"{len(rows)} utterances of labelled talks with a point each, which the reader did not see"
        found = {OTHER: weights[0], ABOUT: weights[1]}
        write_pack("about.yaml", "score.about", VERSION, source, found, SIGNS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
