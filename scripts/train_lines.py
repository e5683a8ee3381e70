"""Train what the reader answers for a line of the product sheet: nothing said of it, said rightly, contradicted.

uv run scripts/train_lines.py            # write coach/language/reader/lines.npz
uv run scripts/train_lines.py --check    # only say how it does on products it was not trained with

The encoders stay as they are: the answer is a linear one over their states, weighed with how the figures agree
(`coach/score/packs/lines.yaml`). The sentences are those of the half `learn`
of `evals/cases/lines`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from coach.language import language_for
from coach.language.amounts import Compared, compared
from coach.language.reader.asked import LineRead
from coach.language.reader.net import Array
from coach.language.reader.reader import LINES, is_open, reader
from coach.score.readings import said_of
from coach.score.rows_read import (
    AGREES,
    NOTHING,
    SIGNS,
    TOLD,
    WRONG,
    are_read,
    beside,
    row_of,
    signs_of,
)
from evals.lines import Case, cases
from scripts.weighing import Matrix, crossed_scores, fitted, matrix_of, write_pack

VERSION = "2026.11.1"
NETS = ("both", "english")
OUTCOMES = (NOTHING, TOLD, WRONG)
_LOOSE, _LOOSE_SIGNS = 0.1, 10.0
_TOO = 1.0
"""How much less alike than what the scorer reads a line may be to be learned from too."""
_FROM = (0.4, 0.5, 0.6, 0.7, 0.8)


class Pair(NamedTuple):
    """A sentence beside a line of its sheet."""

    case: Case
    states: tuple[Matrix, ...]
    """Of each net that answers, with a one at the end."""
    figures: Compared
    is_read: bool
    """Whether the scorer reads the line for it."""
    outcome: int


def pairs(half: str) -> Iterator[Pair]:
    """Yield each sentence with the line that it is about, and with those that it may seem to be about.

    A question followed by a sentence on another line is a pair as well: nothing is said of what was asked.
    """
    listed = list(cases(half))
    for case, other in zip(listed, [*listed[1:], listed[0]], strict=True):
        yield from _paired(case)
        if case.ask and other.product == case.product and other.row != case.row and not other.ask:
            yield from _paired(replace(case, label="other", text=other.text), other.row)


def _paired(case: Case, but: str | None = None) -> Iterator[Pair]:
    """Yield a sentence with lines of its sheet, without one that it is about too."""
    facts = case.scenario.product.facts
    rows, turn = [row_of(name, value) for name, value in facts.items()], case.turn()
    places, language = beside(turn, rows, case.code), language_for(case.scenario.locale)
    read, near = are_read(places), are_read(places, _TOO)
    for place, name in enumerate(facts):
        if name != but and (name == case.row or place in near):
            is_about = name == case.row and case.label != "other"
            told = (WRONG if case.label == "false" else TOLD) if is_about else NOTHING
            said = said_of(turn, places[place].start, places[place].end, case.code)
            states = tuple(map(_pooled, reader().beside(said, rows[place])))
            figures = compared(said.text, rows[place], language)
            yield Pair(case, states, figures, place in read, OUTCOMES.index(told))


def _pooled(states: Array) -> Matrix:
    return np.concatenate([states[0], states.mean(axis=0), [1.0]], dtype=np.float64)


def _of(net: int, found: Sequence[Pair]) -> tuple[Matrix, NDArray[np.int64], list[int]]:
    """Return what one net sees, the outcomes, and which pairs those are."""
    at = [place for place, pair in enumerate(found) if len(pair.states) > net]
    return np.stack([found[place].states[net] for place in at]), np.array([found[place].outcome for place in at]), at


def heads(found: Sequence[Pair], *, is_check: bool) -> tuple[Matrix, dict[str, Matrix]]:
    """Return the odds (pairs, 3) of heads that never saw a pair's product, and the heads learned from all."""
    odds, made = np.zeros((len(found), 3)), dict[str, Matrix]()
    for net, name in enumerate(NETS):
        states, outcomes, at = _of(net, found)
        ones, groups = np.ones(len(at)), [found[place].case.product for place in at]
        scores = crossed_scores(states, outcomes, ones, groups, 3, _LOOSE)
        for place, said in zip(at, scores, strict=True):
            if not net:
                odds[place] = said
            elif is_open(odds[place]):  # as the reader asks its second net
                odds[place] = (odds[place] + said) / 2
        if not is_check:
            weights = fitted(states, outcomes, ones, 3, _LOOSE)
            made[name], made[f"{name}.b"] = weights[:, :-1].T.astype(np.float16), weights[:, -1].astype(np.float16)
    return odds, made


def report(found: Sequence[Pair], shares: Matrix) -> None:
    """Print how many sentences are taken to contradict some line, of each kind, from several shares on."""
    groups: dict[tuple[str, str], dict[str, float]] = {}
    for pair, (_, told, wrong) in zip(found, shares, strict=True):
        group = groups.setdefault((pair.case.code, pair.case.label), {})
        name = f"{pair.case.product} {pair.case.text}"
        before = group.get(name, 0.0)
        if pair.is_read:
            group[name] = -1.0 if told >= AGREES or before < 0 else max(wrong, before)
        group.setdefault(name, 0.0)
    for (code, label), group in sorted(groups.items()):
        values = np.array(list(group.values()))
        print(f"  {code} {label} ({len(values)}):", *(f"{least}: {(values >= least).mean():.3f}" for least in _FROM))


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args(arguments)
    found = list(pairs("learn"))
    odds, made = heads(found, is_check=options.check)
    reads = [LineRead(told - nothing, wrong - nothing) for nothing, told, wrong in odds.tolist()]
    signs = [signs_of(read, pair.figures) for read, pair in zip(reads, found, strict=True)]
    matrix, ones = matrix_of(signs, SIGNS), np.ones(len(found))
    outcomes, groups = np.array([pair.outcome for pair in found]), [pair.case.product for pair in found]
    report(found, softmax(crossed_scores(matrix, outcomes, ones, groups, 3, _LOOSE_SIGNS), axis=1))
    if not options.check:
        np.savez(LINES, allow_pickle=False, **made)
        weights = dict(zip(OUTCOMES, fitted(matrix, outcomes, ones, 3, _LOOSE_SIGNS), strict=True))
        source = f"{len(found)} pairs of a sentence and a line of the sheet (evals/cases/lines/learn)"
        write_pack("lines.yaml", "score.lines", VERSION, source, weights, SIGNS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
