"""`scenario simulate`: a scenario played by scripted streamers, as an outcome table."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from commands.arguments import within
from commands.console import complain, line, stdout, styled
from commands.scenario_faults import ScenarioFaults
from commands.texts import Say

if TYPE_CHECKING:
    from coach.room.simulated.outcome import Outcome
    from coach.scenario.load import LoadedScenario
    from coach.scenario.model import Scenario

STREAMERS = ("skilled", "flustered", "silent", "rude", "banned_claims")
_OK, _FINDINGS = 0, 1
_LOOKS_EVERY_SEC = 0.5


def configure(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare its arguments."""
    parser.add_argument("ref", metavar="REF", help=say("arg.ref"))
    parser.add_argument("--streamer", choices=("all", *STREAMERS), default="all", help=say("arg.simulate.streamer"))
    parser.add_argument(
        "--seeds", type=within(int, 1, 1000, say), default=10, metavar="N", help=say("arg.simulate.seeds")
    )
    parser.add_argument(
        "--workers",
        type=within(int, 1, 256, say),
        default=os.cpu_count() or 1,
        metavar="N",
        help=say("arg.simulate.workers"),
    )
    parser.add_argument(
        "--difficulty", type=within(int, 1, 5, say), default=None, metavar="1-5", help=say("arg.simulate.difficulty")
    )
    parser.add_argument("--json", action="store_true", help=say("arg.simulate.json"))
    parser.add_argument("--transcript", action="store_true", help=say("arg.simulate.transcript"))
    parser.add_argument("--watch", action="store_true", help=say("arg.simulate.watch"))


def run(options: argparse.Namespace, say: Say) -> int:
    """Play it; exit 0 if the rules of the room held and the order is right, 1 if not."""
    if options.watch:
        return _watch(options, say)
    return _once(options, say)


def _once(options: argparse.Namespace, say: Say) -> int:
    from coach.room.simulated.summary import RULES, disorder

    loaded = _find(options.ref)
    ScenarioFaults(say).tell(loaded.name, loaded.text)
    outcomes = _play(loaded.scenario, options)
    if options.json:
        sys.stdout.write(json.dumps(as_json(loaded.scenario, outcomes), ensure_ascii=False, indent=2) + "\n")
    else:
        _show(loaded.scenario, outcomes, say)
    if options.transcript:
        _transcripts(outcomes, say)
    broken = any(getattr(outcome, rule) for found in outcomes.values() for outcome in found for rule in RULES)
    return _FINDINGS if broken or disorder(outcomes) else _OK


def _find(ref: str) -> LoadedScenario:
    from coach.settings import load_settings
    from commands.compose import library

    return library(load_settings()).find(ref)


def _play(scenario: Scenario, options: argparse.Namespace) -> dict[str, list[Outcome]]:
    from coach.room.simulated.manner import STREAMERS as NAMES
    from coach.room.simulated.many import Job, simulate_many

    wanted = [name for name in NAMES if options.streamer in ("all", name)]
    seeds = tuple(range(options.seeds))
    jobs = [Job(scenario, name, seeds, options.difficulty, keep_records=options.transcript) for name in wanted]
    return dict(zip(wanted, simulate_many(jobs, workers=options.workers), strict=True))


# --- showing -------------------------------------------------------------------------------------------------


def as_json(scenario: Scenario, outcomes: Mapping[str, Sequence[Outcome]]) -> dict[str, Any]:
    """Return what `--json` prints: keys stay as they are."""
    from coach.room.simulated.summary import disorder, means, row

    return {
        "scenario": scenario.id,
        "streamers": {
            name: {**means(found), "rehearsals": [row(one) for one in found]} for name, found in outcomes.items()
        },
        "disorder": [
            {"measure": measure, "better": better, "worse": worse} for measure, better, worse in disorder(outcomes)
        ],
    }


