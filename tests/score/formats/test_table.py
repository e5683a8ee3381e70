from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coach.errors import TranscriptError
from coach.score.formats.table import read_table
from coach.score.formats.turn import ReadFile, Reading


def read(text: str, reading: Reading | None = None) -> ReadFile:
    return read_table(text.encode(), Path("a.csv"), reading or Reading())


def values(text: str, reading: Reading | None = None) -> list[dict[str, Any]]:
    return [value for _, value in read(text, reading).values]


@pytest.mark.parametrize(
    ("text", "streamer"),
    [
        ("role,text,t0,t1,streamer\nstreamer,大家好,0,2.5,mei\nviewer,多少钱,3,3,\n", "mei"),
        ("角色;内容;开始时间;结束时间;主播\n主播;大家好;0:00;0:02.5;mei\n观众;多少钱;0:03;0:03;\n", "mei"),
        ("Role\tText\tStart (ms)\tEnd (ms)\nHost\t大家好\t0\t2500\nviewer\t多少钱\t3000\t3000\n", ""),
        ("speaker,content,start,end\n主播,大家好,0,2.5\n观众,多少钱,3,3\n", ""),
        (
            "身份,发言内容,时间,结束\n主播,大家好,2026-11-22 20:00:00,2026-11-22 20:00:02.5\n"
            "观众,多少钱,2026/11/22 20:00:03,\n",
            "",
        ),
    ],
    ids=["plain", "chinese", "milliseconds", "speaker", "dates"],
)
def test_known_headers_in_both_languages(text: str, streamer: str) -> None:
    file = read(text)
    first, second = (value for _, value in file.values)
    assert (first["role"], first["text"], first["t0"], first["t1"]) == ("streamer", "大家好", 0.0, 2.5)
    assert (second["role"], second["text"], second["t0"]) == ("viewer", "多少钱", 3.0)
    assert file.streamer == streamer
    assert file.problems == []


def test_columns_that_are_given_go_before_known_ones() -> None:
    text = "text,A,B\nnote,主播,大家好\n"
    [value] = values(text, Reading(columns={"text": "B", "role": "A"}))
    assert (value["role"], value["text"]) == ("streamer", "大家好")


@pytest.mark.parametrize(
    ("text", "reading", "says"),
    [
        ("a,b\nx,y\n", Reading("streamer"), r"which holds the words\? Found: 'a', 'b'.*--columns text=a"),
        (
            "text,内容,role\nx,y,主播\n",
            Reading(),
            r"'text', '内容' may all be the column of 'text'.*--columns text=text",
        ),
        ("text,b\nx,y\n", Reading(), r"no column says who speaks \(columns: 'text', 'b'\).*--columns role="),
        ("text,role\nx,小美\n", Reading(), r"Found '小美'.*--speakers 小美=streamer"),
        ("text,role\nx,主播\n", Reading(columns={"t0": "Start"}), r"expected a column 'Start' for 't0', found: 'text'"),
        ("", Reading("streamer"), "which holds the words"),
        ("Begin,Who,What was said\n0,host,hello there\n", Reading(), r"--columns 'text=What was said'"),
        ("start,end,text\n0,4,hello\n", Reading(), r"Add one called role with streamer or viewer in it"),
        ("text,role\nhello,host\nhow much,\n", Reading(), r"line 3 does not say who speaks: 'how much'"),
        ("text,role\nhello,host\nhow much,Mei\n", Reading(), r"--speakers Mei=viewer"),
    ],
)
def test_what_is_missing_or_ambiguous_is_asked_for(text: str, reading: Reading, says: str) -> None:
    with pytest.raises(TranscriptError, match=says):
        read(text, reading)


def test_a_broken_time_is_named_by_its_line_and_the_rest_kept() -> None:
    file = read('role,text,t0,t1\n主播,"大家\n好",0,2\n主播,今天,soon,5\n主播,衬衫,6,8\n')
    assert [number for number, _ in file.values] == [2, 5]
    assert [(problem.place.line, problem.place.field) for problem in file.problems] == [(4, "t0")]


def test_viewers_have_ids_and_types() -> None:
    [value] = values("role,text,user_id,viewer_type\nviewer,太贵了,u7,haggler\n")
    assert value["viewer"] == {"id": "u7", "type": "haggler"}


def test_the_line_with_which_excel_names_its_separator_is_none_of_the_table() -> None:
    file = read("sep=;\r\nrole;text\r\nhost;hello, all\r\n", Reading())
    assert [(number, value["text"]) for number, value in file.values] == [(3, "hello, all")]
