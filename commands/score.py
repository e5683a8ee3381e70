"""`score`: transcripts and logs, one or many."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from commands.arguments import within
from commands.console import complain, line, stderr
from commands.texts import Say

if TYPE_CHECKING:
    from coach.scenario.model import Scenario
    from coach.score.batch import BatchResult

FORMATS = ("csv", "jsonl")


def configure(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare what is scored, by which scenario, and where the results go."""
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=say("arg.score.paths"))
    parser.add_argument("--scenario", metavar="S", help=say("arg.score.scenario"))
    parser.add_argument("--out", type=Path, metavar="DIR", help=say("arg.score.out"))
    parser.add_argument("--format", default="csv", metavar="LIST", help=say("arg.score.format"))
    parser.add_argument(
        "--workers", type=within(int, 1, 256, say), default=1, metavar="N", help=say("arg.score.workers")
    )


def run(options: argparse.Namespace, say: Say) -> int:
    """Score all files; exit 0 if all were used whole, 1 if lines or files were left out, 2 if none could be scored."""
    from coach.errors import InputError
    from coach.score.batch import find_files, score_files

    formats = _formats(options.format, say, many=options.out is not None)
    files = [path for path in find_files(options.paths) if options.out not in path.parents]
    if not files:
        raise InputError(say("score.nothing", path=", ".join(map(str, options.paths))))
    scenario = _scenario(options.scenario)
    scored, failed, partly = 0, 0, 0
    with ExitStack() as stack:
        writers = [_writer(name, options.out, stack) for name in formats]
        for result in _with_progress(score_files(files, scenario, workers=options.workers), len(files), say):
            for write in writers:
                write(result)
            _tell_problems(result, say)
            scored, failed = scored + (result.error is None), failed + (result.error is not None)
            partly += bool(result.problems)
    if options.out is not None:
        line(say("score.done", scored=scored, out=options.out))
    if failed:
        complain(say("score.failed", failed=failed))
    return 2 if not scored else int(bool(failed or partly))


def _formats(asked: str, say: Say, *, many: bool) -> list[str]:
    """Return the formats asked for; the screen takes one."""
    from coach.errors import InputError

    names = [name.strip() for name in asked.split(",") if name.strip()]
    for name in names or [""]:
        if name not in FORMATS:
            raise InputError(say("score.bad_format", name=name, known=", ".join(FORMATS)))
    return names if many else names[:1]


def _scenario(ref: str | None) -> Scenario | None:
    """Return the scenario asked for; None lets each log use the one beside it."""
    from coach.settings import load_settings
    from commands.compose import library

    return None if ref is None else library(load_settings()).find(ref).scenario


def _with_progress(results: Iterable[BatchResult], total: int, say: Say) -> Iterator[BatchResult]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = stderr()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield from progress.track(results, total=total, description=say("score.progress"))


def _writer(name: str, out: Path | None, stack: ExitStack) -> Callable[[BatchResult], None]:
    """Return what writes one result in a format: to a file that appears when all is done, or to the screen."""
    from coach.score.batch import csv_header, csv_line, jsonl_line

    file = sys.stdout if out is None else _opened(out / f"scores.{name}", stack)
    if name == "csv":
        file.write(csv_header())
    line_of = csv_line if name == "csv" else jsonl_line

    def write(result: BatchResult) -> None:
        file.write(line_of(result))

    return write


def _opened(path: Path, stack: ExitStack) -> TextIO:
    """Open a file that takes its name only once it is whole."""
    from coach.errors import StorageError

    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Spreadsheets take UTF-8 for granted only after this mark; JSON readers stumble over it.
        encoding = "utf-8-sig" if path.suffix == ".csv" else "utf-8"
        file = stack.enter_context(part.open("w", encoding=encoding, newline=""))
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror or error}") from error
    stack.push(lambda kind, _error, _trace: _finish(file, part, path, whole=kind is None))
    return file


def _finish(file: TextIO, part: Path, path: Path, *, whole: bool) -> None:
    file.close()
    if whole:
        part.replace(path)


def _tell_problems(result: BatchResult, say: Say) -> None:
    sentences: Sequence[str] = (say.sentence(result.error),) if result.error is not None else result.problems
    for sentence in sentences:
        complain(sentence)
