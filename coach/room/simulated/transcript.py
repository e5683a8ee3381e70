"""A simulated rehearsal as lines to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from coach.events import LinePosted, LineVoiced, Record, RoomChanged, StageEntered, UtteranceHeard, ViewerLeft
from coach.events import ViewerJoined as Joined


def transcript(records: Sequence[Record]) -> Iterator[dict[str, Any]]:
    """Yield what was said and what happened, in order.

    Each has `at` (rehearsal seconds), `what` (`said`, `chat`, `voice`, `joined`, `left`, `room`, `stage`), `name` of
    the viewer (empty for the streamer and the room), and `text`: the words, or the outcome, reason or stage.
    """
    names: dict[str, str] = {}
    for record in records:
        event, at = record.event, record.at
        match event:
            case Joined():
                names[event.viewer_id] = event.name
                yield _line(at, "joined", event.name, "")
            case ViewerLeft():
                yield _line(at, "left", names.get(event.viewer_id, ""), event.outcome)
            case UtteranceHeard():
                yield _line(event.start or at, "said", "", event.text)
            case LinePosted():
                yield _line(at, "chat", names.get(event.viewer_id, ""), event.text)
            case LineVoiced() if event.heard_text:
                yield _line(at, "voice", names.get(event.viewer_id, ""), event.heard_text, cut=event.cut_off)
            case RoomChanged():
                yield _line(at, "room", "", event.reason, viewers=event.viewers)
            case StageEntered():
                yield _line(at, "stage", "", event.name)
            case _:
                pass


def _line(
    at: float, what: str, name: str, text: str, *, cut: bool = False, viewers: int | None = None
) -> dict[str, Any]:
    return {"at": round(at, 1), "what": what, "name": name, "text": text, "cut": cut, "viewers": viewers}
