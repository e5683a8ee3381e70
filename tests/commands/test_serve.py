"""The practice room as a process: started, used, killed in mid-rehearsal, started again."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from tests.audio.hub import serving
from tests.commands.running import ROOT, coach, environment

pytestmark = pytest.mark.slow


@contextmanager
def _serving(data_dir: Path, **settings: str) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    """Start a server; give it, its URL, and what it said until then."""
    with subprocess.Popen(
        [sys.executable, ROOT / "run_coach.py", "serve", "--port", "0"],
        cwd=data_dir,
        env=environment(data_dir, COACH_SERVER__BUILD_UI="false", **settings),
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as server:
        assert server.stdout is not None
        said = ""
        try:
            for line in server.stdout:
                said += line
                if line.startswith("Practice room: "):
                    yield server, line.removeprefix("Practice room: ").strip(), said
                    return
            pytest.fail(f"the server ended: {said}")
        finally:
            server.kill()


def _ask(url: str, body: dict[str, Any] | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = Request(url, data, {"Content-Type": "application/json"})
    with build_opener(ProxyHandler({})).open(request, timeout=30) as answer:
        return json.load(answer)


def _rehearse(url: str) -> str:
    """Begin a typed rehearsal and say something in it; return its id."""
    rehearsal_id = str(_ask(f"{url}/api/rehearsals", {"scenario": "en-pour-kettle", "input": "typed"})["id"])
    at = f"{url}/api/rehearsals/{rehearsal_id}"
    _ask(f"{at}/commands", {"type": "say", "text": "Welcome in, this kettle pours slowly."})
    heard: list[str] = []
    while "utterance_heard" not in heard:
        page = _ask(f"{at}/records?since={len(heard)}&wait=10")
        heard += [record["event"]["type"] for record in page["records"]]
    return rehearsal_id


def _written(data_dir: Path, rehearsal_id: str) -> str:
    return (data_dir / "rehearsals" / rehearsal_id / "events.jsonl").read_text(encoding="utf-8")


def test_a_rehearsal_killed_in_the_middle_is_closed_scored_and_listed_by_the_next_start(tmp_path: Path) -> None:
    with _serving(tmp_path) as (server, url, _):
        rehearsal_id = _rehearse(url)
        while "utterance_heard" not in _written(tmp_path, rehearsal_id):
            time.sleep(0.02)
        server.kill()
        server.wait(timeout=30)

    with _serving(tmp_path) as (server, url, _):
        [row] = _ask(f"{url}/api/rehearsals")
        scorecard = _ask(f"{url}/api/rehearsals/{rehearsal_id}/scorecard")
        status = _ask(f"{url}/api/status")
        server.send_signal(signal.SIGTERM)
        said, _ = server.communicate(timeout=60)

    assert f"Rehearsal {rehearsal_id}" in said
    assert "closed and scored now" in said
    assert (row["id"], row["state"], row["end_reason"], row["recovered"]) == (rehearsal_id, "scored", "crashed", True)
    assert scorecard["end_reason"] == "crashed"
    assert [item["id"] for item in status["recovered"]] == [rehearsal_id]


def test_a_room_that_does_not_hear_chinese_fetches_what_does_and_says_how_it_went(tmp_path: Path) -> None:
    def recognizers() -> list[dict[str, Any]]:
        return [engine for engine in _ask(f"{url}/api/status")["engines"] if engine["port"] == "recognizer"]

    with serving({}) as hub:
        settings = {"COACH_ENGINES__FETCH_HEARING": "true", "HF_ENDPOINT": hub.url, "NO_PROXY": "127.0.0.1"}
        with _serving(tmp_path, **settings) as (server, url, before):
            while any(engine["arriving"] for engine in recognizers()):
                time.sleep(0.02)
            (english, chinese) = recognizers()
            server.send_signal(signal.SIGTERM)
            said, _ = server.communicate(timeout=60)
    assert len(hub.ranges) == 1
    assert (english["ready"], chinese["ready"]) == (True, False)
    assert "models pull" in chinese["note"]["en"]
    assert "Fetching speech recognition for Chinese, faster-whisper-base" in before + said
    assert "faster-whisper-base could not be fetched" in said


def test_a_room_fetches_nothing_where_that_is_switched_off(tmp_path: Path) -> None:
    with serving({}) as hub, _serving(tmp_path, HF_ENDPOINT=hub.url, NO_PROXY="127.0.0.1") as (server, url, before):
        engines = _ask(f"{url}/api/status")["engines"]
        server.send_signal(signal.SIGTERM)
        said, _ = server.communicate(timeout=60)
    assert not any(engine["arriving"] for engine in engines)
    assert hub.ranges == []
    assert "Fetching" not in before + said


def test_an_index_that_cannot_be_used_ends_the_server_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "coach.db").mkdir()
    done = coach("serve", "--port", "0", data_dir=tmp_path, COACH_SERVER__BUILD_UI="false")
    assert done.returncode == 2
    assert "coach.db" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_stop_signal_ends_and_scores_what_runs(tmp_path: Path) -> None:
    with _serving(tmp_path) as (server, url, said):
        rehearsal_id = _rehearse(url)
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)

    assert "Engines" in said
    assert json.loads(_written(tmp_path, rehearsal_id).splitlines()[-1])["event"]["reason"] == "stopped"
    assert (tmp_path / "rehearsals" / rehearsal_id / "scorecard.json").is_file()


def test_a_start_loads_no_scorer(tmp_path: Path) -> None:
    script = (
        "import sys, web.serve, run_coach\n"
        "def composed(host, port, compose, on_ready):\n"
        "    compose()\n"
        "    print('loaded' if 'coach.score.scorer' in sys.modules else 'not loaded')\n"
        "web.serve.serve = composed\n"
        "run_coach.main(['serve', '--port', '0'])\n"
    )
    env = environment(tmp_path, COACH_SERVER__BUILD_UI="false")
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "not loaded"
