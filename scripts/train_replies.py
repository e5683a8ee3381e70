"""Train what tells whether words answer a viewer's line at all: a linear head over the reader's states.

uv run scripts/train_replies.py            # write coach/language/reader/replies.npz: a quarter of an hour
uv run scripts/train_replies.py --check    # only say how it does on writers it was not trained with

It learns from labelled talks, and from their lines moved to places where nobody answers them (`scripts/exchanges.py`).
The writers that weigh answers (`WEIGHED_BY`) teach it nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np

from coach.language.reader.reader import REPLIES, reader
from coach.score.answers_read import asked_of
from scripts.exchanges import exchanges, moved
from scripts.talks import products
from scripts.weighing import WEIGHED_BY, Matrix, fitted

_CHECKED = "UVWX"
"""Writers that `--check` leaves out."""
_LOOSE = 0.2
_LOST = (0.02, 0.05, 0.1)


class Case(NamedTuple):
    """An exchange as the reader sees it."""

    writer: str
    state: Matrix
    """What the reader sees, and a one."""
    is_reply: bool
    is_moved: bool


def cases() -> Iterator[Case]:
    """Yield every exchange of the talks, then those of moved lines."""
    listed = [product for product in products() if product.writer not in WEIGHED_BY]
    for is_moved in (False, True):
        for item in exchanges(map(moved, listed) if is_moved else listed):
            seen = reader().after(*asked_of(item.answered, item.scenario.product))
            state = np.concatenate([seen, [1.0]], dtype=np.float64)
            yield Case(item.product.split("-")[0], state, item.label != "unanswered", is_moved)


def head(found: Sequence[Case]) -> Matrix:
    """Return the weights (4 H + 1,) of log-odds that words are a reply; both outcomes count the same."""
    matrix, outcomes = np.stack([case.state for case in found]), np.array([int(case.is_reply) for case in found])
    counts = np.where(outcomes == 1, 0.5 / outcomes.mean(), 0.5 / (1 - outcomes.mean()))
    weights = fitted(matrix, outcomes, counts, 2, _LOOSE)
    return np.asarray(weights[1] - weights[0])


def report(found: Sequence[Case]) -> None:
    """Print how many lines that nobody answered a head tells that never saw their writers."""
    left_out = [case.writer[2].upper() in _CHECKED for case in found]
    weights = head([case for case, out in zip(found, left_out, strict=True) if not out])
    rest = [case for case, out in zip(found, left_out, strict=True) if out]
    odds = np.stack([case.state for case in rest]) @ weights
    replies, is_moved = np.array([case.is_reply for case in rest]), np.array([case.is_moved for case in rest])
    for lost in _LOST:
        least = np.quantile(odds[replies], lost)
        shares = [round(float((odds[group] < least).mean()), 3) for group in (is_moved, ~is_moved & ~replies)]
        print(
            f"  of answers lost {lost} (under {least:.2f}): of moved lines told {shares[0]}, of unanswered {shares[1]}"
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    found = list(cases())
    print(len(found), "exchanges,", sum(case.is_moved for case in found), "of them moved")
    report(found)
    if not options.check:
        weights = head(found).astype(np.float16)
        np.savez(REPLIES, allow_pickle=False, **{"replies": weights[:-1, None], "replies.b": weights[-1:]})
    return 0


if __name__ == "__main__":
    sys.exit(main())
