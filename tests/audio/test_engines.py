from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from audio import engines
from audio.asr.build import TranscriptionServer
from audio.engines import Choice, choose, report
from audio.tts import build
from coach.errors import CoachError, EngineError, InputError, MissingPart
from coach.ports import EAR_FRAME
from coach.settings import EngineSettings
from coach.testing import ScriptedChat


def absent(monkeypatch: pytest.MonkeyPatch, *modules: str) -> None:
    """Let these packages look as if they were not installed."""
    for part in (engines, build):
        monkeypatch.setattr(part, "is_installed", lambda module: module not in modules)


async def test_auto_takes_what_is_installed_and_each_part_works(tmp_path: Path) -> None:
    chosen = choose()
    decision = chosen.vad().feed(np.zeros(EAR_FRAME, np.int16))
    assert decision.speech < 0.5
    assert chosen.recognizer("en") is chosen.recognizer("en") is not None
    assert chosen.recognizer("zh") is None
    assert chosen.synthesizer is not None
    await chosen.synthesizer.prepare("zh")
    assert chosen.recorder is not None
    await chosen.recorder(tmp_path).aclose()
    assert chosen.names == {
        "vad": chosen.vad().name,
        "recognizer": "pocketsphinx",
        "synthesizer": chosen.synthesizer.name,
        "recorder": "ogg-opus",
        "chat_model": "scripted",
    }
    await chosen.aclose()
    await chosen.aclose()


async def test_the_settings_of_the_installation_are_a_choice() -> None:
    chosen = choose(EngineSettings(recognizer="none", synthesizer="none"))
    assert chosen.synthesizer is None
    assert chosen.recognizer("en") is None
    assert "synthesizer" not in chosen.names
    await chosen.aclose()


async def test_a_language_model_is_passed_on_and_named() -> None:
    chat = ScriptedChat([])
    chosen = choose(chat=chat)
    assert chosen.chat is chat
    assert chosen.names["chat_model"] == chat.name
    await chosen.aclose()


@pytest.mark.parametrize(
    ("port", "wrong"),
    [
        ("vad", Choice(vad="magic")),
        ("recognizer", Choice(recognizer="magic")),
        ("synthesizer", Choice(synthesizer="magic")),
    ],
)
def test_an_unknown_name_is_answered_with_the_choices(port: str, wrong: Choice) -> None:
    with pytest.raises(InputError, match=rf"Unknown {port} 'magic'\. Choose one of: auto, "):
        choose(wrong)
    with pytest.raises(InputError, match="Choose one of"):
        report(wrong)


async def test_auto_goes_on_without_what_is_not_installed_and_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    absent(monkeypatch, "av", "pocketsphinx", "espeakng_loader", "webrtcvad")
    chosen = choose()
    assert (chosen.synthesizer, chosen.recognizer("en"), chosen.recorder) == (None, None, None)
    missing = {line.port: line for line in report() if not line.ready and "uv sync" in line.note_en}
    assert set(missing) == {"vad", "recognizer", "synthesizer", "recorder"}
    assert all("uv sync" in line.note_zh for line in missing.values())
    await chosen.aclose()


@pytest.mark.parametrize(
    ("choice", "module"),
    [(Choice(recognizer="pocketsphinx"), "pocketsphinx"), (Choice(synthesizer="espeak"), "espeakng_loader")],
)
def test_an_engine_asked_for_by_name_must_be_there(
    monkeypatch: pytest.MonkeyPatch, choice: Choice, module: str
) -> None:
    absent(monkeypatch, module)
    with pytest.raises(MissingPart, match=rf"{module}.*uv sync"):
        choose(choice)


async def test_whisper_is_built_by_name_for_both_languages(tmp_path: Path) -> None:
    for name in ("model.bin", "config.json", "tokenizer.json", "vocabulary.json"):
        (tmp_path / name).write_text("{}")
    chosen = choose(Choice(recognizer="faster-whisper", whisper_model=tmp_path))
    assert chosen.recognizer("zh") is chosen.recognizer("en") is not None
    assert chosen.names["recognizer"] == "faster-whisper"
    await chosen.aclose()


@pytest.mark.parametrize(
    ("choice", "error", "said"),
    [
        (Choice(recognizer="faster-whisper"), InputError, "COACH_ENGINES__WHISPER_MODEL"),
        (Choice(recognizer="faster-whisper", whisper_model=Path("no/such")), EngineError, "found nothing"),
        (Choice(recognizer="openai"), InputError, "COACH_TRANSCRIPTION__BASE_URL"),
    ],
)
def test_what_a_recogniser_lacks_is_said(choice: Choice, error: type[CoachError], said: str) -> None:
    with pytest.raises(error, match=said):
        choose(choice)
    line = next(line for line in report(choice) if line.port == "recognizer")
    assert (line.name, line.ready) == ("none", False)
    assert said in line.note_en
    assert line.note_zh != line.note_en


async def test_a_transcription_server_hears_both_languages_and_the_report_says_so() -> None:
    server = TranscriptionServer("http://127.0.0.1:9/v1", "small")
    chosen = choose(Choice(recognizer="openai"), transcription=server)
    assert chosen.recognizer("zh") is chosen.recognizer("en") is not None
    line = next(line for line in report(Choice(recognizer="openai"), transcription=server) if line.port == "recognizer")
    assert line.ready
    assert "voice is sent there" in line.note_en
    assert "发送" in line.note_zh
    await chosen.aclose()


def test_without_the_confirming_detector_the_quick_one_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    absent(monkeypatch, "onnxruntime")
    line = next(line for line in report() if line.port == "vad")
    assert (line.name, line.ready) == ("webrtc", True)


def test_the_report_tells_the_truth_about_chinese_in_both_languages() -> None:
    lines = [line for line in report() if line.port == "recognizer"]
    assert [line.ready for line in lines] == [True, False]
    assert "typed input works" in lines[1].note["en"]
    assert "打字" in lines[1].note["zh"]
    assert all(line.note["zh"] and line.note["en"] for line in report())
