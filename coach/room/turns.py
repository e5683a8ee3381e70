"""One wish at a time becomes a line, and what follows once the line is out, cut off or lost."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from coach.events import LineVoiced
from coach.room.company import mark_said
from coach.room.crowd import Crowd
from coach.room.director import LAST_WORDS, PLANNED, Director, Wish
from coach.room.request import Dropped, LineRequest
from coach.room.room_time import RoomTime
from coach.room.scribe import OpenLine, Scribe
from coach.room.viewer import Deal, ViewerState, opens_question
from coach.room.wishing import PLANNED_FOR_SEC, Wishing, after_cut
from coach.scenario.model import Intent

_LOST_AFTER_SEC = 30.0
"""A line of which nothing was ever heard again is given up, so that it cannot block the voice for ever."""
_TRIES = 4
"""Wishes tried at a time: somebody who finds no words must not keep the others from speaking."""


class Turns:
    """Lets viewers speak. All times room seconds.

    Args:
        crowd: Who speaks.
        director: Says who is next.
        scribe: Words it.
        wishing: Learns of last words.
        time: For the time a line expires.
    """

    def __init__(self, crowd: Crowd, director: Director, scribe: Scribe, wishing: Wishing, time: RoomTime) -> None:
        self._crowd = crowd
        self._director = director
        self._scribe = scribe
        self._wishing = wishing
        self._time = time

    def speak(self, now: float, deal: Deal) -> list[LineRequest]:
        """Return the next line, if one is due."""
        for line in [line for line in self._scribe.open.values() if now - line.asked_at > _LOST_AFTER_SEC]:
            if not line.voicing:
                self._scribe.lost(line.request.line_id)
        for _ in range(_TRIES):
            chosen = self._director.next(now, self._crowd.states, voice_busy=self._scribe.voice_busy)
            if chosen is None:
                return []
            wish, channel = chosen
            state = self._crowd.state(wish.viewer_id)
            wish = wish if wish.text else after_cut(wish, state)
            floor = self._director.floor(state, wish)
            expires_at = self._time.rehearsal(now + self._director.expiry(floor, channel))
            request = self._scribe.ask(wish, channel, state, deal, now, expires_at, floor=floor)
            self._last_words(wish, state, now, worded=request is not None)
            if request is not None:
                state.planned_until = 0.0 if wish.rank == PLANNED else state.planned_until
                return [request]
            self._director.speechless(wish, channel, state, now)
        return []

    def out(
        self, line_id: str, text: str, heard: str, now: float, *, voiced: bool = False, cut_off: bool = False
    ) -> OpenLine | None:
        """Note that a line is out: its viewer now waits for an answer, has bought, or goes."""
        line = self._scribe.out(line_id, text, heard, cut_off=cut_off)
        if line is None:
            return None
        state = self._crowd.state(line.wish.viewer_id)
        last = line.wish.rank == LAST_WORDS
        self._note_said(state, line.wish.intent, heard, now, aloud=voiced, last=last)
        if last:
            self._wishing.said(state, line.wish.intent, now)
        return line

    def voiced(self, event: LineVoiced, now: float) -> OpenLine | None:
        """Note that a spoken line is over, perhaps before its end."""
        line = self.out(event.line_id, event.text, event.heard_text, now, voiced=True, cut_off=event.cut_off)
        self.minds_cut(event)
        return line

    def minds_cut(self, event: LineVoiced) -> None:
        """Let a viewer remember where the streamer cut it off."""
        state = self._crowd.find(event.viewer_id)
        minds = state is not None and not state.is_leaving and not state.agreed
        if state is not None and minds and event.cut_by_streamer and state.cut_offs < 2:
            state.cut_off_at = event.heard_text
            state.cut_offs += 1

    def recall(self, viewer_id: str, intent: str, text: str, heard: str, now: float, *, aloud: bool) -> None:
        """Take up a line of an earlier rehearsal, as it was worded and as it was heard."""
        state = self._crowd.find(viewer_id)
        if state is None:
            return
        self._scribe.recall(state, text, heard)
        mark_said(state, cast(Intent, intent))
        self._note_said(state, intent, heard, now, aloud=aloud)

    def dropped(self, dropped: Dropped, now: float) -> None:
        """Note that a line was never delivered: its viewer may try again."""
        line = self._scribe.lost(dropped.line_id)
        if line is None:
            return
        wish, state = line.wish, self._crowd.state(line.wish.viewer_id)
        if wish.rank == LAST_WORDS:
            self._wishing.unsaid(state, wish.intent, now)
            return
        again = now + 2.0
        if wish.floor is not None:  # an interruption that came too late is none
            return
        if state.spec.channel != "voice":  # no gap to speak in: type it instead
            self._director.wish(replace(wish, channel="chat", reply_to=None, not_before=again, until=again + 10.0))
        elif wish.rank >= PLANNED:
            self._director.wish(replace(wish, reply_to=None, not_before=again, until=again + PLANNED_FOR_SEC))

    def _note_said(
        self, state: ViewerState, intent: str, heard: str, now: float, *, aloud: bool, last: bool = False
    ) -> None:
        self._crowd.spoke(state, heard, now, aloud=aloud)
        state.opened = state.opened or intent not in ("greet", "silence", "raid")
        if intent == "cut_off_remark":
            state.cut_off_at = None
        if not last and opens_question(cast(Intent, intent)):
            state.waiting_since = now

    def _last_words(self, wish: Wish, state: ViewerState, now: float, *, worded: bool) -> None:
        if wish.rank != LAST_WORDS:
            return
        if worded:
            self._wishing.saying(state, wish.intent, now)
        else:
            self._wishing.unsaid(state, wish.intent, now)
