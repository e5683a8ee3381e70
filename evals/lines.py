"""Sentences beside the lines of a product sheet that are no selling points, through the whole scorer.

    python -m evals.lines                  # both halves: JSON
    python -m evals.lines --half learn --misses

`evals/cases/lines/README.md` gives the format. Nobody reads the misses of the half `check`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from coach.events import Record
from coach.room.sheet import sheet_of
from coach.scenario.model import Scenario
from coach.score.scorecard import Scorecard
from coach.score.scorer import score
from coach.score.sightings import Turn, turns_of
from coach.score.timeline import fold
from evals.results import rate
from evals.sentences import is_called_wrong, records_of

CASES = Path(__file__).resolve().parent / "cases" / "lines"
HALVES = ("learn", "check")
LANGUAGES = ("zh", "en")
LABELS = ("false", "true", "other")


@dataclass(frozen=True, slots=True)
class Case:
    """One sentence, alone or after a viewer's question."""

    scenario: Scenario
    label: Literal["false", "true", "other"]
    row: str | None
    """The fact of the sheet that it is about."""
    ask: str | None
    text: str

    @property
    def code(self) -> str:
        """Its language."""
        return self.scenario.language

    @property
    def product(self) -> str:
        """What it is about."""
        return self.scenario.id

    def turn(self) -> Turn:
        """Return the sentence as the scorer takes it."""
        return turns_of(sheet_of(self.scenario), fold(self.records()))[-1]

    def card(self) -> Scorecard:
        """Return its scorecard."""
        return score(self.scenario, self.records())

    def records(self) -> Sequence[Record]:
        """Return it as a talk."""
        asked = {"kind": "exchange", "viewer": "product_skeptic", "line": self.ask} if self.ask else {"kind": "clean"}
        return records_of([{**asked, "text": self.text}], self.code)


def cases(half: str) -> Iterator[Case]:
    """Yield the sentences of a half in order."""
    for path in sorted((CASES / half).glob("*.jsonl")):
        scenario: Scenario | None = None
        for text in path.read_text(encoding="utf-8").splitlines():
            told = json.loads(text)
            if "facts" in told:
                scenario = _scenario(f"{path.stem[:2]}-{told['id']}", told, path.stem[:2])
            elif scenario:
                yield Case(scenario, told["label"], told.get("row"), told.get("ask"), told["text"])


def _scenario(name: str, sheet: Mapping[str, Any], code: str) -> Scenario:
    locale, currency = {"zh": ("zh-CN", "CNY"), "en": ("en-US", "USD")}[code]
    points = [
        {"id": f"p{number}", "priority": "P0", "title": point, "statement": point}
        for number, point in enumerate(sheet["points"], 1)
    ]
    return Scenario.model_validate(
        {
            "id": name,
            "locale": locale,
            "title": sheet["name"],
            "category": "home",
            "product": {
                "name": sheet["name"],
                "price": {"list": 299, "live": 199, "floor": 189, "currency": currency},
                "facts": sheet["facts"],
                "selling_points": points,
            },
            "viewers": [{"id": "viewer", "type": "product_skeptic", "name": "viewer"}],
        }
    )


def is_to_check(card: Scorecard) -> bool:
    """Return whether somebody is asked to check what may contradict the sheet."""
    doubted = any(error.doubtful and not error.corrected for error in card.fact_errors)
    return not is_called_wrong(card) and (doubted or any(point.doubtful for point in card.coverage))


def figures(items: Sequence[tuple[Case, Scorecard]]) -> dict[str, dict[str, Any]]:
    """Return, by language and label, how many are accused, and how many are to be checked."""
    found: dict[str, dict[str, Any]] = {}
    for code in LANGUAGES:
        for label in LABELS:
            cards = [card for case, card in items if (case.code, case.label) == (code, label)]
            found.setdefault(code, {})[label] = {
                "sentences": len(cards),
                "accused": rate(sum(map(is_called_wrong, cards)), len(cards)),
                "to_check": rate(sum(map(is_to_check, cards)), len(cards)),
            }
    return found


def misses(items: Sequence[tuple[Case, Scorecard]]) -> Iterator[str]:
    """Yield every disagreement, one line each."""
    for case, card in items:
        told = "accused" if is_called_wrong(card) else "to check" if is_to_check(card) else "not found"
        if (case.label == "false") != (told == "accused") and (case.label == "false" or told != "not found"):
            slips = [(error.fact, error.said) for error in card.fact_errors]
            yield f"{case.product} {case.label} {case.row}: {told} | {case.ask or ''} | {case.text} | {slips}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=HALVES, action="append", help="one half alone")
    parser.add_argument("--misses", action="store_true", help="list what the scorer sees otherwise")
    options = parser.parse_args(arguments)
    made = {}
    for half in options.half or HALVES:
        items = [(case, case.card()) for case in cases(half)]
        made[half] = figures(items)
        if options.misses:
            print(*misses(items), sep="\n", file=sys.stderr)
    print(json.dumps(made, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
