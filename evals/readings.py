"""Readings against labelled transcripts: how lines were to be treated, how they were handled, what came across.

    python -m evals.readings FOLDER            # FOLDER holds products/, transcripts/ and labels/
    python -m evals.readings FOLDER --misses   # and every disagreement

The same figures stand in `bench viewers`. Rules were written with two thirds of the products in sight; the fourth and
the sixth of each six (in order of id) only check. `halves` gives the figures of both, so that fitting shows.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from coach.room.handling import Following, handling
from coach.room.treatment import right_treatment, viewer_type_of
from coach.scenario.model import Scenario
from coach.score.scorecard import FactError
from coach.score.scorer import score
from coach.score.transcript import load_transcript
from evals.agreement import Pair, accuracy, macro_f1
from evals.sharing import shared

_SHEET = ("name", "price", "gifts", "stock", "facts", "certificates", "selling_points", "must_not_say")
_CHECKED = (3, 5)
"""Places, of each six products in order of id, that rules were never written with."""
STATES = ("hit", "partial", "miss", "misstated")


@dataclass(frozen=True, slots=True)
class Judged:
    """One thing that both the labels and the product name."""

    transcript: str
    what: str
    wanted: str
    got: str
    text: str


@dataclass(slots=True)
class Tally:
    """Everything judged in one kind of text."""

    treated: list[Judged] = field(default_factory=list)
    handled: list[Judged] = field(default_factory=list)
    conceded: list[Judged] = field(default_factory=list)
    covered: list[Judged] = field(default_factory=list)
    facts: list[Judged] = field(default_factory=list)
    """Turns with a statement against the product sheet, labelled or found."""

    def add(self, other: Tally) -> None:
        """Take in what another one holds."""
        self.treated += other.treated
        self.handled += other.handled
        self.conceded += other.conceded
        self.covered += other.covered
        self.facts += other.facts

    def figures(self) -> dict[str, Any]:
        """Return the shares that agree, with how many were judged."""
        granted = [item for item in self.conceded if item.wanted == "below"]
        return {
            "lines": len(self.handled),
            "treatment": _agreement(self.treated),
            "handled": _agreement(self.handled),
            "handled_f1": macro_f1(_pairs(self.handled), ("well", "weak", "badly", "unanswered")),
            "well_or_not": _agreement(_well_or_not(item) for item in self.handled),
            "below_floor_recall": _agreement(granted),
            "below_floor_false": sum(item.got == "below" != item.wanted for item in self.conceded),
            "points": len(self.covered),
            "coverage": _agreement(self.covered),
            "coverage_f1": macro_f1(_pairs(self.covered), STATES),
            "misstated_recall": _agreement(item for item in self.covered if item.wanted == "misstated"),
            "misstated_precision": _agreement(item for item in self.covered if item.got == "misstated"),
            "fact_error_recall": _agreement(item for item in self.facts if item.wanted),
            "fact_error_precision": _agreement(item for item in self.facts if item.got),
        }


def measure(folder: Path, workers: int = 1) -> dict[str, Any]:
    """Return the figures per language (`zh`, `en`) and kind of text (`clean`, `asr_like`), and per half of products.

    Args:
        folder: Holds `products/`, `transcripts/` and `labels/`.
        workers: Processes that score the transcripts.
    """
    groups, halves = _measured(folder, workers)
    return {
        **{
            language: {kind: groups[language, kind].figures() for kind in ("clean", "asr_like")}
            for language in ("zh", "en")
        },
        "halves": {
            half: {language: halves[half, language].figures() for language in ("zh", "en")}
            for half in ("written_with", "checked_on")
        },
    }


def _measured(folder: Path, workers: int = 1) -> tuple[dict[tuple[str, str], Tally], dict[tuple[str, str], Tally]]:
    groups = {(language, kind): Tally() for language in ("zh", "en") for kind in ("clean", "asr_like")}
    halves = {(half, language): Tally() for half in ("written_with", "checked_on") for language in ("zh", "en")}
    products = sorted((folder / "products").glob("*.json"))
    for number, judged in enumerate(shared(partial(_of_product, folder), products, workers)):
        for language, text, tally in judged:
            groups[language, text].add(tally)
            halves["checked_on" if number % 6 in _CHECKED else "written_with", language].add(tally)
    return groups, halves


def _of_product(folder: Path, product: Path) -> list[tuple[str, str, Tally]]:
    """Return language, kind of text and what is judged of each transcript of a product."""
    scenario, found = scenario_of(product), list[tuple[str, str, Tally]]()
    for path in sorted((folder / "labels").glob(f"{product.stem}__*.json")):
        labels = json.loads(path.read_text(encoding="utf-8"))
        tally = judge(folder / "transcripts" / f"{path.stem}.jsonl", labels, scenario)
        found.append((scenario.language, "asr_like" if labels["asr_like"] else "clean", tally))
    return found


def judge(transcript: Path, labels: dict[str, Any], scenario: Scenario) -> Tally:
    """Return everything judged in one transcript."""
    lines = [json.loads(line) for line in transcript.read_text(encoding="utf-8").splitlines() if line.strip()]
    tally = Tally()
    agreed: dict[str, float | None] = {}
    for label in labels["objections"]:
        _judge_line(transcript.stem, label, lines, scenario, tally, agreed)
    card = score(scenario, load_transcript(transcript).records)
    states = {point.point_id: point.state for point in card.coverage}
    tally.facts += fact_errors(transcript.stem, lines, labels["fact_errors"], card.fact_errors)
    for point_id, label in labels["coverage"].items():
        tally.covered.append(
            Judged(transcript.stem, point_id, label["label"], states[point_id], str(label["evidence"]))
        )
    return tally


def fact_errors(
    name: str, lines: Sequence[dict[str, Any]], labels: Sequence[dict[str, Any]], found: Sequence[FactError]
) -> list[Judged]:
    """Return the turns with a fact error, by the labels or by the product; they agree where both have one."""
    wanted = {label["i"]: label["said"] for label in labels}
    got: dict[int, str] = {}
    for error in found:
        turn = next(
            (
                line["i"]
                for line in lines
                if line["role"] == "streamer"
                and line["t0"] == error.evidence.start
                and error.evidence.quote in line["text"]
            ),
            None,
        )
        if turn is not None:
            got[turn] = error.said
    return [
        Judged(
            name,
            f"turn {turn}",
            "error" if turn in wanted else "",
            "error" if turn in got else "",
            f"{wanted.get(turn, '')} / {got.get(turn, '')}",
        )
        for turn in sorted({*wanted, *got})
    ]


def _judge_line(
    name: str,
    label: dict[str, Any],
    lines: list[dict[str, Any]],
    scenario: Scenario,
    tally: Tally,
    agreed: dict[str, float | None],
) -> None:
    at = next(index for index, line in enumerate(lines) if line["i"] == label["i"])
    line = lines[at]
    viewer_type = viewer_type_of(line["viewer"]["type"])
    after = following(lines, at)
    treatment = right_treatment(viewer_type, line["text"], scenario.language)
    result = handling(
        line["text"],
        viewer_type,
        treatment,
        after,
        scenario,
        said_at=line["t0"],
        name=line["viewer"]["id"],
        agreed=agreed.get(line["viewer"]["id"]),
    )
    agreed[line["viewer"]["id"]] = result.agreed or agreed.get(line["viewer"]["id"])
    text = f"{viewer_type}: {line['text']} || {after[0].text if after else ''} {result.reasons}"
    what = str(label["i"])
    tally.treated.append(Judged(name, what, label["should"], treatment, text))
    tally.handled.append(Judged(name, what, label["handled"], result.handled, text))
    wanted, got = ("below" if below else "" for below in (label["conceded_below_floor"], result.below_floor))
    tally.conceded.append(Judged(name, what, wanted, got, text))


def following(lines: Sequence[dict[str, Any]], at: int) -> list[Following]:
    """Return what the streamer said after a line, to the next viewer's line."""
    after: list[Following] = []
    for line in lines[at + 1 :]:
        if line["role"] == "viewer":
            if after:
                break
            continue
        after.append(Following(line["text"], line["t0"], line["t1"]))
    return after


