"""The viewers' track: order, ducking, the click-free stop, and exact heard text."""

from __future__ import annotations

import numpy as np
import pytest

from coach.live.playout import Playout
from coach.live.tuning import BargeTimes
from coach.ports import MOUTH_FRAME, Int16Array, WordMark

TEXT = "one two three"
WORD = 4800
"""100 ms a word."""


def tone(samples: int) -> Int16Array:
    return np.full(samples, 10000, dtype=np.int16)


def playing(*, finished: bool = True) -> tuple[Playout, list[str]]:
    playout, seen = Playout(BargeTimes()), list[str]()
    playout.begin("l1", lambda: seen.append("started"), lambda: seen.append("drained"))
    assert playout.add_text("l1", TEXT) == 0
    marks = [WordMark(0, 3, 0), WordMark(4, 3, WORD), WordMark(8, 5, 2 * WORD)]
    playout.push("l1", tone(3 * WORD), marks)
    if finished:
        playout.finish("l1")
    return playout, seen


def test_a_line_is_played_whole_and_says_when_it_started_and_drained() -> None:
    playout, seen = playing()
    frames = [playout.next_frame() for _ in range(15)]
    assert seen == ["started"]
    assert all(frame.shape == (MOUTH_FRAME,) and frame.dtype == np.int16 for frame in frames)
    assert playout.heard().text == TEXT
    assert not playout.next_frame().any()
    assert seen == ["started", "drained"]


@pytest.mark.parametrize(
    ("frames", "heard"), [(0, ""), (4, ""), (5, "one"), (9, "one"), (10, "one two"), (14, "one two"), (15, TEXT)]
)
def test_heard_text_ends_with_the_last_whole_word(frames: int, heard: str) -> None:
    playout, _ = playing()
    for _ in range(frames):
        playout.next_frame()
    result = playout.flush()
    assert result.text == heard
    assert result.samples == frames * MOUTH_FRAME
    assert result.complete is (frames == 15)


def test_after_a_flush_one_fading_frame_is_left_then_silence_and_late_sound_is_refused() -> None:
    playout, seen = playing(finished=False)
    for _ in range(3):
        playout.next_frame()
    playout.flush()
    tail = playout.next_frame()
    assert tail[0] == 10000
    assert not tail[480:].any()
    assert np.all(np.diff(tail[:480].astype(int)) <= 0)
    assert not playout.next_frame().any()
    assert playout.push("l1", tone(960), []) is False
    assert not playout.next_frame().any()
    assert seen == ["started"]


def test_ducking_ramps_to_minus_12_db_and_back() -> None:
    playout, _ = playing()
    playout.next_frame()
    playout.duck()
    ducked = playout.next_frame()
    assert ducked[0] == 10000
    assert ducked[-1] == pytest.approx(10000 * 10 ** (-12 / 20), abs=2)
    assert np.abs(np.diff(ducked.astype(int))).max() < 30
    playout.restore()
    assert playout.next_frame()[-1] == 10000


def ramp(samples: int) -> Int16Array:
    """Sound in which every sample tells its place."""
    return np.arange(1, samples + 1, dtype=np.int16)


def test_a_held_line_goes_on_at_the_very_sample_and_no_time_is_lost() -> None:
    playout = Playout(BargeTimes())
    playout.begin("l1", lambda: None, lambda: None)
    playout.push("l1", ramp(30 * 960), [])
    frames = [playout.next_frame() for _ in range(3)]
    playout.hold()
    fading = playout.next_frame()
    assert fading[0] == 3 * 960 + 1
    assert not fading[480:].any()
    assert not any(playout.next_frame().any() for _ in range(20))
    playout.restore()
    rising = playout.next_frame()
    assert rising[0] == 0
    assert rising[480] == 3 * 960 + 481
    rest = [playout.next_frame() for _ in range(26)]
    heard = np.concatenate([*frames, rising, *rest])
    assert np.array_equal(np.delete(heard, slice(2880, 3360)), np.delete(ramp(30 * 960), slice(2880, 3360)))


def test_a_hold_taken_back_before_the_fade_was_heard_leaves_no_trace() -> None:
    playout = Playout(BargeTimes())
    playout.begin("l1", lambda: None, lambda: None)
    playout.push("l1", ramp(4 * 960), [])
    first = playout.next_frame()
    playout.hold()
    playout.restore()
    assert np.array_equal(np.concatenate([first, *(playout.next_frame() for _ in range(3))]), ramp(4 * 960))


def test_a_held_line_that_is_flushed_ends_with_what_was_heard_before_and_without_another_sound() -> None:
    playout, _ = playing()
    for _ in range(7):
        playout.next_frame()
    playout.hold()
    playout.next_frame()
    heard = playout.flush()
    assert (heard.text, heard.samples, heard.complete) == ("one", 7 * MOUTH_FRAME, False)
    assert not any(playout.next_frame().any() for _ in range(5))


def test_a_line_whose_last_sound_was_played_while_held_is_done_after_the_hold() -> None:
    playout, seen = playing()
    for _ in range(15):
        playout.next_frame()
    playout.hold()
    playout.next_frame()
    assert seen == ["started"]
    playout.restore()
    playout.next_frame()
    assert seen == ["started", "drained"]


def test_words_of_an_engine_without_word_times_are_placed_by_their_length() -> None:
    playout = Playout(BargeTimes())
    playout.begin("l1", lambda: None, lambda: None)
    playout.add_text("l1", "一二三四五，")
    playout.push("l1", tone(5 * WORD), [])
    playout.end_text("l1")
    playout.add_text("l1", "六七")
    playout.push("l1", tone(2 * WORD), [])
    for _ in range(12):
        playout.next_frame()
    assert playout.heard().text == "一二"
    for _ in range(15):
        playout.next_frame()
    assert playout.heard().text == "一二三四五"


def test_a_gap_in_synthesis_plays_silence_and_loses_nothing() -> None:
    playout, seen = playing(finished=False)
    for _ in range(15):
        playout.next_frame()
    assert not playout.next_frame().any()
    assert seen == ["started"]
    playout.push("l1", tone(MOUTH_FRAME), [])
    playout.finish("l1")
    assert playout.next_frame().any()
    assert not playout.next_frame().any()
    assert seen == ["started", "drained"]


def test_a_second_line_must_wait_for_the_track() -> None:
    playout, _ = playing()
    with pytest.raises(RuntimeError, match="idle track"):
        playout.begin("l2", lambda: None, lambda: None)
