from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coach.errors import TranscriptError
from coach.score.formats.subtitles import read_subtitles
from coach.score.formats.turn import ReadFile, Reading

SRT = """1
00:00:01,000 --> 00:00:04,500
主播：大家好，<i>欢迎</i>来到直播间

2
00:00:06,000 --> 00:00:07,000
观众1：多少钱？

3
00:00:08,000 --> 00:00:10,000
主播：八十九

4
00:00:10,200 --> 00:00:12,000
主播：包邮
"""
VTT = """WEBVTT

NOTE made by hand

intro
00:01.000 --> 00:04.500 align:start
<v Host>hello &amp; welcome
to the show</v>

00:06.000 --> 00:07.000
<v.loud Bob>how much?
"""


def read(text: str, reading: Reading | None = None) -> ReadFile:
    return read_subtitles(text.encode(), Path("a.srt"), reading or Reading())


def values(text: str, reading: Reading | None = None) -> list[dict[str, Any]]:
    return [value for _, value in read(text, reading).values]


def test_subrip_with_names_before_the_words() -> None:
    found = values(SRT)
    assert [(value["role"], value["t0"], value["t1"], value["text"]) for value in found] == [
        ("streamer", 1.0, 4.5, "大家好，欢迎来到直播间"),
        ("viewer", 6.0, 7.0, "多少钱？"),
        ("streamer", 8.0, 12.0, "八十九 包邮"),
    ]
    assert found[1]["viewer"]["id"] == "观众1"


def test_webvtt_with_voice_tags() -> None:
    found = values(VTT, Reading(speakers={"Bob": "viewer"}))
    assert [(value["role"], value["t0"], value["text"]) for value in found] == [
        ("streamer", 1.0, "hello & welcome to the show"),
        ("viewer", 6.0, "how much?"),
    ]


def test_two_speakers_of_one_cue_are_two_turns() -> None:
    text = "1\n00:00:01,000 --> 00:00:04,000\n- Host: hello\n- Viewer: hi\n"
    assert [(value["role"], value["text"]) for value in values(text)] == [("streamer", "hello"), ("viewer", "hi")]


def test_a_broken_cue_is_named_and_the_rest_kept() -> None:
    text = SRT.replace("00:00:06,000 --> 00:00:07,000", "00:00:06 -> broken")
    file = read(text)
    assert len(file.values) == 2
    assert [problem.place.line for problem in file.problems] == [5]


def test_who_speaks_is_asked_for() -> None:
    text = "1\n00:00:01,000 --> 00:00:04,000\nhello everybody\n"
    with pytest.raises(TranscriptError, match="--role streamer"):
        values(text)
    assert [value["role"] for value in values(text, Reading("streamer"))] == ["streamer"]


def test_names_in_brackets_and_sounds_nobody_makes() -> None:
    text = (
        "1\n00:00:00,000 --> 00:00:01,000\n[Music]\n\n2\n00:00:01,000 --> 00:00:03,000\n[Host] hello [laughs]\n\n"
        "3\n00:00:04,000 --> 00:00:05,000\n（掌声）\n"
    )
    assert [(value["role"], value["text"]) for value in values(text)] == [("streamer", "hello [laughs]")]


def test_a_name_nobody_knows_is_a_viewers_where_that_role_is_given() -> None:
    cues = "1\n00:00:01,000 --> 00:00:04,000\nHost: hello\nDeb: is it warm?\n"
    found = values(cues, Reading("viewer"))
    assert [(value["role"], value["text"]) for value in found] == [("streamer", "hello"), ("viewer", "is it warm?")]
    assert found[1]["viewer"]["id"] == "Deb"
