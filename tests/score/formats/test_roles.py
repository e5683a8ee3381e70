from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import TranscriptError
from coach.score.formats.roles import label_of, role_of, settle
from coach.score.formats.turn import Reading, Turn


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("主播", "streamer"),
        ("主播1", "streamer"),
        ("HOST", "streamer"),
        ("Streamer", "streamer"),
        ("观众", "viewer"),
        ("观众甲", "viewer"),
        ("观众 12", "viewer"),
        ("Viewer_3", "viewer"),
        ("customer A", "viewer"),
        ("弹幕", "viewer"),
        ("小美", None),
        ("主播小美", None),
        ("Anna", None),
        ("hostess", None),
        ("viewers choice", None),
        ("", None),
    ],
)
def test_only_words_for_a_role_tell_a_role(label: str, role: str | None) -> None:
    assert role_of(label, Reading()) == role


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("主播：大家好", ("主播", "大家好")),
        ("Anna Lee: hello there", ("Anna Lee", "hello there")),
        ("观众1: 多少钱", ("观众1", "多少钱")),
        ("注意：这款", ("注意", "这款")),
        ("这款，注意：别洗", None),
        ("12:30 开播", None),
        ("https://shop.example/1", None),
        ("I told you all of this before: wait", None),
        ("大家好", None),
        ("主播：", ("主播", "")),
    ],
)
def test_labels_at_the_head_of_a_line(text: str, found: tuple[str, str] | None) -> None:
    assert label_of(text) == found


def settled(turns: list[Turn], reading: Reading) -> list[tuple[str, str]]:
    return [
        (value["role"], value.get("viewer", {}).get("id", "")) for _, value in settle(turns, reading, Path("a.txt"))
    ]


def test_what_a_person_says_of_a_name_goes_before_words_and_the_general_role() -> None:
    turns = [Turn(1, "a", "主播"), Turn(2, "b", "小美"), Turn(3, "c", "")]
    reading = Reading("streamer", {"主播": "viewer", "小美": "viewer"})
    assert settled(turns, reading) == [("viewer", "主播"), ("viewer", "小美"), ("streamer", "")]


@pytest.mark.parametrize(
    ("labels", "example"),
    [
        (["观众小美", "观众老陈"], "观众小美=viewer,观众老陈=viewer"),
        (["观众小美", "小雨"], "观众小美=viewer,小雨=streamer"),
        (["小雨", "主播阿强"], "小雨=viewer,主播阿强=streamer"),
        (["小雨", "小美"], "小雨=streamer,小美=viewer"),
    ],
)
def test_the_example_contradicts_no_name(labels: list[str], example: str) -> None:
    turns = [Turn(number, "hello", speaker=label) for number, label in enumerate(labels, start=1)]
    with pytest.raises(TranscriptError) as caught:
        settle(turns, Reading(), Path("talk.txt"))
    assert f"--speakers {example};" in str(caught.value)


def test_unknown_speakers_are_asked_for_with_an_example() -> None:
    turns = [Turn(1, "a", "小美"), Turn(2, "b", "小明 哥"), Turn(3, "c", "小明 哥")]
    with pytest.raises(TranscriptError) as caught:
        settle(turns, Reading(), Path("a.txt"))
    assert "'小明 哥', '小美'" in str(caught.value)
    assert "--speakers '小明 哥=streamer,小美=viewer'" in str(caught.value)


def test_a_file_that_names_nobody_is_asked_for_a_role() -> None:
    with pytest.raises(TranscriptError, match="--role streamer"):
        settle([Turn(1, "a")], Reading(), Path("a.txt"))
