"""Engines are chosen and loaded without a network."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from audio import engine_report
from tests.audio.test_engines import folder
from tests.data import data_folder, needs_test_data

__all__ = ["folder"]


@pytest.mark.slow
def test_choosing_and_reporting_load_no_engine_and_use_no_network(folder: Path) -> None:
    """In a process of its own, in which every connection fails: what is chosen there was chosen offline."""
    script = f"""
import socket, sys
from pathlib import Path
def refuse(*args, **kwargs):
    raise AssertionError("a start may not use the network")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
from audio.engines import choose
from audio.engine_choice import Choice
from audio.engine_report import report
from audio.models import Models
choice = Choice(models=Models(Path({str(folder)!r})), synthesizer="espeak")
report(choice)
chosen = choose(choice)
assert chosen.names_for("zh")["recognizer"] == "faster-whisper-base"
engines = {{"ctranslate2", "onnxruntime", "pipecat", "piper", "huggingface_hub", "pocketsphinx", "moonshine_voice"}}
heavy = engines & set(sys.modules)
assert not heavy, heavy
"""
    root = Path(engine_report.__file__).parents[1]
    subprocess.run([sys.executable, "-W", "error", "-c", script], check=True, cwd=root, timeout=60)


@pytest.mark.slow
@needs_test_data
def test_models_in_the_folder_are_loaded_and_work_without_a_network(tmp_path: Path) -> None:
    """The real engines on small models, as a start with the network off would load them."""
    models = data_folder() / "models"
    shutil.copytree(models / "micro-whisper", tmp_path / "faster-whisper-tiny")
    (tmp_path / "tones").mkdir()
    for name in ("tone-voice.onnx", "tone-voice.onnx.json"):
        shutil.copy(models / name, tmp_path / "tones" / name)
    script = f"""
import asyncio, socket
from contextlib import aclosing
def refuse(*args, **kwargs):
    raise AssertionError("a start may not use the network")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
import numpy as np
from coach.ports import RecognitionHints, VoiceSpec
from coach.settings import load_settings
from commands.compose import engines

async def main():
    chosen = engines(load_settings(engines={{"models_dir": {str(tmp_path)!r}}}), None)
    assert chosen.names_for("zh")["recognizer"] == "faster-whisper-tiny", chosen.names
    assert chosen.names_for("en")["synthesizer"] == "piper", chosen.names
    assert chosen.names_for("zh")["synthesizer"] == "espeak", chosen.names
    async with aclosing(chosen.synthesizer.speak("how much is it", VoiceSpec("en"))) as chunks:
        assert sum([len(chunk.pcm) async for chunk in chunks]) > 0
    recognizer = chosen.recognizer("zh")
    await recognizer.prepare(RecognitionHints("zh"))
    hearing = recognizer.open(RecognitionHints("zh"), lambda words: None)
    hearing.feed(np.zeros(16_000, np.int16))
    assert (await hearing.final()).text == ""
    await hearing.aclose()
    await chosen.aclose()

asyncio.run(main())
import huggingface_hub.constants
assert huggingface_hub.constants.HF_HUB_OFFLINE
"""
    root = Path(engine_report.__file__).parents[1]
    subprocess.run([sys.executable, "-c", script], check=True, cwd=root, timeout=120)
