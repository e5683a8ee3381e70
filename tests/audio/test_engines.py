from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from pydantic import SecretStr

from audio import engines, parts
from audio.engine_choice import PACKAGES, Choice, WhisperOptions, hears, speaks
from audio.engine_report import report
from audio.engines import choose
from audio.machine import Machine
from audio.models import Models
from coach.errors import EngineError, InputError, MissingPart
from coach.ports import EAR_FRAME
from coach.testing import ScriptedChat
from tests.audio.test_models import DESK, WITH_CARD, put
from tests.audio.weights import weights

NO_KEY = SecretStr("none")
WHOLE_ONNX = b"\x08\x08\x3a\x00"
"""A version and an empty graph."""
SOME = Machine(cores=4, memory_gb=8.0, gpu=False)


@dataclass(frozen=True)
class Far:
    """A server that is set up."""

    base_url: str | None = "http://127.0.0.1:1/v1"
    model: str = "some"
    api_key: SecretStr = NO_KEY
    timeout_sec: float = 1.0
    partial_sec: float | None = None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A models folder with a recogniser for both languages and a Chinese voice."""
    put_whole_whisper(tmp_path, "faster-whisper-base")
    put_whole_voice(tmp_path, "zh_CN-huayan-medium")
    return tmp_path


def put_whole_whisper(folder: Path, name: str) -> Path:
    """Put a recogniser as far as a look at its files can tell; return its folder."""
    home = put(folder, name, "vocabulary.txt")
    for part in ("config.json", "tokenizer.json"):
        (home / part).write_text("{}", encoding="utf-8")
    (home / "model.bin").write_bytes(weights())
    return home


def put_whole_voice(folder: Path, name: str) -> Path:
    """Put a voice as far as a look at its files can tell; return its weights."""
    home = folder / name
    home.mkdir(parents=True)
    (home / f"{name}.onnx").write_bytes(WHOLE_ONNX)
    (home / f"{name}.onnx.json").write_text(
        '{"audio": {"sample_rate": 22050}, "language": {"code": "en_US"}}', encoding="utf-8"
    )
    return home / f"{name}.onnx"


def absent(monkeypatch: pytest.MonkeyPatch, *modules: str) -> None:
    """Let these packages look as if they were not installed."""
    for module in (engines, parts):
        monkeypatch.setattr(module, "is_installed", lambda name: name not in modules)


def installed(name: str) -> bool:
    return True


def picked(choice: Choice) -> list[str | None]:
    """Return what hears and speaks English and Chinese."""
    heard = [hears(choice, language, installed) for language in ("en", "zh")]
    labels = [hearing.label if hearing is not None else None for hearing in heard]
    return [*labels, *(speaks(choice, language, installed) for language in ("en", "zh"))]


# --- deciding ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["moonshine", "faster-whisper-base", "espeak", "piper"]),
        ({"models": None}, ["moonshine", None, "espeak", "espeak"]),
        ({"recognizer": "pocketsphinx"}, ["pocketsphinx", None, "espeak", "piper"]),
        ({"recognizer": "none", "synthesizer": "none"}, [None, None, None, None]),
        ({"synthesizer": "espeak"}, ["moonshine", "faster-whisper-base", "espeak", "espeak"]),
        ({"synthesizer": "piper"}, ["moonshine", "faster-whisper-base", None, "piper"]),
        ({"transcription": Far(), "speech": Far()}, ["openai", "openai", "openai", "openai"]),
        ({"transcription": Far(base_url=None)}, ["moonshine", "faster-whisper-base", "espeak", "piper"]),
        ({"transcription": Far(), "recognizer": "faster-whisper"}, ["faster-whisper-base"] * 2 + ["espeak", "piper"]),
        ({"voices": {"en": [Path("/a.onnx")]}}, ["moonshine", "faster-whisper-base", "piper", "piper"]),
        ({"whisper": WhisperOptions(Path("/my/own"))}, ["own", "own", "espeak", "piper"]),
    ],
)
def test_the_best_present_engine_of_each_language_is_chosen(
    folder: Path, asked: dict[str, object], expected: list[str | None]
) -> None:
    choice = replace(Choice(models=Models(folder, machine=SOME)), **asked)  # type: ignore[arg-type]  # a table
    assert picked(choice) == expected


@pytest.mark.parametrize(
    ("here", "lacks", "asked", "expected"),
    [
        (["base"], (), {}, "moonshine"),
        (["tiny"], (), {}, "moonshine"),
        (["small"], (), {}, "faster-whisper-small"),
        (["base", "small"], (), {}, "faster-whisper-small"),
        ([], (), {}, "moonshine"),
        (["base"], PACKAGES["moonshine"], {}, "faster-whisper-base"),
        (["base"], ("moonshine_voice",), {}, "faster-whisper-base"),
        (["base"], PACKAGES["faster-whisper"], {}, "moonshine"),
        (["base"], (), {"whisper": WhisperOptions(Path("/my/faster-whisper-base"))}, "faster-whisper-base"),
        (["base"], (), {"recognizer": "faster-whisper"}, "faster-whisper-base"),
        (["of-my-own"], (), {}, "faster-whisper-of-my-own"),
        (["base", "of-my-own"], (), {}, "moonshine"),
    ],
)
def test_english_is_heard_by_moonshine_unless_an_accurate_whisper_or_one_that_was_asked_for_is_there(
    tmp_path: Path, here: list[str], lacks: tuple[str, ...], asked: dict[str, object], expected: str
) -> None:
    for name in here:
        put_whole_whisper(tmp_path, f"faster-whisper-{name}")
    choice = replace(Choice(models=Models(tmp_path, machine=WITH_CARD)), **asked)  # type: ignore[arg-type]  # a table
    heard = hears(choice, "en", lambda package: package not in lacks)
    assert heard is not None
    assert heard.label == expected


def test_piper_by_name_says_for_which_language_it_has_no_voice_and_how_to_get_one(folder: Path) -> None:
    choice = Choice(models=Models(folder, machine=SOME), synthesizer="piper")
    english, chinese = (line for line in report(choice) if line.port == "synthesizer")
    assert (english.ready, chinese.ready) == (False, True)
    assert "no Piper voice for English" in english.note_en
    assert "models pull" in english.note_en
    assert "uv sync" not in english.note_en


@pytest.mark.parametrize("engine", PACKAGES)
def test_an_engine_whose_package_is_not_installed_is_passed_over(folder: Path, engine: str) -> None:
    choice = Choice(models=Models(folder, machine=SOME), transcription=Far(), speech=Far())

    def without(name: str) -> bool:
        return name not in PACKAGES[engine]

    for language in ("en", "zh"):
        hearing = hears(choice, language, without)
        assert hearing is None or hearing.engine != engine
        assert speaks(choice, language, without) != engine


def test_a_damaged_model_is_passed_over_until_it_is_mended(folder: Path) -> None:
    choice = Choice(models=Models(folder, machine=SOME))
    config = folder / "faster-whisper-base" / "config.json"
    config.write_text("{", encoding="utf-8")
    os.utime(config, ns=(1, 1))
    assert picked(choice)[:2] == ["moonshine", None]
    assert [model.path for model in choice.faults_for("recognizer", "zh")] == [folder / "faster-whisper-base"]
    config.write_text("{}", encoding="utf-8")
    assert picked(choice)[:2] == ["moonshine", "faster-whisper-base"]


def test_a_model_whose_weights_were_cut_is_not_called_ready_and_the_report_says_what_to_do(folder: Path) -> None:
    (folder / "faster-whisper-base" / "model.bin").write_bytes(weights()[:-1])
    choice = Choice(models=Models(folder, machine=DESK))
    assert picked(choice)[:2] == ["moonshine", None]
    chinese = [line for line in report(choice) if line.port == "recognizer" and not line.ready]
    assert "faster-whisper-base is damaged: run_coach.py models verify" in chinese[0].note["en"]
    assert "已损坏" in chinese[0].note["zh"]


def test_of_two_models_the_whole_one_is_taken_and_the_damaged_one_is_told(folder: Path) -> None:
    shutil.copytree(folder / "faster-whisper-base", folder / "faster-whisper-tiny")
    (folder / "faster-whisper-base" / "model.bin").write_bytes(weights()[:-1])
    choice = Choice(models=Models(folder, machine=DESK))
    assert picked(choice)[:2] == ["moonshine", "faster-whisper-tiny"]
    _, chinese = [line for line in report(choice) if line.port == "recognizer"]
    assert chinese.ready
    assert "faster-whisper-base is damaged: run_coach.py models verify" in chinese.note["en"]


@pytest.mark.parametrize("rest", [b"", WHOLE_ONNX[:-1], b"<html>not found</html>", WHOLE_ONNX + b"\x3a\x10cut"])
def test_a_damaged_voice_is_passed_over_and_told(folder: Path, rest: bytes) -> None:
    voice = folder / "zh_CN-huayan-medium" / "zh_CN-huayan-medium.onnx"
    voice.write_bytes(rest or b"x")
    choice = Choice(models=Models(folder, machine=SOME))
    assert picked(choice)[2:] == ["espeak", "espeak"]
    (line,) = [line for line in report(choice) if line.port == "synthesizer"]
    assert "zh_CN-huayan-medium is damaged: run_coach.py models verify" in line.note["en"]
    second = put_whole_voice(folder, "zh_CN-huayan-x_low")
    assert choice.voices_for("zh") == (second,)
    voice.write_bytes(WHOLE_ONNX)
    os.utime(voice, ns=(1, 1))
    assert set(choice.voices_for("zh")) == {voice, second}


def test_a_voice_that_would_download_a_part_is_passed_over(folder: Path) -> None:
    settings = folder / "zh_CN-huayan-medium" / "zh_CN-huayan-medium.onnx.json"
    settings.write_text('{"audio": {"sample_rate": 22050}, "phoneme_type": "pinyin"}', encoding="utf-8")
    assert picked(Choice(models=Models(folder, machine=SOME)))[3] == "espeak"


def test_files_that_the_settings_name_in_vain_are_told(tmp_path: Path) -> None:
    gone = tmp_path / "nothing"
    choice = Choice(whisper=WhisperOptions(model=gone), voices={"en": [gone.with_suffix(".onnx")]})
    lines = [line for line in report(choice) if not line.ready]
    assert [line.port for line in lines] == ["recognizer", "synthesizer"]
    assert all(str(gone) in line.note["en"] and str(gone) in line.note["zh"] for line in lines)


# --- building ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
async def test_without_models_auto_takes_what_is_installed_and_each_part_works(tmp_path: Path) -> None:
    chosen = choose()
    decision = chosen.vad().feed(np.zeros(EAR_FRAME, np.int16))
    assert decision.speech < 0.5
    assert chosen.recognizer("en") is chosen.recognizer("en") is not None
    assert chosen.recognizer("zh") is None
    assert chosen.synthesizer is not None
    await chosen.synthesizer.prepare("zh")
    assert chosen.recorder is not None
    await chosen.recorder(tmp_path).aclose()
    assert chosen.names_for("en") == {
        "vad": chosen.vad().name,
        "recognizer": "moonshine",
        "synthesizer": chosen.synthesizer.name,
        "echo": "kalman+aec3",
        "turn_model": "smart-turn",
        "recorder": "ogg-opus",
        "chat_model": "scripted",
    }
    assert "recognizer" not in chosen.names_for("zh")
    await chosen.aclose()
    await chosen.aclose()


async def test_one_whisper_serves_both_languages(folder: Path) -> None:
    chosen = choose(Choice(models=Models(folder, machine=DESK), recognizer="faster-whisper", synthesizer="none"))
    assert chosen.recognizer("zh") is chosen.recognizer("en") is not None
    assert chosen.names_for("zh")["recognizer"] == "faster-whisper-base"
    await chosen.aclose()


def test_a_folder_that_holds_no_whole_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="found nothing"):
        choose(Choice(whisper=WhisperOptions(tmp_path / "no")))


async def test_engines_can_be_switched_off(tmp_path: Path) -> None:
    chosen = choose(Choice(recognizer="none", synthesizer="none"))
    assert chosen.synthesizer is None
    assert chosen.recognizer("en") is None
    assert "synthesizer" not in chosen.names_for("en")
    await chosen.aclose()


@pytest.mark.slow
async def test_servers_are_used_when_they_are_set_up_and_not_asked_before() -> None:
    chosen = choose(Choice(transcription=Far(), speech=Far()))
    assert chosen.names_for("zh")["recognizer"] == chosen.names_for("en")["synthesizer"] == "openai"
    assert chosen.recognizer("zh") is not None
    await chosen.aclose()


async def test_a_language_model_is_passed_on_and_named() -> None:
    chat = ScriptedChat([])
    chosen = choose(chat=chat)
    assert chosen.chat is chat
    assert chosen.names["chat_model"] == chat.name
    await chosen.aclose()


@pytest.mark.parametrize("port", ["vad", "recognizer", "synthesizer", "turn_model"])
def test_an_unknown_name_is_answered_with_the_choices(port: str) -> None:
    wrong = replace(Choice(), **{port: "magic"})  # type: ignore[arg-type]  # a table
    with pytest.raises(InputError, match=rf"Unknown {port} 'magic'\. Choose one of: auto, "):
        choose(wrong)
    with pytest.raises(InputError, match="Choose one of"):
        report(wrong)


async def test_auto_goes_on_without_what_is_not_installed_and_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for_hearing = ("moonshine_voice", "pocketsphinx", "faster_whisper")
    absent(monkeypatch, "av", *for_hearing, "espeakng_loader", "webrtcvad", "piper", "pipecat")
    chosen = choose()
    assert (chosen.synthesizer, chosen.recognizer("en"), chosen.recorder) == (None, None, None)
    missing = {line.port: line for line in report() if not line.ready and "uv sync" in line.note_en}
    assert set(missing) == {"vad", "recognizer", "synthesizer", "turn_model", "recorder"}
    assert all("uv sync" in line.note_zh for line in missing.values())
    await chosen.aclose()


@pytest.mark.parametrize(
    ("choice", "module"),
    [
        (Choice(recognizer="moonshine"), "moonshine_voice"),
        (Choice(recognizer="pocketsphinx"), "pocketsphinx"),
        (Choice(synthesizer="espeak"), "espeakng_loader"),
        (Choice(turn_model="smart-turn"), "pipecat"),
    ],
)
def test_an_engine_asked_for_by_name_must_be_there(
    monkeypatch: pytest.MonkeyPatch, choice: Choice, module: str
) -> None:
    absent(monkeypatch, module)
    with pytest.raises(MissingPart, match=rf"{module}.*uv sync"):
        choose(choice)


@pytest.mark.parametrize(("wanted", "is_there"), [("auto", True), ("smart-turn", True), ("off", False)])
async def test_the_turn_model_can_be_switched_off(wanted: str, is_there: bool) -> None:
    chosen = choose(Choice(turn_model=wanted, recognizer="none", synthesizer="none"))
    line = next(line for line in report(Choice(turn_model=wanted)) if line.port == "turn_model")
    assert [chosen.turn_model is not None, "turn_model" in chosen.names, line.ready] == [is_there] * 3
    await chosen.aclose()


@pytest.mark.parametrize(
    ("choice", "what"),
    [
        (Choice(recognizer="faster-whisper"), "models pull"),
        (Choice(synthesizer="piper"), "models pull"),
        (Choice(recognizer="openai"), "COACH_TRANSCRIPTION__BASE_URL"),
        (Choice(synthesizer="openai"), "COACH_SPEECH__BASE_URL"),
    ],
)
def test_an_engine_asked_for_by_name_must_have_what_it_works_with(choice: Choice, what: str) -> None:
    with pytest.raises(MissingPart, match=what):
        choose(choice)


# --- reporting --------------------------------------------------------------------------------------------------


def test_without_the_confirming_detector_the_quick_one_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    absent(monkeypatch, "onnxruntime")
    line = next(line for line in report() if line.port == "vad")
    assert (line.name, line.ready) == ("webrtc", True)


def test_without_models_the_report_says_what_to_pull(tmp_path: Path) -> None:
    english, chinese = [
        line for line in report(Choice(models=Models(tmp_path, machine=DESK))) if line.port == "recognizer"
    ]
    assert (english.name, english.ready, chinese.name, chinese.ready) == ("moonshine", True, "none", False)
    assert all("models pull faster-whisper-base" in note for note in chinese.note.values())
    assert "typed input works" in chinese.note["en"]
    assert "打字" in chinese.note["zh"]


def test_with_models_the_report_names_them_and_the_languages(folder: Path) -> None:
    lines = report(Choice(models=Models(folder, machine=DESK)))
    assert [(line.port, line.name) for line in lines if line.ready][1:5] == [
        ("recognizer", "moonshine"),
        ("recognizer", "faster-whisper-base"),
        ("synthesizer", "espeak"),
        ("synthesizer", "piper"),
    ]
    assert all(line.note["zh"] and line.note["en"] for line in lines)


def test_a_recogniser_that_is_too_slow_here_is_called_slow(folder: Path) -> None:
    models = Models(folder, machine=DESK)
    models.remember_speed("faster-whisper-base", 3.0)
    _, chinese = [line for line in report(Choice(models=models)) if line.port == "recognizer"]
    assert "slow on this machine" in chinese.note["en"]


def test_a_server_is_named_with_what_is_sent_to_it() -> None:
    notes = [line.note["en"] for line in report(Choice(transcription=Far(), speech=Far()))]
    assert any("the sound is sent to http://127.0.0.1:1/v1" in note for note in notes)
    assert any("the lines are sent to http://127.0.0.1:1/v1" in note for note in notes)
