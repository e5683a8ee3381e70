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


@pytest.mark.parametrize("time", ["", "[00:06 --> 00:08] "])
def test_a_name_nobody_knows_has_the_role_that_is_given(time: str) -> None:
    text = f"{time}Host: hello\n{time}Deb: is it warm?\nreally?\n{time}Host: it is\n"
    values = [value for _, value in read_plain(text.encode(), Path("a.txt"), Reading("viewer")).values]
    assert [(value["role"], value["text"]) for value in values] == [
        ("streamer", "hello"),
        ("viewer", "is it warm?"),
        ("viewer", "really?"),
        ("streamer", "it is"),
    ]
    assert [value["viewer"]["id"] for value in values if value["role"] == "viewer"] == ["Deb", "Deb"]
    assert read("观众：多少钱\n小雨：八十九\n今天有货\n", Reading("streamer")) == [
        (1, "viewer", "多少钱"),
        (2, "streamer", "小雨：八十九"),
        (3, "streamer", "今天有货"),
    ]
    known = Reading("viewer", {"注意": "text"})
    assert read("主播：大家好\n注意：别用热水洗\n", known)[1] == (2, "streamer", "注意：别用热水洗")


def test_minutes_of_meetings_and_times_at_the_head() -> None:
    text = "说话人1 00:05\n大家好\n说话人2 01:10:22\n多少钱\n"
    reading = Reading(speakers={"说话人1": "streamer", "说话人2": "viewer"})
    values = read_plain(text.encode(), Path("a.txt"), reading).values
    assert [(value["role"], value["t0"]) for _, value in values] == [("streamer", 5.0), ("viewer", 4222.0)]
    assert read("[00:01:02] 主播：大家好") == [(1, "streamer", "大家好")]


@pytest.mark.parametrize(
    ("streamer", "viewer"),
    [
        ("[00:00] 主播 - 大家好", "[00:04] 小美 - 多少钱"),
        ("[00:00] 主播：大家好", "[00:04] 小美：多少钱"),
        ("[00:00.000 --> 00:03.000] 主播：大家好", "[00:04.000 --> 00:05.500] 小美：多少钱"),
        ("主播（00:00）：大家好", "小美（00:04）：多少钱"),
        ("主播（00:00）大家好", "小美（00:04）：多少钱"),
        ("【主播】大家好", "【小美】多少钱"),
        ("[主播] 大家好", "[小美] 多少钱"),
        ("**主播**：大家好", "**小美**：多少钱"),
        ("**主播：** 大家好", "**小美：** 多少钱"),
        ("- 主播：大家好", "- 小美：多少钱"),
        ("1. 主播：大家好", "2. 小美：多少钱"),
        ("> 主播：大家好", "> 小美：多少钱"),
        ("主播 - 大家好", "小美 - 多少钱"),
        ("主播\n大家好", "小美：多少钱"),
        ("小雨(主播)：大家好", "小美（粉丝）：多少钱"),
    ],
)
def test_names_marked_in_other_ways(streamer: str, viewer: str) -> None:
    said = read(f"{streamer}\n{viewer}\n", Reading(speakers={"小美": "viewer"}))
    assert [(role, text) for _, role, text in said] == [("streamer", "大家好"), ("viewer", "多少钱")]


@pytest.mark.parametrize(
    "line", ["[小美] 多少钱", "【小美】多少钱", "- 小美：多少钱", "**小美**：多少钱", "小美 - 多少钱"]
)
def test_a_name_nobody_knows_is_asked_for_and_its_words_never_given_to_the_speaker_before(line: str) -> None:
    head = {"[": "[主播] ", "【": "【主播】", "-": "- 主播：", "*": "**主播**：", "小": "主播 - "}[line[0]]
    with pytest.raises(TranscriptError, match=r"Found '小美'.*小美=viewer"):
        read(f"{head}大家好\n{line}\n")


def test_marks_within_what_is_said_are_no_names() -> None:
    text = "主播：大家好\n【新品】亚麻衬衫\n10:30开播\n- 一号链接\n今天（10:30）开播 - 别走\n"
    assert [said for _, _, said in read(text)] == [
        "大家好",
        "【新品】亚麻衬衫",
        "10:30开播",
        "- 一号链接",
        "今天（10:30）开播 - 别走",
    ]


def test_a_line_before_the_first_name_is_named_by_its_number() -> None:
    with pytest.raises(TranscriptError, match=r"line 1 does not say who speaks: '# 讲稿'"):
        read("# 讲稿\n主播：大家好\n")


def test_times_that_say_when_a_line_ends() -> None:
    [(_, value)] = read_plain(b"[00:01.500 --> 00:04.000] Host: hi", Path("a.txt"), Reading()).values
    assert (value["t0"], value["t1"]) == (1.5, 4.0)
