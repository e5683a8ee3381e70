"""Who talks in which rehearsal."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from evals.bookings import bookings, rotated
from evals.recordings import Recording


def clip(name: str, speaker: str = "") -> Recording:
    return Recording(name, Path(name), "en", "", frozenset(), speaker)


CLIPS = [clip("a1", "ann"), clip("a2", "ann"), clip("a3", "ann"), clip("b1", "bob"), clip("x"), clip("y")]


def test_a_rehearsal_has_one_speaker_and_every_clip_is_said_before_any_comes_back() -> None:
    booked = bookings(CLIPS, turns=10, per_rehearsal=2)
    assert all(len({said.speaker or said.name for said in booking.clips}) == 1 for booking in booked)
    assert Counter(said.name for booking in booked for said in booking.clips) == {
        "a1": 1,
        "a2": 1,
        "a3": 2,
        "b1": 2,
        "x": 2,
        "y": 2,
    }


@pytest.mark.parametrize("turns", [1, 3, 7, 25])
def test_as_many_turns_are_booked_as_asked_for(turns: int) -> None:
    booked = bookings(CLIPS, turns=turns, per_rehearsal=2)
    assert sum(len(booking.clips) for booking in booked) == turns
    assert all(1 <= len(booking.clips) <= 2 for booking in booked)


def test_the_order_is_the_seed_s() -> None:
    assert bookings(CLIPS, turns=9, per_rehearsal=1, seed=3) == bookings(CLIPS, turns=9, per_rehearsal=1, seed=3)
    assert bookings(CLIPS, turns=9, per_rehearsal=1, seed=3) != bookings(CLIPS, turns=9, per_rehearsal=1, seed=4)


def test_streamers_at_once_say_the_same_and_begin_elsewhere() -> None:
    booked = bookings(CLIPS, turns=10, per_rehearsal=2)
    places = [rotated(booked, place, 3) for place in range(3)]
    assert len({place[0].speaker + place[0].clips[0].name for place in places}) == 3
    assert all(sorted(map(repr, place)) == sorted(map(repr, booked)) for place in places)


def test_without_clips_nothing_is_booked() -> None:
    assert bookings([], turns=5, per_rehearsal=2) == []
