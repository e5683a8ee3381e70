"""What a listener tells: who is told, and a finished utterance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from coach.events import UtteranceHeard
from coach.live.endpoint import TurnChange
from coach.ports import Int16Array, VadDecision


@dataclass(frozen=True, slots=True)
class HeardTurn:
    """A finished utterance and what it cost to finish it."""

    utterance: UtteranceHeard
    endpoint_ms: float
    """Waiting for silence to be long enough."""
    recognize_ms: float
    """Waiting for the final words after that."""
    dropped_finals: int = 0
    """Final words computed in a pause and thrown away, as speech went on."""


class ListenerSink(Protocol):
    """Who is told. Every call is synchronous and on the event loop; times are rehearsal seconds."""

    def frame_heard(self, pcm: Int16Array, clean: Int16Array, start: float, vad: VadDecision) -> None:
        """Take one frame as it came, the same without the viewers in it, and the opinions on the latter."""
        ...

    def turn_changed(self, change: TurnChange) -> None:
        """Take a decision of the endpointer."""
        ...

    def words_heard(self, text: str, start: float) -> None:
        """Take a newer partial of the open utterance."""
        ...

    def turn_foreseen(self, utterance: UtteranceHeard) -> None:
        """Take the open utterance as it will be if this pause ends it; void at the next RESUMED or DISCARDED."""
        ...

    def turn_heard(self, turn: HeardTurn) -> None:
        """Take a finished utterance, in order."""
        ...

    def recognizer_failed(self, engine: str, error: str) -> None:
        """Learn that the words of an utterance are lost."""
        ...

    def turn_model_failed(self, engine: str, error: str) -> None:
        """Learn that pauses are no longer judged by the turn model."""
        ...
