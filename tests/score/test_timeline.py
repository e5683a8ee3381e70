from __future__ import annotations

from coach.events import EngineFailed, LineVoicing
from coach.score.timeline import fold
from tests.score.logs import joined, log, pause, posted, room, said, voiced


def test_paused_time_does_not_count() -> None:
    timeline = fold(log(said(1, 5, "你好"), *pause(10, 40), end=60))
    assert timeline.paused == [(10, 40)]
    assert timeline.duration_sec == 30


def test_a_pause_without_return_lasts_to_the_end() -> None:
    timeline = fold(log(pause(10, 40)[0], end=60))
    assert timeline.duration_sec == 10


def test_a_cut_off_viewer_is_kept_as_heard_and_occupies_only_played_time() -> None:
    timeline = fold(log(*voiced(3, 5, "会不会讲啊", heard="会不会"), end=9))
    assert [line.text for line in timeline.lines] == ["会不会"]
    assert timeline.viewer_voice == [(3, 5)]


def test_a_voice_that_a_crash_left_open_is_still_a_line() -> None:
    begun = LineVoicing(line_id="x", viewer_id="feng", text="喂", intent="ask", start=4)
    timeline = fold(log((4.0, begun), end=9))
    assert [line.text for line in timeline.lines] == ["喂"]
    assert timeline.viewer_voice == []


def test_pressure_events_are_marked_lines_and_room_numbers_at_their_end() -> None:
    timeline = fold(
        log(
            posted(2, "便宜点"),
            posted(5, "不便宜不买", pressure=True),
            *voiced(8, 11, "念稿子呢", pressure=True),
            room(12, 300),
            room(15, 90, pressure=True),
            end=20,
        )
    )
    assert [(event.at, event.what) for event in timeline.pressure] == [
        (5, "不便宜不买"),
        (11, "念稿子呢"),
        (15, "300 → 90"),
    ]


def test_viewers_and_failures_are_kept() -> None:
    failed = EngineFailed(port="synthesizer", engine="espeak", error="x", fallback="line goes to chat")
    timeline = fold(log(joined(1, "mei", "小美"), (2.0, failed), end=3))
    assert timeline.joined["mei"].name == "小美"
    assert timeline.failures == [failed]


def test_lines_stand_before_the_utterance_that_may_answer_them() -> None:
    lines = [posted(at, text) for at, text in ((1, "早"), (10, "多少钱"), (12, "包邮吗"), (25, "缩水吗"), (40, "晚"))]
    timeline = fold(log(*lines, said(10, 14, "四十九"), said(30, 34, "不缩水"), said(36, 38, "包邮"), end=50))
    assert timeline.asked_before() == [["早", "多少钱"], ["多少钱", "包邮吗", "缩水吗"], []]
    assert fold(log(posted(1, "早"), end=5)).asked_before() == []
