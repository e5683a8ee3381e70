"""Who talks in which rehearsal: one rehearsal has one streamer, since the loop learns a streamer's pauses and voice.

    bookings(clips, turns=30, per_rehearsal=2, seed=1)

A recording whose speaker nobody names counts as a speaker of its own.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from evals.recordings import Recording


@dataclass(frozen=True, slots=True)
class Booking:
    """One rehearsal: one streamer and what is said, in order."""

    speaker: str
    clips: tuple[Recording, ...]
    """One for each turn; the same one again where there are too few."""


def bookings(clips: Sequence[Recording], *, turns: int, per_rehearsal: int, seed: int = 1) -> list[Booking]:
    """Return rehearsals of `turns` turns in all, at most `per_rehearsal` each, speakers in an order drawn by `seed`.

    Every clip is said before any is said in a second rehearsal.
    """
    if turns < 1 or per_rehearsal < 1 or not clips:
        return []
    all_once = _all_once(clips, per_rehearsal)
    random.Random(seed).shuffle(all_once)
    found: list[Booking] = []
    missing = turns
    while missing > 0:
        for booking in all_once:
            if missing <= 0:
                break
            found.append(Booking(booking.speaker, booking.clips[:missing]))
            missing -= len(found[-1].clips)
    return found


def rotated(booked: Sequence[Booking], place: int, places: int) -> list[Booking]:
    """Return the same rehearsals for one of several streamers at once, begun elsewhere, so that no two say the same."""
    begin = place * len(booked) // places
    return [*booked[begin:], *booked[:begin]]


def _all_once(clips: Sequence[Recording], per_rehearsal: int) -> list[Booking]:
    by_speaker: dict[str, list[Recording]] = defaultdict(list)
    for clip in clips:
        by_speaker[clip.speaker or clip.name].append(clip)
    found: list[Booking] = []
    for speaker, own in sorted(by_speaker.items()):
        for start in range(0, len(own), per_rehearsal):
            some = own[start : start + per_rehearsal]
            found.append(Booking(speaker, tuple(some[n % len(some)] for n in range(per_rehearsal))))
    return found
