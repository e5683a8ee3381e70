"""Logs of real comments as they are exported: delimiters, encodings, quotes, times, bad rows. Never a traceback."""

from __future__ import annotations

import json

import pytest

from coach.errors import InputError
from coach.scenario.comment_log import Comment, read_comments
from coach.scenario.comment_time import seconds


def texts(raw: bytes, **columns: str) -> list[str]:
    return [comment.text for comment in read_comments(raw, "log", columns).comments]


@pytest.mark.parametrize("sign", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_any_delimiter_and_encoding(sign: str, encoding: str) -> None:
    rows = ["时间", "昵称", "弹幕内容"], ["20:00:01", "小美", "能便宜点吗"], ["20:01:01", "老王", "好看，喜欢！"]
    text = "\r\n".join(sign.join(f'"{cell}"' if sign in cell else cell for cell in row) for row in rows)
    log = read_comments(text.encode(encoding), "log")
    assert log.comments == (Comment("能便宜点吗", "小美", 0.0), Comment("好看，喜欢！", "老王", 60.0))
    assert log.columns == {"text": "弹幕内容", "time": "时间", "user": "昵称"}


def test_quotes_may_hold_line_breaks_and_stray_ones_swallow_nothing() -> None:
    assert texts(b'time,text\n1,"one\ntwo"\n2,three\n') == ["one two", "three"]
    stray = b'time,text\n1,"haha\n' + b"".join(b"%d,line %d\n" % (at, at) for at in range(2, 9))
    assert texts(stray) == ['"haha', *(f"line {at}" for at in range(2, 9))]


def test_columns_without_names_are_told_by_what_they_hold() -> None:
    raw = b"0:05,mia,is there any discount at all\n0:09,leo,does it come in other colors\n"
    assert read_comments(raw, "log").comments[1] == Comment("does it come in other colors", "leo", 4.0)


def test_columns_may_be_named_by_name_or_number() -> None:
    raw = b"a,b,c\nx,hello there,5\ny,good evening,9\n"
    assert texts(raw, text="b") == ["hello there", "good evening"]
    assert texts(raw, text="2", user="1") == ["hello there", "good evening"]
    with pytest.raises(InputError, match=r"no column 'd' for text; there are: a, b, c|no column 'd' for text"):
        texts(raw, text="d")


def test_json_lines_with_nested_users_and_broken_lines() -> None:
    lines = [
        json.dumps({"content": "能便宜点吗", "user": {"nickname": "小美"}, "time": 1762862400000}),
        "{broken",
        "[1]",
        json.dumps({"content": ""}),
        json.dumps({"content": "好看", "time": 1762862460000}),
    ]
    log = read_comments("\n".join(lines).encode(), "log")
    assert log.comments == (Comment("能便宜点吗", "小美", 0.0), Comment("好看", "", 60.0))
    assert [(row, str(why)) for row, why in log.bad] == [
        (2, "not valid JSON"),
        (3, "expected keys with values"),
        (4, "no text in it"),
    ]


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\n", "empty"),
        (b"\xff\xfe\x00\xd8\x00", "neither UTF-8"),
        (b"\x80\x81\xff" * 20, "neither UTF-8"),
        (b"time,text\n", "no row"),
        (b"[{]", "broken JSON"),
        (b"[1, 2]", "no column|no row"),
        (b"{\n", "no column|no row"),
        (b"1\n2\n3\n", "no column"),
        (b"[" * 5000, "broken JSON"),
    ],
)
def test_what_holds_no_comments_is_told(raw: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_comments(raw, "log")


@pytest.mark.parametrize(
    ("text", "sec"),
    [
        ("75", 75.0),
        ("75.5", 75.5),
        ("1:15", 75.0),
        ("01:01:15", 3675.0),
        ("0:01,5", 1.5),
        ("1762862400000", 1762862400.0),
        ("1970-01-01 00:01:15", 75.0),
        ("1970/01/01 00:01:15", 75.0),
        ("1970-01-01T00:01:15+00:00", 75.0),
        ("later", None),
        ("", None),
        ("nan", None),
    ],
)
def test_times_as_exports_write_them(text: str, sec: float | None) -> None:
    assert seconds(text) == sec


def test_a_log_may_run_past_midnight() -> None:
    rows = ["time,text", "23:59:50,good evening", "23:59:58,hello all", "0:00:05,still here"]
    assert [one.at for one in read_comments("\n".join(rows).encode(), "log").comments] == [0.0, 8.0, 15.0]
