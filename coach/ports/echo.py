"""Taking the viewers out of the microphone."""

from __future__ import annotations

from typing import Protocol

from coach.ports.ears import EarFrame
from coach.ports.sample import Int16Array
from coach.ports.vad import VadDecision


class EchoCanceller(Protocol):
    """Takes the viewers out of one connection's microphone. Synchronous: must take well under 1 ms a frame.

    Order: `played` for every frame handed to the mouth as it is handed out; for every microphone frame `clean`, then
    `weigh` with what the detector made of the cleaned frame.
    """

    name: str

    def played(self, pcm: Int16Array, at: float) -> None:
        """Take one frame handed to the mouth, silence too: shape (960,), int16, 48 kHz, at rehearsal seconds."""
        ...

    def clean(self, frame: EarFrame, at: float) -> Int16Array:
        """Return the frame without the viewers in it, shape (320,); `at` is when it began, rehearsal seconds."""
        ...

    def spoken(self) -> Int16Array:
        """Return the frame cleaned last as a recogniser should hear it; it may be silenced where it is all echo."""
        ...

    def weigh(self, vad: VadDecision) -> VadDecision:
        """Return the opinions on the frame cleaned last, worth less where all of it may be echo."""
        ...

    def trouble(self) -> str | None:
        """Return, once, that an echo is heard which nothing takes out, in a sentence; else None."""
        ...
