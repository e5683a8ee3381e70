"""What happened in an earlier rehearsal, taken up by an audience that is to go on from there.

States are as the log tells them: what utterances did is worked out anew (`Audience.recall`), what the log measured
(patience, trust, hostility, numbers of the room) goes over it. Wishes nobody had voiced yet are not in a log; they are
not taken up.
"""

from __future__ import annotations

from coach.events import (
    Event,
    LinePosted,
    LineVoiced,
    LineVoicing,
    RoomChanged,
    ViewerChanged,
    ViewerJoined,
    ViewerLeft,
)
from coach.room.crowd import Crowd
from coach.room.door import Door
from coach.room.ledger import Ledger
from coach.room.passers_by import is_passer_by
from coach.room.room_events import RoomEvents
from coach.room.turns import Turns
from coach.room.viewer import Deal
from coach.scenario.model import ScenarioViewer


class History:
    """Takes events of the past. All times room seconds."""

    def __init__(self, crowd: Crowd, door: Door, turns: Turns, ledger: Ledger, events: RoomEvents) -> None:
        self._crowd = crowd
        self._door = door
        self._turns = turns
        self._ledger = ledger
        self._events = events
        self._intents: dict[str, str] = {}

    def recall(self, event: Event, now: float, deal: Deal) -> None:
        """Take one event that happened at `now`."""
        match event:
            case ViewerJoined():
                self._joined(event, now, deal)
            case ViewerLeft():
                self._left(event)
            case ViewerChanged():
                self._changed(event)
            case LinePosted():
                self._turns.recall(event.viewer_id, event.intent, event.text, event.text, now, aloud=False)
            case LineVoicing():
                self._intents[event.line_id] = event.intent
            case LineVoiced():
                intent = self._intents.pop(event.line_id, "ask")
                self._turns.recall(event.viewer_id, intent, event.text, event.heard_text, now, aloud=True)
                self._turns.minds_cut(event)
            case RoomChanged():
                self._ledger.recall(event)
                self._events.recall(event, now)
            case _:
                pass

    def _joined(self, event: ViewerJoined, now: float, deal: Deal) -> None:
        state = self._crowd.find(event.viewer_id)
        if state is not None and state.outcome is None:
            self._crowd.join(event.viewer_id)
            return
        if state is not None:
            spec = state.spec
        else:
            spec = ScenarioViewer.model_validate(
                {"id": event.viewer_id, "type": event.viewer_type, "name": event.name, "channel": event.channel}
            )
        self._crowd.admit(spec, deal)
        if is_passer_by(event.viewer_id):
            self._door.guests.recall(event.viewer_id, event.name, now)

    def _left(self, event: ViewerLeft) -> None:
        state = self._crowd.find(event.viewer_id)
        if state is None:
            return
        state.outcome = event.outcome
        self._crowd.leave(state)
        if is_passer_by(event.viewer_id):
            self._door.guests.gone(event.viewer_id)
            self._crowd.forget(event.viewer_id)

    def _changed(self, event: ViewerChanged) -> None:
        state = self._crowd.find(event.viewer_id)
        if state is not None:
            state.patience, state.trust = event.patience, event.trust
            state.hostility = min(event.hostility, state.hostility_cap)
            state.price_limit = event.price_limit
