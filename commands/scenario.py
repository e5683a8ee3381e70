"""`scenario new`, `check`, `show`, `simulate` and `schema`: what mentors do with scenario files."""

from __future__ import annotations

import argparse
from typing import Protocol

from commands import scenario_check, scenario_new, scenario_schema, scenario_show, simulate
from commands.texts import Say


class _Verb(Protocol):
    """A module with one verb."""

    def configure(self, parser: argparse.ArgumentParser, say: Say) -> None:
        """Declare its arguments."""
        ...

    def run(self, options: argparse.Namespace, say: Say) -> int:
        """Do it; return the exit code."""
        ...


VERBS: dict[str, _Verb] = {
    "new": scenario_new,
    "check": scenario_check,
    "show": scenario_show,
    "simulate": simulate,
    "schema": scenario_schema,
}


def configure(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare the verbs."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verb")
    for name, verb in VERBS.items():
        text = say(f"cmd.scenario.{name}")
        inner = verbs.add_parser(name, help=text, description=text)
        verb.configure(inner, say)
        inner.add_argument("--lang", choices=("zh", "en"), default=argparse.SUPPRESS, help=say("arg.lang"))


def run(options: argparse.Namespace, say: Say) -> int:
    """Do one of them; return its exit code."""
    return VERBS[options.verb].run(options, say)
