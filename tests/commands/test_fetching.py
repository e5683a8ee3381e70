"""A recogniser for Chinese that is fetched beside the open room; a script of the test stands in for `models pull`."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from audio.engine_choice import Choice
from audio.engines import choose, hear_more
from audio.model_catalogue import find
from audio.models import PARTIAL, Models
from commands import fetching
from commands.fetching import HearingFetch, hearing_fetch
from commands.texts import Say
from tests.audio.hub import serving
from tests.audio.test_engines import put_whole_whisper
from tests.audio.test_models import DESK
from tests.data import data_folder, needs_test_data
from web.composition import EngineReport

MODEL = find("faster-whisper-base")
SOON_SEC = 0.005

BRING = "import shutil, sys; shutil.copytree(sys.argv[1], sys.argv[2] + '/' + sys.argv[3])"
"""Puts a model into the folder of models, under the name that is asked for."""


class Bench:
    """A room without a recogniser for Chinese, and what it was told."""

    def __init__(self, folder: Path) -> None:
        self.models = Models(folder / "models", machine=DESK)
        self.choice = Choice(models=self.models, synthesizer="none")
        self.engines = choose(self.choice)
        self.told: list[str] = []

    def fetch(self, script: str, *arguments: str | Path) -> HearingFetch:
        return self.by([sys.executable, "-I", "-c", script, *map(str, arguments)])

    def by(self, command: Sequence[str]) -> HearingFetch:
        return HearingFetch(
            MODEL,
            "zh",
            self.choice,
            self.engines,
            tell=self.told.append,
            say=Say("en"),
            command=command,
            looks_sec=SOON_SEC,
        )

    async def tried(self, fetch: HearingFetch) -> None:
        """Let it run until it has told how it went; after a failure it would go on looking."""
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(fetch.run())
            while len(self.told) < 2:
                await asyncio.sleep(SOON_SEC)
            running.cancel()


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path)
    yield made
    await made.engines.aclose()


def recognizers(fetch: HearingFetch) -> list[EngineReport]:
    return [row for row in fetch.reports() if row.port == "recognizer"]


async def is_there(path: Path) -> None:
    """Wait for a file of a child."""
    while not path.exists():
        await asyncio.sleep(SOON_SEC)


# --- it comes ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
@needs_test_data
async def test_what_was_fetched_hears_chinese_in_the_open_room(bench: Bench) -> None:
    english = bench.engines.recognizer("en")
    fetch = bench.fetch(BRING, data_folder() / "models" / "micro-whisper", bench.models.folder)
    await fetch.run()
    assert fetch.state == "here"
    chinese = bench.engines.recognizer("zh")
    assert chinese is not None
    assert chinese.name == "faster-whisper"
    assert bench.engines.names["recognizer.zh"] == MODEL.id
    assert bench.engines.recognizer("en") is english
    rows = recognizers(fetch)
    assert [(row.name, row.ready, row.arriving) for row in rows] == [
        ("moonshine", True, False),
        (MODEL.id, True, False),
    ]
    begun, done = bench.told
    assert f"{MODEL.id} (148 MB, once)" in begun
    assert done == f"{MODEL.id} is ready: new rehearsals understand Chinese."


async def test_until_then_chinese_alone_is_arriving_with_its_share(bench: Bench, tmp_path: Path) -> None:
    begun, may = tmp_path / "begun", tmp_path / "may"
    script = (
        "import pathlib, sys, time\n"
        "pathlib.Path(sys.argv[1]).touch()\n"
        "while not pathlib.Path(sys.argv[2]).exists(): time.sleep(0.005)\n"
        "raise SystemExit('no')\n"
    )
    fetch = bench.fetch(script, begun, may)
    part = bench.models.folder / PARTIAL / MODEL.id / "model.bin.part"
    part.parent.mkdir(parents=True)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(fetch.run())
        await is_there(begun)
        for size, share in ((0, "0%"), (MODEL.size // 2 + 1, "50%"), (2 * MODEL.size, "99%")):
            with part.open("wb") as file:
                file.truncate(size)
            english, chinese = recognizers(fetch)
            assert (english.name, english.ready, english.arriving) == ("moonshine", True, False)
            assert (chinese.name, chinese.ready, chinese.arriving) == ("none", False, True)
            assert chinese.note is not None
            assert f"148 MB, {share} so far" in chinese.note.en
            assert f"148 MB，已到 {share}" in chinese.note.zh
        assert not [row for row in fetch.reports() if row.arriving and row.port != "recognizer"]
        may.touch()
        while len(bench.told) < 2:
            await asyncio.sleep(SOON_SEC)
        running.cancel()
    (_, chinese) = recognizers(fetch)
    assert (chinese.ready, chinese.arriving) == (False, False)
    assert chinese.note is not None
    assert "models pull" in chinese.note.en


async def test_files_that_are_there_are_still_arriving_until_they_are_in_use(bench: Bench) -> None:
    fetch = bench.fetch("")
    put_whole_whisper(bench.models.folder, MODEL.id)
    assert [row.arriving for row in recognizers(fetch)] == [False, True]
    hear_more(bench.engines, bench.choice)
    assert [row.arriving for row in recognizers(fetch)] == [False, False]


# --- it does not ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("import sys; print('one\\n\\ntwo  \\n', file=sys.stderr); sys.exit(3)", "two"),
        ("import sys; sys.exit(3)", "exit code 3"),
        ("import sys; sys.stderr.buffer.write(b'no \\xff'); sys.exit(1)", "no \ufffd"),
        ("import os; os.kill(os.getpid(), 9)", "exit code -9"),
    ],
    ids=["last-line", "nothing-said", "no-text", "killed"],
)
async def test_a_failure_is_told_by_the_last_thing_said_and_the_room_goes_on(
    bench: Bench, script: str, reason: str
) -> None:
    fetch = bench.fetch(script)
    await bench.tried(fetch)
    assert fetch.state == "failed"
    assert f"{MODEL.id} could not be fetched ({reason})." in bench.told[-1]
    assert f"run_coach.py models pull {MODEL.id}" in bench.told[-1]
    assert bench.engines.recognizer("zh") is None
    assert not any(row.arriving for row in fetch.reports())


async def test_a_program_that_is_not_there_fails_like_any_other(bench: Bench, tmp_path: Path) -> None:
    fetch = bench.by([str(tmp_path / "nothing")])
    await bench.tried(fetch)
    assert fetch.state == "failed"
    assert "FileNotFoundError" in bench.told[-1]


@pytest.mark.slow
async def test_a_model_that_does_not_run_is_told_and_ends_nothing(bench: Bench, tmp_path: Path) -> None:
    source = put_whole_whisper(tmp_path, "random")
    fetch = bench.fetch(BRING, source, bench.models.folder)
    await bench.tried(fetch)
    assert fetch.state == "unusable"
    assert "was fetched, and does not work on this machine" in bench.told[-1]
    assert "does not run as a Whisper model" in bench.told[-1]
    (_, chinese) = recognizers(fetch)
    assert (chinese.ready, chinese.arriving) == (False, False)
    assert chinese.note is not None
    assert "does not work on this machine" in chinese.note.en
    assert "不能用" in chinese.note.zh


@pytest.mark.slow
@needs_test_data
async def test_a_model_that_somebody_brings_after_a_failure_is_used_and_not_called_ready_before(bench: Bench) -> None:
    fetch = bench.fetch("raise SystemExit('no')")
    await bench.tried(fetch)
    shutil.copytree(data_folder() / "models" / "micro-whisper", bench.models.home(MODEL.id))
    assert [(row.ready, row.arriving) for row in recognizers(fetch)] == [(True, False), (False, True)]
    await asyncio.wait_for(fetch.run(), 30)
    assert fetch.state == "here"
    assert bench.engines.recognizer("zh") is not None
    assert [(row.ready, row.arriving) for row in recognizers(fetch)] == [(True, False), (True, False)]


async def test_whoever_stops_the_room_stops_what_is_fetched_and_all_that_it_started(
    bench: Bench, tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    late = "import sys, time; time.sleep(5); sys.stdout.write('late')"
    script = (
        "import subprocess, sys, time\n"
        "pipe = open(sys.argv[1], 'wb', buffering=0)\n"
        f"subprocess.Popen([sys.executable, '-I', '-c', {late!r}], stdout=pipe)\n"
        "pipe.write(b'.')\n"
        "time.sleep(5)\n"
        "pipe.write(b'late')\n"
    )
    fetch = bench.fetch(script, pipe)
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(fetch.run())
        with await asyncio.to_thread(pipe.open, "rb", 0) as reading:
            assert await asyncio.to_thread(reading.read, 1) == b"."
            task.cancel()
            await asyncio.wait([task])
            assert task.cancelled()
            # The end of the pipe comes when nobody holds it any more.
            assert await asyncio.to_thread(reading.read) == b""
    assert len(bench.told) == 1


# --- whether ----------------------------------------------------------------------------------------------------


def wanted(bench: Bench, choice: Choice) -> HearingFetch | None:
    return hearing_fetch(choice, bench.engines, tell=bench.told.append, say=Say("en"))


async def test_nothing_is_fetched_where_chinese_is_heard(bench: Bench) -> None:
    assert wanted(bench, bench.choice) is not None
    put_whole_whisper(bench.models.folder, "faster-whisper-tiny")
    assert wanted(bench, bench.choice) is None


async def test_nothing_is_fetched_over_a_damaged_model(bench: Bench) -> None:
    (put_whole_whisper(bench.models.folder, "faster-whisper-tiny") / "model.bin").write_bytes(b"cut")
    assert wanted(bench, bench.choice) is None


async def test_nothing_is_fetched_where_the_recogniser_was_named_or_there_is_no_folder_for_models(bench: Bench) -> None:
    for recognizer in ("faster-whisper", "moonshine", "none"):
        assert wanted(bench, replace(bench.choice, recognizer=recognizer)) is None
    assert wanted(bench, replace(bench.choice, models=None)) is None


async def test_nothing_is_fetched_that_could_not_run(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "is_installed", lambda name: name != "faster_whisper")
    assert wanted(bench, bench.choice) is None


@pytest.mark.slow
async def test_it_is_models_pull_that_fetches(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")
    monkeypatch.setenv("COACH_ENGINES__MODELS_DIR", str(bench.models.folder))
    fetch = wanted(bench, bench.choice)
    assert fetch is not None
    with serving({}) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        await bench.tried(fetch)
    assert fetch.state == "failed"
    assert f"{hub.url}/{MODEL.repo}/resolve/{MODEL.revision}/{MODEL.files[0].name}" in bench.told[-1]
