"""Train the judge of what contradicts a selling point, on labelled sentences and transcripts.

uv run scripts/train_misfit.py            # write coach/language/packs/misfit.json
uv run scripts/train_misfit.py --talk DIR # with more transcripts; the shipped one was made without
uv run scripts/train_misfit.py --check    # how well it does on products that it was not trained on

Sentences are those of the half `learn` of evals/cases/sentences, talk is that of evals/cases/scoring. Only products
that training never sees tell anything: `--check` trains as often as there are folds, each time without the products of
one.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np
from numpy.typing import NDArray

from coach.language import language_for
from coach.language.misfit_line import names
from coach.language.misfit_words import content_words
from coach.room.sheet import sheet_of
from coach.scenario.model import Scenario
from coach.score import misfits
from coach.score.misfits import Misfits
from evals.product_sheets import scenario_of
from evals.sentences import card_of

CASES = ROOT / "evals" / "cases"
PACK = ROOT / "coach" / "language" / "packs" / "misfit.json"
EVERYDAY = 4
"""Products of which a word must be said to belong to none."""
FOLDS = 6
SHRINK = 25.0
"""Pull of the weights towards zero, in examples."""
WEIGHT = {"wrong": 3.0, "sentence": 1.0, "talk": 2.0, "beside": 0.3}
"""Of an example: a contradiction, a right sentence, a right turn of talk, another point of a contradiction."""
VERSION, EFFECTIVE = "2026.11.1", "2026-11-26"
SOURCE = "scripts/train_misfit.py on evals/cases/sentences (half learn) and evals/cases/scoring"

Numbers = NDArray[np.float64]


@dataclass(slots=True)
class Unit:
    """One labelled sentence or turn."""

    scenario: Scenario
    text: str
    kind: str
    """`wrong`, `sentence` or `talk`."""
    point: str = ""
    """The point that a sentence is about."""
    wrong: frozenset[str] = frozenset()
    """Points that it contradicts."""
    called: frozenset[str] = frozenset()
    """Points that the rules alone say it contradicts, of a sentence."""
    rows: list[tuple[str, list[float]]] = field(default_factory=list)


def sentences(folder: Path) -> Iterator[Unit]:
    """Yield the labelled sentences on points, clean ones and good answers."""
    for path in sorted((folder / "learn").glob("*.jsonl")):
        scenario = scenario_of(folder / "products" / f"{path.stem}.json")
        for line in path.read_text(encoding="utf-8").splitlines():
            label = json.loads(line)
            if label["kind"] in ("point", "clean") or label.get("handled") == "well":
                wrong = label.get("label") == "misstated"
                point = label.get("point", "")
                yield Unit(
                    scenario,
                    label["text"],
                    "wrong" if wrong else "sentence",
                    point,
                    frozenset([point] if wrong else []),
                    _called(label, scenario),
                )


def _called(label: dict[str, Any], scenario: Scenario) -> frozenset[str]:
    return frozenset(item.point_id for item in card_of([label], scenario).coverage if item.state == "misstated")


def turns(folder: Path) -> Iterator[Unit]:
    """Yield the streamer's turns; those left out that break a rule or contradict what is no point."""
    for path in sorted((folder / "labels").glob("*.json")):
        labels = json.loads(path.read_text(encoding="utf-8"))
        scenario = scenario_of(folder / "products" / f"{labels['product']}.json")
        wrong: dict[int, set[str]] = defaultdict(set)
        for point, told in labels["coverage"].items():
            for turn in told["evidence"] if told["label"] == "misstated" else ():
                wrong[turn].add(point)
        out = {item["i"] for item in (*labels["compliance"], *labels["fact_errors"])} - wrong.keys()
        for line in map(json.loads, (folder / "transcripts" / f"{path.stem}.jsonl").read_text("utf-8").splitlines()):
            if line["role"] == "streamer" and line["i"] not in out:
                points = frozenset(wrong.get(line["i"], ()))
                yield Unit(scenario, line["text"], "wrong" if points else "talk", wrong=points)


def everyday(units: Iterable[Unit]) -> dict[str, frozenset[str]]:
    """Return the words that are said, and rightly, of several products."""
    said: dict[str, dict[str, set[str]]] = {"zh": defaultdict(set), "en": defaultdict(set)}
    for unit in units:
        language = language_for(unit.scenario.locale)
        for word in content_words(language.normalise(unit.text), language.code) if not unit.wrong else ():
            said[language.code][word].add(unit.scenario.id)
    return {code: frozenset(word for word, of in words.items() if len(of) >= EVERYDAY) for code, words in said.items()}


