"""The parser of the command line, which complains in the language of who typed it."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NoReturn, TypeVar

from commands.texts import Say

BAD_USAGE = 2
_OF = re.compile(r"argument (?P<name>[^:]+): (?P<text>.*)", re.DOTALL)
_KINDS: dict[str, str] = {
    "usage.unknown": r"unrecognized arguments: (?P<given>.*)",
    "usage.missing": r"the following arguments are required: (?P<names>.*)",
    "usage.choice": r"invalid choice: (?P<given>.*) \(choose from (?P<choices>.*)\)",
    "usage.one_value": r"expected one argument",
    "usage.some_values": r"expected at least one argument",
    "usage.values": r"expected (?P<count>\d+) arguments?",
    "usage.no_value": r"ignored explicit argument (?P<given>.*)",
    "usage.kind": r"invalid (?P<kind>\S+) value: (?P<given>.*)",
    "usage.together": r"not allowed with argument (?P<other>.*)",
    "usage.one_of": r"one of the arguments (?P<names>.*) is required",
    "usage.short": r"ambiguous option: (?P<given>\S+) could match (?P<matches>.*)",
}
"""What argparse says, which is English only and has no hook but the finished sentence."""

N = TypeVar("N")


class CommandParser(argparse.ArgumentParser):
    """Complains in the language of `say`; so do the parsers of its commands."""

    def __init__(self, *arguments: Any, say: Say, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._say = say

    def add_subparsers(self, **named: Any) -> argparse._SubParsersAction[Any]:
        """Add commands, whose parsers complain as this one does."""
        maker: Callable[..., CommandParser] = partial(type(self), say=self._say)
        return super().add_subparsers(parser_class=maker, **named)  # type: ignore[call-overload,no-any-return]

    def parse_args(self, args: Sequence[str] | None = None, namespace: N | None = None) -> Any:  # type: ignore[override]
        """Read a command line; what nobody knows is told with the command that does not know it."""
        options, unknown = self.parse_known_args(args, namespace)
        if unknown:
            names = (getattr(options, name, None) for name in ("command", "verb"))
            self._complain(f"unrecognized arguments: {' '.join(unknown)}", " ".join([self.prog, *filter(None, names)]))
        return options

    def error(self, message: str) -> NoReturn:
        """Say what was expected and what came, and end with exit code 2."""
        self._complain(message, self.prog)

    def _complain(self, message: str, prog: str) -> NoReturn:
        from commands.console import complain  # loaded where something is wrong

        self.print_usage(sys.stderr)
        complain(self._say("usage.wrong", text=usage_fault(message, self._say)))
        complain(self._say("usage.help", prog=prog))
        self.exit(BAD_USAGE)


def usage_fault(message: str, say: Say) -> str:
    """Return argparse's sentence in the user's language; what is ours already, or unknown, as it is."""
    if found := _OF.fullmatch(message):
        return say("usage.of", name=found["name"], text=usage_fault(found["text"], say))
    for key, pattern in _KINDS.items():
        if found := re.fullmatch(pattern, message, re.DOTALL):
            values = found.groupdict()
            kind = f"{key}.{values.pop('kind')}" if "kind" in values else key
            return say(kind if kind in ("usage.kind.int", "usage.kind.float") else key, **values)
    return message
