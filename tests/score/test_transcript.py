from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from coach.error_texts import in_chinese
from coach.errors import TranscriptError
from coach.events import LinePosted, Record, RehearsalEnded, dump_record
from coach.score.scorer import score
from coach.score.transcript import is_pressure, load_transcript
from tests.score.logs import log, posted, said, scenario


def write(path: Path, *lines: Any) -> Path:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text(text, encoding="utf-8")
    return path


def streamer(t0: float | None, t1: float | None, text: str) -> dict[str, Any]:
    times = {} if t0 is None else {"t0": t0, "t1": t1}
    return {**times, "role": "streamer", "text": text}


def viewer(t0: float, kind: str, text: str) -> dict[str, Any]:
    return {"t0": t0, "role": "viewer", "viewer": {"id": "v1", "type": kind}, "text": text}


def test_broken_json_on_line_seven_is_named_and_the_rest_is_kept(tmp_path: Path) -> None:
    lines: list[Any] = [streamer(at, at + 5, "这件很透气") for at in range(0, 60, 10)]
    path = write(tmp_path / "a.jsonl", *lines, '{"t0": 60, "role": ', streamer(70, 75, "55%亚麻"))
    imported = load_transcript(path)
    assert [problem.place.line for problem in imported.problems] == [7]
    assert str(imported.problems[0]).startswith(f"{path}:7: not valid JSON")
    assert score(scenario(), imported.records).coverage[0].state == "hit"


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("[1, 2]", "expected a JSON object, got a list of 2"),
        ('{"role": "streamer" "text": "x"}', "a comma or a closing bracket is missing"),
        ({"role": "streamer", "text": "x", "t0": "abc"}, "(t0): expected seconds as a number, got 'abc', line skipped"),
        ({"role": "streamer", "text": "x", "t0": True}, "(t0): expected seconds as a number, got True, line skipped"),
        ('{"role": "streamer", "text": "a\\q"}', "not valid JSON, line skipped (column 32)"),
        ({"role": "streamer"}, "(text): missing, line skipped"),
        ({"role": "streamer", "text": 5}, "(text): expected a text, got 5, line skipped"),
        ({"role": "narrator", "text": "x"}, "(role): expected one of streamer, viewer, got 'narrator', line skipped"),
        ({"role": "viewer", "text": "x", "viewer": {"id": ""}}, "(viewer.id): expected a text, got an empty one"),
        ({"role": "streamer", "text": "x" * 20_001}, "(text): expected at most 20000 characters, got 20001"),
        ({"role": "streamer", "text": "x", "t0": -1}, "(t0): expected at least 0, got -1, line skipped"),
        ({"role": "streamer", "text": "x", "t0": 5, "t1": 2}, "t1 not before t0"),
        ('{"role": "streamer", "text": "x", "t0": NaN, "t1": 2}', "t0"),
        ('{"role": "streamer", "text": "x", "t0": ' + "1" * 5000 + "}", "not valid JSON"),
        (
            {"role": "streamer", "text": "x", "t0": 1763829514, "t1": 1763829519},
            "(t0): times are seconds from the start",
        ),
        ({"role": "streamer", "text": "x", "t0": 5, "t1": 1e300}, "got 1e+300, which looks like a clock time"),
        ({"role": "viewer", "text": "x", "t0": 295_000}, "got 295000, which looks like a clock time or milliseconds"),
    ],
)
def test_a_line_that_does_not_fit_is_named(tmp_path: Path, line: Any, what: str) -> None:
    imported = load_transcript(write(tmp_path / "a.jsonl", streamer(0, 5, "你好"), line))
    [problem] = imported.problems
    assert problem.place.line == 2
    assert what in str(problem)
    assert not re.search(r"[a-z]{2,} [a-z]{2,}", in_chinese(problem.text)), "no English inside Chinese"


def test_an_unknown_type_of_viewer_is_told_once_and_its_lines_are_kept(tmp_path: Path) -> None:
    lines = [
        streamer(0, 5, "你好"),
        viewer(6, "nonsense", "多少钱"),
        viewer(7, "nonsense", "贵"),
        viewer(8, "troll", "骗子"),
    ]
    imported = load_transcript(write(tmp_path / "a.jsonl", *lines))
    [problem] = imported.problems
    assert (problem.place.line, problem.place.field) == (2, "viewer.type")
    assert "unknown type of viewer 'nonsense'" in problem.text
    assert "没有观众类型 'nonsense'" in in_chinese(problem.text)
    assert sum(isinstance(record.event, LinePosted) for record in imported.records) == 3


