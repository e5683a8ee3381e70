"""Doctor finds what is broken and says how to mend it; its figures come from engines at work."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.errors import EngineError
from coach.ports import MOUTH_RATE_HZ
from coach.settings import load_settings
from coach.testing import LevelVad, ScriptedRecognizer, ScriptedSynthesizer, ScriptedTurnModel
from commands import doctor
from commands.doctor_servers import servers
from commands.engine_speed import SOUND_SEC, hearing_speed, judging_sec, speaking_speed, speech_for_ears, vad_frame_sec
from commands.texts import Say
from tests.audio.test_models import put
from tests.audio.weights import weights
from tests.commands.running import coach


@pytest.mark.slow
def test_a_whole_machine_is_well(tmp_path: Path) -> None:
    done = coach("doctor", "--quick", data_dir=tmp_path, COACH_SERVER__PORT="0")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 rehearsal(s)" in done.stdout


@pytest.mark.slow
def test_no_advice_is_cut_off_at_the_edge_of_a_narrow_terminal(tmp_path: Path) -> None:
    done = coach("doctor", "--quick", "--lang", "zh", data_dir=tmp_path, COACH_SERVER__PORT="0", COLUMNS="80")
    assert "models pull" in done.stdout
    assert "…" not in done.stdout


@pytest.mark.slow
def test_what_is_broken_is_named_and_counted(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    more = {"COACH_DATA_DIR": str(tmp_path / "file" / "data"), "COACH_SERVER__PORT": "0", "COLUMNS": "400"}
    done = coach("doctor", "--quick", data_dir=tmp_path, **more)
    assert done.returncode == 1
    assert "choose another with COACH_DATA_DIR" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_folder_of_scenarios_that_is_not_there_is_warned_of(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path, scenario_dirs=(tmp_path, tmp_path / "gone"))
    [check] = doctor._scenarios(settings, Say("en"))
    assert check.mark == "note"
    assert check.text.endswith(f"COACH_SCENARIO_DIRS names folders that do not exist: {tmp_path / 'gone'}")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("COACH_ENGINES__WHISPER_MODEL", "/nowhere/base", "expected the folder of a model at /nowhere/base"),
        ("COACH_PIPER__VOICES", '{"en": ["/nowhere/a.onnx"]}', "/nowhere/a.onnx: expected a Piper voice"),
        ("COACH_ENGINES__RECOGNIZER", "faster-whisper", "needs a model"),
    ],
)
def test_what_a_start_would_refuse_is_broken(tmp_path: Path, setting: str, value: str, said: str) -> None:
    done = coach("doctor", "--quick", data_dir=tmp_path, COACH_SERVER__PORT="0", COLUMNS="400", **{setting: value})
    assert done.returncode == 1
    (row,) = [row for row in done.stdout.splitlines() if "broken" in row and row.startswith("│")]
    assert said in row


@pytest.mark.slow
def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    done = coach("doctor", data_dir=tmp_path, COACH_SERVER__PORT="many")
    assert done.returncode == 1
    assert "COACH_SERVER__PORT" in done.stdout


@pytest.mark.slow
def test_engines_are_measured_and_judged_in_words(tmp_path: Path) -> None:
    done = coach("doctor", "--lang", "en", data_dir=tmp_path, COACH_SERVER__PORT="0", COLUMNS="400")
    assert done.returncode == 0, done.stdout + done.stderr
    for part in (
        "µs per 20 ms",
        "espeak, English: first sound",
        "espeak, Chinese: first sound",
        "moonshine, English",
    ):
        assert part in done.stdout
    assert "Chinese speech recognition" in done.stdout
    assert "models pull" in done.stdout


@pytest.mark.slow
def test_a_damaged_model_is_passed_over_and_told(tmp_path: Path) -> None:
    put(tmp_path / "models", "faster-whisper-base")
    done = coach("doctor", "--quick", "--lang", "en", data_dir=tmp_path, COACH_SERVER__PORT="0", COLUMNS="400")
    assert "Traceback" not in done.stderr
    assert "moonshine: English" in done.stdout
    assert "faster-whisper-base is damaged: run_coach.py models verify" in done.stdout


@pytest.mark.slow
def test_a_model_whose_weights_do_not_load_is_broken_not_a_traceback(tmp_path: Path) -> None:
    home = put(tmp_path / "models", "faster-whisper-base")
    for name in ("config.json", "tokenizer.json"):
        (home / name).write_text("{}", encoding="utf-8")
    (home / "model.bin").write_bytes(weights())
    done = coach("doctor", "--lang", "en", data_dir=tmp_path, COACH_SERVER__PORT="0", COLUMNS="400")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert "does not run" in done.stdout


# --- measuring --------------------------------------------------------------------------------------------------


def test_a_detector_is_timed_on_frames_of_noise() -> None:
    assert vad_frame_sec(LevelVad()) > 0


async def test_a_turn_model_is_timed_and_its_failure_told() -> None:
    ready, each = await judging_sec(ScriptedTurnModel([0.0], delay_sec=0.0))
    assert (ready >= 0, each >= 0) == (True, True)
    with pytest.raises(EngineError):
        await judging_sec(ScriptedTurnModel([EngineError("turn", "broke")]))


async def test_a_synthesizer_is_timed_to_its_first_sound_and_gives_its_sound() -> None:
    speed, sound = await speaking_speed(ScriptedSynthesizer(), "en")
    assert len(sound) > 0
    assert speed.first_sec >= 0
    assert speed.share >= 0


async def test_a_recogniser_is_timed_from_the_last_sample() -> None:
    recognizer = ScriptedRecognizer(["this linen shirt"])
    speed = await hearing_speed(recognizer, "en", speech_for_ears(None), live=False)
    assert speed.final_sec >= 0


async def test_an_engine_that_fails_says_so() -> None:
    recognizer = ScriptedRecognizer([EngineError("scripted", "broke")])
    with pytest.raises(EngineError, match="broke"):
        await hearing_speed(recognizer, "en", speech_for_ears(None), live=False)


def test_ears_get_three_seconds_whatever_the_voice_said() -> None:
    for sound in (None, np.ones(MOUTH_RATE_HZ, np.int16), np.ones(9 * MOUTH_RATE_HZ, np.int16)):
        assert len(speech_for_ears(sound)) == SOUND_SEC * 16_000


# --- servers ----------------------------------------------------------------------------------------------------


@contextmanager
def answering(status: int) -> Iterator[str]:
    """Run a server that lists its models, or says why not."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps({"data": []}).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("status", "mark", "said"),
    [(200, "ok", "answers"), (404, "ok", "answers"), (401, "bad", "COACH_LLM__API_KEY"), (500, "bad", "HTTP 500")],
)
def test_a_server_that_is_set_up_is_asked(status: int, mark: str, said: str) -> None:
    with answering(status) as url:
        (check,) = servers(load_settings(llm={"base_url": url}), Say("en"), ask=True)
    assert check.mark == mark
    assert said in check.text


def test_a_server_that_is_gone_is_told_with_its_setting() -> None:
    with answering(200) as url:
        pass
    checks = list(servers(load_settings(speech={"base_url": url}), Say("en"), ask=True))
    assert [check.mark for check in checks] == ["ok", "bad"]
    assert "COACH_SPEECH__BASE_URL" in checks[1].text


def test_the_short_form_contacts_nobody() -> None:
    (check,) = servers(load_settings(llm={"base_url": "http://127.0.0.1:1/v1"}), Say("en"), ask=False)
    assert "not contacted" in check.text