def scenario_of(product: Path) -> Scenario:
    """Return a scenario around a product sheet of the labelled set."""
    sheet = json.loads(product.read_text(encoding="utf-8"))
    return Scenario.model_validate(
        {
            "id": sheet["id"],
            "locale": "zh-CN" if sheet["locale"].startswith("zh") else "en-US",
            "title": sheet["name"],
            "category": sheet["category"],
            "product": {key: sheet[key] for key in _SHEET},
            "viewers": [{"id": "viewer", "type": "haggler", "name": "viewer"}],
        }
    )


def _pairs(items: Iterable[Judged]) -> list[Pair]:
    return [(item.wanted, item.got) for item in items]


def _agreement(items: Iterable[Judged]) -> float | None:
    return accuracy(_pairs(items))


def _well_or_not(item: Judged) -> Judged:
    wanted, got = (str(value == "well") for value in (item.wanted, item.got))
    return Judged(item.transcript, item.what, wanted, got, item.text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true", help="print every disagreement too")
    parser.add_argument("--half", choices=("written_with", "checked_on"), help="misses of this half only")
    options = parser.parse_args(arguments)
    print(json.dumps(measure(options.folder), indent=1))
    if options.misses:
        _print_misses(options.folder, options.half)
    return 0


def _print_misses(folder: Path, half: str | None) -> None:
    _, halves = _measured(folder)
    for (which, _), tally in halves.items():
        if half in (None, which):
            for kind in ("treated", "handled", "conceded", "covered", "facts"):
                for item in getattr(tally, kind):
                    if item.wanted != item.got:
                        print(f"{kind} {item.transcript} {item.what}: {item.wanted} ≠ {item.got} | {item.text}")


if __name__ == "__main__":
    sys.exit(main())
