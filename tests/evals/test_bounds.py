"""Numbers and names that make no sense are refused before a benchmark starts anything."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from coach.errors import InputError
from evals import asr, latency, scale, turns
from evals.bounds import number, whole
from evals.recordings import recordings
from evals.server import engine_names


@pytest.mark.parametrize(("text", "value"), [("1", 1), ("30", 30)])
def test_whole_numbers(text: str, value: int) -> None:
    assert whole(1)(text) == value


@pytest.mark.parametrize("text", ["0", "-3"])
def test_whole_numbers_under_the_least_are_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="from 1 on, got"):
        whole(1)(text)


@pytest.mark.parametrize("text", ["-1", "100", "200", "nan", "inf"])
def test_numbers_outside_their_range_are_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="from 0, under 100"):
        number(under=100)(text)


@pytest.mark.parametrize(
    ("main", "arguments", "said"),
    [
        (latency.main, ["--turns", "0"], "--turns"),
        (latency.main, ["--rehearsals", "0"], "--rehearsals"),
        (latency.main, ["--loss", "200"], "--loss"),
        (turns.main, ["--limit", "0"], "--limit"),
        (asr.main, ["--speed", "0"], "--speed"),
        (asr.main, ["--limit", "x"], "invalid whole number"),
        (scale.main, ["--out", "/proc/none"], "expected a folder to write to"),
        (scale.main, ["--starts", "-1"], "--starts"),
    ],
)
def test_benchmarks_refuse_them(
    main: object, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert callable(main)
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "text", ["free", "free, embedded", "auto", "openai+espeak", "moonshine", "pocketsphinx", "none+piper"]
)
def test_engines_by_name(text: str) -> None:
    assert engine_names(text) == [name.strip() for name in text.split(",")]


@pytest.mark.parametrize("text", ["", ",", "nonsense", "free+espeak", "espeak+pocketsphinx", "free,nope"])
def test_unknown_engines_are_refused_before_a_server_starts(text: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected engines for --engines"):
        latency.main(["--engines", text, "--audio", str(tmp_path)])


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "expected recordings below"),
        ({"manifest.tsv": b"path\ttranscript\na.wav\thello\n"}, "line 2: expected a path and a language"),
        ({"manifest.tsv": b"path\tlanguage\na.wav\tfr\n"}, "line 2: expected a path and a language"),
        ({"manifest.tsv": b"\xff\xfepath"}, "expected text in UTF-8"),
        ({"a.wav": b"", "a.txt": b"\xff\xfea"}, "expected text in UTF-8"),
    ],
    ids=["nothing", "no language", "another language", "manifest of bytes", "words of bytes"],
)
def test_a_folder_of_recordings_that_is_none_is_told(files: dict[str, bytes], said: str, tmp_path: Path) -> None:
    for name, body in files.items():
        (tmp_path / name).write_bytes(body)
    with pytest.raises(InputError, match=said):
        recordings(tmp_path)
