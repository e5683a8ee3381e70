"""Moonshine tiny: English on the processor, from a package, so that nothing has to be downloaded.

Its time grows with the sound instead of filling a window of 30 s as Whisper does: 30 ms of work a second of speech.
"""

from __future__ import annotations

import numpy as np

from audio.asr.local import LocalRecognizer
from audio.asr.moonshine_files import NAME, model_folder
from audio.asr.moonshine_model import MoonshineModel
from audio.asr.moonshine_reader import LANGUAGE, MoonshineReader
from coach.errors import EngineError
from coach.ports import EAR_RATE_HZ, RecognitionHints


class MoonshineRecognizer(LocalRecognizer[MoonshineModel]):
    """One engine for all rehearsals. Implements `coach.ports.Recognizer`."""

    def __init__(self) -> None:
        super().__init__(NAME, (LANGUAGE,))

    def _load(self) -> MoonshineModel:
        folder = model_folder()
        if folder is None:
            raise EngineError(
                NAME, "the package moonshine-voice 0.1.0 is not installed. Install it with: uv sync --extra voice"
            )
        return MoonshineModel(folder)

    def _reader(self, hints: RecognitionHints) -> MoonshineReader:
        return MoonshineReader(self._loaded, self._is_urgent)

    def _warm(self, hints: RecognitionHints) -> None:
        self._loaded().read(np.zeros(EAR_RATE_HZ, dtype=np.int16), [], 1)
