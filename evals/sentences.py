"""Single sentences of many trades, each with what people say is in it, through the whole scorer.

    python -m evals.sentences                  # both halves: JSON and a table
    python -m evals.sentences --half learn     # products that rules may be written with
    python -m evals.sentences --half learn --misses

`evals/cases/sentences/README.md` gives the format. Products of the half `check` were never looked at while rules were
written; only its figures count.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from coach.events import Record
from coach.scenario.model import Scenario
from coach.score.formats.turn import Reading
from coach.score.scorecard import Scorecard
from coach.score.scorer import score
from coach.score.transcript import transcript_of
from evals.agreement import accuracy, macro_f1, precision, recall
from evals.product_sheets import scenario_of
from evals.readings import STATES
from evals.results import rate
from evals.sharing import shared

CASES = Path(__file__).resolve().parent / "cases" / "sentences"
HALVES = ("learn", "check")
LANGUAGES = ("zh", "en")
_DECOYS = ("negation", "quotation", "advice", "spec", "proof")
_SECONDS_PER_LETTER = {"zh": 0.25, "en": 0.06}
"""About 240 characters and 165 words a minute."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or short exchange with its scorecard."""

    product: str
    language: str
    label: dict[str, Any]
    card: Scorecard

    @property
    def is_clean(self) -> bool:
        """Whether nothing in it may be found fault with."""
        return is_clean(self.label)

    @property
    def severities(self) -> frozenset[str]:
        """Severities of what was found against the rules; disclosure is a matter of the whole talk."""
        return frozenset(item.severity for item in self.card.compliance if item.category != "disclosure")

    @property
    def is_called_wrong(self) -> bool:
        """Whether anything is said to contradict the sheet."""
        return is_called_wrong(self.card)

    @property
    def is_to_check(self) -> bool:
        """Whether somebody is asked to check what may be wrong."""
        return any(point.doubtful for point in self.card.coverage)

    @property
    def state(self) -> str:
        """What was made of the point it is about."""
        return next(point.state for point in self.card.coverage if point.point_id == self.label["point"])


def is_clean(label: dict[str, Any]) -> bool:
    """Return whether nothing may be found fault with: said right, in part, beside the point, or well answered."""
    if label["kind"] == "point":
        return bool(label["label"] != "misstated")
    return bool(label["kind"] == "clean" or (label["kind"] == "exchange" and label["handled"] == "well"))


def is_clean_or_grave(label: dict[str, Any]) -> bool:
    """Return whether it is clean, or gravely against the rules: what false accusations and missed ones are told by."""
    return is_clean(label) or (label["kind"] == "violation" and label["severity"] == "H")


def load_sentences(
    folder: Path,
    halves: Sequence[str],
    workers: int = 1,
    wanted: Callable[[dict[str, Any]], bool] | None = None,
) -> list[Sentence]:
    """Return the sentences of some halves in order, each scored.

    Args:
        folder: Holds `products/ID.json` and, per half, `HALF/ID.jsonl`.
        halves: `learn`, `check` or both.
        workers: Processes that score them.
        wanted: Says of a label whether its sentence is scored; default all are.
    """
    paths = [path for half in halves for path in sorted((folder / half).glob("*.jsonl"))]
    return [item for found in shared(partial(_of, folder, wanted), paths, workers) for item in found]


def _of(folder: Path, wanted: Callable[[dict[str, Any]], bool] | None, path: Path) -> list[Sentence]:
    scenario = scenario_of(folder / "products" / f"{path.stem}.json")
    labels = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Sentence(path.stem, scenario.language, label, card_of([label], scenario))
        for label in labels
        if wanted is None or wanted(label)
    ]


def is_called_wrong(card: Scorecard) -> bool:
    """Return whether anything is said to contradict the sheet."""
    return any(item.stands for item in card.fact_errors) or any(
        point.state == "misstated" and not point.doubtful for point in card.coverage
    )


def card_of(labels: Sequence[dict[str, Any]], scenario: Scenario) -> Scorecard:
    """Return the scorecard of sentences said one after the other."""
    return score(scenario, records_of(labels, scenario.language))


