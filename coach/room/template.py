"""Templates of lines: `{slots}` to fill, and `[one|other|]` to choose from, so that one wording gives several."""

from __future__ import annotations

import itertools
import random
import re

_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
_GAPS = re.compile(r" {2,}")


def chosen(template: str, rng: random.Random) -> str:
    """Return the template with one alternative of every choice taken."""
    return _tidy(_CHOICE.sub(lambda found: rng.choice(found[1].split("|")), template))


def variants(template: str) -> list[str]:
    """Return every wording of the template, slots still open."""
    parts = _CHOICE.split(template)
    ways = [part.split("|") if number % 2 else [part] for number, part in enumerate(parts)]
    return list(dict.fromkeys(_tidy("".join(way)) for way in itertools.product(*ways)))


def _tidy(text: str) -> str:
    return _GAPS.sub(" ", text).strip()
