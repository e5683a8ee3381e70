"""What begins a replayed moment: the line that was said, or the room event that happened, a second time."""

from __future__ import annotations

from typing import cast

from coach.events import LinePosted, LineVoicing, RoomChanged
from coach.room.director import PLANNED, Wish
from coach.scenario.model import EventKind, Intent, ScenarioEvent

TAKES_BREATH_SEC = 1.5
"""Room for the streamer to be ready, before it begins."""
_LATEST_SEC = 14_400.0
"""Latest time a plan may name (`ScenarioEvent.at_sec`); what is due then is due at any later moment too."""
_FOR_SEC = 30.0
"""How long the line may wait for its turn."""


def said_again(line: LinePosted | LineVoicing, at: float) -> Wish:
    """Return the wish to say a line again, word for word, from room second `at` on."""
    return Wish(
        viewer_id=line.viewer_id,
        intent=cast(Intent, line.intent),
        rank=PLANNED,
        not_before=at,
        until=at + _FOR_SEC,
        pressure=line.pressure,
        channel="chat" if isinstance(line, LinePosted) else "voice",
        floor="cuts_in" if isinstance(line, LineVoicing) and line.cuts_in else None,
        text=line.text,
        in_crowd=True,
    )


def planned_again(event: LinePosted | LineVoicing | RoomChanged, at: float) -> ScenarioEvent | None:
    """Return a room event as a plan for room second `at`; None for a line."""
    if not isinstance(event, RoomChanged):
        return None
    return ScenarioEvent(
        at_sec=min(at, _LATEST_SEC),
        kind=cast(EventKind, event.reason),
        viewer=event.detail or None,
        to=event.viewers if event.reason.startswith("audience_") else None,
        price=event.shown_price,
        pressure=event.pressure,
    )
