"""One rule of wording: what is found in a text, and what is said for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """Rules of a language are tried in order at each place; the first that matches there words it."""

    pattern: re.Pattern[str]
    say: Callable[[re.Match[str]], str]

    def anonymous(self) -> str:
        """Return the pattern without its group names and captures, so that patterns can be joined."""
        return re.sub(r"\(\?P<\w+>", "(?:", self.pattern.pattern)


def rule(pattern: str, say: Callable[[re.Match[str]], str] | str) -> Rule:
    """Return a rule. Groups of the pattern are named, never numbered.

    Args:
        pattern: What to look for.
        say: What is said for a match, or always the same words.
    """
    return Rule(re.compile(pattern), (lambda match: say) if isinstance(say, str) else say)