def read(units: Sequence[Unit], plain: dict[str, frozenset[str]]) -> None:
    """Put what the judge looks at into each unit."""
    ready: dict[str, Misfits] = {}
    for unit in units:
        sheet = sheet_of(unit.scenario)
        if unit.scenario.id not in ready:
            ready[unit.scenario.id] = Misfits(sheet, plain[sheet.language.code])
        text = sheet.mend(unit.text)
        pairs = ready[unit.scenario.id].sheet.pairs(text, [point.match(text) for point in sheet.points])
        points = unit.scenario.product.selling_points
        unit.rows = [(points[pair.point].id, pair.features) for pair in pairs]


def fit(units: Sequence[Unit]) -> tuple[float, Numbers]:
    """Return bias and weights. Of several clauses of a contradiction the likeliest counts, after a first round."""
    found = [(unit, point, row) for unit in units for point, row in unit.rows]
    rows = np.array([row for _, _, row in found])
    labels = np.array([float(point in unit.wrong) for unit, point, _ in found])
    weight = np.array(
        [WEIGHT[unit.kind if not unit.wrong or point in unit.wrong else "beside"] for unit, point, _ in found]
    )
    bias, weights = _logistic(rows, labels, weight)
    odds = bias + rows @ weights
    best: dict[tuple[int, str], float] = defaultdict(lambda: -np.inf)
    for at, (unit, point, _) in enumerate(found):
        best[id(unit), point] = max(best[id(unit), point], float(odds[at]))
    for at, (unit, point, _) in enumerate(found):
        if labels[at] and odds[at] < best[id(unit), point]:
            weight[at] = 0.0
    return _logistic(rows, labels, weight)


def _logistic(rows: Numbers, labels: Numbers, weight: Numbers) -> tuple[float, Numbers]:
    """Return bias and weights of a logistic regression on standardised columns, by Newton's method."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    spread[spread == 0] = 1.0
    columns = np.hstack([np.ones((len(rows), 1)), (rows - mean) / spread])
    pull = np.full(columns.shape[1], SHRINK)
    pull[0] = 0.0
    found = np.zeros(columns.shape[1])
    for _ in range(20):
        guess = 1 / (1 + np.exp(-np.clip(columns @ found, -30, 30)))
        slope = columns.T @ (weight * (guess - labels)) + pull * found
        curve = columns.T @ (columns * (weight * guess * (1 - guess))[:, None]) + np.diag(pull)
        step = np.linalg.solve(curve + 1e-9 * np.eye(len(found)), slope)
        found -= step
        if float(np.abs(step).max()) < 1e-8:
            break
    weights = found[1:] / spread
    return float(found[0] - mean @ weights), weights


def check(units: Sequence[Unit]) -> None:
    """Print recall and precision over sentences of products that were not trained on, by the bound."""
    products = sorted({unit.scenario.id for unit in units})
    odds: dict[int, dict[str, float]] = {}
    for fold in range(FOLDS):
        out = set(products[fold::FOLDS])
        bias, weights = fit([unit for unit in units if unit.scenario.id not in out])
        for unit in units:
            if unit.scenario.id in out:
                told: dict[str, float] = {}
                for point, row in unit.rows:
                    share = 1 / (1 + np.exp(-(bias + float(np.dot(row, weights)))))
                    told[point] = max(told.get(point, 0.0), share)
                odds[id(unit)] = told
    print("from   recall  precision  right called wrong  turns called wrong")
    for least in (2.0, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85):
        print(f"{least:4.2f}  {_figures(units, odds, least)}")


def _figures(units: Sequence[Unit], odds: dict[int, dict[str, float]], least: float) -> str:
    hit = missed = false = accused = right = talk = 0
    for unit in units:
        told = odds[id(unit)]
        called = unit.called | {point for point, share in told.items() if share >= least}
        if unit.kind == "talk":
            talk += bool(called)
        elif unit.wrong and unit.point:
            hit, missed = hit + (unit.point in called), missed + (unit.point not in called)
        elif unit.kind == "sentence":
            right, accused, false = right + 1, accused + bool(called), false + (unit.point in called)
    return f"{hit / (hit + missed):6.3f}  {hit / (hit + false):9.3f}  {accused / right:18.3f}  {talk:18d}"


def main() -> int:
    """Train, or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="say how well it does on products not trained on")
    parser.add_argument("--talk", type=Path, nargs="*", default=[], help="more sets of labelled transcripts")
    options = parser.parse_args()
    misfits.CONTRADICTS = 2.0  # what the rules alone find is asked below
    units = [
        *sentences(CASES / "sentences"),
        *(unit for folder in (CASES / "scoring", *options.talk) for unit in turns(folder)),
    ]
    plain = everyday(units)
    read(units, plain)
    if options.check:
        check(units)
        return 0
    bias, weights = fit(units)
    pack = {
        "id": "misfit",
        "version": VERSION,
        "source": SOURCE,
        "effective": EFFECTIVE,
        "bias": round(bias, 4),
        "weights": {name: round(float(value), 4) for name, value in zip(names("zh"), weights, strict=True)},
        "everyday": {code: sorted(words) for code, words in plain.items()},
    }
    PACK.write_text(json.dumps(pack, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
