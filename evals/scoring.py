"""The scorer against labelled transcripts: what people found in them and what it finds, without any language model.

uv run run_coach.py bench scoring                    # the set at COACH_TEST_DATA/scoring, else the project's own
uv run run_coach.py bench scoring --set DIR --misses # another set; every disagreement is printed
uv run run_coach.py bench scoring --judge [--ratings FILE.csv]   # the model at COACH_JUDGE__BASE_URL, else the rules
uv run run_coach.py bench scoring --throughput 1000 10000 --workers 2
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from coach.errors import InputError
from coach.ports import ChatModel
from coach.score.scorer import SCORER_VERSION
from coach.settings import load_settings
from evals.labelled import LANGUAGES, TEXTS, Labelled, load_labelled
from evals.results import RESULTS, Result, rate
from evals.scoring_adversarial import attempts
from evals.scoring_judge import agreement, load_ratings
from evals.scoring_measures import figures
from evals.scoring_misses import misses
from evals.scoring_speed import recorded_speed, repeat_speed, throughput

OWN = Path(__file__).resolve().parent / "cases" / "scoring"
"""Transcripts written for this project, so that the benchmark runs anywhere."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    options = _parser().parse_args(arguments)
    folder = options.set or default_set()
    try:
        items = load_labelled(folder, options.workers)
    except InputError as error:
        print(error.text, file=sys.stderr)
        return 2
    summary = {**measured(items, options.workers), "speed": _speed(options)}
    if options.judge:
        ratings = load_ratings(options.ratings) if options.ratings else None
        summary["judge"] = agreement(items, ratings, _judge(), options.samples)
    command = f"run_coach.py bench scoring --set {folder.name}" + (" --judge" if options.judge else "")
    result = Result("scoring", summary, {"overall": _overall(items)}, {"scorer": SCORER_VERSION}, command)
    print(result.write(options.out).with_suffix(".md").read_text(encoding="utf-8"))
    if options.misses:
        print("\n".join(misses(items)))
    return 0


def default_set() -> Path:
    """Return the labelled set of the test data where there is one, else the project's own."""
    data = os.environ.get("COACH_TEST_DATA")
    return Path(data) / "scoring" if data and (Path(data) / "scoring").is_dir() else OWN


def measured(items: Sequence[Labelled], workers: int = 1) -> dict[str, Any]:
    """Return every figure: of all, by language, by text, by both, and of talks made to fool the scorer.

    Args:
        items: The labelled transcripts, scored.
        workers: Processes that score those talks.
    """
    return {
        **figures(items),
        "by_language": {code: figures([item for item in items if item.language == code]) for code in LANGUAGES},
        "by_text": {text: figures([item for item in items if item.text == text]) for text in TEXTS},
        "by_language_and_text": {
            f"{code}_{text}": figures([item for item in items if (item.language, item.text) == (code, text)])
            for code in LANGUAGES
            for text in TEXTS
        },
        "adversarial": _adversarial(items, workers),
    }


def _adversarial(items: Sequence[Labelled], workers: int) -> dict[str, Any]:
    tried = attempts(items, workers)
    passed = Counter(attempt.kind for attempt in tried if attempt.passed)
    return {
        "tried": len(tried),
        "passed": sum(passed.values()),
        "pass_rate": rate(sum(passed.values()), len(tried)),
        "by_kind": {kind: passed[kind] for kind in sorted({attempt.kind for attempt in tried})},
    }


def _overall(items: Sequence[Labelled]) -> dict[str, Any]:
    return {item.name: item.card.overall.value if item.card.overall else None for item in items}


def _speed(options: argparse.Namespace) -> dict[str, Any]:
    found: dict[str, Any] = {"repeat": repeat_speed(options.runs), "recorded_10_min": recorded_speed()}
    if options.throughput:
        found["throughput"] = throughput(options.throughput, options.workers)
    return found


def _judge() -> ChatModel | None:
    """Return the model at COACH_JUDGE__BASE_URL; without one the rules are compared."""
    settings = load_settings().judge
    if not settings.base_url:
        return None
    from coach.llm.openai_chat import OpenAIChat

    key = settings.api_key.get_secret_value()
    return OpenAIChat(settings.base_url, settings.model, api_key=key, timeout_sec=settings.timeout_sec)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bench scoring", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--set", type=Path, metavar="DIR", help="a folder with products/, transcripts/ and labels/")
    parser.add_argument("--out", type=Path, default=RESULTS, metavar="DIR", help="where results go")
    parser.add_argument("--misses", action="store_true", help="print every disagreement")
    parser.add_argument("--runs", type=int, default=5, help="times that a five-minute log is scored for its timing")
    parser.add_argument(
        "--throughput",
        type=int,
        nargs="+",
        metavar="N",
        help="also score N made-up transcripts of 25 turns, for each N",
    )
    parser.add_argument("--judge", action="store_true", help="also compare the judge's scores with people's")
    parser.add_argument("--ratings", type=Path, metavar="CSV", help="for --judge: transcript,item,rater,score")
    parser.add_argument("--samples", type=int, default=3, help="for --judge: answers asked for each item")
    parser.add_argument("--workers", type=int, default=2, help="processes that score transcripts")
    return parser


if __name__ == "__main__":
    sys.exit(main())
