"""Whisper through faster-whisper: Chinese and English, on the processor or a graphics card, from a folder."""

from __future__ import annotations

from pathlib import Path

from audio.asr.local import LocalRecognizer
from audio.asr.whisper_files import NAME
from audio.asr.whisper_model import SpeechModel, load
from audio.asr.whisper_reader import WhisperReader
from coach.ports import RecognitionHints

LANGUAGES = ("zh", "en")


class WhisperRecognizer(LocalRecognizer[SpeechModel]):
    """One engine for all rehearsals. Implements `coach.ports.Recognizer`.

    Args:
        model: Folder of a Whisper model converted to CTranslate2.
        device: `auto`, `cpu` or `cuda`.
        compute_type: `auto` is int8 on the processor and float16 on the graphics card.
        threads: Processor threads of one decode. More than 1 helps only where cores are idle (SPEECH §1.2).
    """

    def __init__(self, model: Path, *, device: str = "auto", compute_type: str = "auto", threads: int = 1) -> None:
        super().__init__(NAME, LANGUAGES)
        self._how = (model, device, compute_type, threads)

    def _load(self) -> SpeechModel:
        return load(*self._how)

    def _reader(self, hints: RecognitionHints) -> WhisperReader:
        return WhisperReader(self._loaded, hints, self._is_urgent)

    def _warm(self, hints: RecognitionHints) -> None:
        self._loaded().require(hints.language)
        self._reader(hints)
