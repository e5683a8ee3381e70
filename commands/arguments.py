"""Kinds of argument that several commands take."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TypeVar

from commands.texts import Say

N = TypeVar("N", int, float)


def within(kind: Callable[[str], N], low: N, high: N, say: Say) -> Callable[[str], N]:
    """Return how to read a number from `low` to `high`; argparse shows what it says of another."""

    def read(text: str) -> N:
        try:
            value = kind(text)
        except ValueError:
            value = None
        if value is None or not low <= value <= high:
            raise argparse.ArgumentTypeError(say("arg.expected", low=low, high=high, got=text))
        return value

    return read


def seconds(say: Say) -> Callable[[str], float]:
    """Return how to read the longest time of a rehearsal: up to four hours, as a scenario may last."""
    return within(float, 1, 14_400, say)
