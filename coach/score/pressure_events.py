"""Which moments test composure: those the room or its author marked, and in transcripts those the words tell."""

from __future__ import annotations

from functools import cache

from coach.language.phrases import find
from coach.score.composure_scale import load_composure
from coach.score.timeline import Line, Pressure, Timeline

_COMPLAINING = "angry_returner"


def pressure_events(timeline: Timeline, code: str) -> list[Pressure]:
    """Return the events in order.

    The played room marks what presses, also what arises by itself (a viewer who turns hostile). Imported transcripts
    have no marks but those by viewer type; there an open complaint and an accusation count too, whoever makes them.

    Args:
        timeline: The rehearsal.
        code: `zh` or `en`.
    """
    if timeline.started is not None and timeline.started.scenario_id:
        return list(timeline.pressure)
    known = {event.seq for event in timeline.pressure}
    arising = [_event(line) for line in timeline.lines if line.seq not in known and _presses(line, timeline, code)]
    return sorted([*timeline.pressure, *arising], key=lambda event: (event.at, event.seq))


def kind_of(event: Pressure, timeline: Timeline) -> str:
    """Return what kind of event it is: `troll`, `ultimatum`, `audience_drop` …, `other` where nothing tells."""
    kinds = load_composure().kinds
    if event.viewer_id is None:
        return kinds.room.get(event.reason, "room")
    if event.intent in kinds.room:
        return kinds.room[event.intent]
    joined = timeline.joined.get(event.viewer_id)
    return kinds.viewers.get(joined.viewer_type, "other") if joined else "other"


def _presses(line: Line, timeline: Timeline, code: str) -> bool:
    joined = timeline.joined.get(line.viewer_id)
    if joined is not None and joined.viewer_type == _COMPLAINING:
        return True
    return bool(find(line.text, _accusations(code), "", whole_words=code == "en"))


def _event(line: Line) -> Pressure:
    return Pressure(line.seq, line.end, line.text, line.viewer_id, start=line.start)


@cache
def _accusations(code: str) -> tuple[str, ...]:
    return load_composure().accusations.get(code, ())
