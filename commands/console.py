"""Writing to the terminal: results to stdout, progress and complaints to stderr."""

from __future__ import annotations

import sys
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_KEPT = "\n\t"


def stdout() -> Console:
    """Return the console for results; made late, so that tests and pipes can swap the stream."""
    from rich.console import Console

    return Console(file=sys.stdout, highlight=False, soft_wrap=True)


def stderr() -> Console:
    """Return the console for progress and complaints."""
    from rich.console import Console

    return Console(file=sys.stderr, highlight=False, soft_wrap=True)


def harmless(text: str) -> str:
    """Take control characters out of text from files and models, which could move the cursor or worse."""
    return "".join(char for char in text if char in _KEPT or unicodedata.category(char) != "Cc")


def styled(text: str, style: str = "") -> Text:
    """Return text as it is, without reading markup in it."""
    from rich.text import Text

    return Text(harmless(text), style=style)


def line(text: str, style: str = "") -> None:
    """Print one line of results."""
    stdout().print(styled(text, style))


def complain(text: str) -> None:
    """Print one line to stderr."""
    stderr().print(styled(text))
