"""A demo is a real rehearsal: performed in real time, kept, scored and shown."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest

from coach.events import Record, RehearsalStarted, UtteranceHeard
from coach.ports import EAR_RATE_HZ
from coach.scenario.load import load_scenario
from coach.settings import EngineSettings, Settings, TranscriptionSettings
from coach.store.files import load_folder
from commands.demo import heard_language
from commands.streamer import from_recordings, pitch
from commands.talk import TAIL_SEC
from commands.texts import Say
from tests.commands.running import ROOT, coach
from tests.data import audio_clip, data_folder, needs_test_data

KETTLE = ROOT / "scenarios" / "en-US" / "home" / "kettle.yaml"
SHIRT = ROOT / "scenarios" / "zh-CN" / "apparel" / "linen-shirt.yaml"


@pytest.mark.parametrize("path", [KETTLE, SHIRT])
def test_the_synthetic_streamer_says_every_point_and_the_price(path: Path) -> None:
    product = load_scenario(path).scenario.product
    said = pitch(load_scenario(path).scenario)
    assert len(said) == len(product.selling_points) + 2
    assert product.name in said[0]
    assert f"{product.price.live:g}" in said[-1]


@pytest.mark.parametrize(
    ("recognizer", "lang", "heard"),
    [("openai", "zh", "zh"), ("openai", "en", "en"), ("pocketsphinx", "zh", "en"), ("none", "zh", "en")],
)
def test_a_recording_is_taken_to_be_in_the_users_language_if_something_hears_that(
    recognizer: str, lang: Literal["zh", "en"], heard: str
) -> None:
    transcription = TranscriptionSettings(base_url="http://127.0.0.1:1/v1")
    settings = Settings(engines=EngineSettings(recognizer=recognizer), transcription=transcription)
    assert heard_language(settings, Say(lang)) == heard


@needs_test_data
def test_recordings_are_joined_with_room_for_viewers() -> None:
    clip = audio_clip("en/google_gnome_dialogue.wav")
    one, two = from_recordings([clip]), from_recordings([clip, clip])
    assert two.duration_sec - one.duration_sec > one.duration_sec - TAIL_SEC
    assert len(two.pcm) / EAR_RATE_HZ == pytest.approx(two.duration_sec, abs=0.001)
    assert not two.pcm[-1000:].any()


def _types(records: tuple[Record, ...]) -> list[str]:
    return [record.event.type for record in records]


@pytest.mark.slow
@needs_test_data
def test_a_demo_without_a_recording_or_a_voice_for_its_language_says_what_to_do(tmp_path: Path) -> None:
    voice = data_folder() / "models" / "tone-voice.onnx"
    engines = {"COACH_ENGINES__SYNTHESIZER": "piper", "COACH_PIPER__VOICES": f'{{"en": ["{voice.as_posix()}"]}}'}
    done = coach("demo", "zh-linen-shirt", "--lang", "en", data_dir=tmp_path, **engines)
    assert done.returncode == 2
    assert "neither a recording nor a voice for this language" in done.stderr


@pytest.mark.slow
def test_a_demo_without_a_recording_says_what_its_voice_is_worth(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = coach("demo", "zh-linen-shirt", "--seconds", "12", "--out", out, "--lang", "zh", data_dir=tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "合成语音" in done.stdout
    assert "打字输入" in done.stdout
    assert "没有能听中文的识别引擎" in done.stdout
    assert Say("zh")("line.no_words") not in done.stdout  # each sentence is told once, with its words
    saved = load_folder(out)
    assert isinstance(saved.records[0].event, RehearsalStarted)
    assert saved.ended is not None
    assert saved.ended.reason == "streamer"
    assert "rehearsal_paused" not in _types(saved.records)
    heard = [record.event.text for record in saved.records if isinstance(record.event, UtteranceHeard)]
    assert heard[0] == pitch(load_scenario(SHIRT).scenario)[0]
    assert (out / "streamer.ogg").stat().st_size > 1000
