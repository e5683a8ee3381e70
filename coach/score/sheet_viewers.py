"""The scenario's viewers in a transcript that only names them: what kind of viewer each one is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coach.events import LinePosted, Record, ViewerJoined
from coach.scenario.model import Scenario, ScenarioViewer
from coach.score.transcript import is_pressure

_BRACKETS = re.compile(r"[()\[\]【】]")
_ROLES = frozenset({"viewer", "user", "guest", "观众", "用户", "粉丝", "网友"})
_WRITER = "transcript"


def with_sheet_viewers(records: Sequence[Record], scenario: Scenario) -> tuple[Record, ...]:
    """Return a transcript's records, its viewers of no kind as the viewer of the scenario that they are called by.

    Name and id count, without case, spaces and width of letters, also beside a role (`Viewer (Bob)`). What a file says
    of a viewer's kind stands; whoever is called like two viewers of different kinds is none of them.
    """
    called = _by_call(scenario)
    found = {
        event.viewer_id: authored
        for record in records
        if isinstance(event := record.event, ViewerJoined) and not event.viewer_type
        if (authored := _authored(event.viewer_id, called)) is not None
    }
    return tuple(_known(record, found) for record in records) if found else tuple(records)


def _by_call(scenario: Scenario) -> dict[str, ScenarioViewer | None]:
    """Return viewers by what they are called; None where a call is that of two kinds."""
    called: dict[str, ScenarioViewer | None] = {}
    for viewer in scenario.viewers:
        for call in {_plain(viewer.id), _plain(viewer.name)} - {""}:
            other = called.setdefault(call, viewer)
            if other is not None and other.type != viewer.type:
                called[call] = None
    return called


def _authored(name: str, called: dict[str, ScenarioViewer | None]) -> ScenarioViewer | None:
    found = {viewer.id: viewer for call in _calls(name) if (viewer := called.get(call)) is not None}
    return next(iter(found.values())) if len(found) == 1 else None


def _calls(name: str) -> Iterator[str]:
    """Yield the whole name; of a role with a name in brackets, the name."""
    yield _plain(name)
    before, *rest = _BRACKETS.split(unicodedata.normalize("NFKC", name))
    if rest and _plain(before) in _ROLES:
        yield _plain(rest[0])


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split()).lstrip("@")


def _known(record: Record, found: dict[str, ScenarioViewer]) -> Record:
    event = record.event
    if isinstance(event, ViewerJoined) and event.viewer_id in found:
        viewer = found[event.viewer_id]
        return replace(record, event=replace(event, name=viewer.name, viewer_type=viewer.type))
    if isinstance(event, LinePosted) and event.viewer_id in found and event.writer == _WRITER:
        presses = event.pressure or is_pressure(found[event.viewer_id].type, event.text)
        return replace(record, event=replace(event, pressure=presses))
    return record
