"""Barge-in in two steps: duck at the first sound, stop when it is certain, restore when it was nothing."""

from __future__ import annotations

from enum import StrEnum

from coach.live.tuning import BargeTimes
from coach.ports import FRAME_SEC, VadDecision


class Barge(StrEnum):
    """What to do with the speaking viewer."""

    DUCK = "duck"
    STOP = "stop"
    RESTORE = "restore"


class BargeIn:
    """Watches the streamer while one viewer speaks. One per spoken line.

    `onset` is the rehearsal time of the first sound of the present suspicion, for measuring.
    """

    def __init__(self, times: BargeTimes, *, streamer_was_talking: bool = False) -> None:
        self._times = times
        self._overlapping = streamer_was_talking
        self._quick_sec = 0.0
        self._sure_sec = 0.0
        self._quiet_sec = 0.0
        self._ducked = False
        self.onset = 0.0

    def hear(self, vad: VadDecision, at: float) -> Barge | None:
        """Advance by one 20 ms frame that ends at `at` (rehearsal seconds)."""
        sure = vad.speech >= self._times.stop_threshold
        if vad.quick or sure:
            return self._loud(sure, at)
        return self._quiet()

    def words(self, backchannel: bool) -> Barge | None:
        """Take a partial: real words stop the viewer even before enough voiced time."""
        return Barge.STOP if self._ducked and not backchannel and not self._overlapping else None

    def _loud(self, sure: bool, at: float) -> Barge | None:
        if self._quick_sec == 0.0 and self._sure_sec == 0.0:
            self.onset = at - FRAME_SEC
        self._quiet_sec = 0.0
        self._quick_sec += FRAME_SEC
        self._sure_sec += FRAME_SEC if sure else 0.0
        if self._sure_sec * 1000 + 0.5 >= (self._times.overlap_ms if self._overlapping else self._times.stop_ms):
            return Barge.STOP
        if not self._ducked and not self._overlapping and self._quick_sec * 1000 + 0.5 >= self._times.duck_ms:
            self._ducked = True
            return Barge.DUCK
        return None

    def _quiet(self) -> Barge | None:
        self._quiet_sec += FRAME_SEC
        if self._quiet_sec * 1000 + 0.5 < self._times.restore_ms:
            return None
        self._quick_sec = self._sure_sec = 0.0
        self._overlapping = False
        if self._ducked:
            self._ducked = False
            return Barge.RESTORE
        return None
