"""How long scoring takes: a made-up five-minute log, scored again and again.

uv run python -m evals.scoring [--runs 10]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from coach.clock import Stopwatch
from coach.events import Event, LinePosted, Record, RehearsalEnded, RehearsalStarted, UtteranceHeard, ViewerJoined, Word
from coach.scenario.load import load_scenario
from coach.score import score
from evals.results import Result, percentiles

ROOT = Path(__file__).resolve().parent.parent
SCENARIO = ROOT / "scenarios" / "en-US" / "home" / "kettle.yaml"
UTTERANCES = 150
STEP_SEC = 2.0
"""150 utterances of 1.6 s, one every 2 s: five minutes of a streamer who hardly stops."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        prog="bench scoring", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=10)
    options = parser.parse_args(arguments)
    scenario = load_scenario(SCENARIO).scenario
    records = five_minutes()
    milliseconds = []
    for _ in range(options.runs + 1):
        watch = Stopwatch()
        score(scenario, records)
        milliseconds.append(watch.elapsed_sec() * 1000)
    first, later = milliseconds[0], milliseconds[1:]
    summary = {
        "records": len(records),
        "utterances": UTTERANCES,
        "first_ms": round(first, 1),
        "later_ms": percentiles(later),
    }
    command = f"run_coach.py bench scoring --runs {options.runs}"
    result = Result("scoring", summary, {"ms": milliseconds}, command=command, plots={"ms": {"score": later}})
    print(result.write().with_suffix(".md").read_text(encoding="utf-8"))
    return 0


def five_minutes() -> list[Record]:
    """Return the log: pitch sentences in turn, each with word times, and a jab of the troll every 30 s."""
    scenario = load_scenario(SCENARIO).scenario
    sentences = [point.statement for point in scenario.product.selling_points]
    sentences += ["so um it is forty nine dollars today", "does anybody have a question about shipping"]
    timed: list[tuple[float, Event]] = [(0.0, _started(scenario.id))]
    for viewer in scenario.viewers:
        joined = ViewerJoined(viewer_id=viewer.id, name=viewer.name, viewer_type=viewer.type, channel=viewer.channel)
        timed.append((0.0, joined))
    for number in range(UTTERANCES):
        at = number * STEP_SEC
        timed.append((at + 1.9, _utterance(number, at, sentences[number % len(sentences)])))
        if number % 15 == 5:
            troll = next(viewer.id for viewer in scenario.viewers if viewer.type == "troll")
            line = LinePosted(line_id=f"l{number}", viewer_id=troll, text="boring", intent="heckle", pressure=True)
            timed.append((at + 1.95, line))
    timed.append((UTTERANCES * STEP_SEC, RehearsalEnded(reason="time")))
    return [Record(seq=seq, at=at, event=event) for seq, (at, event) in enumerate(timed)]


def _started(scenario_id: str) -> RehearsalStarted:
    return RehearsalStarted(
        rehearsal_id="bench",
        scenario_id=scenario_id,
        scenario_version=1,
        scenario_hash="",
        locale="en-US",
        difficulty=2,
        seed=1,
        input="voice",
        started_at="2026-11-22T00:00:00+00:00",
    )


def _utterance(number: int, at: float, text: str) -> UtteranceHeard:
    tokens = text.split()
    each = 1.6 / len(tokens)
    words = tuple(
        Word(text=token, start=at + index * each, end=at + (index + 1) * each) for index, token in enumerate(tokens)
    )
    return UtteranceHeard(utterance_id=f"u{number}", text=text, start=at, end=at + 1.6, words=words, voiced_sec=1.5)


if __name__ == "__main__":
    sys.exit(main())
