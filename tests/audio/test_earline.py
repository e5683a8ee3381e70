from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from audio.earline import CONCEAL_SEC, Drift, EarLine
from audio.jitter import FRAME, Piece
from coach.ports import EAR_FRAME, EAR_RATE_HZ, EarFrame, Int16Array


class Counting:
    """A decoder whose sound is the number of the call, loud; concealed sound is -1."""

    def __init__(self) -> None:
        self.calls = 0
        self.samples = 320

    def decode(self, payload: bytes) -> Int16Array:
        if payload == b"bad":
            raise ValueError("no Opus packet")
        self.calls += 1
        return np.full(self.samples, self.calls, dtype=np.int16)

    def conceal(self, samples: int, after: bytes | None) -> Int16Array:
        return np.full(samples // 3, -1, dtype=np.int16)


def line(*pieces: Piece, samples: int = 320) -> list[EarFrame]:
    decoder = Counting()
    decoder.samples = samples
    ears = EarLine(decoder)
    frames = [frame for piece in pieces for frame in ears.feed(piece, (piece.start + piece.samples) / 48_000)]
    assert all(frame.pcm.shape == (EAR_FRAME,) and frame.pcm.dtype == np.int16 for frame in frames)
    assert all(later.position >= earlier.position + EAR_FRAME for earlier, later in pairwise(frames))
    return frames


def sound(number: int, samples: int = FRAME) -> Piece:
    return Piece(number * samples, samples, b"opus")


def positions(frames: list[EarFrame]) -> list[float]:
    return [frame.position / EAR_FRAME for frame in frames]


def test_each_packet_of_20_ms_is_a_frame_at_its_place() -> None:
    assert positions(line(*map(sound, range(5)))) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(("ms", "count"), [(10, 5), (40, 20), (60, 30), (2.5, 1)])
def test_packets_of_other_lengths_give_the_same_frames(ms: float, count: int) -> None:
    samples = round(ms * 48)
    frames = line(*(sound(number, samples) for number in range(10)), samples=samples // 3)
    assert positions(frames) == list(range(count))


def test_a_short_loss_is_concealed_and_a_long_one_is_a_jump() -> None:
    short = round(CONCEAL_SEC * 48_000)
    concealed = line(sound(0), Piece(FRAME, short, None), sound(6))
    assert positions(concealed) == [0, 1, 2, 3, 4, 5, 6]
    assert [int(frame.pcm[0]) for frame in concealed] == [1, -1, -1, -1, -1, -1, 2]
    assert positions(line(sound(0), Piece(FRAME, short + FRAME, None), sound(7))) == [0, 7]


def test_half_a_frame_before_a_jump_is_filled_up() -> None:
    frames = line(Piece(0, 480, b"opus"), Piece(480, 48_000, None), Piece(48_480, 480, b"opus"), samples=160)
    assert positions(frames) == [0]
    assert frames[0].pcm.tolist() == [1] * 160 + [0] * 160


def test_a_damaged_packet_is_concealed() -> None:
    frames = line(sound(0), Piece(FRAME, FRAME, b"bad"), sound(2))
    assert [int(frame.pcm[0]) for frame in frames] == [1, -1, 2]


def test_speech_that_overlaps_filled_in_silence_is_not_heard_late() -> None:
    quiet = [Piece(FRAME * number, FRAME, None, quiet=True) for number in (1, 2, 3)]
    frames = line(sound(0), *quiet, sound(3), sound(4))
    assert positions(frames) == [0, 1, 2, 3, 4]
    assert [int(frame.pcm[0]) for frame in frames] == [1, 0, 0, 0, 3]


@pytest.mark.parametrize(
    ("ppm", "most_late_sec"),
    [(0, 0.001), (-100, 0.045), (100, 0.4), (-300, 0.05)],
    ids=["exact", "slow", "fast", "very slow"],
)
def test_positions_keep_up_with_a_clock_that_drifts_for_an_hour(ppm: int, most_late_sec: float) -> None:
    """A sender at 100 ppm below: 0.36 s less sound in an hour of arrivals, and the listener must not be late by that.

    A fast sender's positions run ahead, which whoever places them sees by itself: no packet comes before it was said.
    """
    drift, shift, jumps = Drift(), 0, 0
    for number in range(3600 * 50):
        now = number * 0.02 / (1 + ppm * 1e-6) + number * 7919 % 13 / 1000
        position = number * 320 + shift
        ahead = drift.behind(position, now)
        shift, jumps = shift + ahead, jumps + bool(ahead)
    late = now - position / EAR_RATE_HZ
    assert abs(late) <= most_late_sec + 0.013
    assert jumps == (0 if ppm >= 0 else pytest.approx(-ppm * 1e-6 * 3600 / 0.02, abs=2))


def test_one_bad_minute_of_network_moves_nothing() -> None:
    drift = Drift()
    jumps = 0
    for number in range(3000):
        delay = 0.15 if number % 50 else 0.0
        jumps += bool(drift.behind(number * 320, number * 0.02 + delay))
    assert jumps == 0
