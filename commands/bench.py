"""`bench`: the benchmarks of `evals/`, by name. Engineers only; the product never imports them."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

from coach.errors import MissingPart
from commands.texts import Say

EVALS = Path(__file__).resolve().parents[1] / "evals"
BENCHMARKS = ("latency", "turns", "asr", "scale", "scoring", "viewers", "page")


def configure(parser: argparse.ArgumentParser, say: Say) -> None:
    """Declare its arguments; each benchmark has its own after its name."""
    parser.add_argument("benchmark", choices=BENCHMARKS, help=say("bench.benchmark"))
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help=say("bench.arguments"))


def run(options: argparse.Namespace, say: Say) -> int:
    """Run one; return its exit code."""
    root = str(EVALS.parent)
    if root not in sys.path:
        sys.path.insert(0, root)
    try:
        module = importlib.import_module(f"evals.{options.benchmark}")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "evals":
            raise MissingPart(say("bench.missing", folder=EVALS)) from error
        raise
    code: int = module.main(options.arguments)
    return code
