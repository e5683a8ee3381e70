"""Train the learned opinion on claims: weights over senses of words, from labelled sentences and transcripts.

uv run scripts/train_claims.py TRANSCRIPTS...           # write coach/language/claims/learned/weights_{zh,en}.yaml; what
                                                        # score and reader weigh stays as it is there
uv run scripts/train_claims.py TRANSCRIPTS... --weigh   # the same, and weigh the shipped reader against it
uv run scripts/train_claims.py TRANSCRIPTS... --check   # only say how it does on products it was not trained with

Each folder of transcripts is of the format of evals/cases/scoring; the talks of evals/cases/talks come with them.
Nothing of a half `check` or of `held_back` is read.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from coach.language.claims import scanner
from coach.language.claims.learned.model import Seen, Signs, model, part_of, strings
from coach.language.claims.learned.opinion import around_it, seen_alone, with_turn
from coach.language.claims.learned.senses import FOLDER
from scripts.claim_samples import CASES, ONE_OF, RIGHT, WRONG, Sample, samples
from scripts.talks import UNSEEN_WRITERS, products
from scripts.talks import write as write_talks

VERSION = "2026.11.7"
FOLDS = 5
_FEWEST = 3
"""Passages a sign must occur in to have a weight."""
_LOOSE = 0.3
"""Inverse strength of the pull towards zero, as scikit-learn's C."""
_WRONG_COUNTS = 2.0
"""Weight of a violation against a passage that is right: there are seven times as many of those."""
_LEAST = 0.02
"""Weights nearer to zero than this are left out."""
_WEIGHED_LOOSE = 0.3
"""The same where score, readings and findings are weighed."""
_CATEGORY_LOOSE = 1.0
Vector = NDArray[np.float64]


class Table:
    """Passages of one language as rows of signs.

    Args:
        rows: The passages.
    """

    def __init__(self, code: str, rows: Sequence[Sample]) -> None:
        self.rows = rows
        self.trades = tuple(sorted({row.trade for row in rows if row.trade}))
        self.signs = Signs(code, self.trades)
        self.names: dict[str, int] = {}
        self.labels = np.array([row.label for row in rows])
        self.texts = np.array([row.text for row in rows])
        self.groups = sorted({row.group for row in rows})
        self.matrix = self._made()

    def _made(self) -> csr_matrix:
        places: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        for at, row in enumerate(self.rows):
            for name, value in self._row(row):
                places.append(at)
                columns.append(self.names.setdefault(name, len(self.names)))
                values.append(value)
        return csr_matrix((values, (places, columns)), shape=(len(self.rows), len(self.names)))

    def _row(self, row: Sample) -> list[tuple[str, float]]:
        find = self.signs.senses.find
        held = [
            frozenset(item.sense for item in find(row.cut[at].units)) if 0 <= at < len(row.cut) else frozenset[int]()
            for at in (row.at - 1, row.at + 1)
        ]
        signs = self.signs.of(find(row.cut[row.at].units), held[0], held[1], row.trade)
        listed = sorted(strings(row.cut[row.at]))
        part = part_of(len(listed))
        return [*((self.signs.name(sign), 1.0) for sign in sorted(signs)), *(("=" + item, part) for item in listed)]


