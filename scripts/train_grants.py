"""Train the judge of grants: whether an answer grants a price under the floor, from labelled answers to viewers.

uv run scripts/train_grants.py            # write coach/room/packs/grant_weights_{zh,en}.yaml
uv run scripts/train_grants.py --check    # how well it does on products that it was not trained on

Answers are those of `learn`, `haggle` and `plain` in evals/cases/sentences, of the transcripts of evals/cases/scoring
and of tests/room/concessions*.tsv.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from coach.room.answer_words import FOLDER
from coach.room.concession import granted_by
from coach.room.exchange import Exchange
from coach.room.grant_judge import BARGAINERS
from coach.room.grant_signs import Offer, signs_of_grant
from coach.room.reading import Reading, read
from scripts.answer_samples import haggled, offers, samples
from scripts.train_claims import fitted

VERSION, EFFECTIVE = "2026.11.1", "2026-11-26"
FOLDS = 5
LOOSE = 1.0
"""Inverse strength of the pull towards zero, as scikit-learn's C."""
_TABLES = 5
"""Groups of the answers in tests/room/concessions*.tsv, all on two products."""
_FEWEST = 3
"""Products that a sign must occur with: none of them is a product's own word."""
_LEAST = 0.03
"""Weights nearer to zero than this are left out."""
_CENT = 0.011
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """One answer to somebody who may bargain."""

    product: str
    source: str
    """`sentences`, `talk` or `tables`."""
    code: str
    below: bool
    """Whether the rules hear a price under the floor."""
    signs: dict[str, float]
    label: bool


def rows() -> Iterator[Row]:
    """Yield all labelled answers in which something could be granted."""
    for sample in (*samples(), *offers()):
        judged = sample.judged
        yield from _row(
            sample.product, sample.source, judged.exchange, judged.reading, sample.agreed, sample.below_floor
        )
    for number, (exchange, reply, label) in enumerate(haggled()):
        reading = read(reply, exchange.scenario)
        yield from _row(f"table {number % _TABLES}", "tables", exchange, reading, None, label)


def _row(
    product: str, source: str, exchange: Exchange, reading: Reading, agreed: float | None, label: bool
) -> Iterator[Row]:
    granted = granted_by(exchange, reading, agreed)
    below = granted is not None and granted < exchange.price.floor - _CENT
    offer = Offer(exchange, reading)
    if exchange.type in BARGAINERS and (below or offer.may_grant()):
        yield Row(product, source, exchange.code, below, signs_of_grant(offer, below, granted is not None), label)


class Model:
    """Weights over signs, by logistic regression with a pull towards zero.

    Args:
        rows: What it is trained with.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        said: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            for name in row.signs:
                said[name].add(row.product)
        self.names = sorted(name for name, of in said.items() if len(of) >= _FEWEST)
        self._columns = {name: at for at, name in enumerate(self.names)}
        labels = np.array([row.label for row in rows], dtype=float)
        self.weights, self.bias = fitted(self._matrix(rows), labels, LOOSE, 1.0)

    def odds(self, rows: Sequence[Row]) -> Numbers:
        """Return the log-odds of a grant under the floor."""
        found: Numbers = self._matrix(rows) @ self.weights + self.bias
        return found

    def _matrix(self, rows: Sequence[Row]) -> csr_matrix:
        cells = [
            (at, self._columns[name], value)
            for at, row in enumerate(rows)
            for name, value in row.signs.items()
            if name in self._columns
        ]
        places, columns, values = zip(*cells, strict=True)
        return csr_matrix((values, (places, columns)), shape=(len(rows), len(self._columns)))


def report(code: str, rows: Sequence[Row]) -> None:
    """Print how many grants under the floor are found, and how many found are none, by rules and by the judge."""
    products = sorted({row.product for row in rows})
    odds = np.zeros(len(rows))
    for number in range(FOLDS):
        left = set(products[number::FOLDS])
        here = [at for at, row in enumerate(rows) if row.product in left]
        odds[here] = Model([row for row in rows if row.product not in left]).odds([rows[at] for at in here])
    labels, ruled = np.array([row.label for row in rows]), np.array([row.below for row in rows])
    for source in ("sentences", "talk", "tables"):
        of_source = np.array([row.source == source for row in rows])
        for name, found in (("rules", ruled), ("judge", odds > 0)):
            right, wrong = (found & labels & of_source).sum(), (found & ~labels & of_source).sum()
            print(f"{code} {source} {name}: {right} of {(labels & of_source).sum()} found, {wrong} wrong")


def write(code: str, rows: Sequence[Row]) -> None:
    """Write the weights of one language."""
    model = Model(rows)
    listed = " ".join(
        f"{name.replace(' ', '_')} {weight:.2f}"
        for name, weight in zip(model.names, model.weights, strict=True)
        if abs(weight) >= _LEAST
    )
    quoted = listed.replace("'", "''")
    lines = [
        "# Written by scripts/train_grants.py; do not edit.",
        f"id: room.grant_weights.{code}",
        f'version: "{VERSION}"',
        f"source: {len(rows)} labelled answers on {len({row.product for row in rows})} products",
        f'effective: "{EFFECTIVE}"',
        f"bias: {model.bias:.3f}",
        f"signs: '{quoted}'",
    ]
    (FOLDER / f"grant_weights_{code}.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    """Train, or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="say how well it does on products not trained on")
    check = parser.parse_args().check
    found = list(rows())
    for code in ("zh", "en"):
        chosen = [row for row in found if row.code == code]
        report(code, chosen) if check else write(code, chosen)
    return 0


if __name__ == "__main__":
    sys.exit(main())
