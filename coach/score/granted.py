"""Prices under the floor, each counted once."""

from __future__ import annotations

from collections.abc import Sequence

from coach.score.scorecard import HandledLine

BARGAINERS = frozenset({"haggler", "price_comparer"})
"""Types to whom a price is granted."""


def granted_under_floor(lines: Sequence[HandledLine]) -> list[HandledLine]:
    """Return one line for each time that a price under the floor was granted, in order.

    One sentence may answer two lines that came one after the other; it is one price, and who haggled got it.
    """
    low = sorted((line for line in lines if line.below_floor), key=lambda line: line.viewer_type not in BARGAINERS)
    told, kept = set[int](), list[HandledLine]()
    for line in low:
        said = {item.seq for item in line.evidence if item.speaker == "streamer" and item.seq is not None}
        if not said & told:
            kept.append(line)
        told |= said
    return sorted(kept, key=lambda line: line.seq)
