"""Whether somebody speaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from coach.ports.sample import Int16Array


@dataclass(frozen=True, slots=True)
class VadDecision:
    """Two opinions on one frame."""

    quick: bool
    """Instant first opinion, reversible: good enough to duck a viewer."""
    speech: float
    """Probability 0 to 1 of the confirmed opinion; may lag the frame by up to 32 ms."""


class Vad(Protocol):
    """Voice activity detector, one per connection, fed every frame. Synchronous: must take well under 1 ms."""

    name: str

    def feed(self, pcm: Int16Array) -> VadDecision:
        """Advance by one frame.

        Args:
            pcm: Shape (320,), int16, 16 kHz mono.

        Raises:
            ValueError: If the shape differs; frames are never padded silently.
        """
        ...

    def reset(self) -> None:
        """Forget the past, as after a gap."""
        ...
