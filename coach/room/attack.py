"""An attack on the streamer: one viewer leads, others join while it is fed, and it ends when the product is back."""

from __future__ import annotations

from collections.abc import Sequence

from coach.room.manners import FEEDING, THREAD
from coach.room.reading import Reading
from coach.room.tempers import profile_of
from coach.room.viewer import ViewerState

_LEADS_SEC = 25.0
"""A hostile line this recent leads."""
_LASTS_SEC = 45.0
"""An attack nobody feeds dies out."""
_HOSTILE, _DISTRUSTS = 1.0, 25.0
"""Hostility from which a viewer leads, trust under which one who is not hostile by nature joins."""
_JOINS_AT_MOST = 2


class Attack:
    """Keeps how hot it is: 0 none, 3 worst. Times are room seconds."""

    def __init__(self) -> None:
        self.heat = 0
        self.leader: str | None = None
        self._until = 0.0

    def heard(self, reading: Reading, defended: Sequence[ViewerState], here: Sequence[ViewerState], now: float) -> None:
        """Take an utterance: losing one's temper, pleading or arguing feeds it, selling ends it.

        Args:
            reading: What the utterance did.
            defended: Viewers it argued with at length.
            here: Everybody in the room.
            now: Room seconds.
        """
        if reading.did(*FEEDING) or defended:
            leader = defended[0] if defended else self._loudest(here, now)
            if leader is not None:
                self.lead(leader.spec.id, now)
        elif reading.did(*THREAD) or reading.did("sets_boundary"):
            self.end()

    def lead(self, viewer_id: str, now: float) -> None:
        """Let a viewer lead, or lead on."""
        self.heat = min(3, self.heat + 1)
        self.leader = viewer_id
        self._until = now + _LASTS_SEC

    def end(self) -> None:
        """Nobody joins any more."""
        self.heat, self.leader = 0, None

    def joins(self, state: ViewerState, now: float) -> bool:
        """Return whether this viewer would join in now."""
        if self.heat == 0 or now > self._until or state.spec.id == self.leader or state.agreed or state.settled:
            return False
        profile = profile_of(state.spec.type)
        willing = profile.joins_attacks and state.hostility >= 0.5
        return state.piled_on < _JOINS_AT_MOST and (willing or state.trust < _DISTRUSTS or profile.hostile)

    def _loudest(self, here: Sequence[ViewerState], now: float) -> ViewerState | None:
        able = [state for state in here if state.hostility >= _HOSTILE and now - state.last_line_at < _LEADS_SEC]
        return max(able, key=lambda state: (state.hostility, state.last_line_at), default=None)
