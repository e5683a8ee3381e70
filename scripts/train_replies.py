"""Train what reads answers to viewers: the reader's last layers, how good an answer is, and whether it is one at all.

uv run scripts/train_replies.py prepare WORK             # examples, into the folder WORK: a quarter of an hour
uv run --with torch scripts/train_replies.py train WORK  # write coach/language/reader/answers.npz: an hour of two cores

How good an answer is comes from labelled talks, sentences and transcripts; whether words are one from the talks, and
from their lines moved to places where nobody answers them (`scripts/exchanges.py`). The writers that weigh answers
(`WEIGHED_BY`) teach it nothing: the figures printed are of those. Nothing of a half `check` or of `held_back` is read.
"""

from __future__ import annotations

import argparse
import pickle
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np
from numpy.typing import NDArray

from coach.language.reader.answering import Answering
from coach.language.reader.net import layers_of, whole
from coach.language.reader.reader import ANSWERS, FOLDER, encoder_maker, in_both, weights_in
from coach.room.answer_judge import GRADES
from coach.room.answered import asked_of
from scripts.exchanges import exchanges, moved
from scripts.reader_samples import cases as all_cases
from scripts.reader_work import packed
from scripts.replies_case import UNKNOWN, Case
from scripts.talks import products
from scripts.weighing import WEIGHED_BY

_OWN_LAYERS = 2
"""Layers that answers have of their own, the last ones."""
_LOST = (0.02, 0.05, 0.1)
_AT_ONCE = 2
Array = NDArray[np.float32]


def cases() -> Iterator[Case]:
    """Yield every exchange of the talks, those of moved lines, and the labelled answers that are no talk's."""
    reads = in_both(weights_in(FOLDER))
    for is_moved in (False, True):
        for item in exchanges(map(moved, products()) if is_moved else products()):
            writer = writer_of(item.product)
            row = reads.answer_row(*asked_of(item.answered, item.scenario.product))
            graded = UNKNOWN if is_moved else GRADES.index(item.label)
            yield Case(writer, row, graded, int(item.label != "unanswered"), is_moved=is_moved)
    yield from _single(reads)


def writer_of(product: str) -> str:
    """Return who wrote a product's talks, as `zhA`."""
    writer = product.split("-")[0]
    return writer[:-1] + writer[-1:].upper()


def _single(reads: Answering) -> Iterator[Case]:
    for case in all_cases():
        if case.question == "answer" and case.source != "talks":
            (line, _), (text, _), (kind, _), *sheet = case.parts
            row = reads.answer_row(line, text, kind, [told for told, _ in sheet])
            yield Case(case.source, row, case.labels[0], UNKNOWN, is_moved=False)


def train(work: Path) -> None:
    """Train with what was prepared, say how it does on writers it did not learn from, and write it."""
    from scripts.reader_net import HEADS
    from scripts.replies_net import Upper, fit, read

    with (work / "replies.pickle").open("rb") as file:
        found: list[Case] = pickle.load(file)
    weights = weights_in(FOLDER)
    first = layers_of(weights) - _OWN_LAYERS
    lower = {name: value for name, value in weights.items() if not name[0].isdigit() or int(name.split(".")[0]) < first}
    encoder = encoder_maker()[0](lower, HEADS)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        states = list(pool.map(lambda case: encoder.read(case.row.pieces).astype(np.float16), found))
    is_apart = np.array([case.writer in WEIGHED_BY for case in found])
    start = {name: whole(weights, name) for name in weights if not name.endswith(".scale")}
    net = Upper(start, range(first, first + _OWN_LAYERS))
    report(found, np.flatnonzero(is_apart), read(net, found, states, np.flatnonzero(is_apart)))
    fit(net, found, states, np.flatnonzero(~is_apart))
    report(found, np.flatnonzero(is_apart), read(net, found, states, np.flatnonzero(is_apart)))
    np.savez(ANSWERS, allow_pickle=False, **packed(net.arrays()))


def report(found: Sequence[Case], chosen: NDArray[np.int64], odds: Array) -> None:
    """Print how often grades are right, and how many lines that nobody answered are told.

    Args:
        found: All cases.
        chosen: Numbers of those that were read.
        odds: (chosen, 5): of each grade, and that words are an answer.
    """
    listed = [found[at] for at in chosen]
    graded, replies = (np.array([case[at] for case in listed]) for at in (2, 3))
    is_moved = np.array([case.is_moved for case in listed])
    for code in ("zh", "en"):
        here = (graded != UNKNOWN) & np.array([case.writer.startswith(code) for case in listed])
        said = odds[here, : len(GRADES)].argmax(axis=1)
        right, well = (said == graded[here]).mean(), ((said == 0) == (graded[here] == 0)).mean()
        print(f"  {code} {int(here.sum())} answers: right {right:.3f}, well or not {well:.3f}")
    for lost in _LOST:
        least = np.quantile(odds[replies == 1, -1], lost)
        shares = [float((odds[group, -1] < least).mean()) for group in (is_moved, ~is_moved & (replies == 0))]
        print(
            f"  answers lost {lost} (under {least:.2f}): told of moved {shares[0]:.3f}, of unanswered {shares[1]:.3f}"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Prepare, or train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("prepare", "train"))
    parser.add_argument("work", type=Path, help="folder of the examples")
    options = parser.parse_args(arguments)
    if options.step == "train":
        train(options.work)
        return 0
    options.work.mkdir(parents=True, exist_ok=True)
    found = list(cases())
    print(len(found), "exchanges,", sum(case.is_moved for case in found), "of them moved")
    with (options.work / "replies.pickle").open("wb") as file:
        pickle.dump(found, file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
