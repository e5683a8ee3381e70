"""How many rehearsals a machine holds: answers, processor, memory and event-loop lag as rehearsals are added.

    uv run run_coach.py bench scale [--rehearsals 1,2,5,10] [--turns 12] [--engines free] [--soak-minutes 60]

Each count gets a server of its own and as many real WebRTC peers, who talk all at once. Every streamer says the same
clips, begun elsewhere, so that one alone and ten at once differ in nothing else: `p95_ratio` compares their answers as
they are, `after_decision` without the silence that the endpointer waited for, and `added_ms` each answer with those to
the same clip when one talked alone. The peers run in this process and share the machine: their processor time is
measured too and stands beside the server's. `--soak-minutes` lets one rehearsal go on that long and follows its
memory. `--starts` times the start of the product itself.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from coach.errors import InputError
from evals import server, stages, start, wire
from evals.bounds import folder, number, whole
from evals.latency import Plan, Run, measured, plan_of, summary_of
from evals.processes import cpu_seconds
from evals.recordings import VARIABLE, default_folder
from evals.results import RESULTS, Result, percentiles

WARM_SHARE = 0.2
"""Of a soak's memory samples, left out at its beginning: buffers and caches fill."""


@dataclass(slots=True)
class Step:
    """One number of rehearsals at once."""

    rehearsals: int
    run: Run
    peers_core_share: float
    """Of one core, all peers together."""
    memory_mb: list[float] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    options = _parser().parse_args(arguments)
    if options.audio is None:
        raise InputError(f"No recordings: name their folder with --audio, or the folder above it with {VARIABLE}.")
    server.engine_names(options.engines)
    plan = plan_of(options.audio, [options.language], options.turns, seed=options.seed)
    steps = [_step(options.engines, plan, count) for count in _counts(options.rehearsals)]
    summary = summary_of_steps(steps)
    if options.starts:
        clips = [wire.Spoken.of(clip).pcm for clip in plan.clips[options.language]]
        summary["start"] = start.measure(start.first_turn(clips), options.starts)
    if options.soak_minutes:
        summary["soak"] = _soak(options.engines, plan, options.soak_minutes)
    command = " ".join(["run_coach.py bench scale", *(arguments or ())])
    plots = {"voice_to_voice_ms": {f"{step.rehearsals} at once": step.run.figures.voice_to_voice_ms for step in steps}}
    raw = {f"at_once_{step.rehearsals}": asdict(step.run.figures) for step in steps}
    result = Result(options.name, summary, raw, engines=steps[0].run.engines, command=command, plots=plots)
    print(result.write(options.out).with_suffix(".md").read_text(encoding="utf-8"))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bench scale", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--audio", type=Path, default=default_folder(), help="folder of recordings")
    parser.add_argument("--engines", default="free")
    parser.add_argument("--language", choices=("en", "zh"), default="en")
    parser.add_argument("--rehearsals", default="1,2,5,10", help="how many at once, one run each")
    parser.add_argument(
        "--turns", type=whole(1), default=12, help="of each streamer; at least 10 for a p95 of one alone"
    )
    parser.add_argument("--soak-minutes", type=number(), default=0.0)
    parser.add_argument("--starts", type=whole(), default=3, help="how often a start is timed; 0: not at all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--name", default="scale", help="of the result's files")
    parser.add_argument("--out", type=folder, default=RESULTS)
    return parser


def _counts(text: str) -> list[int]:
    try:
        counts = sorted({int(part) for part in text.split(",")})
    except ValueError as error:
        raise InputError(f"expected numbers such as 1,2,5,10 for --rehearsals, got {text!r}") from error
    if not counts or counts[0] < 1:
        raise InputError(f"expected numbers from 1 for --rehearsals, got {text!r}")
    return counts


def _step(engines: str, plan: Plan, rehearsals: int) -> Step:
    loop_time, cpu = os.times().elapsed, cpu_seconds([os.getpid()])
    run = asyncio.run(measured(engines, replace(plan, rehearsals=rehearsals)))
    share = (cpu_seconds([os.getpid()]) - cpu) / (os.times().elapsed - loop_time)
    return Step(rehearsals, run, round(share, 3), run.load.memory_mb if run.load else [])


