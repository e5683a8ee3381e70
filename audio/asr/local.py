"""An engine in this process: one model serves all rehearsals, one piece of work at a time (`desk`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from audio.asr.desk import Desk
from audio.asr.desk_hearing import DeskHearing, Reader, Terms
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

Model = TypeVar("Model")


class LocalRecognizer(Generic[Model]):
    """Implements `coach.ports.Recognizer` for a model that is loaded here. An engine says how it is loaded and read.

    Args:
        name: The engine's.
        languages: What it knows.
    """

    def __init__(self, name: str, languages: Sequence[str]) -> None:
        self.name = name
        self._languages = tuple(languages)
        self._desk: Desk[Hypothesis | None] = Desk(name)
        self._model: Model | None = None
        self._open = 0
        self._cost_sec = 0.0
        """What the last partial took."""

    async def prepare(self, hints: RecognitionHints) -> None:
        """Load the model and run it once: 0.1 to 3 s the first time, nothing later.

        Raises:
            EngineError: If there is no usable model, or none for the language; says what to do.
        """
        require_known(self.name, self._languages, hints)
        await self._desk.submit(lambda: self._warm(hints))

    def open(self, hints: RecognitionHints, on_partial: Callable[[Hypothesis], None]) -> Hearing:
        """Begin one utterance. `on_partial` is called on the event loop with each newer partial.

        Raises:
            EngineError: For a language that the engine does not know.
        """
        require_known(self.name, self._languages, hints)
        self._open += 1
        reader = _Timed(self._reader(hints), self._loaded, self._took)
        terms = Terms(self.name, self._pace, FINAL_LIMIT_SEC)
        return DeskHearing(self._desk, reader, on_partial, terms, self._closed_one)

    async def aclose(self) -> None:
        """Let go of the model after the decode in hand; a final that waits gets an EngineError. Idempotent."""
        await self._desk.aclose(self._unload)

    def _load(self) -> Model:
        """Return the model, on the engine's thread.

        Raises:
            EngineError: If it cannot be loaded.
        """
        raise NotImplementedError

    def _reader(self, hints: RecognitionHints) -> Reader:
        """Return a reader of one utterance, which asks `_loaded` for the model."""
        raise NotImplementedError

    def _warm(self, hints: RecognitionHints) -> None:
        """Do once what would make the first utterance slow, on the engine's thread."""
        self._loaded()

    def _loaded(self) -> Model:
        """Return the model, on the engine's thread; a failed load is tried again, as its files may be mended."""
        if self._model is None:
            self._model = self._load()
        return self._model

    def _is_urgent(self) -> bool:
        """Return whether a partial in hand should make way. A quick one may finish: it would be lost for nothing."""
        return self._cost_sec > QUICK_SEC and self._desk.is_pressed

    def _unload(self) -> None:
        self._model = None

    def _pace(self) -> int:
        return partial_pace(self._cost_sec, self._open)

    def _took(self, cost_sec: float) -> None:
        """Note what a partial took; those that found nothing to read count little."""
        self._cost_sec = max(cost_sec, 0.7 * self._cost_sec)

    def _closed_one(self) -> None:
        self._open -= 1


def require_known(engine: str, languages: Sequence[str], hints: RecognitionHints) -> None:
    """Check that an engine knows the language.

    Raises:
        EngineError: If not; names those that it knows.
    """
    if hints.language not in languages:
        known = ", ".join(repr(language) for language in languages)
        raise EngineError(engine, "expected language {known}, got {language!r}.", known=known, language=hints.language)


def partial_pace(cost_sec: float, utterances: int) -> int:
    """Return how much new sound (samples) a partial waits for, so that all open utterances get their share.

    Args:
        cost_sec: What a partial takes now.
        utterances: How many are open.
    """
    return round(EAR_RATE_HZ * max(PARTIAL_SEC, cost_sec * utterances / PARTIAL_SHARE))


class _Timed:
    """A reader whose partials are timed, without the loading of the model."""

    def __init__(self, reader: Reader, ready: Callable[[], object], took: Callable[[float], None]) -> None:
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
