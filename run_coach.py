"""The command line of Live Coach. Without a command it starts the practice room."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Protocol

from commands import bench, demo, doctor, models, recover, report, rescore, scenario, score, serve, talk_room
from commands.parser import CommandParser
from commands.texts import Say, language_of

OK, FINDINGS, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
_OURS = frozenset({"coach", "audio", "web", "commands"})


class Command(Protocol):
    """A module of `commands`. It imports nothing heavy before `run`, so that `--help` is quick."""

    def configure(self, parser: argparse.ArgumentParser, say: Say) -> None:
        """Declare its arguments."""
        ...

    def run(self, options: argparse.Namespace, say: Say) -> int:
        """Do it; return the exit code."""
        ...


COMMANDS: dict[str, Command] = {
    "serve": serve,
    "demo": demo,
    "talk": talk_room,
    "doctor": doctor,
    "models": models,
    "scenario": scenario,
    "score": score,
    "report": report,
    "rescore": rescore,
    "recover": recover,
    "bench": bench,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 ok, 1 findings or failed checks, 2 usage or bad input."""
    # Before numpy is loaded: its BLAS would share each larger product with threads that then spin for the next one.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # noqa: TID251 (no setting of ours: numpy reads it)
    given = list(sys.argv[1:] if arguments is None else arguments)
    say = Say(language_of(given))
    options = _parser(say).parse_args(_with_default_command(given))
    return _guarded(COMMANDS[options.command], options, say)


def _with_default_command(given: list[str]) -> list[str]:
    """Put `serve` in front where no command is named; a `--lang` before the command goes behind it."""
    asked, rest = _leading_language(given)
    if rest and (not rest[0].startswith("-") or rest[0] in ("-h", "--help")):
        return [*rest[:1], *asked, *rest[1:]] if rest[0] in COMMANDS else rest
    return ["serve", *given]


def _leading_language(given: list[str]) -> tuple[list[str], list[str]]:
    """Return a `--lang` at the head of the arguments, and the others."""
    size = 0
    if given and given[0].partition("=")[0] == "--lang":
        size = 1 if "=" in given[0] else 2
    return given[:size], given[size:]


def _parser(say: Say) -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--lang", choices=("zh", "en"), help=say("arg.lang"))
    parser = CommandParser(prog="run_coach.py", description=say("about"), say=say)
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    for name, command in COMMANDS.items():
        text = say(f"cmd.{name}")
        command.configure(commands.add_parser(name, help=text, description=text, parents=[shared]), say)
    return parser


def _guarded(command: Command, options: argparse.Namespace, say: Say) -> int:
    """Run a command; whatever a user can cause ends in a sentence, never in a traceback."""
    from coach.errors import CoachError

    try:
        return command.run(options, say)
    except CoachError as error:
        _complain(say("error", text=say.error(error)))
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package in _OURS:
            raise
        _complain(say("error.package", name=package))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (`| head`) has what it wanted; Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    return BAD_INPUT


def _complain(text: str) -> None:
    from commands.console import complain

    complain(text)


if __name__ == "__main__":
    sys.exit(main())
