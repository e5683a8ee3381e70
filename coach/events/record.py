"""One event with its place and time, and how it is written and read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import ConfigDict, Discriminator, TypeAdapter, ValidationError

from coach.errors import InputError
from coach.events.engine import EngineFailed, ModelUsed, TurnTimed
from coach.events.line import LineDucked, LineHeld, LinePosted, LineResumed, LineVoiced, LineVoicing
from coach.events.rehearsal import MicrophoneUsed, RehearsalEnded, RehearsalPaused, RehearsalResumed, RehearsalStarted
from coach.events.room import CueShown, RoomChanged, StageEntered
from coach.events.speech import SpeechPaused, SpeechStarted, UtteranceHeard, WordsHeard
from coach.events.strict import STRICT
from coach.events.viewer import ViewerChanged, ViewerJoined, ViewerLeft
from coach.value_faults import fault_of

Event = Annotated[
    RehearsalStarted
    | SpeechStarted
    | SpeechPaused
    | WordsHeard
    | UtteranceHeard
    | ViewerJoined
    | ViewerChanged
    | ViewerLeft
    | LinePosted
    | LineVoicing
    | LineDucked
    | LineHeld
    | LineResumed
    | LineVoiced
    | RoomChanged
    | StageEntered
    | CueShown
    | TurnTimed
    | EngineFailed
    | ModelUsed
    | MicrophoneUsed
    | RehearsalPaused
    | RehearsalResumed
    | RehearsalEnded,
    Discriminator("type"),
]
"""What can stand in a log, told apart by `type`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One event with its place and time."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    seq: int
    """Counts from 0 without gaps."""
    at: float
    """Rehearsal seconds when it was appended; never goes back."""
    event: Event


RECORD: TypeAdapter[Record] = TypeAdapter(Record)


def dump_record(record: Record) -> bytes:
    """Return one JSON line without its newline."""
    return RECORD.dump_json(record)


def load_record(line: bytes | str) -> Record:
    """Read one JSON line.

    Raises:
        InputError: If it is not a record; says what is wrong with it.
    """
    try:
        return RECORD.validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        template = "Not a record of a rehearsal: {where}: {fault}" if where else "Not a record of a rehearsal: {fault}"
        raise InputError(template, where=where, fault=fault_of(first)) from error


def record_schema() -> dict[str, Any]:
    """Return the JSON Schema of a record, from which the browser's types are made."""
    return RECORD.json_schema(mode="serialization")
