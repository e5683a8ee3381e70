"""Where an utterance begins, pauses and ends: one frame in, at most one decision out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from coach.live.tuning import EndpointTimes
from coach.ports import FRAME_SEC

Ending = Literal["finished", "open", "unknown"]


class Turn(StrEnum):
    """What happened to the streamer's utterance at this frame."""

    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    ENDED = "ended"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class TurnChange:
    """A decision. Followed by: STARTED (PAUSED RESUMED)* [PAUSED] (ENDED | DISCARDED)."""

    turn: Turn
    start: float
    """Onset of the utterance, rehearsal seconds."""
    last_voiced: float
    """End of the last voiced frame, rehearsal seconds."""
    voiced_sec: float
    """Voiced time of the utterance so far."""


class Endpointer:
    """Hears voiced and silent frames, knows what the words so far look like, and decides.

    Invariant: between STARTED and ENDED or DISCARDED there is exactly one open utterance.
    """

    def __init__(self, times: EndpointTimes) -> None:
        self._times = times
        self._run_sec = 0.0
        self.forget()

    def forget(self) -> None:
        """Drop any open utterance, as after a gap or a pause of the rehearsal."""
        self._open = False
        self._paused = False
        self._was_voiced = False
        self._run_sec = 0.0
        self._start = self._last_voiced = 0.0
        self._voiced_sec = 0.0

    @property
    def speaking(self) -> bool:
        """Whether an utterance is open and not in a pause."""
        return self._open and not self._paused

    @property
    def open(self) -> bool:
        """Whether an utterance is open."""
        return self._open

    def hear(self, speech: float, at: float, ending: Ending = "unknown") -> TurnChange | None:
        """Advance by one 20 ms frame that ends at `at`.

        Args:
            speech: Probability that the frame is speech.
            at: End of the frame, rehearsal seconds.
            ending: What the words so far look like.
        """
        voiced = self._is_voiced(speech)
        if not self._open:
            return self._before(voiced, at)
        return self._voiced(at) if voiced else self._silent(at, ending)

    def close(self) -> TurnChange | None:
        """End an open utterance now, e.g. because the rehearsal ends."""
        if not self._open:
            return None
        return self._finish()

    def _is_voiced(self, speech: float) -> bool:
        limit = self._times.keep_threshold if self._was_voiced else self._times.start_threshold
        self._was_voiced = speech >= limit
        return self._was_voiced

    def _before(self, voiced: bool, at: float) -> TurnChange | None:
        self._run_sec = self._run_sec + FRAME_SEC if voiced else 0.0
        if self._run_sec * 1000 + 0.5 < self._times.start_ms:
            return None
        self._open, self._paused = True, False
        self._start = at - self._run_sec
        self._last_voiced = at
        self._voiced_sec = self._run_sec
        self._run_sec = 0.0
        return self._change(Turn.STARTED)

    def _voiced(self, at: float) -> TurnChange | None:
        self._last_voiced = at
        self._voiced_sec += FRAME_SEC
        if at - self._start >= self._times.max_sec + 5.0:
            return self._finish()
        if self._paused:
            self._paused = False
            return self._change(Turn.RESUMED)
        return None

    def _silent(self, at: float, ending: Ending) -> TurnChange | None:
        silence_ms = (at - self._last_voiced) * 1000 + 0.5
        if silence_ms >= self._hangover_ms(at, ending):
            return self._finish()
        if not self._paused and silence_ms >= self._times.pause_ms:
            self._paused = True
            return self._change(Turn.PAUSED)
        return None

    def _hangover_ms(self, at: float, ending: Ending) -> float:
        if at - self._start >= self._times.max_sec:
            return self._times.finished_ms
        return {
            "finished": self._times.finished_ms,
            "unknown": self._times.unknown_ms,
            "open": self._times.open_ms,
        }[ending]

    def _finish(self) -> TurnChange:
        enough = self._voiced_sec * 1000 + 0.5 >= self._times.min_voiced_ms
        change = self._change(Turn.ENDED if enough else Turn.DISCARDED)
        self.forget()
        return change

    def _change(self, turn: Turn) -> TurnChange:
        return TurnChange(turn, self._start, self._last_voiced, self._voiced_sec)
