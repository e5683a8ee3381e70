"""`score`: transcripts, logs and recordings, one or a million."""

from __future__ import annotations

import argparse
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from commands.arguments import within
from commands.console import complain, line
from commands.scenario_faults import ScenarioFaults
from commands.score_options import formats_of, pattern_of, reading_of
from commands.score_progress import with_progress
from commands.texts import Say

if TYPE_CHECKING:
    from coach.score.batch.job import Job, Outcome, Task
    from coach.score.batch.journal import Journal

_MOST_TOLD = 200
"""Sentences about files and lines on the screen; all of them are in a file."""
INTERRUPTED = 130


def configure(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare what is scored, by which scenario, and where the results go."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=say("arg.score.paths"))
    parser.add_argument("--scenario", metavar="S", help=say("arg.score.scenario"))
    parser.add_argument("--out", type=Path, metavar="DIR", help=say("arg.score.out"))
    parser.add_argument("--format", default="csv", metavar="LIST", help=say("arg.score.format"))
    parser.add_argument(
        "--workers", type=within(int, 1, 256, say), default=1, metavar="N", help=say("arg.score.workers")
    )
    parser.add_argument("--role", choices=("streamer", "viewer"), help=say("arg.score.role"))
    parser.add_argument("--speakers", action="append", default=[], metavar="LIST", help=say("arg.score.speakers"))
    parser.add_argument("--columns", action="append", default=[], metavar="LIST", help=say("arg.score.columns"))
    parser.add_argument("--streamer", metavar="PATTERN", help=say("arg.score.streamer"))
    parser.add_argument("--fresh", action="store_true", help=say("arg.score.fresh"))
    parser.add_argument("--runner", choices=("local", "ray"), default="local", help=say("arg.score.runner"))
    parser.add_argument("--address", metavar="ADDRESS", help=say("arg.score.address"))


def run(options: argparse.Namespace, say: Say) -> int:
    """Score all files; exit 0 if all were used whole, 1 if lines or files were left out, 2 if none could be scored."""
    from coach.errors import InputError

    if options.address and options.runner != "ray":
        raise InputError(say("score.address_alone"))
    formats = formats_of(options, say)
    job = _job(options, say)
    return _to_screen(options, job, formats[0], say) if options.out is None else _to_folder(options, job, formats, say)


def _job(options: argparse.Namespace, say: Say) -> Job:
    from coach.score.batch.job import Job, code_version
    from commands.hearing import engines_version, hear, measure
    from commands.scoring import kept_proposals

    text, name = _scenario(options.scenario)
    roots = tuple(str(path) for path in options.paths if path.is_dir())
    version = f"{code_version()} {engines_version()}"
    reading, pattern = reading_of(options, say), pattern_of(options, say)
    return Job(text, name, reading, pattern, roots, hear, measure, version, kept_proposals)


def _scenario(ref: str | None) -> tuple[str | None, str]:
    """Return text and name of the scenario asked for; None lets each file use the one beside it."""
    from coach.settings import load_settings
    from commands.compose import library

    if ref is None:
        return None, ""
    loaded = library(load_settings()).find(ref)
    return loaded.text, loaded.name


def _runner(options: argparse.Namespace, *, in_order: bool) -> Callable[[Iterable[Task], Job], Iterator[Outcome]]:
    from coach.score.batch.local import LocalPool, score_here

    if options.runner == "ray":
        from coach.score.batch.cluster import RayCluster

        return RayCluster(options.address, options.workers, in_order=in_order).outcomes
    return score_here if options.workers == 1 else LocalPool(options.workers, in_order=in_order).outcomes


# --- to the screen ---------------------------------------------------------------------------------------------


def _to_screen(options: argparse.Namespace, job: Job, form: str, say: Say) -> int:
    from coach.score.batch.find import find_files
    from coach.score.batch.job import Task
    from coach.score.batch.outputs import csv_lines

    files = list(dict.fromkeys(find_files(options.paths)))
    _refuse_nothing(len(files), options, say)
    outcomes = _runner(options, in_order=True)((Task(path) for path in files), job)
    telling = _Telling(job, say)
    told = (telling.told(outcome) for outcome in with_progress(outcomes, len(files), say))
    if form == "csv":
        for text in csv_lines(outcome.row for outcome in told):
            sys.stdout.write(text)
    else:
        for outcome in told:
            sys.stdout.write(zlib.decompress(outcome.line).decode())
    telling.end(None)
    return _exit_code(telling.scored, telling.failed, telling.partly, say)


# --- to a folder -----------------------------------------------------------------------------------------------


def _to_folder(options: argparse.Namespace, job: Job, formats: list[str], say: Say) -> int:
    from coach.score.batch.find import find_files
    from coach.score.batch.journal import opened
    from coach.score.batch.outputs import PROBLEMS, write_all

    with opened(options.out, fresh=options.fresh) as journal:
        total = journal.list_files(find_files(options.paths, options.out))
        _refuse_nothing(total, options, say)
        telling = _Telling(job, say)
        try:
            unchanged = _score_into(journal, _runner(options, in_order=False), job, total, telling)
        except KeyboardInterrupt:
            scored, failed, _ = journal.counts()
            complain(say("score.stopped", done=scored + failed, total=total))
            return INTERRUPTED
        journal.drop_others()
        write_all(journal, options.out, formats, say.lang)
        scored, failed, partly = journal.counts()
    telling.end(options.out / PROBLEMS)
    key = "score.unchanged" if unchanged else "score.done"
    line(say(key, scored=scored, unchanged=unchanged, out=options.out))
    return _exit_code(scored, failed, partly, say)


def _score_into(
    journal: Journal,
    runner: Callable[[Iterable[Task], Job], Iterator[Outcome]],
    job: Job,
    total: int,
    telling: _Telling,
) -> int:
    """Score what is missing or changed; return how many files were neither."""
    unchanged = 0
    for outcome in with_progress(runner(journal.tasks(), job), total, telling.say):
        journal.keep(telling.told(outcome))
        unchanged += outcome.unchanged
    return unchanged


def _refuse_nothing(total: int, options: argparse.Namespace, say: Say) -> None:
    from coach.errors import InputError

    if not total:
        raise InputError(say("score.nothing", path=", ".join(map(str, options.paths))))


def _exit_code(scored: int, failed: int, partly: int, say: Say) -> int:
    if failed:
        complain(say("score.failed", failed=failed))
    return 2 if not scored else int(bool(failed or partly))


class _Telling:
    """Says what could not be used, up to a limit, and counts."""

    def __init__(self, job: Job, say: Say) -> None:
        self.say = say
        self._given = job.scenario_text is not None
        self._faults = ScenarioFaults(say)
        if job.scenario_text is not None:
            self._faults.tell(job.scenario_name, job.scenario_text)
        self.scored, self.failed, self.partly, self._told = 0, 0, 0, 0

    def told(self, outcome: Outcome) -> Outcome:
        """Say what is wrong with one file and the scenario beside it; return it."""
        if not self._given and outcome.error is None:
            self._faults.tell_beside(outcome.path)
        self.failed += outcome.error is not None
        self.scored += outcome.error is None
        self.partly += bool(outcome.problems)
        sentences = [outcome.error] if outcome.error is not None else [problem.text for problem in outcome.problems]
        places = [""] if outcome.error is not None else [f"{problem.place}: " for problem in outcome.problems]
        for place, sentence in zip(places, sentences, strict=True):
            self._told += 1
            if self._told <= _MOST_TOLD:
                complain(f"{place}{self.say.sentence(sentence)}")
        return outcome

    def end(self, path: Path | None) -> None:
        """Say that there was more than was shown."""
        if self._told > _MOST_TOLD:
            complain(self.say("score.more_problems", path=path) if path else self.say("score.more_hidden"))
