"""How long a viewer takes to answer, to be turned down and to fall silent, on the wire, and what a rehearsal costs.

    uv run run_coach.py bench latency [--audio DIR] [--engines free,embedded] [--turns 30] [--rehearsals N]
    uv run run_coach.py bench latency --loop      # the same turns without a wire, in virtual time

Starts the real server in another process and connects real WebRTC peers with a one-frame jitter buffer over loopback.
The streamers' voices are recordings, each speaker in rehearsals of their own; the audience is one viewer who answers
everything (evals/answering_room.py). `stages` says where the time of the answers went: the means of its parts add up
to the mean of the whole. Engines: `free` cost nothing and know the recordings' words; `embedded` are what runs without
a download.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from coach.errors import InputError
from evals import server, stages, wire
from evals.bad_network import BadNetwork
from evals.bookings import Booking, bookings
from evals.bounds import folder, number, whole
from evals.load import Load
from evals.recordings import VARIABLE, Recording, default_folder, recordings
from evals.results import RESULTS, Result, percentiles, rate
from evals.streamers import Streamers
from evals.wire import Figures, Spoken

SOME_WORDS = {"en": "and that is all there is to say about it", "zh": "关于这个我就先讲到这里了"}
PER_REHEARSAL = 2
SCENARIOS = {"en": "eval-latency", "zh": "eval-latency-zh"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured."""

    clips: dict[str, list[Recording]]
    """By language."""
    noises: list[Recording]
    turns: int
    """Of each streamer at once, in one language."""
    rehearsals: int
    """At once."""
    busy: int
    working: int
    seed: int
    per_rehearsal: int = PER_REHEARSAL
    """Turns after which the next speaker opens a rehearsal; 0: all speakers take turns in a single one."""
    loss_percent: float = 0.0
    """Of packets, both ways."""
    jitter_ms: float = 0.0
    """Greatest delay of packets on the way to the room."""
    until_sec: float = float("inf")
    """When to stop, whatever turns are left, seconds after the start."""

    def network(self, seed: int) -> BadNetwork | None:
        """Return what lies between a peer and the room; None if nothing does."""
        bad = self.loss_percent > 0 or self.jitter_ms > 0
        return BadNetwork(self.loss_percent, self.jitter_ms, seed) if bad else None


@dataclass(slots=True)
class Run:
    """What one set of engines came to."""

    engines: dict[str, str] = field(default_factory=dict)
    figures: Figures = field(default_factory=Figures)
    by_language: dict[str, Figures] = field(default_factory=dict)
    load: Load | None = None


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    options = _parser().parse_args(arguments)
    if options.audio is None:
        raise InputError(f"No recordings: name their folder with --audio, or the folder above it with {VARIABLE}.")
    languages = ["en", "zh"] if options.language == "both" else [options.language]
    names = server.engine_names(options.engines)
    plan = plan_of(
        options.audio,
        languages,
        options.turns,
        rehearsals=options.rehearsals,
        busy=options.busy,
        working=options.working,
        seed=options.seed,
        per_rehearsal=options.per_rehearsal,
    )
    plan = replace(plan, loss_percent=options.loss, jitter_ms=options.jitter)
    if options.loop:
        from evals.latency_loop import measure as measure_loop

        runs = {name: measure_loop(name, plan) for name in names}
    else:
        runs = {name: asyncio.run(measured(name, plan)) for name in names}
    command = " ".join(["run_coach.py bench latency", *(arguments or ())])
    result = result_of(options.name or ("latency_loop" if options.loop else "latency"), runs, command)
    path = result.write(options.out)
    print(path.with_suffix(".md").read_text(encoding="utf-8"))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bench latency", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--audio", type=Path, default=default_folder(), help="folder of recordings")
    parser.add_argument("--engines", default="free,embedded", help="side by side: free, embedded, auto, ASR+TTS")
    parser.add_argument("--language", choices=("en", "zh", "both"), default="both")
    parser.add_argument("--turns", type=whole(1), default=30, help="per language, of each streamer at once")
    parser.add_argument(
        "--per-rehearsal", type=whole(), default=PER_REHEARSAL, help="turns, then the next speaker comes"
    )
    parser.add_argument("--rehearsals", type=whole(1), default=1, help="at once, per language")
    parser.add_argument(
        "--busy", type=whole(), default=0, help="calls that block for 250 ms beside it, again and again"
    )
    parser.add_argument(
        "--working", type=whole(), default=0, help="threads of an engine's priority computing beside it"
    )
    parser.add_argument("--loss", type=number(under=100), default=0.0, help="percent of packets lost, both ways")
    parser.add_argument("--jitter", type=number(), default=0.0, help="greatest delay of packets to the room, ms")
    parser.add_argument("--loop", action="store_true", help="without a wire")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--name", default="", help="of the result's files")
    parser.add_argument("--out", type=folder, default=RESULTS)
    return parser