def records_of(labels: Sequence[dict[str, Any]], code: str) -> Sequence[Record]:
    """Return sentences said one after the other, in a language, as a talk."""
    lines, at = [], 1.0
    for number, label in enumerate(labels):
        if label["kind"] == "exchange":
            viewer = {"id": f"viewer_{number}", "type": label["viewer"]}
            lines.append({"t0": at, "t1": at + 0.5, "role": "viewer", "viewer": viewer, "text": label["line"]})
            at += 1.5
        end = at + 0.5 + _SECONDS_PER_LETTER[code] * len(label["text"])
        lines.append({"t0": at, "t1": end, "role": "streamer", "text": label["text"]})
        at = end + 0.5
    raw = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode()
    return transcript_of(raw, Path("sentence.jsonl"), Reading()).records


def figures(items: Sequence[Sentence]) -> dict[str, Any]:
    """Return every figure of a group, flat."""
    clean = [item for item in items if item.is_clean]
    decoys = [item for item in items if item.label.get("why") in _DECOYS]
    return {
        "sentences": len(items),
        "clean": len(clean),
        "clean_called_h": rate(sum("H" in item.severities for item in clean), len(clean)),
        "clean_called_m": rate(sum("M" in item.severities for item in clean), len(clean)),
        "clean_called_wrong": rate(sum(item.is_called_wrong for item in clean), len(clean)),
        "clean_to_check": rate(sum(item.is_to_check for item in clean), len(clean)),
        "decoy_rate": rate(sum(bool(item.severities & {"H", "M"}) for item in decoys), len(decoys)),
        **_violations(items),
        **_points(items),
        **_answers(items),
    }


def _violations(items: Sequence[Sentence]) -> dict[str, Any]:
    made = [item for item in items if item.label["kind"] == "violation"]
    grave = [item for item in made if item.label["severity"] == "H"]
    found = [item for item in made if item.severities & {"H", "M"}]
    right = [item for item in found if any(one.category == item.label["category"] for one in item.card.compliance)]
    return {
        "violations": len(made),
        "violation_recall_h": rate(sum(bool(item.severities & {"H", "M"}) for item in grave), len(grave)),
        "violation_recall": rate(len(found), len(made)),
        "violation_called_h": rate(sum("H" in item.severities for item in grave), len(grave)),
        "category_right": rate(len(right), len(found)),
    }


def _points(items: Sequence[Sentence]) -> dict[str, Any]:
    pairs = [(str(item.label["label"]), item.state) for item in items if item.label["kind"] == "point"]
    wrong = [item for item in items if item.label["kind"] == "fact_error"]
    return {
        "points": len(pairs),
        "coverage_macro_f1": macro_f1(pairs, STATES),
        "coverage_accuracy": accuracy(pairs),
        **{f"{state}_recall": recall(pairs, state) for state in STATES},
        "misstated_precision": precision(pairs, "misstated"),
        "fact_errors": len(wrong),
        "fact_error_recall": rate(sum(item.is_called_wrong for item in wrong), len(wrong)),
    }


def _answers(items: Sequence[Sentence]) -> dict[str, Any]:
    rows = [(item.label, item.card.handled[0]) for item in items if item.label["kind"] == "exchange"]
    handled = [(str(label["handled"]), line.handled) for label, line in rows]
    below = [(str(label["below_floor"]), str(line.below_floor)) for label, line in rows]
    return {
        "exchanges": len(rows),
        "should_accuracy": accuracy([(label["should"], line.should) for label, line in rows]),
        "handled_accuracy": accuracy(handled),
        "well_or_not": accuracy([(str(want == "well"), str(have == "well")) for want, have in handled]),
        "concession_recall": recall(below, "True"),
        "concession_precision": precision(below, "True"),
    }


def talks_passed(folder: Path, halves: Sequence[str]) -> dict[str, float | None]:
    """Return per language how many products pass with a talk of all that was labelled right.

    The talk holds the first full telling of each point, everything clean, and every answer that was given well.
    """
    passed: dict[str, list[bool]] = {code: [] for code in LANGUAGES}
    for half in halves:
        for path in sorted((folder / half).glob("*.jsonl")):
            scenario = scenario_of(folder / "products" / f"{path.stem}.json")
            labels = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
            overall = card_of(list(_best_talk(labels)), scenario).overall
            passed[scenario.language].append(bool(overall and overall.passed))
    return {code: rate(sum(found), len(found)) for code, found in passed.items()}


