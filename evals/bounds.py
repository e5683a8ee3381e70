"""Bounds of a benchmark's numbers, for argparse: what makes no sense is refused before anything runs."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path


def folder(text: str) -> Path:
    """Return a folder that can be written to, made if it was not there: told now and not after the run."""
    path = Path(text)
    try:
        path.mkdir(parents=True, exist_ok=True)
        (path / ".written").touch()
        (path / ".written").unlink()
    except OSError as error:
        raise argparse.ArgumentTypeError(
            f"expected a folder to write to, got {text}: {error.strerror or error}"
        ) from error
    return path


def whole(least: int = 0) -> Callable[[str], int]:
    """Return a reader of whole numbers from `least` on."""

    def read(text: str) -> int:
        value = int(text)
        if value < least:
            raise argparse.ArgumentTypeError(f"expected a whole number from {least} on, got {text}")
        return value

    read.__name__ = "whole number"  # argparse names it where a text is no number at all
    return read


def number(least: float = 0.0, *, under: float = float("inf"), includes_least: bool = True) -> Callable[[str], float]:
    """Return a reader of numbers from `least` on (without it: beyond it) and under `under`."""
    wanted = f"{'from' if includes_least else 'above'} {least:g}" + (f", under {under:g}" if under < 1e300 else "")

    def read(text: str) -> float:
        value = float(text)
        is_high_enough = value >= least if includes_least else value > least
        if not is_high_enough or not value < under:
            raise argparse.ArgumentTypeError(f"expected a number {wanted}, got {text}")
        return value

    read.__name__ = "number"
    return read
