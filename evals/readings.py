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
from itertools import groupby
from pathlib import Path
from typing import Any

from coach.room.handling import Following, handling
from coach.room.treatment import right_treatment, viewer_type_of
from coach.score.scorecard import FactError
from evals.agreement import Pair, accuracy, macro_f1
from evals.labelled import Labelled, load_labelled

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


def measure(items: Iterable[Labelled]) -> dict[str, Any]:
    """Return the figures per language (`zh`, `en`) and kind of text (`clean`, `asr_like`), and per half of products."""
    groups, halves = _measured(items)
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


def _measured(items: Iterable[Labelled]) -> tuple[dict[tuple[str, str], Tally], dict[tuple[str, str], Tally]]:
    groups = {(language, kind): Tally() for language in ("zh", "en") for kind in ("clean", "asr_like")}
    halves = {(half, language): Tally() for half in ("written_with", "checked_on") for language in ("zh", "en")}
    of_products = groupby(sorted(items, key=_product), _product)
    for number, (_, own) in enumerate(of_products):
        for item in own:
            tally = judge(item)
            groups[item.language, item.text].add(tally)
            halves["checked_on" if number % 6 in _CHECKED else "written_with", item.language].add(tally)
    return groups, halves


def _product(item: Labelled) -> str:
    return item.product


def judge(item: Labelled) -> Tally:
    """Return everything judged in one transcript."""
    tally = Tally()
    agreed: dict[str, float | None] = {}
    for label in item.labels["objections"]:
        _judge_line(item, label, tally, agreed)
    states = {point.point_id: point.state for point in item.card.coverage}
    tally.facts += fact_errors(item.name, item.lines, item.labels["fact_errors"], item.card.fact_errors)
    for point_id, label in item.labels["coverage"].items():
        tally.covered.append(Judged(item.name, point_id, label["label"], states[point_id], str(label["evidence"])))
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


def _judge_line(item: Labelled, label: dict[str, Any], tally: Tally, agreed: dict[str, float | None]) -> None:
    name, lines, scenario = item.name, item.lines, item.scenario
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
    items = load_labelled(options.folder)
    print(json.dumps(measure(items), indent=1))
    if options.misses:
        _print_misses(items, options.half)
    return 0


def _print_misses(items: Iterable[Labelled], half: str | None) -> None:
    _, halves = _measured(items)
    for (which, _), tally in halves.items():
        if half in (None, which):
            for kind in ("treated", "handled", "conceded", "covered", "facts"):
                for item in getattr(tally, kind):
                    if item.wanted != item.got:
                        print(f"{kind} {item.transcript} {item.what}: {item.wanted} ≠ {item.got} | {item.text}")


if __name__ == "__main__":
    sys.exit(main())
