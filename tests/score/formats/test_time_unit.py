from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from coach.error_texts import in_chinese
from coach.errors import TranscriptError
from coach.score.transcript import load_transcript

ZH = ["大家晚上好，先看这个保温杯", "杯盖是一键打开的，单手就行", "装满开水过一夜还是烫的", "今天拍下还送一个杯刷"]
EN = ["Good evening everyone, look at this flask", "The lid opens with one hand", "Tea stays hot overnight in it"]
STARTS = (0.0, 4.0, 9.0, 40.0)


def lines(texts: list[str], scale: float, longest: float = 3.5) -> list[dict[str, Any]]:
    starts = STARTS[: len(texts)]
    return [
        {"role": "streamer", "text": text, "t0": at * scale, "t1": (at + longest) * scale}
        for at, text in zip(starts, texts, strict=True)
    ]


def jsonl(folder: Path, values: list[dict[str, Any]]) -> Path:
    path = folder / "a.jsonl"
    path.write_text("\n".join(json.dumps(value, ensure_ascii=False) for value in values), encoding="utf-8")
    return path


def table(folder: Path, values: list[dict[str, Any]], start: str = "start", end: str = "end") -> Path:
    path = folder / "a.csv"
    rows = [f'streamer,"{value["text"]}",{value["t0"]:.3f},{value["t1"]:.3f}' for value in values]
    path.write_text("\n".join([f"role,text,{start},{end}", *rows]), encoding="utf-8")
    return path


@pytest.mark.parametrize("texts", [ZH, EN])
@pytest.mark.parametrize(("scale", "looks"), [(1000, "milliseconds"), (1 / 60, "minutes")])
@pytest.mark.parametrize("written", [jsonl, table])
def test_times_of_another_unit_are_refused_as_a_whole(
    tmp_path: Path, texts: list[str], scale: float, looks: str, written: Any
) -> None:
    with pytest.raises(TranscriptError, match=looks) as caught:
        load_transcript(written(tmp_path, lines(texts, scale)))
    told = caught.value.told(in_chinese)
    assert "毫秒" in told or "分钟" in told
    assert not re.search(r"[a-z]{3,} [a-z]{3,}", told)


def test_a_long_rehearsal_in_milliseconds_is_not_read_up_to_its_86th_second(tmp_path: Path) -> None:
    later = [{"role": "streamer", "text": ZH[0], "t0": at, "t1": at + 3000} for at in range(90_000, 290_000, 10_000)]
    with pytest.raises(TranscriptError, match="milliseconds"):
        load_transcript(jsonl(tmp_path, [*lines(ZH, 1000), *later]))


def test_milliseconds_that_the_column_owns_up_to_are_read(tmp_path: Path) -> None:
    imported = load_transcript(table(tmp_path, lines(ZH, 1000), "start (ms)", "end (ms)"))
    assert imported.has_times
    assert not imported.problems
    assert imported.records[-1].at == pytest.approx(43.5)


@pytest.mark.parametrize(
    "values",
    [
        lines(ZH[:1], 1, longest=900),  # one remark, its end that of the recording
        lines(ZH[:2], 1000),  # two lines tell nothing
        lines(["嗯", "好", "对对", "来了"], 1, longest=300),  # hardly a word
        [{**line, "t1": line["t0"] + 400} for line in lines(ZH, 500)],  # ends where the next begins: long pauses
        lines(ZH, 1, longest=0.4),  # ends cut short
        lines(ZH, 1, longest=0.01),  # ends right after beginnings
        [*lines(ZH, 1), {"role": "streamer", "text": ZH[1], "t0": 50, "t1": 7_000}],  # one end is wrong
    ],
)
def test_pauses_few_lines_and_rough_ends_are_not_another_unit(tmp_path: Path, values: list[dict[str, Any]]) -> None:
    assert load_transcript(jsonl(tmp_path, values)).has_times
