"""`report`: the scorecard of one rehearsal."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from commands.console import complain, harmless
from commands.texts import Say

if TYPE_CHECKING:
    from coach.score.scorecard import Scorecard, Text
    from coach.store.files import SavedRehearsal
    from coach.store.keeper import Keeper

LATEST = "latest"


def configure(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare which rehearsal, and in what form."""
    parser.add_argument("rehearsal", metavar="REHEARSAL", help=say("arg.rehearsal"))
    parser.add_argument("--format", choices=("md", "html", "json"), default="md", help=say("arg.report.format"))
    parser.add_argument("--out", type=Path, metavar="FILE", help=say("arg.report.out"))
    parser.add_argument("--rescore", action="store_true", help=say("arg.report.rescore"))
    parser.add_argument("--judge", action="store_true", help=say("arg.report.judge"))


def run(options: argparse.Namespace, say: Say) -> int:
    """Print or write the report."""
    from coach.settings import load_settings
    from coach.store.files import load_folder
    from commands.compose import opened_keeper

    given = Path(options.rehearsal)
    if given.is_dir():
        # A folder that was copied or shared needs no data folder and no database.
        saved = load_folder(given)
        scorecard = _scorecard(saved, None, say, rescore=options.rescore)
    else:
        with opened_keeper(load_settings()) as keeper:
            saved = keeper.load(_id(keeper, options.rehearsal, say))
            scorecard = _scorecard(saved, keeper, say, rescore=options.rescore)
    if options.judge:
        scorecard = _judged(scorecard, saved, say)
    _give(_rendered(scorecard, options.format, say), options.out, say)
    return 0


def _judged(card: Scorecard, saved: SavedRehearsal, say: Say) -> Scorecard:
    """Ask the language model that grades, now; the result is shown and not kept."""
    from coach.errors import InputError
    from coach.settings import load_settings
    from commands.judging import judged

    settings = load_settings().judge
    if not settings.base_url:
        raise InputError(say("report.no_judge"))
    silent: list[Text] = []
    card = judged(card, saved.records, settings, silent.append)
    for note in silent:
        complain(note.zh if say.lang == "zh" else note.en)
    return card.model_copy(update={"notes": [*card.notes, *silent]})


def _id(keeper: Keeper, given: str, say: Say) -> str:
    from coach.errors import InputError

    if given != LATEST:
        return given
    newest = keeper.list(limit=1)
    if not newest:
        raise InputError(say("report.none"))
    return newest[0].id


def _scorecard(saved: SavedRehearsal, keeper: Keeper | None, say: Say, *, rescore: bool) -> Scorecard:
    from pydantic import ValidationError

    from coach.errors import InputError
    from coach.score.focus_states import with_marks
    from coach.score.scorecard import Scorecard
    from coach.store.marks import read_marks
    from coach.store.reviews import mentor_of

    for sentence in saved.dropped:
        complain(say.sentence(sentence))
    if rescore:
        return _scored_again(saved, keeper, say)
    if saved.scorecard_text is None:
        raise InputError(_unscored(saved, keeper, say))
    try:
        card = Scorecard.model_validate_json(saved.scorecard_text)
        return with_marks(card, read_marks(saved.path)).model_copy(update={"mentor": mentor_of(saved.path)})
    except ValidationError as error:
        raise InputError(say("report.damaged", path=saved.path / "scorecard.json")) from error


def _unscored(saved: SavedRehearsal, keeper: Keeper | None, say: Say) -> str:
    """Return what to do about a rehearsal without a scorecard: `recover` knows those of the data folder alone."""
    if saved.ended is None:
        return say("report.running", id=saved.path.name)
    if keeper is None:
        return say("report.unscored_folder", path=saved.path)
    return say("report.unscored", id=saved.path.name)


def _scored_again(saved: SavedRehearsal, keeper: Keeper | None, say: Say) -> Scorecard:
    """Score by today's rules, without keeping the result: `rescore --write` does that."""
    from coach.errors import InputError
    from commands.scoring import score_saved

    if saved.started is None or saved.ended is None:
        raise InputError(say("report.running", id=saved.path.name))
    return score_saved(saved, keeper)


def _rendered(scorecard: Scorecard, form: str, say: Say) -> str:
    from coach.score.report import render

    return render(scorecard, form, say.lang)


def _give(text: str, out: Path | None, say: Say) -> None:
    from coach.errors import StorageError

    if out is None:
        sys.stdout.write(harmless(text))
        return
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StorageError(say("out.unwritable", path=out, reason=error.strerror or error)) from error
    complain(say("report.written", path=out))
