"""Which of several viewers who wait at once an utterance answers. Pure.

Each line has at most one place where its answer opens; what follows goes on with it until the next answer opens. The
places are chosen together, so that the strengths add up to the most. Strengths are log-odds that an utterance answers a
line. On talks of writers whom the reader never saw, with two lines put right after each other, nine of ten answers open
where they were written (310 pairs; values near these do as well).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import inf

from coach.room.answered import CLEARLY

_LATE = 1.0
"""What it costs that the first utterance answers nobody."""
_SHARED = 2.0
"""What it costs that one utterance opens the answers to two lines."""


def openers(strengths: Sequence[Sequence[float]], least: Sequence[float] = ()) -> list[int | None]:
    """Return which utterance opens the answer to each line; None where none does.

    Args:
        strengths: A row per line, with the log-odds of each utterance.
        least: What the answer of each line has to be worth, by what came before; `CLEARLY` where left out.
    """
    none = least or [CLEARLY] * len(strengths)
    places = [[None, *range(len(row))] for row in strengths]
    best: tuple[float, tuple[int | None, ...]] = (-inf, ())
    for chosen in product(*places):
        total = sum(one if at is None else row[at] for at, row, one in zip(chosen, strengths, none, strict=True))
        taken = [at for at in chosen if at is not None]
        total -= _LATE * (bool(taken) and min(taken) > 0) + _SHARED * (len(taken) - len(set(taken)))
        best = max(best, (total, chosen), key=lambda one: one[0])
    return list(best[1])


def owned(opened: Sequence[int | None], count: int) -> list[set[int]]:
    """Return which utterances belong to each line, from where its answer opens until another one does.

    Args:
        opened: As `openers` found them.
        count: How many utterances there are.
    """
    begins = sorted({at for at in opened if at is not None})
    ends = dict(zip(begins, [*begins[1:], count], strict=False))
    return [set() if at is None else set(range(at, ends[at])) for at in opened]
