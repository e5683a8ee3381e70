"""Text to speech."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Literal, Protocol

from coach.ports.sample import Int16Array


@dataclass(frozen=True, slots=True)
class VoiceSpec:
    """How a viewer sounds."""

    language: str
    """`zh` or `en`."""
    gender: Literal["female", "male", "neutral"] = "neutral"
    rate: float = 1.0
    """Times the engine's normal pace."""
    pitch: float = 1.0
    """Times the engine's normal pitch."""
    seed: int = 0
    """Tells viewers of one gender apart: engines map it to a variant or speaker."""
    viewer_type: str = ""
    """Type of viewer (`haggler` …): engines may let each speak in a manner of its own."""


@dataclass(frozen=True, slots=True)
class WordMark:
    """Where a word of the text begins in the sound."""

    offset: int
    """Characters from the start of the text given to `speak`."""
    length: int
    """Characters."""
    sample: int
    """48 kHz samples from the first sample of this `speak` call."""


@dataclass(frozen=True, slots=True)
class SpeechChunk:
    """A stretch of synthesised speech."""

    pcm: Int16Array
    """Shape (n,), int16, 48 kHz mono; any n > 0."""
    words: tuple[WordMark, ...] = ()
    """Words that begin inside this chunk, in order."""


class Synthesizer(Protocol):
    """Text to speech."""

    name: str

    async def prepare(self, language: str) -> None:
        """Load and warm.

        Raises:
            EngineError: If it cannot run or has no voice for the language.
        """
        ...

    def speak(self, text: str, voice: VoiceSpec) -> AsyncGenerator[SpeechChunk, None]:
        """Yield the sound of one clause as soon as it is there. Closing the iterator cancels the rest.

        Raises:
            EngineError: If the engine failed.
        """
        ...

    async def aclose(self) -> None:
        """Release threads and models. Idempotent."""
        ...
