"""JSON lines: one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from coach.errors import Place, Sentence
from coach.room.treatment import viewer_type_of
from coach.scenario.model import ViewerType
from coach.score.formats.encoding import text_of
from coach.score.formats.roles import role_of
from coach.score.formats.turn import ReadFile, Reading, TranscriptProblem
from coach.value_faults import shown

_TYPES: tuple[str, ...] = get_args(ViewerType)
_REASONS: dict[str, Sentence] = {
    "Expecting ',' delimiter": Sentence("a comma or a closing bracket is missing"),
    "Expecting ':' delimiter": Sentence("a colon is missing after the key"),
    "Expecting property name enclosed in double quotes": Sentence("a key in double quotes is missing"),
    "Expecting value": Sentence("a value is missing; a text stands in double quotes"),
    "Extra data": Sentence("something follows the end of the object"),
    "Unterminated string starting at": Sentence("a quote that is opened here is never closed"),
    "Invalid control character at": Sentence("a control character inside a text"),
}
"""What Python's reader says, in words for people; of other slips the place alone is told."""


def read_jsonl(raw: bytes, path: Path, reading: Reading) -> ReadFile:
    """Read objects; a role that is missing or in other words is taken from what was said about the file."""
    file = ReadFile()
    told: set[str] = set()
    for number, value in _objects(text_of(raw, path, only_utf8=True), path, file.problems):
        file.values.append((number, _with_role(value, reading)))
        kind = _unknown_type(value)
        if kind and kind not in told:
            told.add(kind)
            said = Sentence(
                "unknown type of viewer {kind!r}, taken as none in particular. Known: {known}",
                kind=kind[:40],
                known=", ".join(_TYPES),
            )
            file.problems.append(TranscriptProblem(Place(str(path), number, field="viewer.type"), said))
        if not file.streamer and isinstance(name := value.get("streamer"), str):
            file.streamer = name.strip()
    return file


def _unknown_type(value: dict[str, Any]) -> str:
    """Return the type of a transcript's viewer where the room knows none of that name, else nothing."""
    viewer = value.get("viewer")
    kind = viewer.get("type") if isinstance(viewer, dict) and "event" not in value else None
    return kind if isinstance(kind, str) and viewer_type_of(kind) not in _TYPES else ""


def _objects(text: str, path: Path, problems: list[TranscriptProblem]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield line numbers and objects; name the lines that are none."""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            # A plain ValueError comes from an integer of thousands of digits.
            problems.append(TranscriptProblem(Place(str(path), number), _not_json(error)))
            continue
        if isinstance(value, dict):
            yield number, value
        else:
            said = Sentence("expected a JSON object, got {kind}, line skipped", kind=shown(value))
            problems.append(TranscriptProblem(Place(str(path), number), said))


def _not_json(error: Exception) -> Sentence:
    if not isinstance(error, json.JSONDecodeError):
        return Sentence("not valid JSON, line skipped")
    reason = _REASONS.get(error.msg)
    if reason is None:
        return Sentence("not valid JSON, line skipped (column {column})", column=error.colno)
    return Sentence("not valid JSON, line skipped (column {column}: {reason})", column=error.colno, reason=reason)


def _with_role(value: dict[str, Any], reading: Reading) -> dict[str, Any]:
    role = value.get("role")
    if role in ("streamer", "viewer") or "event" in value:
        return value
    # A role in other words ("Host", "观众") is as plain as in a table's column.
    given = role_of(role, reading) if isinstance(role, str) else None
    speaker = value.get("speaker")
    if given is None and role is None:
        known = role_of(speaker, reading) if isinstance(speaker, str) else None
        given = known or reading.role
    return value if given is None else {**value, "role": given}
