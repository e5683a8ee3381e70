"""Where the streamer is heard."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Protocol

from coach.ports.sample import Int16Array


@dataclass(frozen=True, slots=True)
class EarFrame:
    """20 ms of microphone."""

    pcm: Int16Array
    """Shape (320,), int16, 16 kHz mono."""
    position: int
    """First sample's number on the ears' own 16 kHz time line; a jump means lost audio."""


class Ears(Protocol):
    """One source of microphone audio: a browser, a sound card, a file."""

    def frames(self) -> AsyncGenerator[EarFrame, None]:
        """Yield frames in order and in real time until the source ends. To be iterated once, inside `aclosing`."""
        ...
