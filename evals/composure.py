"""Whether the composure score sees what it should: known groups, a known dose, the same talk measured twice.

uv run python -m evals.composure [--scenarios 6] [--seeds 2]

Rehearsals are played by the scripted streamers of `scenario simulate`, so nothing here was tuned on people. The dose is
added after each pressure event alone: the answer comes later, faster or with more silence, with restarts, off the
product. No agreement with mentors is claimed; that needs rated clips.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean, median, pstdev
from typing import Any

from coach.events import Record, UtteranceHeard
from coach.room.simulated.manner import StreamerName
from coach.room.simulated.simulate import staged
from coach.scenario.load import load_scenario
from coach.scenario.model import Scenario
from coach.score.own_calm import LEAST_EVENTS
from coach.score.scorecard import Scorecard
from coach.score.scorer import score

ROOT = Path(__file__).resolve().parent.parent / "scenarios"
_AFTER_SEC = 20.0
"""Answers that begin this soon after an event are changed."""
_RESTARTS = {"zh": "它它这个吧，", "en": "the the thing is, "}
_ELSEWHERE = {
    "zh": "我跟你说这个事情大家心里都明白，谁对谁错自己想想就知道了",
    "en": "i am telling you everybody knows how this goes and you can think about that yourself",
}
Change = Callable[[UtteranceHeard, int, str], UtteranceHeard]


def later(said: UtteranceHeard, dose: int, code: str) -> UtteranceHeard:
    """Begin later by 2 s a dose, as far as the utterance is long."""
    start = min(said.start + 2.0 * dose, said.end - 1.0)
    return replace(said, start=max(said.start, start))


def faster(said: UtteranceHeard, dose: int, code: str) -> UtteranceHeard:
    """Say the same in less time, 15 % a dose."""
    return replace(said, end=said.start + (said.end - said.start) / (1 + 0.15 * dose), voiced_sec=None)


def halting(said: UtteranceHeard, dose: int, code: str) -> UtteranceHeard:
    """Take more silence in, 10 points a dose."""
    sec = said.end - said.start
    voiced = sec if said.voiced_sec is None else said.voiced_sec
    return replace(said, voiced_sec=max(0.1 * sec, voiced - 0.1 * dose * sec))


def restarting(said: UtteranceHeard, dose: int, code: str) -> UtteranceHeard:
    """Restart once a dose."""
    return replace(said, text=_RESTARTS[code] * dose + said.text)


def elsewhere(said: UtteranceHeard, dose: int, code: str) -> UtteranceHeard:
    """Talk about something else instead: of three utterances, as many as the dose."""
    return replace(said, text=_ELSEWHERE[code]) if int(said.utterance_id.strip("us") or 0) % 3 < dose else said


CHANGES: dict[str, Change] = {one.__name__: one for one in (later, faster, halting, restarting, elsewhere)}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenarios", type=int, default=6)
    parser.add_argument("--seeds", type=int, default=2)
    options = parser.parse_args(arguments)
    print(json.dumps(measured(options.scenarios, options.seeds), indent=2), file=sys.stdout)
    return 0


def measured(scenarios: int, seeds: int) -> dict[str, Any]:
    """Return all figures."""
    return {
        "known_groups": {
            f"{who}, difficulty {level}": _figures(_cards(scenarios, seeds, who, level))
            for who in ("skilled", "flustered", "rude")
            for level in (1, 4)
        },
        "dose": _dose(scenarios, seeds),
        "retest": _retest(scenarios, seeds),
    }


def _played(scenarios: int, seeds: int, who: StreamerName, level: int) -> Iterator[tuple[Scenario, list[Record]]]:
    paths = sorted(ROOT.glob("*/*/*.yaml"))
    for path in paths[:: max(1, len(paths) // scenarios)][:scenarios]:
        scenario = load_scenario(path).scenario
        for seed in range(seeds):
            yield scenario, staged(scenario, who, seed, level).records


def _cards(scenarios: int, seeds: int, who: str, level: int) -> list[Scorecard]:
    return [score(scenario, records) for scenario, records in _played(scenarios, seeds, who, level)]  # type: ignore[arg-type]


def estimate(card: Scorecard) -> float | None:
    """Return the median of the events, also where it is shown in words only."""
    scores = [event.score for event in card.pressure if event.score is not None]
    return median(scores) if len(scores) >= LEAST_EVENTS else None


def _figures(cards: Sequence[Scorecard]) -> dict[str, Any]:
    found = [value for card in cards if (value := estimate(card)) is not None]
    named = [item for card in cards for item in card.scores if item.id == "composure"]
    return {
        "rehearsals": len(cards),
        "scored": len(found),
        "mean": round(fmean(found), 1) if found else None,
        "as_number": sum(item.value is not None for item in named),
    }


def _dose(scenarios: int, seeds: int) -> dict[str, list[float | None]]:
    """Return the mean score at no, one, two and three doses of each change, and of all together."""
    played = list(_played(scenarios, seeds, "skilled", 4))
    rows: dict[str, list[float | None]] = {}
    for name, changes in {**{name: (one,) for name, one in CHANGES.items()}, "all": tuple(CHANGES.values())}.items():
        rows[name] = []
        for dose in range(4):
            cards = [score(scenario, shaken(records, scenario, changes, dose)) for scenario, records in played]
            rows[name].append(_figures(cards)["mean"])
    return rows


def shaken(records: Sequence[Record], scenario: Scenario, changes: Sequence[Change], dose: int) -> list[Record]:
    """Return a log whose answers to pressure are changed."""
    events = [card.at for card in score(scenario, records).pressure]
    changed = []
    for record in records:
        said = record.event
        if isinstance(said, UtteranceHeard) and any(0 <= said.start - at <= _AFTER_SEC for at in events):
            for change in changes:
                said = change(said, dose, scenario.language)
            changed.append(replace(record, event=said))
        else:
            changed.append(record)
    return changed


def _retest(scenarios: int, seeds: int) -> dict[str, float]:
    """Return how far two readings of one talk lie apart: times off by up to 0.2 s, one word in 25 lost."""
    apart: list[float] = []
    events: list[float] = []
    for number, (scenario, records) in enumerate(_played(scenarios, seeds, "flustered", 4)):
        first, second = score(scenario, records), score(scenario, reread(records, random.Random(number)))
        one, two = estimate(first), estimate(second)
        if one is not None and two is not None:
            apart.append(abs(one - two))
        pairs = zip(first.pressure, second.pressure, strict=False)
        events += [a.score - b.score for a, b in pairs if a.score is not None and b.score is not None]
    return {
        "sessions": len(apart),
        "mean_difference": round(fmean(apart), 2),
        "largest_difference": round(max(apart), 2),
        "events": len(events),
        "sd_of_event_differences": round(pstdev(events), 2),
    }


def reread(records: Sequence[Record], rng: random.Random) -> list[Record]:
    """Return the log as another recogniser might have written it."""
    return [
        replace(record, event=_reread(record.event, rng)) if isinstance(record.event, UtteranceHeard) else record
        for record in records
    ]


def _reread(said: UtteranceHeard, rng: random.Random) -> UtteranceHeard:
    words = said.text.split(" ") if " " in said.text else list(said.text)
    joint = " " if " " in said.text else ""
    text = joint.join(word for word in words if rng.random() > 0.04) or said.text
    start = max(0.0, said.start + rng.uniform(-0.2, 0.2))
    return replace(said, text=text, start=start, end=max(start + 0.1, said.end + rng.uniform(-0.2, 0.2)))


if __name__ == "__main__":
    sys.exit(main())
