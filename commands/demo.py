"""`demo`: a whole rehearsal through the real loop, without browser or microphone."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from commands import opening
from commands.arguments import seconds
from commands.console import complain, line, stdout, styled
from commands.texts import Say

if TYPE_CHECKING:
    from coach.scenario.load import LoadedScenario
    from coach.scenario.model import Scenario
    from coach.settings import Settings
    from coach.store.keeper import Keeper


def configure(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare what is played and where it goes."""
    parser.add_argument("scenario", nargs="?", metavar="SCENARIO", help=say("arg.demo.scenario"))
    parser.add_argument("--audio", type=Path, nargs="+", metavar="FILE", help=say("arg.demo.audio"))
    opening.configure(parser, say)
    parser.add_argument("--seconds", type=seconds(say), metavar="N", help=say("arg.demo.seconds"))
    parser.add_argument("--out", type=Path, metavar="DIR", help=say("arg.demo.out"))


def run(options: argparse.Namespace, say: Say) -> int:
    """Perform the rehearsal, then print its scorecard; exit 1 if it could not be scored."""
    from coach.settings import load_settings
    from commands.compose import opened_keeper
    from commands.performance import perform

    settings = load_settings()
    again = opening.is_replay(options, say)
    with opened_keeper(settings) as keeper:
        if again:  # nobody is there to be hurt: the streamer is a recording or a synthetic voice
            scenario, terms = opening.moment(keeper, options, intensity=None, consent=True)
        else:
            lang = heard_language(settings, say) if options.audio else say.lang
            found = find_scenario(settings, options.scenario, lang=lang, say=say)
            scenario, terms = opening.with_terms(found, options, intensity=None, consent=True, prepares=False)
        rehearsal_id = perform(settings, keeper, scenario, terms, options.audio or [], options.seconds, say)
        folder = keeper.folder(rehearsal_id)
        line(say("demo.kept", id=rehearsal_id, path=folder))
        if options.out is not None:
            _copy(folder, options.out)
            line(say("demo.copied", path=options.out))
        return show_scorecard(keeper, rehearsal_id, say)


def heard_language(settings: Settings, say: Say) -> str:
    """Return the user's language if something here hears it; English is heard without any download."""
    from audio.engine_choice import hears
    from audio.parts import is_installed
    from commands.compose import engine_choice

    return say.lang if hears(engine_choice(settings), say.lang, is_installed) is not None else "en"


def find_scenario(
    settings: Settings, ref: str | None, *, lang: str, say: Say, seed: int | None = None
) -> LoadedScenario:
    """Return the scenario asked for, else an easy one in a language, else any.

    Where it draws a product, `seed` decides which; None: the scenario's seed.

    Raises:
        InputError: If there is none.
    """
    from coach.errors import InputError
    from coach.scenario.draw import drawn
    from commands.compose import library

    shelf = library(settings)
    if ref is not None:
        found = shelf.find(ref)
        return drawn(found, shelf.all(), found.scenario.seed if seed is None else seed)
    usable = [item for item in shelf.all() if item.scenario.draw is None]
    if not usable:
        raise InputError(say("demo.no_scenario"))
    return min(usable, key=lambda item: (item.scenario.language != lang, *_demand(item.scenario)))


def _demand(scenario: Scenario) -> tuple[bool, int, str]:
    """Return how far a scenario is from a plain first rehearsal: no drill, level 2."""
    return scenario.kind == "drill", abs(scenario.difficulty - 2), scenario.id


def _copy(folder: Path, out: Path) -> None:
    from coach.errors import StorageError
    from coach.store import files

    names = (files.EVENTS, files.SCENARIO, files.SCORECARD, files.STREAMER_AUDIO, files.VIEWERS_AUDIO)
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name in names:
            if (folder / name).is_file():
                shutil.copyfile(folder / name, out / name)
    except OSError as error:
        raise StorageError(f"{out}: {error.strerror or error}") from error


def show_scorecard(keeper: Keeper, rehearsal_id: str, say: Say) -> int:
    """Print a rehearsal's scorecard; return 0, or 1 if it has none."""
    from rich.markdown import Markdown

    from coach.score.report import render
    from coach.score.scorecard import Scorecard

    text = keeper.scorecard(rehearsal_id)
    if text is None:
        complain(say("demo.unscored"))
        return 1
    report = render(Scorecard.model_validate_json(text), "md", say.lang)
    console = stdout()
    console.print(Markdown(report) if console.is_terminal else styled(report))
    return 0
