"""Whether a turn is over, by its sound."""

from __future__ import annotations

from typing import Protocol

from coach.ports.sample import Int16Array

SURE = 6.0
"""Log-odds either way beyond which no turn model goes: no witness outweighs all others without bound."""


class TurnModel(Protocol):
    """Judges at a pause whether the speaker is done. One per process, shared by all rehearsals."""

    name: str

    async def prepare(self) -> None:
        """Load and warm, so that the first pause is not slow.

        Raises:
            EngineError: If it cannot run.
        """
        ...

    async def judge(self, pcm: Int16Array) -> float:
        """Return the log-odds that the turn is over, -6 to 6; 0 where nothing tells. Cancelling gives it up.

        Args:
            pcm: The turn up to now, int16 16 kHz mono, any length; its last seconds count.

        Raises:
            EngineError: If it failed.
        """
        ...

    async def aclose(self) -> None:
        """Release thread and model. Idempotent; `judge` fails after."""
        ...
