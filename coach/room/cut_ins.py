"""When a viewer speaks over the streamer, and who. Pure and seeded."""

from __future__ import annotations

import random
from collections.abc import Sequence

from coach.room.request import FloorPolicy
from coach.room.tempo import Tempo
from coach.room.viewer import ViewerState
from coach.scenario.model import ViewerType

_EVERY_SEC = {1: 90.0, 2: 90.0, 3: 75.0, 4: 50.0, 5: 30.0}
"""Mean time between two cut-ins where viewers cut in at all. A design default."""
_WARM_SEC = 15.0
"""Nobody cuts into the first words of a rehearsal."""
_TALKING_SEC = 1.5
"""How long the streamer must have been talking: a cut-in is meant to come mid-sentence."""
_ONCE = (0.25, 0.6)
"""Part of the rehearsal in which the one scripted interruption of level 2 comes (DOMAIN §3.6)."""
_AGAIN_SEC = 20.0
"""After this long the one interruption that found no pause to come in is tried again. A design default."""
_KEEN: dict[ViewerType, int] = {"troll": 3, "contrarian": 2, "derailer": 2, "impatient": 2, "angry_returner": 2}
"""How keen types are on cutting in; all others 1."""


class CutIns:
    """Plans interruptions. All times room seconds.

    At difficulty 2 there is one, and only into a pause between two clauses; above, viewers speak over the streamer.
    """

    def __init__(self, tempo: Tempo, duration_sec: float, rng: random.Random) -> None:
        self._rng = rng
        self._every = _EVERY_SEC[tempo.level]
        self._raised = tempo.raised
        self.over: FloorPolicy = "cuts_in" if tempo.cut_ins else "needs_gap"
        """How such a line treats the floor."""
        self._next = float("inf")
        if tempo.cut_ins:
            self._next = _WARM_SEC + rng.uniform(0.2, 1.0) * self._every
        elif tempo.level == 2:
            self._next = rng.uniform(*_ONCE) * duration_sec

    def is_due(self, now: float, speaking_sec: float) -> bool:
        """Return whether somebody should cut in now."""
        return now >= self._next and speaking_sec >= _TALKING_SEC

    def who(self, now: float, states: Sequence[ViewerState]) -> ViewerState | None:
        """Return who cuts in, and plan the next time; None if nobody here would."""
        able = [state for state in states if self._may(state)]
        if not able:
            return None
        self._next = now + (self._rng.uniform(0.6, 1.4) * self._every if self.over == "cuts_in" else _AGAIN_SEC)
        weights = [4 if state.spec.floor == "cuts_in" else _KEEN.get(state.spec.type, 1) for state in able]
        return self._rng.choices(able, weights)[0]

    def done(self) -> None:
        """Learn that an interruption was heard; at difficulty 2 that was the only one."""
        if self.over == "needs_gap":
            self._next = float("inf")

    def _may(self, state: ViewerState) -> bool:
        """Return whether a viewer can be heard at all, and is not one its author lets wait at this difficulty."""
        spec = state.spec
        polite = spec.floor == "waits" or (spec.floor == "needs_gap" and self.over == "cuts_in" and not self._raised)
        return state.present and not state.is_leaving and not state.agreed and spec.channel != "chat" and not polite