def plan_of(
    audio: Path,
    languages: Sequence[str],
    turns: int,
    *,
    rehearsals: int = 1,
    busy: int = 0,
    working: int = 0,
    seed: int = 1,
    per_rehearsal: int = PER_REHEARSAL,
) -> Plan:
    """Choose the recordings.

    Raises:
        InputError: If there are none that make a turn.
    """
    found = recordings(audio)
    clips = {
        language: [_worded(clip) for clip in found if clip.language == language and _counts(clip)]
        for language in languages
    }
    clips = {language: chosen for language, chosen in clips.items() if chosen}
    if not clips:
        raise InputError(
            f"expected recordings of single sentences below {audio}, in folders en/ and zh/, found none; "
            "a clip of one turn has 0.8 to 8 s of speech without a pause"
        )
    noises = [clip for clip in found if clip.language == "noise"]
    return Plan(clips, noises, turns, rehearsals, busy, working, seed, per_rehearsal)


def _counts(clip: Recording) -> bool:
    """Return whether a clip is one turn. Whispers are none: without a voice there is no last voiced sample."""
    return "whisper" not in clip.tags and wire.is_a_turn(clip)


def _worded(clip: Recording) -> Recording:
    """Return the clip with words: where nobody wrote them down, any finished sentence serves the free recogniser."""
    return clip if clip.transcript else replace(clip, transcript=SOME_WORDS[clip.language])


def booked(clips: Sequence[Recording], plan: Plan) -> list[Booking]:
    """Return who talks in which rehearsal."""
    if plan.per_rehearsal == 0:
        return [Booking("everybody", tuple(islice(cycle(clips), plan.turns)))]
    return bookings(clips, turns=plan.turns, per_rehearsal=plan.per_rehearsal, seed=plan.seed)


async def measured(engines: str, plan: Plan) -> Run:
    """Start a server and talk to it, one language after the other."""
    run = Run()
    everything = [clip for clips in plan.clips.values() for clip in clips]
    noises = [wire.noise_clip(clip) for clip in plan.noises]
    with tempfile.TemporaryDirectory() as folder:
        started = server.started(
            Path(folder), everything, engines, limit=plan.rehearsals, busy=plan.busy, working=plan.working
        )
        with started as (process, url):
            async with Load(url, process.pid) as run.load:
                for language, clips in plan.clips.items():
                    spoken = {clip.name: Spoken.of(clip) for clip in clips}
                    streamers = Streamers(url, SCENARIOS[language], spoken, noises, run.load, plan.network)
                    figures = await streamers.talk(
                        booked(clips, plan), at_once=plan.rehearsals, seed=plan.seed, limit_sec=plan.until_sec
                    )
                    run.engines = streamers.engines
                    run.by_language[language] = figures
                    run.figures.add(figures)
    return run


def summary_of(run: Run) -> dict[str, Any]:
    """Return the figures of one set of engines under stable keys."""
    figures = run.figures
    summary = _numbers(figures)
    summary["stages"] = stages.summary_of([answer for answer in figures.answers if stages.is_whole(answer)])
    summary["by_language"] = {language: _numbers(one) for language, one in run.by_language.items()}
    answers = [turn for turn in figures.server if turn["kind"] == "answer"]
    summary["server"] = {
        "total_ms": percentiles([turn["total_ms"] for turn in answers]),
        "foreseen_rate": rate(sum(bool(turn.get("foreseen")) for turn in answers), len(answers)),
        "dropped_answers": sum(turn.get("dropped_answers") or 0 for turn in answers),
        "dropped_finals": sum(turn.get("dropped_finals") or 0 for turn in answers),
    }
    if run.load is not None:
        summary |= run.load.summary()
    return summary


def _numbers(figures: Figures) -> dict[str, Any]:
    return {
        "voice_to_voice_ms": percentiles(figures.voice_to_voice_ms),
        "duck_ms": percentiles(figures.duck_ms),
        "stop_ms": percentiles(figures.stop_ms),
        "resume_ms": percentiles(figures.resume_ms),
        "turns": figures.turns,
        "missed_replies": figures.missed,
        "self_interruptions": figures.self_interruptions,
        "false_cut_in_rate": rate(figures.cut_ins, figures.turns),
        "false_stop_rate": rate(figures.stopped_by_noise, figures.noises),
        "noises": figures.noises,
        "not_stopped": figures.not_stopped,
    }


def result_of(name: str, runs: dict[str, Run], command: str) -> Result:
    """Return the result: the first set's figures at the top level, every set's under `engines`."""
    summaries = {engines: summary_of(run) for engines, run in runs.items()}
    first = next(iter(summaries.values()))
    plots: dict[str, dict[str, list[float]]] = {
        f"{key}": {engines: getattr(run.figures, key) for engines, run in runs.items()}
        for key in ("voice_to_voice_ms", "duck_ms", "stop_ms", "resume_ms")
    }
    named = {f"{engines}.{port}": name for engines, run in runs.items() for port, name in run.engines.items()}
    raw = {engines: asdict(run.figures) for engines, run in runs.items()}
    return Result(name, {**first, "engines": summaries}, raw, named, command, plots)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
