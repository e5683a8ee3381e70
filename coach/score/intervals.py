"""Stretches of time as sorted, disjoint (start, end) pairs in rehearsal seconds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

Interval = tuple[float, float]


def merge(intervals: Iterable[Interval], *, bridge_sec: float = 0.0) -> list[Interval]:
    """Return the union, gaps up to `bridge_sec` closed."""
    merged: list[Interval] = []
    for start, end in sorted(pair for pair in intervals if pair[1] > pair[0]):
        if merged and start <= merged[-1][1] + bridge_sec:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def near(interval: Interval, others: Sequence[Interval]) -> Sequence[Interval]:
    """Return those of others, as `merge` returns them, that an interval touches; a long talk has thousands."""
    first = bisect_right(others, interval[0], key=_end)
    return others[first : bisect_left(others, interval[1], first, key=_start)]


def _start(interval: Interval) -> float:
    return interval[0]


def _end(interval: Interval) -> float:
    return interval[1]


def subtract(interval: Interval, holes: Sequence[Interval]) -> list[Interval]:
    """Return what is left of an interval; `holes` as `merge` returns them."""
    left, end = interval
    pieces: list[Interval] = []
    for hole_start, hole_end in near(interval, holes):
        if hole_end <= left or hole_start >= end:
            continue
        if hole_start > left:
            pieces.append((left, hole_start))
        left = max(left, hole_end)
    if left < end:
        pieces.append((left, end))
    return pieces


def overlap(interval: Interval, others: Sequence[Interval]) -> float:
    """Return seconds of an interval covered by others (disjoint)."""
    return sum(max(0.0, min(interval[1], end) - max(interval[0], start)) for start, end in others)


def length(intervals: Iterable[Interval]) -> float:
    """Return seconds covered by disjoint intervals."""
    return sum(end - start for start, end in intervals)
