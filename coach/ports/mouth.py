"""Where the viewers are heard."""

from __future__ import annotations

from typing import Protocol

from coach.ports.sample import Int16Array


class FrameSource(Protocol):
    """What a mouth plays."""

    def next_frame(self) -> Int16Array:
        """Return the next 20 ms, shape (960,), int16 48 kHz mono; silence if nobody speaks. Never blocks."""
        ...


class Mouth(Protocol):
    """Where viewers are heard: a browser, a sound card, a file."""

    async def play(self, source: FrameSource) -> None:
        """Pull one frame every 20 ms on absolute deadlines until cancelled or the far side is gone."""
        ...
