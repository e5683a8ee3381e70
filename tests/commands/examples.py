"""A short rehearsal of the shipped kettle scenario."""

from __future__ import annotations

from coach.events import Event, LinePosted, Record, UtteranceHeard, ViewerJoined
from coach.ports import RehearsalSummary
from tests.started import started

STARTED_AT = "2026-11-22T10:00:00+00:00"


def summary(rehearsal_id: str) -> RehearsalSummary:
    """Its row while it runs."""
    return RehearsalSummary(
        id=rehearsal_id,
        scenario_id="en-pour-kettle",
        scenario_title="Kettle",
        locale="en-US",
        state="running",
        started_at=STARTED_AT,
    )


def log(rehearsal_id: str) -> list[Record]:
    """Its log, cut off after a viewer's line."""
    events: list[Event] = [
        started(rehearsal_id=rehearsal_id, scenario_id="en-pour-kettle", input="typed", started_at=STARTED_AT),
        ViewerJoined(viewer_id="ann", name="Ann", viewer_type="haggler", channel="chat"),
        UtteranceHeard(utterance_id="u1", text="Welcome in, this kettle pours slowly.", start=5, end=5, source="typed"),
        LinePosted(line_id="l1", viewer_id="ann", text="Any discount?", intent="push", pressure=True),
        UtteranceHeard(utterance_id="u2", text="It is the best price today.", start=15, end=15, source="typed"),
    ]
    return [Record(seq=seq, at=seq * 5.0, event=event) for seq, event in enumerate(events)]
