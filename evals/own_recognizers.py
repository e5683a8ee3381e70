"""The recognisers that a room has without anybody's doing: Moonshine for English, Whisper base for Chinese."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from audio.asr import moonshine_files, whisper_files
from audio.asr.local import LocalRecognizer
from audio.asr.moonshine import MoonshineRecognizer
from audio.asr.whisper import WhisperRecognizer
from coach.settings import Settings, load_settings
from commands.compose import models

MOONSHINE, WHISPER = moonshine_files.NAME, whisper_files.NAME


def own_recognizer(language: str) -> LocalRecognizer[Any] | None:
    """Return the recogniser for a language, None where its model is not on this machine."""
    if language == "en":
        return MoonshineRecognizer()
    folder = whisper_folder(load_settings())
    return WhisperRecognizer(folder) if folder is not None else None


def whisper_folder(settings: Settings) -> Path | None:
    """Return the folder of the Whisper model that hears Chinese here, None where there is none."""
    return models(settings).best("recognizer", "zh")
