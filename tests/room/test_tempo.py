from __future__ import annotations

import random
from itertools import pairwise

import pytest

from coach.room.pace import Pace
from coach.room.tempo import tempo_of
from tests.room.rooms import room

LADDER = [
    # difficulty, lines a minute from, to, most hostile, cut-ins, filled
    (1, 2, 4, 0.0, False, False),
    (2, 5, 8, 0.1, False, False),
    (3, 8, 15, 0.2, True, True),
    (4, 15, 30, 0.35, True, True),
    (5, 30, 60, 0.5, True, True),
]


@pytest.mark.parametrize(("level", "low", "high", "hostile", "cut_ins", "filled"), LADDER)
def test_each_difficulty_has_its_rung(
    level: int, low: float, high: float, hostile: float, cut_ins: bool, filled: bool
) -> None:
    tempo = tempo_of(room(), level)
    assert low <= tempo.lines_per_min <= high
    assert (tempo.hostile_share, tempo.cut_ins, tempo.filled) == (hostile, cut_ins, filled)


def test_what_the_scenario_sets_goes_over_the_ladder() -> None:
    own = {"lines_per_min": 25, "hostile_share": 0.0, "cut_ins": True, "voice_share": 0.5}
    tempo = tempo_of(room(density=own), 1)
    assert (tempo.lines_per_min, tempo.hostile_share, tempo.cut_ins, tempo.voice_share) == (25, 0.0, True, 0.5)
    assert tempo.filled
    assert not tempo.hostile_come


@pytest.mark.parametrize(
    ("written", "played", "kind", "come"),
    [(3, 1, "rehearsal", False), (1, 1, "rehearsal", True), (3, 1, "drill", True), (3, 2, "rehearsal", True)],
)
def test_hostile_viewers_stay_away_from_a_room_made_easy(written: int, played: int, kind: str, come: bool) -> None:
    assert tempo_of(room(difficulty=written, kind=kind), played).hostile_come == come


def test_a_drill_is_never_filled() -> None:
    assert not tempo_of(room(kind="drill", density={"lines_per_min": 40}), 5).filled


def lines_of(pace: Pace, minutes: float, *, others_every: float = 0.0) -> list[float]:
    """Return when lines came that nobody asked for, with one other line every so many seconds."""
    came, now, other_at = [], 0.0, others_every
    while now < minutes * 60:
        now += 0.2
        if others_every and now >= other_at:
            other_at += others_every
            pace.spend()
        if pace.is_due(now):
            pace.began(now)
            pace.spend()
            came.append(now)
    return came


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("seed", [1, 2])
def test_lines_come_at_the_rate_of_the_room(level: int, seed: int) -> None:
    tempo = tempo_of(room(), level)
    came = lines_of(Pace(tempo, random.Random(seed)), 20)
    assert len(came) / 20 == pytest.approx(tempo.lines_per_min, rel=0.05)
    assert 4.0 <= came[0] <= 8.2


def test_answers_count_towards_the_rate() -> None:
    tempo = tempo_of(room(), 3)
    came = lines_of(Pace(tempo, random.Random(1)), 20, others_every=10.0)
    assert len(came) / 20 + 6 == pytest.approx(tempo.lines_per_min, rel=0.07)


@pytest.mark.parametrize(("level", "longest"), [(1, 1), (3, 3), (5, 6)])
def test_lines_come_in_bursts_the_longer_the_busier(level: int, longest: int) -> None:
    came = lines_of(Pace(tempo_of(room(), level), random.Random(3)), 30)
    bursts, size = [], 1
    for before, after in pairwise(came):
        size = size + 1 if after - before <= 1.4 else 1
        bursts.append(size)
    assert max(bursts) >= longest
    if level == 1:
        assert max(bursts) == 1


def test_a_room_that_was_held_comes_back_lively_but_not_as_a_flood() -> None:
    pace = Pace(tempo_of(room(), 4), random.Random(1))
    assert pace.is_due(120.0)
    came = 0
    for step in range(25):
        now = 120.0 + step * 0.2
        if pace.is_due(now):
            pace.began(now)
            pace.spend()
            came += 1
    assert came <= 10


def test_a_room_that_dried_up_writes_less() -> None:
    pace = Pace(tempo_of(room(), 4), random.Random(1))
    pace.share = 0.25
    assert len(lines_of(pace, 20)) / 20 == pytest.approx(5.0, rel=0.1)
