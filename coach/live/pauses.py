"""Which time counts: rehearsal time without the stretches in which viewers waited."""

from __future__ import annotations

from typing import Literal, cast

from coach.events import RehearsalPaused, RehearsalResumed


class Pauses:
    """Keeps why the rehearsal is paused and for how long it has been. All times rehearsal seconds.

    It is paused while any reason holds; reasons are `streamer` and `disconnected`.
    """

    def __init__(self) -> None:
        self._reasons: set[str] = set()
        self._since = 0.0
        self._total = 0.0

    @property
    def paused(self) -> bool:
        """Whether viewers wait now."""
        return bool(self._reasons)

    def paused_sec(self, at: float) -> float:
        """Return how long the present pause has lasted at `at`; 0 if there is none."""
        return at - self._since if self._reasons else 0.0

    def begin(self, reason: str, at: float) -> RehearsalPaused | None:
        """Add a reason; return the event if this one stopped the room."""
        first = not self._reasons
        self._reasons.add(reason)
        if not first:
            return None
        self._since = at
        return RehearsalPaused(reason=cast(Literal["streamer", "disconnected"], reason))

    def end(self, reason: str, at: float) -> RehearsalResumed | None:
        """Take a reason away; return the event if the room goes on."""
        if reason not in self._reasons:
            return None
        self._reasons.discard(reason)
        if self._reasons:
            return None
        paused_sec = max(0.0, at - self._since)
        self._total += paused_sec
        return RehearsalResumed(paused_sec=round(paused_sec, 3))

    def room_time(self, at: float) -> float:
        """Return how much of the time up to `at` counted."""
        running = at - self._since if self._reasons else 0.0
        return at - self._total - running
