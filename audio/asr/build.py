"""Builds the recognisers that need something from the installation: a model's folder, a server's address.

Cheap to import: what an engine needs is imported when it is built.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from coach.errors import InputError
from coach.ports import Recognizer

MODEL_VARIABLE = "COACH_ENGINES__WHISPER_MODEL"
SERVER_VARIABLE = "COACH_TRANSCRIPTION__BASE_URL"
NO_MODEL = f"The recogniser faster-whisper needs a model: name its folder in {MODEL_VARIABLE}."
NO_SERVER = f"The recogniser openai needs a server: name its address in {SERVER_VARIABLE}."


class WhisperChoice(Protocol):
    """What `faster-whisper` is told by the installation."""

    @property
    def whisper_model(self) -> Path | None:
        """Folder of the model."""
        ...

    @property
    def whisper_device(self) -> str:
        """`auto`, `cpu` or `cuda`."""
        ...

    @property
    def whisper_compute_type(self) -> str:
        """`auto` or one of CTranslate2's names."""
        ...

    @property
    def whisper_threads(self) -> int:
        """Processor threads of one reading."""
        ...


@dataclass(frozen=True, slots=True)
class TranscriptionServer:
    """Where the recogniser `openai` sends speech."""

    base_url: str
    model: str
    api_key: str | None = None
    timeout_sec: float = 10.0
    partial_sec: float | None = None


def build_whisper(choice: WhisperChoice) -> Recognizer:
    """Return the recogniser on a model's folder; the model is loaded when it is prepared.

    Raises:
        InputError: If no folder is named.
        EngineError: If the folder holds no whole model.
    """
    from audio.asr.whisper import WhisperRecognizer
    from audio.asr.whisper_files import check_folder

    if choice.whisper_model is None:
        raise InputError(NO_MODEL)
    check_folder(choice.whisper_model)
    return WhisperRecognizer(
        choice.whisper_model,
        device=choice.whisper_device,
        compute_type=choice.whisper_compute_type,
        threads=choice.whisper_threads,
    )


def build_remote(server: TranscriptionServer | None) -> Recognizer:
    """Return the recogniser that asks a server.

    Raises:
        InputError: If there is none.
    """
    from audio.asr.openai_transcription import OpenAITranscriptionRecognizer

    if server is None:
        raise InputError(NO_SERVER)
    return OpenAITranscriptionRecognizer(
        server.base_url,
        server.model,
        server.api_key,
        timeout_sec=server.timeout_sec,
        partial_sec=server.partial_sec,
    )
