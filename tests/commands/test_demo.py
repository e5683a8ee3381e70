"""A demo is a real rehearsal: performed in real time, kept, scored and shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coach.events import LineVoiced, LineVoicing, Record, RehearsalStarted, UtteranceHeard
from coach.scenario.load import load_scenario
from coach.store.files import load_folder
from commands.streamer import TAIL_SEC, from_recordings, pitch
from tests.commands.running import ROOT, coach
from tests.data import audio_clip, needs_test_data

KETTLE = ROOT / "scenarios" / "en-US" / "home" / "kettle.yaml"
SHIRT = ROOT / "scenarios" / "zh-CN" / "apparel" / "linen-shirt.yaml"


@pytest.mark.parametrize("path", [KETTLE, SHIRT])
def test_the_synthetic_streamer_says_every_point_and_the_price(path: Path) -> None:
    product = load_scenario(path).scenario.product
    said = pitch(load_scenario(path).scenario)
    assert len(said) == len(product.selling_points) + 2
    assert product.name in said[0]
    assert f"{product.price.live:g}" in said[-1]


@needs_test_data
def test_recordings_are_joined_with_room_for_viewers() -> None:
    clip = audio_clip("en/google_gnome_dialogue.wav")
    one, two = from_recordings([clip]), from_recordings([clip, clip])
    assert two.duration_sec - one.duration_sec > one.duration_sec - TAIL_SEC
    assert not two.pcm[-1000:].any()


def _types(records: tuple[Record, ...]) -> list[str]:
    return [record.event.type for record in records]


@pytest.mark.slow
def test_a_demo_without_a_recording_says_what_its_voice_is_worth(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = coach("demo", "zh-linen-shirt", "--seconds", "12", "--out", out, "--lang", "zh", data_dir=tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "合成语音" in done.stdout
    assert "打字输入" in done.stdout
    saved = load_folder(out)
    assert isinstance(saved.records[0].event, RehearsalStarted)
    assert saved.ended is not None
    assert saved.ended.reason == "streamer"
    assert "rehearsal_paused" not in _types(saved.records)
    heard = [record.event.text for record in saved.records if isinstance(record.event, UtteranceHeard)]
    assert heard[0] == pitch(load_scenario(SHIRT).scenario)[0]
    assert (out / "streamer.ogg").stat().st_size > 1000


@pytest.mark.slow
@needs_test_data
def test_a_demo_on_a_recording_hears_words_is_cut_off_and_is_scored(tmp_path: Path) -> None:
    clips = [audio_clip(f"en/{name}.wav") for name in ("google_gnome_dialogue", "azure_customspeech_en_train2")]
    out = tmp_path / "out"
    done = coach("demo", KETTLE, "--audio", *clips, "--seconds", "45", "--out", out, data_dir=tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr
    saved = load_folder(out)
    events = [record.event for record in saved.records]
    heard = [event for event in events if isinstance(event, UtteranceHeard)]
    assert any(event.text and event.source == "voice" for event in heard)
    assert all(f"streamer: {event.text}" in done.stdout for event in heard)
    voicing = {event.line_id for event in events if isinstance(event, LineVoicing)}
    voiced = [event for event in events if isinstance(event, LineVoiced)]
    assert {event.line_id for event in voiced} == voicing
    assert any(event.cut_off for event in voiced)
    assert all(event.text.startswith(event.heard_text) for event in voiced)
    scorecard = json.loads(saved.scorecard_text or "")
    assert scorecard["duration_sec"] == pytest.approx(saved.records[-1].at, abs=0.06)
    assert len(scorecard["pressure"]) == sum(getattr(event, "pressure", False) for event in events)
    assert "# Rehearsal report" in done.stdout
