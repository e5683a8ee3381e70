"""The commands as a user types them: real processes, real files, exit codes 0, 1 and 2."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import wave
from datetime import timedelta
from pathlib import Path

import pytest

import run_coach
from coach.clock import wall_time
from coach.store.files import RehearsalFiles
from coach.store.keeper import Keeper
from coach.store.repository import SqlRehearsalStore
from tests.commands import examples
from tests.commands.running import ROOT, coach, environment

pytestmark = pytest.mark.slow
SCENARIO = ROOT / "scenarios" / "en-US" / "home" / "kettle.yaml"
TODAY = f"{wall_time():%Y-%m-%d}"
LATER = f"{wall_time() + timedelta(days=30):%Y-%m-%d}"
"""So that no test fails that runs past midnight."""


def fresh(path: Path) -> str:
    """Return a scenario's text as if it had been written today: its age is not what is tested."""
    text = path.read_text(encoding="utf-8")
    for name, day in (("created", TODAY), ("expires", LATER)):
        text, count = re.subn(rf"^{name}: .*$", f"{name}: {day}", text, flags=re.MULTILINE)
        assert count == 1
    return text


@pytest.mark.parametrize(
    "command", [[], *([name] for name in run_coach.COMMANDS), ["scenario", "check"], ["scenario", "new"]]
)
def test_every_command_explains_itself_in_both_languages(tmp_path: Path, command: list[str]) -> None:
    english = coach(*command, "--help", data_dir=tmp_path)
    chinese = coach(*(command or ["serve"]), "--lang", "zh", "--help", data_dir=tmp_path)
    assert [done.returncode for done in (english, chinese)] == [0, 0]
    assert "usage: run_coach.py" in english.stdout
    assert english.stdout != chinese.stdout


