"""Whether a word stands beside a stretch: in its clause, or at the end of the one before."""

from __future__ import annotations

import re

from coach.language.figure_marks import AFTER, BEFORE, CLOSE
from coach.language.scope import Place


def is_beside(pattern: re.Pattern[str], at: Place, code: str) -> bool:
    """Return whether one of the words stands beside the stretch: in its clause, or at the end of the one before.

    A word of one Chinese character must stand close by: it is part of other words too.
    """
    return is_within(pattern, windows(at, code), code)


def windows(at: Place, code: str) -> tuple[str, str]:
    """Return the text before and after a stretch in which a word is beside it."""
    before = at.before(BEFORE[code])
    if len(before) < BEFORE[code]:
        left = max(at.sentence[0], at.clause[0] - BEFORE[code])
        before = at.text[left : at.start][-BEFORE[code] :]
    return before, at.after(AFTER[code])


def is_within(pattern: re.Pattern[str], windows: tuple[str, str], code: str) -> bool:
    """Return whether one of the words stands in the text before or after a stretch."""
    before, after = windows
    for hit in pattern.finditer(before):
        if code == "en" or len(hit.group()) > 1 or len(before) - hit.end() <= CLOSE:
            return True
    return any(code == "en" or len(hit.group()) > 1 or hit.start() <= CLOSE for hit in pattern.finditer(after))
