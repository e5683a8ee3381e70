"""Whether the audience teaches the right thing: scripted streamers on every scenario, many seeds.

    run_coach.py bench viewers [--seeds 20] [--workers 2] [--set DIR] [--only order,model,injections,readings,check]

How the comparison is made stands in `evals/viewers_order.py`, lines from a misbehaving model are `viewers_model.py`,
instructions in a streamer's words `viewers_injections.py`, readings against labelled transcripts
`readings.py` (where COACH_TEST_DATA is set). Seeds are 0 to N-1; the same seeds give the same figures.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from coach.clock import Stopwatch
from coach.room.simulated.manner import STREAMERS, StreamerName
from coach.room.simulated.many import Job, simulate_many
from coach.room.simulated.outcome import Outcome
from coach.scenario.library import Library
from coach.scenario.model import Scenario
from evals import broken_files, readings, viewers_injections, viewers_model
from evals.labelled import load_labelled
from evals.results import ROOT, Result
from evals.viewers_order import MEASURES, Outcomes, by_scenario, by_type, hard_viewers, order_summary, rules, too_hot

FORCED_SEEDS = 4
"""Seeds for the skilled streamer on every scenario at levels 4 and 5."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    options = _options(arguments)
    watch = Stopwatch()
    scenarios = {loaded.scenario.id: loaded.scenario for loaded in Library([options.set]).all()}
    if not scenarios:
        print(f"expected scenarios in {options.set}, found none", file=sys.stderr)
        return 2
    print(f"{len(scenarios)} scenarios, seeds 0 to {options.seeds - 1}, {options.workers} worker(s)")
    summary: dict[str, Any] = {"scenarios": len(scenarios), "seeds": options.seeds}
    raw: dict[str, Any] = {}
    for part in options.only:
        _PARTS[part](scenarios, options, summary, raw)
    summary["took_sec"] = round(watch.elapsed_sec(), 1)
    command = f"run_coach.py bench viewers --seeds {options.seeds} --workers {options.workers}"
    path = Result("viewers", summary, raw, command=command).write(options.out)
    path.with_suffix(".md").write_text(
        path.with_suffix(".md").read_text(encoding="utf-8") + tables(raw), encoding="utf-8"
    )
    print(path.with_suffix(".md").read_text(encoding="utf-8"))
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench viewers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--set", type=Path, default=ROOT / "scenarios", metavar="DIR", help="folder of scenarios")
    parser.add_argument("--only", type=_parts, default=list(_PARTS), metavar="LIST", help="parts, with commas")
    parser.add_argument("--out", type=Path, default=ROOT / "evals" / "results", metavar="DIR")
    return parser.parse_args(arguments)


def _parts(text: str) -> list[str]:
    names = text.split(",")
    if unknown := [name for name in names if name not in _PARTS]:
        raise argparse.ArgumentTypeError(f"expected some of {', '.join(_PARTS)}, got {', '.join(unknown)}")
    return names


Scenarios = Mapping[str, Scenario]
Part = Callable[[Scenarios, argparse.Namespace, dict[str, Any], dict[str, Any]], None]


def _order(scenarios: Scenarios, options: argparse.Namespace, summary: dict[str, Any], raw: dict[str, Any]) -> None:
    """Scripted streamers on every scenario."""
    outcomes = play(scenarios, tuple(range(options.seeds)), options.workers)
    summary["order"] = order_summary(outcomes)
    summary["hard_viewers"] = hard(scenarios, outcomes, options.workers)
    summary["rules"] = rules(outcomes, scenarios)
    raw |= {"by_scenario": by_scenario(outcomes), "by_type": by_type(outcomes), "broken_rules": broken(outcomes)}
    raw["above_pack_level"] = too_hot(outcomes, scenarios)


def _model(scenarios: Scenarios, options: argparse.Namespace, summary: dict[str, Any], raw: dict[str, Any]) -> None:
    """Lines from a model that misbehaves."""
    summary["model"], raw["model"] = viewers_model.run(list(scenarios.values()))


def _injections(
    scenarios: Scenarios, options: argparse.Namespace, summary: dict[str, Any], raw: dict[str, Any]
) -> None:
    """Instructions in what a streamer says."""
    summary["injections"], raw["injections"] = viewers_injections.run(list(scenarios.values()))


