"""Who speaks, when and where: one line at a time out of what viewers wish to say. Pure and seeded."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coach.events import Channel
from coach.room.pace import Pace
from coach.room.passers_by import is_passer_by
from coach.room.request import FloorPolicy
from coach.room.tempers import profile_of
from coach.room.tempo import HOSTILE, Tempo
from coach.room.viewer import ViewerState
from coach.scenario.model import Intent

_AIR_SEC = {1: 12.0, 2: 10.0, 3: 7.0, 4: 5.0, 5: 3.0}
"""Room left after a pressure event: time to answer and to come back to the product."""
_GAP_SEC = {1: 3.5, 2: 2.5, 3: 1.8, 4: 1.0, 5: 0.5}
"""Least time before a planned line or one that comes back to something, so that viewers do not pile on."""
_BURST_GAP_SEC = {1: 3.5, 2: 1.0, 3: 0.6, 4: 0.3, 5: 0.2}
"""Least time between two lines of a burst."""
_VOICE_GAP_SEC = {1: 25.0, 2: 18.0, 3: 14.0, 4: 10.0, 5: 8.0}
"""Least time between two unasked spoken lines: real viewers mostly type."""
_TALKATIVE_GAP_SEC = 3.0
"""The same where the scenario sets the share of spoken lines."""
_OWN_GAP_SEC = {1: 20.0, 2: 15.0, 3: 12.0, 4: 9.0, 5: 7.0}
"""Least time between two unasked lines of one viewer."""
_PASSING_GAP_SEC = 14.0
"""The same of one who is only passing by."""
_LIKES_VOICE = 0.4
"""Chance that a viewer with both channels speaks an unasked line. A design default."""
_QUEUE = 3
"""Unasked lines that may wait at a time."""
_SPEECHLESS_SEC = 20.0
"""How long a viewer who found no words is passed over."""
_EXPIRES_SEC: dict[FloorPolicy, float] = {"waits": 12.0, "needs_gap": 10.0, "cuts_in": 6.0}

_HARSH: tuple[Intent, ...] = ("heckle", "bait", "pile_on")
"""What nobody comes to say by himself in a calm room."""

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
    floor: FloorPolicy | None = None
    """How this very line treats the floor; null: as its viewer does."""
    text: str = ""
    """Fixed words, for a line that is played again; empty: the scribe's."""
    in_crowd: bool = False
    """One of many at once (raid, pile-on): needs no gap to the line before."""