def _show(scenario: Scenario, outcomes: Mapping[str, Sequence[Outcome]], say: Say) -> None:
    from rich.table import Table

    from coach.room.simulated.summary import MEASURES

    first = next(iter(outcomes.values()))
    title = say(
        "simulate.title",
        title=scenario.title,
        id=scenario.id,
        difficulty=first[0].difficulty,
        minutes=round(scenario.duration_sec / 60, 1),
        seeds=len(first),
        last=len(first) - 1,
    )
    table = Table(title=styled(title), title_justify="left")
    columns = ("streamer", *MEASURES, "bought", "satisfied", "lost", "offended", "lines")
    for name in columns:
        side: Literal["left", "right"] = "left" if name == "streamer" else "right"
        table.add_column(say(f"simulate.column.{name}"), justify=side, overflow="fold")
    for name, found in outcomes.items():
        table.add_row(say(f"simulate.streamer.{name}"), *_cells(found))
    stdout().print(table)
    line(say("simulate.note"), "dim")
    _verdict(outcomes, say)


def _cells(found: Sequence[Outcome]) -> list[str]:
    from coach.room.simulated.summary import MEASURES, means

    mean = means(found)
    ways = [
        statistics.fmean(sum(viewer.outcome == way for viewer in one.viewers) for one in found)
        for way in ("bought", "satisfied", "lost_patience", "offended")
    ]
    pace = [statistics.fmean(one.lines.get(channel, 0) / one.minutes for one in found) for channel in ("chat", "voice")]
    shares = ["–" if (share := mean[name]) is None else f"{100 * share:.0f} %" for name in MEASURES]
    return [*shares, *(f"{way:.1f}" for way in ways), "/".join(f"{rate:.1f}" for rate in pace)]


def _verdict(outcomes: Mapping[str, Sequence[Outcome]], say: Say) -> None:
    from coach.room.simulated.summary import ENOUGH, RULES, disorder

    for rule in RULES:
        cases = [case for found in outcomes.values() for one in found for case in getattr(one, rule)]
        if cases:
            complain(say("simulate.rules", what=say(f"simulate.rule.{rule}"), count=len(cases), example=cases[0]))
    wrong = disorder(outcomes)
    for measure, better, worse in wrong:
        names = {"better": say(f"simulate.streamer.{better}"), "worse": say(f"simulate.streamer.{worse}")}
        complain(say("simulate.unordered", measure=say(f"simulate.column.{measure}"), **names))
    if not wrong and len(outcomes) > 1 and len(next(iter(outcomes.values()))) >= ENOUGH:
        line(say("simulate.ordered"))


def _transcripts(outcomes: Mapping[str, Sequence[Outcome]], say: Say) -> None:
    from commands.timeline import Timeline

    for name, found in outcomes.items():
        line(f"\n{say(f'simulate.streamer.{name}')}", "bold")
        timeline = Timeline(say)
        for record in found[0].records:
            drawn = timeline.draw(record)
            if drawn is not None:
                stdout().print(drawn)


# --- watching ------------------------------------------------------------------------------------------------


def _watch(options: argparse.Namespace, say: Say) -> int:
    """Play again whenever the file changes, until interrupted."""
    path = Path(options.ref if Path(options.ref).is_file() else _find(options.ref).name)
    options.ref = str(path)
    watch(path, lambda: _told(options, say), lambda: time.sleep(_LOOKS_EVERY_SEC))
    return _OK


def watch(path: Path, play: Callable[[], None], wait: Callable[[], None]) -> None:
    """Call `play` now and after each change of the file; `wait` ends it by raising KeyboardInterrupt."""
    seen: tuple[int, int] | None = None
    while True:
        stamp = _stamp(path)
        if stamp != seen:
            seen = stamp
            play()
        wait()


def _told(options: argparse.Namespace, say: Say) -> None:
    """Play once; a file that is broken for the moment is told and waited for."""
    from coach.errors import CoachError

    try:
        _once(options, say)
    except CoachError as error:
        complain(str(error))
    line(say("simulate.watching", path=options.ref), "dim")


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size
