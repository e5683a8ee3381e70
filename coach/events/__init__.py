"""Every event of a rehearsal, as facts in the past tense, and the record that orders and times them.

A rehearsal *is* its list of records. Times inside events are float seconds on the rehearsal clock, the same as
`Record.at`. Audio never enters the log: sample time in `streamer.ogg` and `viewers.ogg` equals rehearsal time.
"""

from __future__ import annotations

from coach.events.engine import EngineFailed, ModelUsed, Port, TurnTimed
from coach.events.line import Channel, CutBy, LineDucked, LineHeld, LinePosted, LineResumed, LineVoiced, LineVoicing
from coach.events.record import RECORD, Event, Record, dump_record, load_record, record_schema
from coach.events.rehearsal import (
    EndReason,
    MicrophoneUsed,
    RehearsalEnded,
    RehearsalPaused,
    RehearsalResumed,
    RehearsalStarted,
)
from coach.events.room import CueShown, RoomChanged, StageEntered
from coach.events.speech import SpeechPaused, SpeechStarted, UtteranceHeard, Word, WordsHeard
from coach.events.viewer import ViewerChanged, ViewerJoined, ViewerLeft

__all__ = [
    "RECORD",
    "Channel",
    "CueShown",
    "CutBy",
    "EndReason",
    "EngineFailed",
    "Event",
    "LineDucked",
    "LineHeld",
    "LinePosted",
    "LineResumed",
    "LineVoiced",
    "LineVoicing",
    "MicrophoneUsed",
    "ModelUsed",
    "Port",
    "Record",
    "RehearsalEnded",
    "RehearsalPaused",
    "RehearsalResumed",
    "RehearsalStarted",
    "RoomChanged",
    "SpeechPaused",
    "SpeechStarted",
    "StageEntered",
    "TurnTimed",
    "UtteranceHeard",
    "ViewerChanged",
    "ViewerJoined",
    "ViewerLeft",
    "Word",
    "WordsHeard",
    "dump_record",
    "load_record",
    "record_schema",
]
