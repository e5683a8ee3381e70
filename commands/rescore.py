"""`rescore`: score old rehearsals by today's rules, and say what changed and why."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from commands.console import complain, line, stderr
from commands.texts import Say

if TYPE_CHECKING:
    from coach.score.rescore import Rescore
    from coach.score.scorecard import Scorecard
    from coach.store.files import SavedRehearsal
    from coach.store.keeper import Keeper

_ALL = 1_000_000
"""More rehearsals than anybody keeps."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One rehearsal to score again."""

    id: str
    folder: Path


def configure(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare which rehearsals, and whether the result is kept."""
    parser.add_argument("rehearsals", nargs="*", metavar="REHEARSAL", help=say("arg.rescore.rehearsals"))
    parser.add_argument("--all", action="store_true", help=say("arg.rescore.all"))
    parser.add_argument("--write", action="store_true", help=say("arg.rescore.write"))
    parser.add_argument("--format", choices=("text", "json"), default="text", help=say("arg.rescore.format"))


def run(options: argparse.Namespace, say: Say) -> int:
    """Score again; exit 1 if some could not be, 2 if none of those asked for could."""
    from coach.errors import InputError
    from coach.settings import load_settings
    from commands.compose import opened_keeper

    if bool(options.rehearsals) == options.all:
        raise InputError(say("rescore.which"))
    with ExitStack() as stack:
        folders = [Path(given) for given in options.rehearsals]
        own = options.all or not all(folder.is_dir() for folder in folders)
        keeper = stack.enter_context(opened_keeper(load_settings())) if own else None
        wanted = list(_wanted(options, keeper))
        results = [_one(one, keeper, options, say) for one in _with_progress(wanted, say)]
    return _told(results, options, say)


def _with_progress(wanted: Sequence[_Wanted], say: Say) -> Iterator[_Wanted]:
    """Yield them with a bar on a terminal: a recording takes half a second a minute."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = stderr()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    hidden = not console.is_terminal or len(wanted) < 2
    with Progress(*columns, console=console, transient=True, disable=hidden) as progress:
        yield from progress.track(wanted, total=len(wanted), description=say("score.progress"))


def _wanted(options: argparse.Namespace, keeper: Keeper | None) -> Iterator[_Wanted]:
    """Yield the rehearsals, the oldest first: each looks back to the one before, which is then as new."""
    if options.all and keeper is not None:
        for row in reversed(keeper.list(limit=_ALL, state="scored")):
            yield _Wanted(row.id, keeper.folder(row.id))
        return
    for given in options.rehearsals:
        folder = Path(given)
        if folder.is_dir() or keeper is None:
            yield _Wanted(folder.name, folder)
        else:
            yield _Wanted(given, keeper.folder(given))


def _one(wanted: _Wanted, keeper: Keeper | None, options: argparse.Namespace, say: Say) -> Rescore | None:
    """Score one again; a rehearsal that cannot be scored never keeps the others from it."""
    from coach.errors import CoachError

    try:
        return _scored(wanted, keeper, options, say)
    except CoachError as error:
        complain(f"{wanted.id}: {say.error(error)}")
        return None


def _scored(wanted: _Wanted, keeper: Keeper | None, options: argparse.Namespace, say: Say) -> Rescore:
    from coach.errors import InputError
    from coach.score.rescore import compare
    from commands.scoring import score_saved

    saved = _load(wanted, keeper)
    if saved.started is None or saved.ended is None:
        raise InputError(say("report.running", id=wanted.id))
    for sentence in saved.dropped:
        complain(say.sentence(sentence))
    old, new = _old(saved), score_saved(saved, keeper)
    if options.write and (old is None or old != new):
        _write(saved, new, keeper)
    return compare(old if old is not None else _nothing(new), new)


def _load(wanted: _Wanted, keeper: Keeper | None) -> SavedRehearsal:
    from coach.store.files import load_folder

    return load_folder(wanted.folder) if keeper is None or wanted.folder.is_dir() else keeper.load(wanted.id)


def _old(saved: SavedRehearsal) -> Scorecard | None:
    """Return the scorecard as it was; None where there is none that can be read."""
    from pydantic import ValidationError

    from coach.score.scorecard import Scorecard

    try:
        return Scorecard.model_validate_json(saved.scorecard_text) if saved.scorecard_text is not None else None
    except ValidationError:
        return None


def _nothing(new: Scorecard) -> Scorecard:
    """Return an empty scorecard of the same rehearsal, for one that never had any."""
    from coach.score.scorecard import Scorecard, Versions

    return Scorecard(
        rehearsal_id=new.rehearsal_id,
        scenario_id=new.scenario_id,
        scenario_title=new.scenario_title,
        locale=new.locale,
        summary=new.summary,
        scores=[],
        versions=Versions(scorer=""),
    )


def _write(saved: SavedRehearsal, new: Scorecard, keeper: Keeper | None) -> None:
    """Keep the old scorecard beside the new one; bring the index up to date where the rehearsal is in it."""
    from coach.store.files import replace_scorecard
    from coach.store.summary import summary_of_scorecard

    replace_scorecard(saved.path, new.model_dump_json(indent=2))
    row = keeper.get(saved.path.name) if keeper is not None else None
    if keeper is not None and row is not None and saved.started is not None:
        keeper.update(summary_of_scorecard(new, saved.started, recovered=row.recovered))


def _told(results: Sequence[Rescore | None], options: argparse.Namespace, say: Say) -> int:
    from coach.score.rescore_text import rescore_text

    done = [result for result in results if result is not None]
    if options.format == "json":
        line(json.dumps([result.model_dump(mode="json") for result in done], ensure_ascii=False, indent=2))
    else:
        for result in done:
            line(rescore_text(result, say.lang))
        changed = sum(result.is_changed for result in done)
        complain(say("rescore.total", count=len(done), changed=changed))
        if changed and not options.write:
            complain(say("rescore.not_written"))
    return 2 if results and not done else int(len(done) < len(results))