def test_products_of_matrices_start_no_threads(tmp_path: Path) -> None:
    """They would spin for the next one, beside every rehearsal in which the turn model is asked."""
    code = """
import contextlib, pathlib, sys
import run_coach
assert "numpy" not in sys.modules
with contextlib.suppress(SystemExit):
    run_coach.main(["scenario", "--help"])
import numpy as np
some = np.ones((800, 800), np.float32)
some @ some
print("threads", len(list(pathlib.Path("/proc/self/task").iterdir())))
"""
    if not Path("/proc/self/task").is_dir():
        pytest.skip("threads are counted in /proc")
    usual = environment(tmp_path, OMP_NUM_THREADS="2")
    usual.pop("OPENBLAS_NUM_THREADS", None)
    child = [sys.executable, "-c", code]
    done = subprocess.run(child, cwd=ROOT, env=usual, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "threads 1"


@pytest.mark.parametrize("arguments", [["sing"], ["--sing"], ["serve", "--port", "many"], ["demo", "--seconds", "0"]])
def test_wrong_usage_is_2(tmp_path: Path, arguments: list[str]) -> None:
    done = coach(*arguments, data_dir=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["demo", "--seconds", "abc"], "expected 1 to 14400, got 'abc'"),
        (["demo", "--seconds", "nan"], "expected 1 to 14400, got 'nan'"),
        (["score", "a.jsonl", "--workers", "many"], "expected 1 to 256, got 'many'"),
        (["serve", "--port", "70000"], "expected 0 to 65535, got '70000'"),
        (["serve", "--port", "many", "--lang", "zh"], "应为 0 到 65535 之间的数，得到 'many'"),
    ],
)
def test_a_number_that_is_none_is_told_what_was_expected(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    done = coach(*arguments, data_dir=tmp_path)
    assert done.returncode == 2
    assert sentence in done.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["demo", "--audio", "nowhere.wav"], "nowhere.wav：没有这个文件。请给录音的路径"),
        (["report", "20261122-000000-aaaaaa"], "没有编号为 '20261122-000000-aaaaaa' 的排练"),
        (["score", "nowhere.jsonl"], "应为文字稿、录音、events.jsonl 或放它们的目录"),
        (["models", "pull", "nothing"], "未知的模型 'nothing'"),
        (["serve", "--host", "no.such.host.invalid"], "不是这台电脑的地址"),
    ],
    ids=["recording", "rehearsal", "transcript", "model", "host"],
)
def test_an_error_is_told_in_chinese_to_who_reads_chinese(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    done = coach(*arguments, "--lang", "zh", data_dir=tmp_path)
    told = "".join(done.stderr.split())
    assert done.returncode == 2
    assert "".join(sentence.split()) in told


def test_a_demo_says_that_its_recording_ends_early(tmp_path: Path) -> None:
    whole, cut = tmp_path / "whole.wav", tmp_path / "cut.wav"
    with wave.open(str(whole), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(64_000))
    cut.write_bytes(whole.read_bytes()[:40_000])
    done = coach("demo", "--audio", whole, cut, "--seconds", "1", data_dir=tmp_path)
    assert f"{cut}: the file ends early" in " ".join(done.stdout.split())
    assert f"{whole}: the file" not in done.stdout


# --- scenario ---------------------------------------------------------------------------------------------------


def test_faults_of_a_scenario_are_told_with_file_line_and_column(tmp_path: Path) -> None:
    broken, sound = tmp_path / "broken.yaml", tmp_path / "sound.yaml"
    text = fresh(SCENARIO)
    sound.write_text(text, encoding="utf-8")
    broken.write_text(text.replace("difficulty:", "dificulty:"), encoding="utf-8")
    line = 1 + text[: text.index("difficulty:")].count("\n")

    done = coach("scenario", "check", broken, sound, data_dir=tmp_path)

    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{broken}:{line}:1" in done.stderr
    assert "did you mean 'difficulty'" in done.stderr
    assert "2 file(s), 1 with errors" in done.stdout


def test_the_shipped_scenarios_are_without_fault(tmp_path: Path) -> None:
    for path in (ROOT / "scenarios").rglob("*.yaml"):
        (tmp_path / path.name).write_text(fresh(path), encoding="utf-8")
    done = coach("scenario", "check", tmp_path, data_dir=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_scenario_past_its_date_is_a_finding_with_its_place(tmp_path: Path) -> None:
    stale = tmp_path / "stale.yaml"
    stale.write_text(fresh(SCENARIO).replace(TODAY, "2020-01-01").replace(LATER, "2020-01-02"), encoding="utf-8")
    done = coach("scenario", "check", stale, data_dir=tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{stale}:" in done.stderr
    assert "error:" in done.stderr


@pytest.mark.parametrize("name", ["absent.yaml", "empty"])
def test_what_cannot_be_read_is_2(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    assert coach("scenario", "check", name, data_dir=tmp_path).returncode == 2


def test_a_scenario_is_shown_by_its_id_and_a_wrong_id_is_corrected(tmp_path: Path) -> None:
    shown = coach("scenario", "show", "en-pour-kettle", data_dir=tmp_path)
    wrong = coach("scenario", "show", "en-pour-ketle", data_dir=tmp_path)
    assert (shown.returncode, "en-pour-kettle v" in shown.stdout) == (0, True)
    assert (wrong.returncode, "did you mean 'en-pour-kettle'" in wrong.stderr) == (2, True)


# --- report and recover -----------------------------------------------------------------------------------------


def _crashed(data_dir: Path, rehearsal_id: str = "r1") -> None:
    """Leave what a killed server leaves: an open log that nobody holds."""
    store = SqlRehearsalStore(f"sqlite:///{data_dir / 'coach.db'}")
    keeper = Keeper(data_dir / "rehearsals", store)
    text = SCENARIO.read_text(encoding="utf-8")
    files: RehearsalFiles = keeper.open(examples.summary(rehearsal_id), text)
    files.append(examples.log(rehearsal_id))
    files.close()
    store.close()


def test_a_crashed_rehearsal_is_recovered_reported_and_scored_again(tmp_path: Path) -> None:
    _crashed(tmp_path)
    early = coach("report", "r1", data_dir=tmp_path)
    recovered = coach("recover", data_dir=tmp_path)
    again = coach("recover", data_dir=tmp_path)
    reports = [coach("report", "latest", "--format", form, data_dir=tmp_path) for form in ("json", "md", "html")]
    rescored = coach("report", "r1", "--format", "json", "--rescore", data_dir=tmp_path)

    assert (early.returncode, "run_coach.py recover" in early.stderr) == (2, True)
    assert recovered.returncode == 0, recovered.stdout + recovered.stderr
    assert "r1" in recovered.stdout
    assert again.stdout == "Nothing to recover.\n"
    assert [done.returncode for done in reports] == [0, 0, 0], [done.stderr for done in reports]
    scorecard = json.loads(reports[0].stdout)
    assert (scorecard["rehearsal_id"], scorecard["end_reason"]) == ("r1", "crashed")
    assert [score["id"] for score in scorecard["scores"]] == ["pacing", "coverage", "composure"]
    assert json.loads(rescored.stdout) == scorecard


def test_a_report_is_written_to_a_file_and_read_from_a_copied_folder(tmp_path: Path) -> None:
    _crashed(tmp_path)
    assert coach("recover", data_dir=tmp_path).returncode == 0
    folder = tmp_path / "rehearsals" / "r1"
    folder.rename(tmp_path / "copied")

    done = coach("report", "copied", "--format", "html", "--out", "new/r.html", "--lang", "zh", data_dir=tmp_path)

    assert done.returncode == 0, done.stderr
    assert "<html" in (tmp_path / "new" / "r.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("given", ["nothing", "latest", "../../etc/passwd"])
def test_a_report_of_what_is_not_there_is_2(tmp_path: Path, given: str) -> None:
    done = coach("report", given, data_dir=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert done.stderr.startswith("Error: ")


# --- serve ------------------------------------------------------------------------------------------------------


def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        done = coach("serve", "--port", str(port), data_dir=tmp_path)
    assert done.returncode == 2
    assert str(port) in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


# --- score ------------------------------------------------------------------------------------------------------

TRANSCRIPT = [
    '{"t0": 0.0, "t1": 4.0, "role": "streamer", "text": "Welcome in, this kettle pours slowly."}',
    '{"t0": 6.0, "role": "viewer", "viewer": {"id": "v1", "type": "troll"}, "text": "Boring!"}',
    '{"t0": 8.0, "t1": 12.0, "role": "streamer", "text": "Let me show you the spout."}',
    '{"t0": 14.0, "t1": 16.0, "role": "streamer", "text": "It is thirty nine dollars today."}',
    '{"t0": 17.0, "t1": 19.0, "role": "streamer", "text": "Thanks for asking."}',
    '{"t0": 20.0, "t1": 21.0, "role": "streamer", "text": "Right."}',
]


def test_a_broken_line_is_named_and_the_rest_is_scored(tmp_path: Path) -> None:
    whole, broken = tmp_path / "whole.jsonl", tmp_path / "broken.jsonl"
    whole.write_text("\n".join(TRANSCRIPT), encoding="utf-8")
    broken.write_text("\n".join([*TRANSCRIPT, '{"t0": 22.0, "role": "str', TRANSCRIPT[5]]), encoding="utf-8")

    first = coach("score", whole, "--scenario", SCENARIO, "--format", "jsonl", data_dir=tmp_path)
    second = coach("score", broken, "--scenario", "en-pour-kettle", "--format", "jsonl", data_dir=tmp_path)

    assert (first.returncode, first.stderr) == (0, "")
    assert second.returncode == 1
    assert f"{broken}:7: not valid JSON" in second.stderr
    coverage = [
        [score["value"] for score in json.loads(done.stdout)["scorecard"]["scores"] if score["id"] == "coverage"]
        for done in (first, second)
    ]
    assert coverage[0] == coverage[1]


def test_many_files_are_scored_into_a_folder_in_several_processes(tmp_path: Path) -> None:
    talks = tmp_path / "talks"
    talks.mkdir()
    for number in range(3):
        (talks / f"{number}.jsonl").write_text("\n".join(TRANSCRIPT), encoding="utf-8")
    (talks / "3.jsonl").write_text("no transcript\n", encoding="utf-8")
    options = ("--scenario", SCENARIO, "--out", talks / "out", "--format", "csv,jsonl", "--workers", "2")

    runs = [coach("score", talks, *options, data_dir=tmp_path) for _ in range(2)]

    assert [done.returncode for done in runs] == [1, 1], runs[0].stderr
    assert "3 scored" in runs[1].stdout
    assert "1 could not be scored" in runs[1].stderr
    table = (talks / "out" / "scores.csv").read_text(encoding="utf-8-sig").splitlines()
    lines = (talks / "out" / "scores.jsonl").read_text(encoding="utf-8").splitlines()
    assert (len(table), len(lines)) == (5, 4)
    assert [bool(json.loads(text)["scorecard"]) for text in lines] == [True, True, True, False]
    assert sorted(path.name for path in (talks / "out").iterdir()) == ["scores.csv", "scores.journal", "scores.jsonl"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("absent.jsonl", "--scenario", str(SCENARIO)),
        (".", "--scenario", str(SCENARIO)),
        (str(SCENARIO), "--scenario", str(SCENARIO)),
        (str(SCENARIO), "--scenario", "no-such"),
        (str(SCENARIO), "--format", "xml"),
    ],
)
def test_what_cannot_be_scored_is_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = coach("score", *arguments, data_dir=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert done.stderr


def test_no_command_at_all_opens_the_practice_room(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", str(ROOT / "run_coach.py")]  # as the README has it
    surroundings = environment(tmp_path, COACH_SERVER__PORT="0")
    with subprocess.Popen(
        command, cwd=tmp_path, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as room:
        assert room.stdout is not None
        said = next((line for line in room.stdout if "http://127.0.0.1:" in line), None)
        room.kill()
    assert said is not None