def summary_of_steps(steps: Sequence[Step]) -> dict[str, Any]:
    """Return each step's figures and what a rehearsal more costs."""
    first, last = steps[0], steps[-1]
    summary: dict[str, Any] = {f"at_once_{step.rehearsals}": _figures(step) for step in steps}
    if first.rehearsals < last.rehearsals:
        more = last.rehearsals - first.rehearsals
        summary["memory_per_rehearsal_mb"] = round((max(last.memory_mb) - max(first.memory_mb)) / more, 2)
        summary["p95_ratio"] = _ratio(_p95(answers_ms(last)), _p95(answers_ms(first)))
        summary["after_decision_p95_ratio"] = _ratio(_p95(after_decision_ms(last)), _p95(after_decision_ms(first)))
        summary["added_ms"] = percentiles(added_ms(first, last))
    share = summary[f"at_once_{last.rehearsals}"]["cpu_core_share"]
    summary["rehearsals_per_core"] = round(1 / share, 1) if share else None
    return summary


def answers_ms(step: Step) -> list[float]:
    """Return voice to voice of every answer."""
    return [answer["voice_to_voice_ms"] for answer in step.run.figures.answers]


def after_decision_ms(step: Step) -> list[float]:
    """Return how long every answer took beside the silence that ends an utterance: what load can make slower."""
    return [
        answer["voice_to_voice_ms"] - answer["voice_end_ms"] - answer["endpoint_ms"]
        for answer in step.run.figures.answers
        if stages.is_whole(answer)
    ]


def added_ms(alone: Step, together: Step) -> list[float]:
    """Return by how much each answer was later than the median answer to the same clip of one alone."""
    by_clip: dict[str, list[float]] = defaultdict(list)
    for answer in alone.run.figures.answers:
        by_clip[answer["clip"]].append(answer["voice_to_voice_ms"])
    return [
        answer["voice_to_voice_ms"] - statistics.median(by_clip[answer["clip"]])
        for answer in together.run.figures.answers
        if answer["clip"] in by_clip
    ]


def _figures(step: Step) -> dict[str, Any]:
    figures = summary_of(step.run)
    kept = ("voice_to_voice_ms", "stop_ms", "missed_replies", "turns", "cpu_core_share", "cpu_core_share_listening")
    chosen = {key: figures[key] for key in (*kept, "cpu_core_share_speaking", "memory_mb", "loop_lag_ms")}
    after = percentiles(after_decision_ms(step))
    return {**chosen, "after_decision_ms": after, "peers_core_share": step.peers_core_share}


def _p95(values: Sequence[float]) -> float | None:
    found: float | None = percentiles(values)["p95"]
    return found


def _ratio(after: float | None, before: float | None) -> float | None:
    return round(after / before, 2) if before and after else None


def _soak(engines: str, plan: Plan, minutes: float) -> dict[str, Any]:
    """Let one rehearsal talk for so many minutes; return how its memory moved after the warm-up."""
    turns = round(minutes * 60)  # more than fit: none takes less than a second
    step = _step(engines, replace(plan, until_sec=minutes * 60, turns=turns, per_rehearsal=0), 1)
    settled = step.memory_mb[round(len(step.memory_mb) * WARM_SHARE) :]
    half = len(settled) // 2
    figures = _figures(step)
    return {
        "minutes": minutes,
        "turns": figures["turns"],
        "missed_replies": figures["missed_replies"],
        "voice_to_voice_ms": figures["voice_to_voice_ms"],
        "cpu_core_share": figures["cpu_core_share"],
        "memory_first_half_mb": round(sum(settled[:half]) / max(1, half), 1),
        "memory_second_half_mb": round(sum(settled[half:]) / max(1, len(settled) - half), 1),
        "memory_growth_mb_per_hour": growth_per_hour(settled, minutes * (1 - WARM_SHARE)),
    }


def growth_per_hour(memory_mb: Sequence[float], minutes: float) -> float | None:
    """Return the slope of a straight line through evenly spaced samples over so many minutes."""
    if len(memory_mb) < 2:
        return None
    hours = np.linspace(0.0, minutes / 60, len(memory_mb))
    return round(float(np.polyfit(hours, memory_mb, 1)[0]), 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
