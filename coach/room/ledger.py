"""Room numbers: viewers online, orders, likes. They follow the played viewers; practice numbers, no forecast."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from coach.events import RoomChanged
from coach.room.passers_by import is_passer_by
from coach.room.reading import Reading
from coach.room.viewer import ViewerState

_REPORT_EVERY_SEC = 6.0
_DRIFT_PER_SEC = 0.03
"""Share of the distance to where the mood pulls the crowd that is walked each second. A design default."""
_DISTURB = ("troll", "spammer", "derailer")
_LIKES = {"greets": 2, "mentions_point": 4, "shows_evidence": 5, "offers_gift": 4, "thanks": 2, "asks_room": 3}


class Ledger:
    """Counts the room. Times are room seconds."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._base = float(rng.randint(120, 220))
        self._online = self._base
        self._orders = 0
        self._likes = rng.randint(20, 60)
        self.shown_price: float | None = None
        """Wrong price on the product card, while there is one."""
        self._pulls: dict[str, float] = {}
        self._no_orders: set[str] = set()
        self._reported = (0, 0, 0)
        self._reported_at = float("-inf")

    def change(self, reason: str, *, pressure: bool = False, detail: str = "") -> RoomChanged:
        """Return the numbers as an event."""
        self._reported = self._numbers()
        viewers, orders, likes = self._reported
        return RoomChanged(
            viewers=viewers,
            orders=orders,
            likes=likes,
            reason=reason,
            pressure=pressure,
            detail=detail,
            shown_price=self.shown_price,
        )

    def recall(self, event: RoomChanged) -> None:
        """Take up the numbers of an earlier rehearsal."""
        self._online, self._orders, self._likes = float(event.viewers), event.orders, event.likes
        self._base = max(1.0, float(event.viewers)) if event.reason in ("start", "audience_drop") else self._base

    def begin(self, trouble: str, *, pull: float = 1.0, orders: bool = True) -> None:
        """Let a room event weigh on the numbers until `end`.

        Args:
            trouble: Its name.
            pull: Factor on the crowd the mood would keep.
            orders: Whether the unnamed crowd still orders.
        """
        self._pulls[trouble] = pull
        if not orders:
            self._no_orders.add(trouble)

    def end(self, trouble: str) -> None:
        """Lift what a room event weighed."""
        self._pulls.pop(trouble, None)
        self._no_orders.discard(trouble)

    def rush(self, people: int) -> None:
        """Let people in at once who will not stay for the show."""
        self._online += people

    def jump(self, to: int, reason: str, *, pressure: bool) -> RoomChanged:
        """Move the crowd at once, as planned; it recovers slowly."""
        self._online = float(to)
        self._base = max(float(to), (self._base + to) / 2)
        return self.change(reason, pressure=pressure)

    def bought(self) -> RoomChanged:
        """Count one played viewer's order."""
        self._orders += 1
        self._likes += 3
        return self.change("bought")

    def heard(self, reading: Reading, states: Sequence[ViewerState]) -> None:
        """Count what an utterance brings in from the unnamed crowd."""
        self._likes += sum(_LIKES.get(kind, 0) for kind in {move.kind for move in reading.moves})
        sellable = reading.did("calls_to_action") and _mood(states) > 0.45
        if sellable and not self._no_orders:
            self._orders += self._rng.randint(0, 2)

    def drift(self, now: float, seconds: float, silent_sec: float, states: Sequence[ViewerState]) -> RoomChanged | None:
        """Let the crowd follow the mood; return an event every few seconds when the numbers moved."""
        wanted = self._base * (0.55 + 0.9 * _mood(states)) * (0.7 if silent_sec > 8 else 1.0)
        wanted *= math.prod(self._pulls.values())
        self._online += (wanted - self._online) * min(1.0, _DRIFT_PER_SEC * seconds)
        if now - self._reported_at < _REPORT_EVERY_SEC or self._numbers() == self._reported:
            return None
        self._reported_at = now
        return self.change("drift")

    def _numbers(self) -> tuple[int, int, int]:
        return max(1, round(self._online)), self._orders, self._likes


def _mood(states: Sequence[ViewerState]) -> float:
    """Return 0 to 1: patience and trust of those who are or were here; those lost count as zero.

    A content troll is no content room, so those who only disturb are left out.
    """
    own = [state for state in states if not is_passer_by(state.spec.id) and state.spec.type not in _DISTURB]
    moods = [_one_mood(state) for state in own if state.present or state.outcome]
    return sum(moods) / len(moods) if moods else 0.5


def _one_mood(state: ViewerState) -> float:
    if state.outcome in ("bought", "satisfied"):
        return 1.0
    return 0.0 if state.outcome else (state.patience + state.trust) / 200
