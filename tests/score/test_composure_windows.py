"""Where answers and calm are looked for, and what a stretch of talk holds."""

from __future__ import annotations

import pytest

from coach.events import Event
from coach.language import language_for
from coach.score.composure import talk_of, windows_of
from coach.score.composure_talk import Stretch
from coach.score.composure_windows import CalmWindow, matched
from coach.score.timeline import fold
from coach.score.voice import VoiceFeatures
from tests.score.logs import log, pause, posted, said, said_words, stage, voiced

ZH = language_for("zh-CN")
TEN = "一二三四五六七八九十"


def windows(*events: tuple[float, Event], end: float) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    timeline = fold(log(*events, end=end))
    found, calm = windows_of(timeline, ZH, talk_of(timeline, ZH, None))
    return [window.span for window in found], [window.span for window in calm]


def within(
    window: tuple[float, float], *events: tuple[float, Event], voice: tuple[tuple[float, float], ...] = ()
) -> Stretch:
    timeline = fold(log(*events, end=100))
    return talk_of(timeline, ZH, VoiceFeatures(voice, 100.0)).within(window)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        # 20 s of speech are full 5 s into the second utterance.
        ([posted(10, "骗子", pressure=True), said(12, 27, TEN), said(30, 50, TEN)], (10, 35)),
        # The next event comes first.
        (
            [
                posted(10, "骗子", pressure=True),
                said(12, 20, TEN),
                posted(24, "假货", pressure=True),
                said(25, 60, TEN),
            ],
            (10, 24),
        ),
        # The next one is said aloud: it begins before it ends.
        ([posted(10, "骗子", pressure=True), said(12, 20, TEN), *voiced(22, 26, "念稿子呢", pressure=True)], (10, 22)),
        # Nothing more comes.
        ([posted(10, "骗子", pressure=True), said(12, 20, TEN)], (10, 100)),
        # Only the part after the event counts.
        ([posted(10, "骗子", pressure=True), said(0, 60, TEN)], (10, 30)),
    ],
)
def test_response_windows(events: list[tuple[float, Event]], expected: tuple[float, float]) -> None:
    assert windows(*events, end=100)[0][0] == pytest.approx(expected)


def test_calm_is_twenty_seconds_from_pressure_and_holds_twenty_seconds_of_speech() -> None:
    events = [said(0, 200, TEN * 80), posted(100, "骗子", pressure=True)]
    _, calm = windows(*events, end=200)
    assert calm == [(0, 20), (20, 40), (40, 60), (60, 80), (120, 140), (140, 160), (160, 180), (180, 200)]


def test_calm_keeps_away_from_the_beginning_of_a_line_said_aloud() -> None:
    _, calm = windows(said(0, 100, TEN * 40), *voiced(50, 58, "念稿子呢", pressure=True), end=100)
    assert calm == [(0, 20), (20, 30), (78, 98)]


def test_a_change_of_stage_ends_a_calm_window_and_pauses_are_none() -> None:
    _, calm = windows(stage(0, "hook"), said(0, 60, TEN * 20), stage(30, "price"), *pause(40, 50), end=60)
    assert calm == [(0, 20), (20, 30), (30, 40), (50, 60)]


def test_stretches_with_little_speech_are_no_calm_windows() -> None:
    _, calm = windows(said(0, 5, TEN), said(50, 55, TEN), stage(40, "price"), end=100)
    assert calm == []


def test_the_nearest_calm_window_of_the_same_stage() -> None:
    none = Stretch(0, 0, 0, 0, 0, 0, None)
    calm = [CalmWindow(span, name, none) for span, name in (((0, 20), "hook"), ((40, 60), "price"), ((80, 99), "hook"))]
    assert matched(calm, 55, "hook") is calm[2]
    assert matched(calm, 45, "hook") is calm[0]
    assert matched(calm, 45, "price") is calm[1]
    assert matched(calm, 75, "close") is calm[2]  # no calm in this stage: the nearest of all
    assert matched([], 75, "close") is None


def test_a_stretch_cuts_an_utterance_by_time() -> None:
    found = within((15, 20), said(10, 20, TEN, voiced=8))
    assert (found.sec, found.units, found.syllables) == (5, 5, 5)
    assert (found.known_sec, round(found.silent_sec, 6), found.hesitations) == (5, 1, None)
    assert found.rate == 60


def test_a_stretch_cuts_an_utterance_by_its_words() -> None:
    words = said_words(("一二三", 10, 11), ("四五", 13, 14), ("六七八九十", 18, 20))
    found = within((10, 16), words)
    assert found.units == 5
    # 11 to 13 and 14 to 16 of the gap that goes on to 18.
    assert found.silent_sec == pytest.approx(4.0)
    assert found.hesitations == 2


def test_a_pause_after_a_whole_sentence_is_no_silence_inside_one() -> None:
    words = said_words(("这件很轻。", 10, 12), ("面料是亚麻", 15, 17))
    assert within((10, 20), words).silent_sec == 0


def test_without_word_times_the_recording_tells_the_silences() -> None:
    found = within((0, 30), said(10, 20, TEN), voice=((9.8, 12.0), (14.0, 17.0), (17.1, 20.2)))
    assert (found.known_sec, round(found.silent_sec, 6), found.hesitations) == (10, 2, 1)


def test_repeats_count_where_they_were_said() -> None:
    text = said_words(("它它面料", 10, 12), ("它它很轻", 18, 20), joint="，")
    assert within((10, 15), text).breaks == 1
    assert within((10, 21), text).breaks == 2