def test_a_line_without_a_role_says_how_to_give_one(tmp_path: Path) -> None:
    imported = load_transcript(write(tmp_path / "a.jsonl", streamer(0, 5, "你好"), {"text": "欢迎"}))
    [problem] = imported.problems
    assert "--role streamer" in problem.text
    assert "--role streamer" in in_chinese(problem.text)


HEARD = {"type": "utterance_heard", "utterance_id": "u1", "text": "hi", "start": 1.0, "end": 2.0, "source": "voice"}


@pytest.mark.parametrize(
    ("change", "what", "chinese"),
    [
        ({"at": "abc"}, "at: expected seconds as a number, got 'abc'", "at：应为秒数（数字），得到 'abc'"),
        ({"at": True}, "at: expected seconds as a number, got True", "at：应为秒数（数字），得到 True"),
        ({"at": -1}, "at: expected at least 0, got -1", "at：应不小于 0，得到 -1"),
        (
            {"event": {**HEARD, "start": True}},
            "event.start: expected seconds as a number",
            "event.start：应为秒数（数字）",
        ),
        ({"event": {**HEARD, "start": -5.0}}, "event.start: expected at least 0, got -5", "event.start：应不小于 0"),
        ({"seq": None}, "seq: expected a whole number, got nothing", "seq：应为整数，得到 什么也没有"),
        ({"more": 1}, "more: unknown key 'more'", "more：未知的键 'more'"),
        ({"event": {"type": "nope"}}, "event: unknown type 'nope'", "event：未知的类型 'nope'"),
        ({"event": {}}, "event: missing key 'type'", "event：缺少键 'type'"),
        ({"at": 1e9}, "times are seconds from the start, at most 86400; got 1000000000", "时间是从开播算起的秒数"),
    ],
)
def test_a_record_that_does_not_fit_is_named_in_both_languages(
    tmp_path: Path, change: dict[str, Any], what: str, chinese: str
) -> None:
    sound = json.loads(dump_record(Record(seq=0, at=0.0, event=RehearsalEnded(reason="streamer"))))
    [problem] = load_transcript(write(tmp_path / "a.jsonl", sound, {**sound, **change})).problems
    assert what in problem.text
    assert chinese in in_chinese(problem.text)


@pytest.mark.parametrize("content", ["", "not json\n", "{}\n", "\ufeff\n"])
def test_nothing_usable_is_an_error_that_names_the_file(tmp_path: Path, content: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(TranscriptError, match=r"bad\.jsonl"):
        load_transcript(path)


def test_other_encodings_and_missing_files_are_errors_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "gbk.jsonl"
    path.write_bytes('{"role":"streamer","text":"你好"}'.encode("gbk"))
    with pytest.raises(TranscriptError, match="UTF-8"):
        load_transcript(path)
    with pytest.raises(TranscriptError, match="cannot be read"):
        load_transcript(tmp_path / "none.jsonl")


def test_without_times_there_is_no_pacing_and_no_second_is_shown(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", streamer(None, None, "这件很透气，55%亚麻"), streamer(None, None, "拍下吧"))
    imported = load_transcript(path)
    assert not imported.has_times
    card = score(scenario(), imported.records)
    assert {item.id: item.value for item in card.scores} == {"pacing": None, "coverage": 66.7, "composure": None}
    assert card.duration_sec is None
    assert card.coverage[0].evidence[0].start is None


def test_times_on_some_lines_only_are_not_used(tmp_path: Path) -> None:
    imported = load_transcript(write(tmp_path / "a.jsonl", streamer(0, 5, "你好"), streamer(None, None, "很透气")))
    assert not imported.has_times
    assert "some lines have no times" in str(imported.problems[0])


def test_lines_that_only_say_when_they_begin_are_told_so(tmp_path: Path) -> None:
    lines = [{"t0": at, "role": "streamer", "text": "你好"} for at in (0, 5)]
    imported = load_transcript(write(tmp_path / "a.jsonl", *lines))
    assert not imported.has_times
    assert "lines say when they begin but not all when they end" in str(imported.problems[0])


def test_roles_in_other_words_are_read_as_in_a_table(tmp_path: Path) -> None:
    lines = [{"role": role, "text": "你好"} for role in ("Host", "主播", "观众")]
    imported = load_transcript(write(tmp_path / "a.jsonl", *lines))
    kinds = [type(record.event).__name__ for record in imported.records]
    assert (kinds.count("UtteranceHeard"), kinds.count("LinePosted")) == (2, 1)


def test_lines_out_of_order_are_put_in_order_and_said_so(tmp_path: Path) -> None:
    imported = load_transcript(write(tmp_path / "a.jsonl", streamer(20, 25, "二"), streamer(0, 5, "一")))
    assert "times go back" in str(imported.problems[0])
    assert [record.at for record in imported.records] == sorted(record.at for record in imported.records)
    assert [record.seq for record in imported.records] == list(range(len(imported.records)))


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("troll", "会不会讲啊", True),
        ("trust_skeptic", "假货吧", True),
        ("compliance_bait", "全网最低吗", True),
        ("haggler", "能不能便宜点", False),
        ("haggler", "59我就拍 多一块都不要", True),
        ("haggler", "match it at 18 or I'm out", True),
        ("friendly", "最后一次了 走了走了", False),
        ("", "骗子", False),
    ],
)
def test_hostile_types_and_ultimatums_are_pressure_events(kind: str, text: str, expected: bool) -> None:
    assert is_pressure(kind, text) is expected


