"""Compliance findings against labelled transcripts: precision, recall on H, decoys flagged.

    python -m evals.compliance FOLDER            # FOLDER holds products/, transcripts/ and labels/
    python -m evals.compliance FOLDER --misses   # and every disagreement

A finding agrees with a label of the same turn whose term shares characters with it. Precision is over all findings of
severity H and M, recall over the labels of severity H; a decoy counts as flagged where a finding shares characters
with its term.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from coach.language.reader.asked import Said
from coach.room.claims import claims_in_talk
from coach.scenario.model import Scenario
from evals.product_sheets import scenario_of
from evals.results import rate


@dataclass(frozen=True, slots=True)
class Found:
    """One finding, placed in a turn."""

    turn: int
    term: str
    category: str
    severity: str


@dataclass(slots=True)
class Counts:
    """What was counted; add up over transcripts."""

    findings: int = 0
    right: int = 0
    same_category: int = 0
    labels_h: int = 0
    found_h: int = 0
    labels_m: int = 0
    found_m: int = 0
    decoys: int = 0
    flagged: int = 0
    by_category: dict[str, Counter[str]] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def add(self, other: Counts) -> None:
        """Take in what another one counted."""
        for name in ("findings", "right", "same_category", "labels_h", "found_h", "labels_m", "found_m", "decoys"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.flagged += other.flagged
        for category, counted in other.by_category.items():
            self.by_category.setdefault(category, Counter()).update(counted)
        self.misses += other.misses

    def figures(self) -> dict[str, Any]:
        """Return the shares, None where nothing was there to count."""
        return {
            "precision": rate(self.right, self.findings),
            "recall_h": rate(self.found_h, self.labels_h),
            "recall_m": rate(self.found_m, self.labels_m),
            "decoy_rate": rate(self.flagged, self.decoys),
            "category_agreement": rate(self.same_category, self.right),
            "findings": self.findings,
            "labels_h": self.labels_h,
            "decoys": self.decoys,
            "by_category": {
                name: {"recall": rate(counted["found"], counted["labels"]), **counted}
                for name, counted in sorted(self.by_category.items())
            },
        }


def judge_compliance(
    label: Mapping[str, Any], findings: Iterable[Found], texts: Mapping[int, str] | None = None
) -> Counts:
    """Return what a transcript's findings and its labels have in common.

    Args:
        label: A label file: `compliance` and `compliance_decoys`.
        findings: What was found, by number of turn.
        texts: Number of turn → its words, for places; without it terms are compared as they are.
    """
    texts = texts or {}
    found = [item for item in findings if item.severity in ("H", "M")]
    counts = Counts(findings=len(found))
    for item in found:
        same = [wanted for wanted in label["compliance"] if _meets(wanted, item, texts)]
        counts.right += bool(same)
        counts.same_category += any(wanted["category"] == item.category for wanted in same)
        tally = counts.by_category.setdefault(item.category, Counter())
        tally["right" if same else "wrong"] += 1
        if not same:
            counts.misses.append(f"wrong {item.category}/{item.severity} {item.term!r} | {texts.get(item.turn, '')}")
    for wanted in label["compliance"]:
        met = any(_meets(wanted, item, texts) for item in found)
        _count_label(counts, wanted, texts, met=met)
    for decoy in label["compliance_decoys"]:
        met = any(_meets(decoy, item, texts) for item in found)
        counts.decoys += 1
        counts.flagged += met
        if met:
            counts.misses.append(f"decoy {decoy['why']} {decoy['term']!r} | {texts.get(decoy['i'], '')}")
    return counts


def _count_label(counts: Counts, wanted: Mapping[str, Any], texts: Mapping[int, str], *, met: bool) -> None:
    if wanted["severity"] == "H":
        counts.labels_h += 1
        counts.found_h += met
    else:
        counts.labels_m += 1
        counts.found_m += met
    counts.by_category.setdefault(wanted["category"], Counter()).update({"labels": 1, "found": int(met)})
    if not met:
        text = texts.get(wanted["i"], "")
        counts.misses.append(f"missed {wanted['category']}/{wanted['severity']} {wanted['term']!r} | {text}")


def _meets(wanted: Mapping[str, Any], item: Found, texts: Mapping[int, str]) -> bool:
    """Return whether a label and a finding stand in the same turn and share characters."""
    if wanted["i"] != item.turn:
        return False
    text = texts.get(item.turn, "")
    places = _places(text, str(wanted["term"])), _places(text, item.term)
    if not all(places):
        return str(wanted["term"]) in item.term or item.term in str(wanted["term"])
    return any(left < end and start < right for left, right in places[0] for start, end in places[1])


def _places(text: str, term: str) -> list[tuple[int, int]]:
    found, at = [], text.find(term)
    while term and at >= 0:
        found.append((at, at + len(term)))
        at = text.find(term, at + 1)
    return found


def found_in(lines: Sequence[Mapping[str, Any]], scenario: Scenario) -> list[Found]:
    """Return the findings of a transcript's streamer turns."""
    said = [(line, last) for last, line in pairwise([{"role": ""}, *lines]) if line["role"] == "streamer"]
    told = [Said(line["text"], last["text"] if last["role"] == "viewer" else "") for line, last in said]
    names = {line["viewer"]["id"] for line in lines if line["role"] == "viewer"}
    found = claims_in_talk(told, scenario, sorted(names))
    return [
        Found(line["i"], claim.term, claim.category, claim.severity)
        for (line, _), claims in zip(said, found, strict=True)
        for claim in claims
        if not claim.turned_down
    ]


def measure(folder: Path) -> dict[tuple[str, str], Counts]:
    """Return what was counted per language and kind of text."""
    groups: dict[tuple[str, str], Counts] = {}
    for product in sorted((folder / "products").glob("*.json")):
        scenario = scenario_of(product)
        for path in sorted((folder / "labels").glob(f"{product.stem}__*.json")):
            label = json.loads(path.read_text(encoding="utf-8"))
            source = folder / "transcripts" / f"{path.stem}.jsonl"
            lines = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]
            counts = judge_compliance(label, found_in(lines, scenario), {line["i"]: line["text"] for line in lines})
            counts.misses = [f"{path.stem} {miss}" for miss in counts.misses]
            key = (scenario.language, "recogniser-like" if label["asr_like"] else "clean")
            groups.setdefault(key, Counts()).add(counts)
    return groups


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true", help="print every disagreement too")
    parser.add_argument("--short", action="store_true", help="leave the categories out")
    options = parser.parse_args(arguments)
    groups = measure(options.folder)
    for (language, kind), counts in sorted(groups.items()):
        figures = counts.figures()
        if options.short:
            figures.pop("by_category")
        print(language, kind, json.dumps(figures, ensure_ascii=False))
        if options.misses:
            print("\n".join(counts.misses))
    return 0


if __name__ == "__main__":
    sys.exit(main())
