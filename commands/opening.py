"""What `demo` and `talk` play: a scenario with some of its pressure, or one moment of an earlier rehearsal."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from commands.arguments import within
from commands.texts import Say

if TYPE_CHECKING:
    from coach.live.terms import Terms
    from coach.scenario.load import LoadedScenario
    from coach.store.keeper import Keeper


def configure(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare how much pressure, and which moment."""
    parser.add_argument("--exposure", choices=("calm", "easy", "full"), default="full", help=say("arg.exposure"))
    parser.add_argument("--replay", metavar="REHEARSAL", help=say("arg.replay"))
    parser.add_argument("--at", type=within(float, 0, 86_400, say), metavar="SECONDS", help=say("arg.replay_at"))


def is_replay(options: argparse.Namespace, say: Say) -> bool:
    """Return whether a moment is wanted.

    Raises:
        InputError: If only half of what it takes was given, or a scenario as well.
    """
    from coach.errors import InputError

    wanted = (options.replay is not None, options.at is not None)
    if any(wanted) and (not all(wanted) or options.scenario is not None):
        raise InputError(say("replay.half"))
    return all(wanted)


def with_terms(
    scenario: LoadedScenario, options: argparse.Namespace, *, intensity: int | None, consent: bool, prepares: bool
) -> tuple[LoadedScenario, Terms]:
    """Return a scenario as it is to be played, and on which terms; `prepares`: whether a draw leaves time for it."""
    from coach.live.terms import Terms
    from coach.scenario.consent import agreed
    from coach.scenario.exposure import exposed

    played, level = exposed(scenario, None, options.exposure)
    played = agreed(played, intensity=intensity, consent=consent)
    draw = played.scenario.draw
    prep_sec = draw.prep_sec if draw is not None and prepares else 0.0
    return played, Terms(difficulty=level, exposure=options.exposure, prep_sec=prep_sec)


def moment(
    keeper: Keeper, options: argparse.Namespace, *, intensity: int | None, consent: bool
) -> tuple[LoadedScenario, Terms]:
    """Return the moment that is wanted."""
    from coach.live.retake import retake

    saved = keeper.load(options.replay)
    return retake(options.replay, saved.scenario_text, saved.records, options.at, intensity=intensity, consent=consent)