def fitted(
    matrix: csr_matrix, wrong: Vector, loose: float = _LOOSE, counts: float | Vector = _WRONG_COUNTS
) -> tuple[Vector, float]:
    """Return weights and bias of a logistic regression with a pull towards zero, by L-BFGS."""
    share = loose * np.where(wrong > 0, counts, 1.0)
    sign = np.where(wrong > 0, 1.0, -1.0)
    turned = matrix.T.tocsr()

    def loss(values: Vector) -> tuple[float, Vector]:
        odds = sign * (matrix @ values[:-1] + values[-1])
        slope = -share * sign / (1.0 + np.exp(np.clip(odds, -500, 500)))
        total = float(share @ np.logaddexp(0.0, -odds) + 0.5 * values[:-1] @ values[:-1])
        return total, np.append(turned @ slope + values[:-1], slope.sum())

    found = minimize(loss, np.zeros(matrix.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    return found.x[:-1], float(found.x[-1])


def trained(table: Table, chosen: NDArray[np.bool_]) -> tuple[Vector, float]:
    """Return the weights learned from some rows; of texts with several passages, those that look most like it count."""
    often = np.asarray((table.matrix[chosen] > 0).sum(axis=0)).ravel() >= _FEWEST
    matrix = table.matrix[chosen][:, often]
    labels, texts = table.labels[chosen], table.texts[chosen]
    wrong = (labels != RIGHT).astype(float)
    weights, bias = fitted(matrix, wrong)
    odds = matrix @ weights + bias
    weights, bias = fitted(matrix, picked(labels, texts, odds))
    whole = np.zeros(table.matrix.shape[1])
    whole[often] = weights
    return whole, bias


def picked(labels: NDArray[np.int64], texts: NDArray[np.int64], odds: Vector) -> Vector:
    """Return labels in which, of texts with one wrong passage somewhere, the likeliest ones are wrong."""
    wrong: Vector = (labels == WRONG).astype(np.float64)
    for text in np.unique(texts[labels == ONE_OF]):
        here = np.flatnonzero((texts == text) & (labels == ONE_OF))
        wrong[here[odds[here] > 0]] = 1.0
        wrong[here[np.argmax(odds[here])]] = 1.0
    return wrong


def crossed(table: Table) -> Vector:
    """Return the score of every passage by weights that never saw its product."""
    fold = {group: number % FOLDS for number, group in enumerate(table.groups)}
    folds = np.array([fold[row.group] for row in table.rows])
    odds = np.zeros(len(table.rows))
    for number in range(FOLDS):
        weights, bias = trained(table, folds != number)
        odds[folds == number] = table.matrix[folds == number] @ weights + bias
    return odds


def weighed(table: Table) -> dict[str, float]:
    """Return what everything known of a passage weighs, and the intercept, by talks that nothing was trained with.

    Args:
        table: Passages of one language.
    """
    talks = of_unseen_talks(table)
    weights, bias = trained(table, ~talks)
    odds = table.matrix @ weights + bias
    wrong = picked(table.labels, table.texts, odds)
    chosen = np.flatnonzero(talks).tolist()
    seen = np.array([_seen(table.rows[at], float(odds[at])) for at in chosen], dtype=float)
    mean, spread = seen.mean(axis=0), seen.std(axis=0) + 1e-9
    found, bias = fitted(csr_matrix((seen - mean) / spread), wrong[chosen], _WEIGHED_LOOSE, 1.0)
    values = found / spread
    return dict(zip((*Seen._fields, "intercept"), [*values.tolist(), float(bias - mean @ values)], strict=True))


def _seen(row: Sample, score: float) -> Seen:
    passage = row.cut[row.at]
    turn = around_it(row.said, *scanner(row.code).ready(row.said.text).cut(passage.start, passage.end), row.code)
    return with_turn(seen_alone(passage, row.trade, score, row.held, row.sheet), turn, row.trade, row.code)


def of_last_writers(table: Table) -> NDArray[np.bool_]:
    """Return which passages are of the file with the highest number of its trade."""
    files = {group.split(" ")[0] for group in table.groups if _NUMBERED.match(group)}
    last: dict[str, str] = {}
    for name in sorted(files, key=lambda name: int(name.rpartition("-")[2])):
        last[name.rpartition("-")[0]] = name
    chosen = set(last.values())
    return np.array([row.group.split(" ")[0] in chosen for row in table.rows])


def of_unseen_talks(table: Table) -> NDArray[np.bool_]:
    """Return which passages are of talks that the reader did not see."""
    held = {writer.lower() for writer in UNSEEN_WRITERS}
    return np.array([row.is_talk and row.group.split("-")[0] in held for row in table.rows])


def kept(code: str) -> dict[str, float]:
    """Return the same numbers as they are in the weights now."""
    return model(code).pack.weighs.model_dump()


def categories(table: Table) -> dict[str, str]:
    """Return, per category, senses that point to it against all other categories."""
    rows = [at for at, row in enumerate(table.rows) if row.label != RIGHT]
    columns = [at for name, at in sorted(table.names.items()) if name in table.signs.senses.names]
    names = {at: name for name, at in table.names.items()}
    matrix = table.matrix[rows][:, columns]
    made = {}
    for category in sorted({table.rows[at].category for at in rows}):
        own = np.array([float(table.rows[at].category == category) for at in rows])
        weights, _ = fitted(matrix, own, _CATEGORY_LOOSE, 1.0)
        made[category] = _listed([(names[column], weight) for column, weight in zip(columns, weights, strict=True)])
    return made


def _listed(pairs: Sequence[tuple[str, float]]) -> str:
    return " ".join(f"{name.replace(' ', '_')} {weight:.2f}" for name, weight in pairs if abs(weight) >= _LEAST)


def write(code: str, table: Table, weighs: Mapping[str, float]) -> Path:
    """Write the weights of one language."""
    weights, bias = trained(table, np.ones(len(table.rows), dtype=bool))
    pairs = [(name, float(weights[at])) for name, at in sorted(table.names.items())]
    signs = _listed([pair for pair in pairs if not pair[0].startswith("=")])
    listed = _listed([(name[1:], weight) for name, weight in pairs if name.startswith("=")])
    lines = [
        "# Written by scripts/train_claims.py; do not edit.",
        f"id: claims.{code}.weights",
        f'version: "{VERSION}"',
        f"source: {len({row.text for row in table.rows})} labelled texts of {len(table.groups)} products and groups",
        'effective: "2026-11-26"',
        f"bias: {bias:.3f}",
        f"trades: [{', '.join(table.trades)}]",
        f"weighs: {{{', '.join(f'{name}: {value:.3f}' for name, value in weighs.items())}}}",
        "categories:",
        *(f"  {name}: '{text}'" for name, text in categories(table).items()),
        f"signs: '{signs}'",
        f"strings: '{_quoted(listed)}'",
    ]
    path = FOLDER / f"weights_{code}.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


_NUMBERED = re.compile(r"\w+-\w+-\d+ ")
"""Group of sentences from a file by a second writer of a trade, or a later one."""


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def report(table: Table, odds: Vector) -> None:
    """Print precision and recall on products that the rules never met, by the rules alone and by the score alone."""
    texts: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0, -99.0])
    for row, score in zip(table.rows, odds, strict=True):
        if row.unseen:
            known = texts[row.text]
            known[0] = max(known[0], row.label != RIGHT)
            known[1] = max(known[1], any(not item.turned_down for item in row.held))
            known[2] = max(known[2], score)
    rows = np.array(list(texts.values()))
    print(f"  rules alone {_rates(rows[:, 0] > 0, rows[:, 1] > 0)}")
    for least in (-1.0, 0.0, 1.0, 2.0, 3.0, 4.0):
        print(f"  score over {least:4}: {_rates(rows[:, 0] > 0, rows[:, 2] > least)}")


def _rates(wrong: NDArray[np.bool_], found: NDArray[np.bool_]) -> str:
    right = int((wrong & found).sum())
    return (
        f"precision {right / max(1, int(found.sum())):.3f} recall {right / int(wrong.sum()):.3f} ({int(wrong.sum())})"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("transcripts", type=Path, nargs="*", default=[CASES / "scoring"])
    parser.add_argument("--check", action="store_true", help="only say how it does on products it was not trained with")
    parser.add_argument("--weigh", action="store_true", help="weigh score, reader and rules against each other too")
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        write_talks(list(products()), Path(folder))
        rows = samples([*options.transcripts, Path(folder)])
    tables = {code: Table(code, [row for row in rows if row.code == code]) for code in ("zh", "en")}
    for code, table in tables.items():
        print(code, dict(Counter(row.label for row in table.rows)))
        if options.check:
            report(table, crossed(table))
            continue
        weighs = weighed(table) if options.weigh else kept(code)
        print(write(code, table, weighs), {name: round(value, 2) for name, value in weighs.items()})
    return 0


if __name__ == "__main__":
    sys.exit(main())
