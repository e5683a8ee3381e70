"""Whisper through faster-whisper: Chinese and English, on the processor or a graphics card, from a folder.

One model serves all rehearsals, one piece of work at a time: finals in their order, partials in turn (`desk`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from audio.asr.desk import Desk
from audio.asr.desk_hearing import DeskHearing, Terms
from audio.asr.whisper_files import NAME
from audio.asr.whisper_model import SpeechModel, load
from audio.asr.whisper_reader import WhisperReader
from coach.clock import Stopwatch
from coach.errors import EngineError
from coach.ports import EAR_RATE_HZ, Hearing, Hypothesis, Int16Array, RecognitionHints

PARTIAL_SEC = 0.45
"""New sound between partials when the engine has time: two words, or two to three characters."""
PARTIAL_SHARE = 0.5
"""Most of the engine's time that partials may take; the rest is kept free, so that finals seldom wait."""
QUICK_SEC = 0.15
"""A partial that takes less is not given up for a final that waits: nobody notices."""
FINAL_LIMIT_SEC = 30.0
"""A final that takes longer means an engine that hangs: a minute of speech takes the small model 15 s on one core."""
LANGUAGES = ("zh", "en")


class WhisperRecognizer:
    """One engine for all rehearsals. Implements `coach.ports.Recognizer`.

    Args:
        model: Folder of a Whisper model converted to CTranslate2.
        device: `auto`, `cpu` or `cuda`.
        compute_type: `auto` is int8 on the processor and float16 on the graphics card.
        threads: Processor threads of one decode. More than 1 helps only where cores are idle (SPEECH §1.2).
    """

    name = NAME

    def __init__(self, model: Path, *, device: str = "auto", compute_type: str = "auto", threads: int = 1) -> None:
        self._load: Callable[[], SpeechModel] = partial(load, model, device, compute_type, threads)
        self._desk: Desk[Hypothesis | None] = Desk(NAME)
        self._model: SpeechModel | None = None
        self._open = 0
        self._cost_sec = 0.0
        """What the last partial took."""

    async def prepare(self, hints: RecognitionHints) -> None:
        """Load the model and run it once: 0.1 to 3 s the first time, nothing later.

        Raises:
            EngineError: If the folder holds no usable model, or none for the language; says what to do.
        """
        _require_known(hints)

        def warm() -> None:
            self._loaded().require(hints.language)
            WhisperReader(self._loaded, hints)

        await self._desk.submit(warm)

    def open(self, hints: RecognitionHints, on_partial: Callable[[Hypothesis], None]) -> Hearing:
        """Begin one utterance. `on_partial` is called on the event loop with each newer partial.

        Raises:
            EngineError: For a language other than Chinese and English.
        """
        _require_known(hints)
        self._open += 1
        reader = _Timed(WhisperReader(self._loaded, hints, self._is_urgent), self._loaded, self._took)
        terms = Terms(NAME, self._pace, FINAL_LIMIT_SEC)
        return DeskHearing(self._desk, reader, on_partial, terms, self._closed_one)

    async def aclose(self) -> None:
        """Let go of the model after the decode in hand; a final that waits gets an EngineError. Idempotent."""
        await self._desk.aclose(self._unload)

    def _loaded(self) -> SpeechModel:
        """Return the model, on the engine's thread; a failed load is tried again, as the folder may be mended."""
        if self._model is None:
            self._model = self._load()
        return self._model

    def _unload(self) -> None:
        self._model = None

    def _pace(self) -> int:
        return partial_pace(self._cost_sec, self._open)

    def _is_urgent(self) -> bool:
        """Return whether a partial in hand should make way. A quick one may finish: it would be lost for nothing."""
        return self._cost_sec > QUICK_SEC and self._desk.is_pressed

    def _took(self, cost_sec: float) -> None:
        """Note what a partial took; those that found nothing to read count little."""
        self._cost_sec = max(cost_sec, 0.7 * self._cost_sec)

    def _closed_one(self) -> None:
        self._open -= 1


def partial_pace(cost_sec: float, utterances: int) -> int:
    """Return how much new sound (samples) a partial waits for, so that all open utterances get their share.

    Args:
        cost_sec: What a partial takes now.
        utterances: How many are open.
    """
    return round(EAR_RATE_HZ * max(PARTIAL_SEC, cost_sec * utterances / PARTIAL_SHARE))


class _Timed:
    """A reader whose partials are timed, without the loading of the model."""

    def __init__(self, reader: WhisperReader, ready: Callable[[], object], took: Callable[[float], None]) -> None:
        self._ready = ready
        self._took = took
        self._reader = reader
        self.final = reader.final

    def partial(self, pcm: Int16Array) -> Hypothesis | None:
        self._ready()
        watch = Stopwatch()
        result = self._reader.partial(pcm)
        self._took(watch.elapsed_sec())
        return result


def _require_known(hints: RecognitionHints) -> None:
    if hints.language not in LANGUAGES:
        raise EngineError(NAME, "expected language 'zh' or 'en', got {language!r}.", language=hints.language)