def _best_talk(labels: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    told: set[str] = set()
    for label in labels:
        if label["kind"] == "point" and label["label"] == "hit" and label["point"] not in told:
            told.add(label["point"])
            yield label
        if label["kind"] == "clean" or (label["kind"] == "exchange" and label["handled"] == "well"):
            yield label


def misses(items: Sequence[Sentence]) -> Iterator[str]:
    """Yield every disagreement, one line each."""
    for item in items:
        faults = list(_faults(item))
        if faults:
            label = item.label
            asked = f"[{label['viewer']}] {label['line']} || " if label["kind"] == "exchange" else ""
            yield f"{item.product} {'; '.join(faults)} | {asked}{label['text']}"


def _faults(item: Sentence) -> Iterator[str]:
    yield from _accused(item) if item.is_clean else ()
    yield from _missed(item)


def _accused(item: Sentence) -> Iterator[str]:
    for found in item.card.compliance:
        if found.severity in ("H", "M") and found.category != "disclosure":
            yield f"FALSE {found.severity} {found.rule} «{found.term}»"
    if item.is_called_wrong:
        told = [f"«{error.said}» ≠ {error.truth}" for error in item.card.fact_errors]
        yield f"FALSE wrong {told} {[point.point_id for point in item.card.coverage if point.state == 'misstated']}"


def _missed(item: Sentence) -> Iterator[str]:
    label = item.label
    match label["kind"]:
        case "point" if item.state != label["label"]:
            yield f"{label['point']} {label['label']} ≠ {item.state}"
        case "violation" if not item.severities & {"H", "M"}:
            yield f"unfound {label['category']} {label['severity']}"
        case "fact_error" if not item.is_called_wrong:
            yield "unfound fact error"
        case "exchange":
            line = item.card.handled[0]
            got = (line.should, line.handled, line.below_floor)
            if got != (label["should"], label["handled"], label["below_floor"]):
                wanted = f"{label['should']} {label['handled']} {label['below_floor']}"
                yield f"{wanted} ≠ {line.should} {line.handled} {line.below_floor} {line.reasons}"
        case _:
            pass


def measured(folder: Path, halves: Sequence[str]) -> dict[str, Any]:
    """Return all figures, and those per language."""
    items = load_sentences(folder, halves)
    by_language = {code: figures([item for item in items if item.language == code]) for code in LANGUAGES}
    return {**figures(items), "by_language": by_language, "talks_passed": talks_passed(folder, halves)}


def _table(summary: dict[str, Any]) -> str:
    def shown(value: object) -> str:
        return "–" if value is None else f"{value:g}" if isinstance(value, int | float) else str(value)

    rows = [f"| {'figure':<22} | {'all':>6} | {'zh':>6} | {'en':>6} |"]
    for key, value in summary.items():
        if key in ("by_language", "talks_passed"):
            continue
        zh, en = (summary["by_language"][code][key] for code in LANGUAGES)
        rows.append(f"| {key:<22} | {shown(value):>6} | {shown(zh):>6} | {shown(en):>6} |")
    passed = summary["talks_passed"]
    rows.append(f"| {'talks_passed':<22} | {'':>6} | {shown(passed['zh']):>6} | {shown(passed['en']):>6} |")
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=CASES)
    parser.add_argument("--half", choices=HALVES, help="this half only")
    parser.add_argument("--json", action="store_true", help="JSON instead of the table")
    parser.add_argument("--misses", action="store_true", help="print every disagreement too; of the half learn only")
    options = parser.parse_args(arguments)
    halves = (options.half,) if options.half else HALVES
    summary = measured(options.folder, halves)
    print(json.dumps(summary, indent=1) if options.json else _table(summary))
    if options.misses:
        print("\n".join(misses(load_sentences(options.folder, ("learn",)))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