def test_viewers_become_lines_and_pressure(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.jsonl", streamer(0, 5, "你好"), viewer(6, "troll", "骗子"), streamer(8, 12, "链接在下面")
    )
    card = score(scenario(), load_transcript(path).records)
    assert [(item.at, item.what, item.return_sec) for item in card.pressure] == [(6, "骗子", 2.0)]
    assert card.viewers[0].type == "troll"


def test_an_event_log_is_read_as_it_is_and_a_bad_line_is_named(tmp_path: Path) -> None:
    records = log(said(1, 9, "这件很透气"), posted(12, "便宜点"), end=20)
    lines = [dump_record(record).decode() for record in records]
    lines.insert(2, '{"seq": 2, "at": 1, "event": {"type": "no_such"}}')
    path = tmp_path / "events.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    imported = load_transcript(path)
    assert imported.records == tuple(records)
    assert [problem.place.line for problem in imported.problems] == [3]


@pytest.mark.parametrize(
    ("at", "event"),
    [
        (1.7e9, {"type": "rehearsal_resumed", "paused_sec": 1.0}),
        (
            9.0,
            {"type": "utterance_heard", "utterance_id": "u", "text": "", "start": 1, "end": 1e9, "source": "voice"},
        ),
    ],
)
def test_a_record_of_a_log_outside_a_day_is_named(tmp_path: Path, at: float, event: dict[str, Any]) -> None:
    lines = [dump_record(record).decode() for record in log(said(1, 9, "这件很透气"), end=20)]
    path = write(tmp_path / "events.jsonl", *lines, {"seq": len(lines), "at": at, "event": event})
    imported = load_transcript(path)
    assert len(imported.records) == len(lines)
    assert "times are seconds from the start" in str(imported.problems[0])


def test_a_transcript_in_traditional_characters_is_read_like_any_other(tmp_path: Path) -> None:
    path = write(tmp_path / "t.jsonl", streamer(0, 9, "這件襯衫面料有55%亞麻，夏天很透氣"), viewer(9, "haggler", "貴"))
    imported = load_transcript(path)
    assert not imported.problems
    assert score(scenario(), imported.records).coverage[0].state == "hit"


def test_what_is_no_rehearsal_by_its_size_is_refused_before_hours_are_spent_on_it(tmp_path: Path) -> None:
    lines = tmp_path / "lines.txt"
    lines.write_text("主播：好\n" * 20_001, encoding="utf-8")
    with pytest.raises(TranscriptError, match="at most 20000 lines, got 20001"):
        load_transcript(lines)
    long = write(tmp_path / "long.jsonl", *[streamer(None, None, "好" * 19_000)] * 53)
    with pytest.raises(TranscriptError, match="at most 1000000 characters"):
        load_transcript(long)


def test_an_empty_file_is_called_empty(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbf\r\n")
    with pytest.raises(TranscriptError, match="the file is empty"):
        load_transcript(tmp_path / "a.csv")


def test_a_transcript_does_not_say_who_stayed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", streamer(0, 5, "这件很透气"), viewer(6, "haggler", "便宜点"))
    [row] = score(scenario(), load_transcript(path).records).viewers
    assert row.outcome == "unknown"


def test_of_one_sentence_no_rubric_item_is_graded_but_respect_is_where_it_was_lost(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", viewer(0, "troll", "假货吧"), streamer(1, 4, "爱买不买，买不起别看"))
    graded = {item.id: item.score for item in score(scenario(), load_transcript(path).records).judged}
    assert {name for name, value in graded.items() if value is not None} <= {"listening", "respect"}
    assert graded["respect"] == 0


def test_a_viewer_may_be_given_by_name_alone(tmp_path: Path) -> None:
    lines = [
        {"role": "streamer", "text": "大家好", "t0": 0, "t1": 2},
        {"role": "viewer", "viewer": "zhou", "text": "多少钱", "t0": 3, "t1": 3},
    ]
    path = tmp_path / "talk.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    imported = load_transcript(path)
    assert not imported.problems
    assert [record.event.viewer_id for record in imported.records if isinstance(record.event, LinePosted)] == ["zhou"]
