"""The viewers' track keeps step with the microphone, whatever the network does in between."""

from __future__ import annotations

from itertools import pairwise

import pytest

from audio.rhythm import MARGIN_SEC, WINDOW_SEC, Rhythm
from audio.webrtc import SLEW_SEC, PeerMouth
from coach.clock import LoopClock
from coach.ports import FRAME_SEC
from tests.virtual_time import virtual_time


def heard(frames: int, *, first: float = 0.0, late: tuple[float, ...] = (0.0,), slow: float = 0.0) -> Rhythm:
    """A stream whose frames come `late` in turn; its clock loses `slow` seconds a second."""
    rhythm = Rhythm()
    for number in range(1, frames + 1):
        end = number * FRAME_SEC
        rhythm.heard(end, first + end * (1 + slow) + late[number % len(late)])
    return rhythm


@pytest.mark.parametrize("off", [-0.009, -0.003, 0.0, 0.004, 0.009])
def test_a_moment_is_measured_against_the_arrival_of_undelayed_frames(off: float) -> None:
    rhythm = heard(50, first=3.007, late=(0.03, 0.0, 0.011))
    good = 3.007 + 400 * FRAME_SEC + MARGIN_SEC
    assert rhythm.misses(good + off) == pytest.approx(off)


def test_a_clock_that_runs_slow_is_followed() -> None:
    frames, slow = 30_000, 0.0001
    rhythm = heard(frames, slow=slow)
    now = frames * FRAME_SEC * (1 + slow)
    assert -2 * WINDOW_SEC * slow <= rhythm.misses(now + MARGIN_SEC) <= 2 * WINDOW_SEC * slow


def test_before_the_first_frame_every_moment_is_as_good() -> None:
    assert Rhythm().misses(1.234) == 0.0


@virtual_time
async def test_the_track_moves_to_the_rhythm_a_little_with_each_frame_and_its_timestamps_do_not() -> None:
    clock, rhythm = LoopClock(), heard(10, first=0.006)
    track = PeerMouth().track
    track.misses = lambda in_sec: rhythm.misses(clock.now() + in_sec)
    sent: list[float] = []
    stamps: list[int | None] = []
    for _ in range(60):
        packet = await track.recv()
        sent.append(clock.now())
        stamps.append(packet.pts)
    steps = [later - earlier for earlier, later in pairwise(sent)]
    assert all(abs(step - FRAME_SEC) <= SLEW_SEC + 1e-9 for step in steps)
    assert sent[-1] % FRAME_SEC == pytest.approx(0.006 + MARGIN_SEC, abs=0.0002)
    assert stamps == [number * 960 for number in range(60)]
