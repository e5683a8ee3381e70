"""Which lines of a product sheet an exchange is most about: by words in common, rarer ones counting more."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

_HAN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[a-z]{3,}|\d+(?:\.\d+)?")
_CUT = 5
"""Letters of an English word that count, so that its forms are one."""


def nearest(said: str, lines: Sequence[str], most: int) -> list[str]:
    """Return the lines that have most in common with what was said, `most` of them at most, in their order."""
    held = [_marks(line) for line in lines]
    often = Counter(mark for marks in held for mark in marks)
    here = _marks(said)
    rare = {mark: math.log(1 + len(lines) / count) for mark, count in often.items()}
    worth = [math.fsum(rare[mark] for mark in marks & here) / math.sqrt(len(marks) or 1) for marks in held]
    chosen = sorted(range(len(lines)), key=lambda at: (-worth[at], at))[:most]
    return [lines[at] for at in sorted(chosen)]


def _marks(text: str) -> set[str]:
    lower = text.lower()
    pairs = {run[at : at + 2] for run in _HAN.findall(lower) for at in range(len(run) - 1)}
    return pairs | {word[:_CUT] for word in _WORD.findall(lower)}
