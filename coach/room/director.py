"""Who speaks, when and where: one line at a time out of what viewers wish to say. Pure and seeded."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from coach.events import Channel
from coach.room.request import FloorPolicy
from coach.room.viewer import ViewerState
from coach.scenario.model import Intent

LINES_PER_MIN = {1: 3.0, 2: 6.0, 3: 9.0, 4: 14.0, 5: 20.0}
"""Density by difficulty (DOMAIN §3.6); three viewers cannot carry the 30 and more of a raid."""
_AIR_SEC = {1: 12.0, 2: 10.0, 3: 7.0, 4: 5.0, 5: 3.0}
"""Room left after a pressure event: time to answer and to come back to the product."""
_GAP_SEC = {1: 3.5, 2: 2.5, 3: 1.8, 4: 1.0, 5: 0.5}
"""Least time between two lines, so that viewers do not pile on."""
_VOICE_GAP_SEC = {1: 25.0, 2: 18.0, 3: 14.0, 4: 10.0, 5: 8.0}
"""Least time between two unasked spoken lines: real viewers mostly type."""
_OWN_GAP_SEC = {1: 20.0, 2: 15.0, 3: 12.0, 4: 9.0, 5: 7.0}
"""Least time between two unasked lines of one viewer."""
_EXPIRES_SEC: dict[FloorPolicy, float] = {"waits": 12.0, "needs_gap": 10.0, "cuts_in": 6.0}

LAST_WORDS, PLANNED, REPLY, UNASKED = 4, 3, 2, 1
"""Rank of a wish: a buyer or leaver comes first, then the author's plan, then answers."""


@dataclass(slots=True, kw_only=True)
class Wish:
    """What one viewer wants to say. Times are room seconds."""

    viewer_id: str
    intent: Intent
    rank: int
    not_before: float
    until: float
    pressure: bool = False
    reply_to: str | None = None
    channel: Channel | None = None
    """Fixed channel; null lets the director choose."""
    about: str | None = None
    """Viewer whose line it picks up."""


class Director:
    """Holds wishes and lets them out one at a time."""

    def __init__(self, difficulty: int, rng: random.Random) -> None:
        self._difficulty = difficulty
        self._rng = rng
        self._wishes: list[Wish] = []
        self._air_until = 0.0
        self._last_line = float("-inf")
        self._last_voice = float("-inf")
        self._next_unasked = rng.uniform(4.0, 8.0)

    def wish(self, wish: Wish) -> None:
        """Take a wish; a viewer has one at a time, the higher rank wins, the newer among equals."""
        held = next((other for other in self._wishes if other.viewer_id == wish.viewer_id), None)
        if held is not None and held.rank > wish.rank:
            return
        self._wishes = [other for other in self._wishes if other.viewer_id != wish.viewer_id]
        self._wishes.append(wish)

    def withdraw(self, viewer_id: str) -> None:
        """Forget what a viewer wanted to say."""
        self._wishes = [other for other in self._wishes if other.viewer_id != viewer_id]

    def has_wish(self, viewer_id: str) -> bool:
        """Return whether a wish of this viewer is waiting."""
        return any(other.viewer_id == viewer_id for other in self._wishes)

    def unasked(self, now: float, states: Sequence[ViewerState]) -> ViewerState | None:
        """Return who would break the silence now, at most as often as the difficulty allows."""
        if now < self._next_unasked or now < self._air_until or self._wishes:
            return None
        gap = _OWN_GAP_SEC[self._difficulty]
        able = [state for state in states if state.present and not state.is_leaving and now - state.last_line_at >= gap]
        able = [state for state in able if state.waiting_since is None or now - state.waiting_since > gap]
        self._plan_next(now, max(1, sum(state.present for state in states)))
        if not able:
            return None
        quietest = sorted(able, key=lambda state: state.last_line_at)
        return quietest[0] if self._rng.random() < 0.7 else self._rng.choice(able)

    def next(self, now: float, states: Sequence[ViewerState], *, voice_busy: bool) -> tuple[Wish, Channel] | None:
        """Return the wish to fulfil now with its channel, or None; it is taken off the list."""
        self._wishes = [wish for wish in self._wishes if wish.until >= now or wish.rank == LAST_WORDS]
        by_id = {state.spec.id: state for state in states}
        for wish in sorted(self._wishes, key=lambda wish: (-wish.rank, wish.not_before)):
            state = by_id[wish.viewer_id]
            if state.present and self._may(wish, now):
                channel = self._channel(wish, state, now, voice_busy)
                if channel is not None:
                    self._wishes.remove(wish)
                    self._spoke(now, channel, wish)
                    return wish, channel
        return None

    def pressed(self, now: float) -> None:
        """Leave the streamer room after a pressure event."""
        self._air_until = max(self._air_until, now + _AIR_SEC[self._difficulty])

    def floor(self, state: ViewerState) -> FloorPolicy:
        """Return when a viewer may speak aloud: the author's word, held back at low difficulty."""
        wanted = state.spec.floor
        if wanted is None:
            wanted = "needs_gap" if self._difficulty >= 2 else "waits"
            wanted = "cuts_in" if self._difficulty >= 3 and state.spec.type == "troll" else wanted
        if self._difficulty == 1:
            return "waits"
        return "needs_gap" if self._difficulty == 2 and wanted == "cuts_in" else wanted

    @staticmethod
    def expiry(floor: FloorPolicy, channel: Channel) -> float:
        """Return for how many seconds a line stays fit to be said."""
        return _EXPIRES_SEC[floor] if channel == "voice" else 10.0

    def _may(self, wish: Wish, now: float) -> bool:
        if now < wish.not_before:
            return False
        if wish.rank >= REPLY and wish.reply_to is not None:
            return True
        if now - self._last_line < _GAP_SEC[self._difficulty]:
            return False
        return wish.rank >= PLANNED or now >= self._air_until

    def _channel(self, wish: Wish, state: ViewerState, now: float, voice_busy: bool) -> Channel | None:
        """Return where the line goes; None while the only channel is taken."""
        fixed = wish.channel or (None if state.spec.channel == "both" else state.spec.channel)
        if fixed == "chat":
            return "chat"
        rested = now - self._last_voice >= _VOICE_GAP_SEC[self._difficulty]
        free = not voice_busy and (rested or wish.rank > UNASKED)
        if fixed == "voice":
            return "voice" if free else None
        likes_voice = wish.reply_to is not None or wish.pressure or self._rng.random() < 0.4
        return "voice" if free and likes_voice else "chat"

    def _spoke(self, now: float, channel: Channel, wish: Wish) -> None:
        self._last_line = now
        if channel == "voice":
            self._last_voice = now
        if wish.pressure:
            self.pressed(now)

    def _plan_next(self, now: float, present: int) -> None:
        rate = min(LINES_PER_MIN[self._difficulty], present * 60 / _OWN_GAP_SEC[self._difficulty])
        self._next_unasked = now + self._rng.uniform(0.6, 1.4) * 60 / rate
