"""`recover`: close and score what a crash left behind."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from commands.console import line
from commands.texts import Say

if TYPE_CHECKING:
    from coach.store.recover import Recovered


def configure(parser: argparse.ArgumentParser, say: Say) -> None:
    """No arguments of its own."""


def run(options: argparse.Namespace, say: Say) -> int:
    """Recover; exit 1 if something could not be."""
    from coach.settings import load_settings
    from coach.store.recover import recover
    from commands.compose import opened_keeper
    from commands.scoring import score_saved

    with opened_keeper(load_settings()) as keeper:
        done = recover(keeper, lambda saved: score_saved(saved, keeper), again=True)
    if not done:
        line(say("recover.none"))
    tell(done, say)
    return 1 if any(result.summary.state != "scored" for result in done) else 0


def tell(done: Sequence[Recovered], say: Say) -> None:
    """Print a sentence for each, and its notes."""
    for result in done:
        unscored = "_unscored" if result.action == "closed" and result.summary.state != "scored" else ""
        title = result.summary.scenario_title
        line(say(f"recover.{result.action}{unscored}", id=result.summary.id, title=title))
        for note in result.notes:
            line(f"  {note}")
