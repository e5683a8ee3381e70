"""A viewer that comes back through the loudspeaker, in the whole loop: a small grid."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coach.ports import EAR_RATE_HZ, Int16Array
from evals.sound import at_level
from evals.turns import Options
from evals.turns_echo import STREAMER_DBFS, EchoCase, Judged, cases, product_voices, run_case, summarise

pytestmark = pytest.mark.slow

ALONE = Options(recordings=(), seed=5)


@pytest.fixture(scope="module")
def voices() -> list[Int16Array]:
    return product_voices()


@pytest.fixture(scope="module")
def grid(voices: list[Int16Array]) -> list[EchoCase]:
    return cases(ALONE, voices, levels_db=(-6.0, -20.0), delays_ms=(120.0,), rt60_sec=(0.0, 0.4), kinds=("alone",))


def test_the_viewers_sound_the_same_each_time(voices: list[Int16Array]) -> None:
    assert [voice.tobytes() for voice in voices] == [voice.tobytes() for voice in product_voices()]


def test_a_viewer_alone_is_never_interrupted_by_itself(grid: list[EchoCase]) -> None:
    judged = [Judged(case, run_case(case)) for case in grid]
    assert summarise(judged)["self_interruptions"] == 0


def test_without_the_canceller_it_would_be(grid: list[EchoCase]) -> None:
    judged = [Judged(case, run_case(case, mode="off")) for case in grid[:2]]
    assert summarise(judged)["self_interruptions"] == 2


def test_the_streamer_stops_a_viewer_over_its_echo(voices: list[Int16Array]) -> None:
    (case, *_) = cases(ALONE, voices[:4], levels_db=(-14.0,), delays_ms=(120.0,), rt60_sec=(0.3,), kinds=("alone",))
    streamer = np.concatenate([np.zeros(EAR_RATE_HZ // 4, np.int16), at_level(voices[5], STREAMER_DBFS)])
    outcome = run_case(replace(case, kind="barge_in", near=streamer, after_sec=3.0))
    assert not outcome.interrupted
    assert outcome.stop_ms is not None
    assert outcome.stop_ms <= 350