class Director:
    """Holds wishes and lets them out one at a time.

    Args:
        tempo: Density, hostile share, cut-ins.
        rng: Decides where there is a choice.
    """

    def __init__(self, tempo: Tempo, rng: random.Random) -> None:
        self.tempo = tempo
        self.pace = Pace(tempo, rng)
        self._rng = rng
        self._wishes: list[Wish] = []
        self._air_until = 0.0
        self._last_line = float("-inf")
        self._last_voice = float("-inf")
        self._lines = self._hostile = self._voiced = 0
        self._speechless: dict[str, float] = {}

    def wish(self, wish: Wish) -> None:
        """Take a wish; a viewer has one at a time, the higher rank wins, the newer among equals."""
        held = next((other for other in self._wishes if other.viewer_id == wish.viewer_id), None)
        if held is not None and held.rank > wish.rank:
            return
        unplanned = wish.rank != PLANNED
        if self.tempo.calm and unplanned and wish.intent in _HARSH:
            return
        # Passers-by are the noise of the room: what tests composure is told by its event.
        if is_passer_by(wish.viewer_id) or (self.tempo.calm and unplanned):
            wish = replace(wish, pressure=False)
        self._wishes = [other for other in self._wishes if other.viewer_id != wish.viewer_id]
        self._wishes.append(wish)

    def withdraw(self, viewer_id: str) -> None:
        """Forget what a viewer wanted to say."""
        self._wishes = [other for other in self._wishes if other.viewer_id != viewer_id]

    def forget(self, viewer_id: str) -> None:
        """Drop what is kept of somebody who never comes back."""
        self._speechless.pop(viewer_id, None)

    def withdraw_all(self, intent: Intent) -> None:
        """Forget all wishes to say one kind of thing: it has become pointless."""
        self._wishes = [other for other in self._wishes if other.intent != intent]

    def has_wish(self, viewer_id: str) -> bool:
        """Return whether a wish of this viewer is waiting."""
        return any(other.viewer_id == viewer_id for other in self._wishes)

    def unasked(self, now: float, states: Sequence[ViewerState]) -> ViewerState | None:
        """Return who would write unasked now, as often as the density wants."""
        waiting = sum(wish.rank == UNASKED for wish in self._wishes)
        if not self.pace.is_due(now) or now < self._air_until or waiting >= _QUEUE:
            return None
        able = self._in_turn([state for state in states if self._able(state, now)], states)
        if not able:
            return None
        self.pace.began(now)
        quietest = min(able, key=lambda state: state.last_line_at)
        return quietest if self._rng.random() < 0.7 else self._rng.choice(able)

    def next(self, now: float, states: Sequence[ViewerState], *, voice_busy: bool) -> tuple[Wish, Channel] | None:
        """Return the wish to fulfil now with its channel, or None; it is taken off the list."""
        self._wishes = [wish for wish in self._wishes if wish.until >= now or wish.rank == LAST_WORDS]
        by_id = {state.spec.id: state for state in states}
        for wish in sorted(self._wishes, key=lambda wish: (-wish.rank, wish.not_before)):
            state = by_id[wish.viewer_id]
            if state.present and self._may(wish, now, state):
                channel = self._channel(wish, state, now, voice_busy)
                if channel is not None:
                    self._wishes.remove(wish)
                    self._spoke(now, channel, wish, state)
                    return wish, channel
        return None

    def speechless(self, wish: Wish, channel: Channel, state: ViewerState, now: float) -> None:
        """Learn that no words were left for a wish just taken: it does not count, and somebody else may have a go."""
        self._count(wish, channel, state, -1)
        self._speechless[wish.viewer_id] = now + _SPEECHLESS_SEC

    def pressed(self, now: float) -> None:
        """Leave the streamer room after a pressure event."""
        self._air_until = max(self._air_until, now + _AIR_SEC[self.tempo.level])

    def hold(self, until: float) -> None:
        """Let nobody write unasked before `until`."""
        self._air_until = max(self._air_until, until)

    def is_airing(self, now: float) -> bool:
        """Return whether the streamer is being left room after a pressure event."""
        return now < self._air_until

    @property
    def _own_gap(self) -> float:
        return _OWN_GAP_SEC[self.tempo.level]

    @property
    def is_quiet(self) -> bool:
        """Whether the room has said its share at the easiest level: only who is called by name answers then."""
        return self.tempo.level == 1 and self.pace.is_overdrawn

    @property
    def too_friendly(self) -> bool:
        """Whether the lines so far are short of their hostile share by two or more."""
        return self._hostile + 2 <= self.tempo.hostile_share * self._lines

    def floor(self, state: ViewerState, wish: Wish | None = None) -> FloorPolicy:
        """Return when a viewer may speak aloud: the author's word, held back where nobody cuts in."""
        level = self.tempo.level
        wanted = wish.floor if wish is not None and wish.floor is not None else state.spec.floor
        if wanted is None:
            wanted = profile_of(state.spec.type).floor if level >= 2 else "waits"
        if wanted == "cuts_in" and not self.tempo.cut_ins:
            wanted = "needs_gap"
        return "waits" if level == 1 and wanted != "cuts_in" else wanted

    @staticmethod
    def expiry(floor: FloorPolicy, channel: Channel) -> float:
        """Return for how many seconds a line stays fit to be said."""
        return _EXPIRES_SEC[floor] if channel == "voice" else 10.0

    def _able(self, state: ViewerState, now: float) -> bool:
        """Return whether a viewer may write unasked: here, with nothing on its mind, and not just heard."""
        gap = _PASSING_GAP_SEC if is_passer_by(state.spec.id) else self._own_gap
        if not state.present or state.is_leaving or now - state.last_line_at < gap:
            return False
        if self.has_wish(state.spec.id) or now < self._speechless.get(state.spec.id, 0.0):
            return False
        return state.waiting_since is None or now - state.waiting_since > gap

    def _in_turn(self, able: list[ViewerState], states: Sequence[ViewerState]) -> list[ViewerState]:
        """Return those of the side whose turn it is: hostile lines keep their share, where there are both sides."""
        hostile = [state for state in able if state.spec.type in HOSTILE]
        others = [state for state in able if state.spec.type not in HOSTILE]
        share = self.tempo.hostile_share
        if self._hostile + 1 <= share * (self._lines + 1):
            return hostile or others
        only_hostile = all(state.spec.type in HOSTILE for state in states if state.present)
        return hostile if only_hostile else others

    def _may(self, wish: Wish, now: float, state: ViewerState) -> bool:
        if now < wish.not_before:
            return False
        if wish.rank == PLANNED and not wish.in_crowd and now - state.last_line_at < self._own_gap / 2:
            return False  # it has just spoken: what is planned comes after an answer, not on top
        if wish.in_crowd or (wish.rank >= REPLY and wish.reply_to is not None):
            return True
        gaps = _BURST_GAP_SEC if wish.rank == UNASKED else _GAP_SEC
        if now - self._last_line < gaps[self.tempo.level]:
            return False
        return wish.rank >= PLANNED or now >= self._air_until

    def _channel(self, wish: Wish, state: ViewerState, now: float, voice_busy: bool) -> Channel | None:
        """Return where the line goes; None while the only channel is taken."""
        fixed = wish.channel or (None if state.spec.channel == "both" else state.spec.channel)
        if fixed == "chat":
            return "chat"
        share = self.tempo.voice_share
        gap = _VOICE_GAP_SEC[self.tempo.level] if share is None else _TALKATIVE_GAP_SEC
        free = not voice_busy and (now - self._last_voice >= gap or wish.rank > UNASKED)
        if fixed == "voice":
            return "voice" if free else None
        if share is not None:
            likes_voice = self._voiced + 1 <= share * (self._lines + 1)
        else:
            likes_voice = wish.reply_to is not None or wish.pressure or self._rng.random() < _LIKES_VOICE
        return "voice" if free and likes_voice else "chat"

    def _spoke(self, now: float, channel: Channel, wish: Wish, state: ViewerState) -> None:
        self._last_line = now
        if channel == "voice":
            self._last_voice = now
        self._count(wish, channel, state, 1)
        if wish.pressure:
            self.pressed(now)

    def _count(self, wish: Wish, channel: Channel, state: ViewerState, lines: int) -> None:
        self.pace.spend(lines)
        self._lines += lines
        self._hostile += lines if state.spec.type in HOSTILE else 0
        self._voiced += lines if channel == "voice" else 0
