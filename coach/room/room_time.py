"""Two time lines: rehearsal seconds as in the log, and room seconds, which stand still while paused."""

from __future__ import annotations


class RoomTime:
    """Keeps the difference between the two."""

    def __init__(self) -> None:
        self._lost = 0.0
        self._paused_at: float | None = None

    def of(self, at: float) -> float:
        """Return room seconds for rehearsal seconds; during a pause, the moment it began."""
        return (at if self._paused_at is None else min(at, self._paused_at)) - self._lost

    def rehearsal(self, room_sec: float) -> float:
        """Return rehearsal seconds for room seconds that are not before the last pause."""
        return room_sec + self._lost

    def go_on(self, room_sec: float) -> None:
        """Let a new rehearsal's clock begin at these room seconds."""
        self._lost, self._paused_at = -room_sec, None

    def pause(self, at: float) -> None:
        """Stop room time at `at` (rehearsal seconds)."""
        if self._paused_at is None:
            self._paused_at = at

    def resume(self, paused_sec: float) -> None:
        """Let room time go on after a pause of that length."""
        self._lost += paused_sec
        self._paused_at = None
