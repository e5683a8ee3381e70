"""`scenario schema`: the JSON schema of scenario files, for editors and other programs."""

from __future__ import annotations

import argparse
import sys

from commands.texts import Say


def configure(parser: argparse.ArgumentParser, say: Say) -> None:
    """It takes no arguments."""


def run(options: argparse.Namespace, say: Say) -> int:
    """Print it; exit 0."""
    from coach.scenario.schema import schema_text

    sys.stdout.write(schema_text())
    return 0
