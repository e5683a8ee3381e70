"""Speech to text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from coach.ports.sample import Int16Array


@dataclass(frozen=True, slots=True)
class HeardWord:
    """One recognised word; times count from the first sample fed."""

    text: str
    start_sec: float
    end_sec: float
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """What has been understood so far."""

    text: str
    words: tuple[HeardWord, ...] = ()
    engine: str = ""


@dataclass(frozen=True, slots=True)
class RecognitionHints:
    """What is likely to be said; engines that can, lean towards it."""

    language: str
    """`zh` or `en`."""
    phrases: tuple[str, ...] = ()
    """Whole sentences or clauses: selling points, common live-room lines."""
    words: tuple[str, ...] = ()
    """Names and product words."""
    partials: bool = True
    """Whether words on the way are wanted; without them a final does not depend on how far they had come."""


class Hearing(Protocol):
    """Recognition of one utterance. Order: feed+, (final, feed*)*, aclose."""

    def feed(self, pcm: Int16Array) -> None:
        """Take more audio, any length, int16 16 kHz mono. Returns at once; the work is done elsewhere."""
        ...

    async def final(self) -> Hypothesis:
        """Return the best reading of all that was fed. May be called again after more `feed`.

        Raises:
            EngineError: If the engine failed.
        """
        ...

    async def aclose(self) -> None:
        """Give up the utterance. Idempotent; `final` must not be called after."""
        ...


class Recognizer(Protocol):
    """Speech to text. One per process and language; opens a `Hearing` per utterance."""

    name: str

    async def prepare(self, hints: RecognitionHints) -> None:
        """Load and warm what these hints need, so that the first utterance is not slow.

        Raises:
            EngineError: If it cannot run, e.g. no model for the language.
        """
        ...

    def open(self, hints: RecognitionHints, on_partial: Callable[[Hypothesis], None]) -> Hearing:
        """Begin one utterance. `on_partial` is called on the event loop with each newer partial."""
        ...

    async def aclose(self) -> None:
        """Release threads and models. Idempotent."""
        ...


class PageRecognizer(Recognizer, Protocol):
    """A recogniser whose words come from the page. One per rehearsal."""

    def hear_page(self, result: int, text: str, *, is_final: bool) -> None:
        """Take a result of the browser's own recognition, new or grown.

        Args:
            result: Counts the page's results from 0; later guesses of one result carry its number.
            text: All of the result's words.
            is_final: Whether it will not change again.
        """
        ...
