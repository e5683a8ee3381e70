"""Keeping both sides' sound."""

from __future__ import annotations

from typing import Protocol

from coach.ports.sample import Int16Array


class Recorder(Protocol):
    """Keeps both sides' sound, in files whose time equals rehearsal time."""

    def streamer(self, pcm: Int16Array, at: float) -> None:
        """Add microphone sound (16 kHz) that began at `at` (rehearsal seconds). Never blocks, never raises."""
        ...

    def viewers(self, pcm: Int16Array, at: float) -> None:
        """Add played sound (48 kHz) that began at `at` (rehearsal seconds). Never blocks, never raises."""
        ...

    def failure(self) -> str | None:
        """Return why recording stopped (disk full …), once, else None."""
        ...

    async def aclose(self) -> None:
        """Finish the files. Idempotent."""
        ...
