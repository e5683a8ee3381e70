"""Tells the echo canceller what is played, frame by frame, on the way to the mouth."""

from __future__ import annotations

from coach.clock import Clock
from coach.ports import EchoCanceller, FrameSource, Int16Array


class EchoTap:
    """A `FrameSource` that hands on another one's frames. One per connection, as cancellers are."""

    def __init__(self, source: FrameSource, echo: EchoCanceller | None, clock: Clock) -> None:
        self._source = source
        self._echo = echo
        self._clock = clock

    def next_frame(self) -> Int16Array:
        """Return the next 20 ms, shape (960,), int16 48 kHz mono."""
        frame = self._source.next_frame()
        if self._echo is not None:
            self._echo.played(frame, self._clock.now())
        return frame
