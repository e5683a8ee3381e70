from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import TranscriptError
from coach.score.formats.plain import read_plain
from coach.score.formats.turn import Reading


def read(text: str, reading: Reading | None = None) -> list[tuple[int, str, str]]:
    values = read_plain(text.encode(), Path("a.txt"), reading or Reading()).values
    return [(number, value["role"], value["text"]) for number, value in values]


def test_labels_decide_and_lines_without_one_go_on() -> None:
    text = "主播：大家好\n\n今天讲一款衬衫\n观众1：多少钱？\n主播: 八十九\n"
    assert read(text) == [
        (1, "streamer", "大家好"),
        (3, "streamer", "今天讲一款衬衫"),
        (4, "viewer", "多少钱？"),
        (5, "streamer", "八十九"),
    ]


def test_plain_speech_needs_a_role_and_is_left_as_it_is() -> None:
    text = "大家好\n注意：别用热水洗\n"
    with pytest.raises(TranscriptError, match="'注意'"):
        read(text)
    assert read(text, Reading("streamer")) == [(1, "streamer", "大家好"), (2, "streamer", "注意：别用热水洗")]


def test_a_label_that_names_nobody_can_be_called_words() -> None:
    text = "主播：大家好\n注意：别用热水洗\n"
    with pytest.raises(TranscriptError, match="'注意'"):
        read(text)
    assert read(text, Reading(speakers={"注意": "text"}))[1] == (2, "streamer", "注意：别用热水洗")


def test_names_are_who_they_are_said_to_be() -> None:
    text = "小美：大家好\n阿强：起球吗\n"
    assert read(text, Reading(speakers={"小美": "streamer", "阿强": "viewer"})) == [
        (1, "streamer", "大家好"),
        (2, "viewer", "起球吗"),
    ]


def test_minutes_of_meetings_and_times_at_the_head() -> None:
    text = "说话人1 00:05\n大家好\n说话人2 01:10:22\n多少钱\n"
    reading = Reading(speakers={"说话人1": "streamer", "说话人2": "viewer"})
    values = read_plain(text.encode(), Path("a.txt"), reading).values
    assert [(value["role"], value["t0"]) for _, value in values] == [("streamer", 5.0), ("viewer", 4222.0)]
    assert read("[00:01:02] 主播：大家好") == [(1, "streamer", "大家好")]