def _readings(scenarios: Scenarios, options: argparse.Namespace, summary: dict[str, Any], raw: dict[str, Any]) -> None:
    """Readings on labelled transcripts, where there are any."""
    folder = Path(os.environ.get("COACH_TEST_DATA", "")) / "scoring"
    if os.environ.get("COACH_TEST_DATA") and folder.is_dir():
        summary["readings"] = readings.measure(load_labelled(folder))
    else:
        print("readings: COACH_TEST_DATA is not set, left out", file=sys.stderr)


def _check(scenarios: Scenarios, options: argparse.Namespace, summary: dict[str, Any], raw: dict[str, Any]) -> None:
    """`scenario check` on broken files."""
    summary["check"], raw["check"] = broken_files.run()


_PARTS: dict[str, Part] = {
    "order": _order,
    "model": _model,
    "injections": _injections,
    "readings": _readings,
    "check": _check,
}


def play(scenarios: Mapping[str, Scenario], seeds: tuple[int, ...], workers: int) -> Outcomes:
    """Play every scenario with every streamer."""
    jobs = [Job(scenario, streamer, seeds) for scenario in scenarios.values() for streamer in STREAMERS]
    found: dict[tuple[str, StreamerName], Sequence[Outcome]] = {}
    for job, outcomes in zip(jobs, simulate_many(jobs, workers=workers), strict=True):
        found[job.scenario.id, job.streamer] = outcomes
    return found


def hard(scenarios: Mapping[str, Scenario], outcomes: Outcomes, workers: int) -> dict[str, Any]:
    """Return what the skilled streamer loses: on scenarios of level 4 and 5, and on all of them played there."""
    own = [
        outcome
        for (_, streamer), found in outcomes.items()
        for outcome in found
        if streamer == "skilled" and outcome.difficulty >= 4
    ]
    seeds = tuple(range(FORCED_SEEDS))
    jobs = [Job(scenario, "skilled", seeds, level) for scenario in scenarios.values() for level in (4, 5)]
    forced = [outcome for found in simulate_many(jobs, workers=workers) for outcome in found]
    return {
        "skilled_own_level_4_5": hard_viewers(own),
        "skilled_all_at_4": hard_viewers(outcome for outcome in forced if outcome.difficulty == 4),
        "skilled_all_at_5": hard_viewers(outcome for outcome in forced if outcome.difficulty == 5),
    }


def broken(outcomes: Outcomes) -> list[dict[str, Any]]:
    """Return every case of a broken rule with its seed."""
    return [
        {"scenario": scenario_id, "streamer": streamer, "seed": outcome.seed, "rule": rule, "case": case}
        for (scenario_id, streamer), found in outcomes.items()
        for outcome in found
        for rule in ("repeated", "promises", "breaches", "faults")
        for case in getattr(outcome, rule)
    ]


def tables(raw: Mapping[str, Any]) -> str:
    """Return Markdown tables by scenario and by type of viewer."""
    if "by_scenario" not in raw:
        return ""
    lines = [
        "",
        "## By scenario: share in order (ahead of ahead + behind), and means skilled / flustered / silent / rude",
        "",
    ]
    lines += [f"| scenario | {' | '.join(MEASURES)} |", "|---|---|---|---|"]
    for scenario_id, found in raw["by_scenario"].items():
        cells = [_scenario_cell(found[measure]) for measure in MEASURES]
        lines.append(f"| {scenario_id} | {' | '.join(cells)} |")
    lines += ["", "## By type of viewer: bought / satisfied / here / lost, objections resolved, intent", ""]
    names = list(STREAMERS)
    lines += [f"| type | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    for kind, by_streamer in raw["by_type"].items():
        lines.append(f"| {kind} | {' | '.join(_type_cell(by_streamer[name]) for name in names)} |")
    return "\n".join([*lines, ""])


def _scenario_cell(found: Mapping[str, Any]) -> str:
    means = " / ".join("–" if mean is None else f"{mean:.2f}" for mean in found["means"].values())
    share = found["in_order"]
    return f"{'–' if share is None else f'{share:.2f}'} ({means})"


def _type_cell(found: Mapping[str, Any]) -> str:
    lost = sum(found.get(way, 0.0) for way in ("lost_patience", "offended"))
    ways = "/".join(
        f"{100 * value:.0f}"
        for value in (found.get("bought", 0), found.get("satisfied", 0), found.get("here", 0), lost)
    )
    resolved = found["resolved"]
    return f"{ways}, {'–' if resolved is None else f'{resolved:.2f}'}, {found['intent']:.2f}"


if __name__ == "__main__":
    sys.exit(main())
