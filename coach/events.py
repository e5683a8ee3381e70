"""Every event of a rehearsal, as facts in the past tense, and the record that orders and times them.

A rehearsal *is* its list of records. Times inside events are float seconds on the rehearsal clock, the same as
`Record.at`. Audio never enters the log: sample time in `streamer.ogg` and `viewers.ogg` equals rehearsal time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Discriminator, TypeAdapter, ValidationError

from coach.errors import InputError

Channel = Literal["chat", "voice"]
EndReason = Literal["streamer", "time", "disconnected", "stopped", "crashed", "failed"]
Port = Literal["vad", "recognizer", "synthesizer", "chat_model", "echo", "recorder", "ears", "mouth"]

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One recognised word."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    text: str
    start: float
    """Rehearsal seconds."""
    end: float
    """Rehearsal seconds."""
    confidence: float | None = None
    """0 to 1 where the engine tells, else null."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalStarted:
    """First of every log."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    rehearsal_id: str
    scenario_id: str
    scenario_version: int
    scenario_hash: str
    """SHA-256 of the scenario text used."""
    locale: str
    difficulty: int
    seed: int
    input: Literal["voice", "typed"]
    started_at: str
    """Wall time, ISO 8601, UTC."""
    engines: dict[str, str] = field(default_factory=dict)
    """Engine name per port."""
    product_version: str = ""
    type: Literal["rehearsal_started"] = "rehearsal_started"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechStarted:
    """The streamer began to speak. Followed by WordsHeard*, SpeechPaused*, then UtteranceHeard or nothing."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    start: float
    """Onset, rehearsal seconds; earlier than the record by what it took to notice."""
    type: Literal["speech_started"] = "speech_started"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechPaused:
    """The streamer fell silent; whether the utterance is over is not yet known."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    start: float
    """Last voiced instant, rehearsal seconds."""
    type: Literal["speech_paused"] = "speech_paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsHeard:
    """What has been understood of the running utterance so far; each replaces the one before."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    text: str
    start: float
    """Onset of the utterance, rehearsal seconds."""
    type: Literal["words_heard"] = "words_heard"


@dataclass(frozen=True, slots=True, kw_only=True)
class UtteranceHeard:
    """One finished stretch of streamer speech, or one typed message."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    utterance_id: str
    text: str
    start: float
    """First voiced instant, rehearsal seconds; for typed text the moment it came."""
    end: float
    """Last voiced instant, rehearsal seconds; equals `start` for typed text."""
    words: tuple[Word, ...] = ()
    """Empty where the engine gives no word times, and for typed text."""
    source: Literal["voice", "typed"] = "voice"
    voiced_sec: float | None = None
    """Seconds inside [start, end] the voice detector called speech; null if not measured."""
    engine: str = ""
    type: Literal["utterance_heard"] = "utterance_heard"


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewerJoined:
    """A played viewer entered the room."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    viewer_id: str
    name: str
    viewer_type: str
    channel: Literal["chat", "voice", "both"]
    type: Literal["viewer_joined"] = "viewer_joined"


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewerChanged:
    """A viewer's inner state moved."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    viewer_id: str
    patience: float
    """0 to 100."""
    trust: float
    """0 to 100."""
    hostility: float
    """0 to 4."""
    price_limit: float | None = None
    """In the product's currency; null for viewers who do not haggle."""
    reason: str = ""
    """Move or rule that moved it, e.g. `gives_price`, `insults`, `unanswered`."""
    type: Literal["viewer_changed"] = "viewer_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewerLeft:
    """A viewer left for good."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    viewer_id: str
    outcome: Literal["bought", "lost_patience", "offended", "satisfied", "ended"]
    type: Literal["viewer_left"] = "viewer_left"


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePosted:
    """A viewer's danmaku appeared."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    line_id: str
    viewer_id: str
    text: str
    intent: str
    pressure: bool = False
    """Whether this line tests composure."""
    reply_to: str | None = None
    """Utterance it answers, if any."""
    writer: str = "scripted"
    """Who worded it: `scripted` or the model's name."""
    type: Literal["line_posted"] = "line_posted"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineVoicing:
    """A viewer began to speak aloud. Then (LineDucked, LineHeld, LineResumed)*, then LineVoiced with its id."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    line_id: str
    viewer_id: str
    text: str
    """Planned text; grows with later clauses, LineVoiced has the whole."""
    intent: str
    start: float
    """First sample handed to the mouth, rehearsal seconds."""
    pressure: bool = False
    reply_to: str | None = None
    writer: str = "scripted"
    cuts_in: bool = False
    """Whether the viewer spoke over the streamer on purpose."""
    type: Literal["line_voicing"] = "line_voicing"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDucked:
    """The speaking viewer was turned down because the streamer may be talking."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    line_id: str
    speech_start: float
    """Onset of the sound that ducked it, rehearsal seconds."""
    type: Literal["line_ducked"] = "line_ducked"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineHeld:
    """The speaking viewer fell silent because the streamer very likely talks. Then LineResumed or LineVoiced."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    line_id: str
    speech_start: float
    """Onset of the sound that silenced it, rehearsal seconds."""
    heard_text: str
    """What was played until then, cut at the last whole word."""
    type: Literal["line_held"] = "line_held"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineResumed:
    """False alarm: the ducked or held viewer goes on at full level, at the very sample; nothing was lost."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    line_id: str
    type: Literal["line_resumed"] = "line_resumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineVoiced:
    """A viewer stopped speaking."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    line_id: str
    viewer_id: str
    text: str
    """What would have been said."""
    heard_text: str
    """What was in fact played, cut at the last whole word."""
    cut_off: bool
    start: float
    """Rehearsal seconds."""
    end: float
    """Last sample played, rehearsal seconds."""
    type: Literal["line_voiced"] = "line_voiced"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomChanged:
    """Room numbers moved. They are practice numbers, never a sales forecast."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    viewers: int
    orders: int
    likes: int
    reason: str = ""
    pressure: bool = False
    type: Literal["room_changed"] = "room_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class StageEntered:
    """The scenario's plan reached a stage of the pitch."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    name: str
    until: float | None = None
    """Planned end, rehearsal seconds; null for the last."""
    type: Literal["stage_entered"] = "stage_entered"


@dataclass(frozen=True, slots=True, kw_only=True)
class CueShown:
    """One sparse word of advice was shown to the streamer."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    text: str
    rule: str
    type: Literal["cue_shown"] = "cue_shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnTimed:
    """How long one reaction of the loop took, as the server sees it; wire figures come from `evals/`."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    kind: Literal["answer", "duck", "stop"]
    """`answer`: last voiced sample to first sample of the viewer. `duck`, `stop`: onset to quieter, to silent."""
    total_ms: float
    line_id: str
    endpoint_ms: float | None = None
    """Of it, waiting for the end of the utterance."""
    recognize_ms: float | None = None
    """Of it, waiting for the final words."""
    write_ms: float | None = None
    """Of it, waiting for the first clause of the line."""
    synthesize_ms: float | None = None
    """Of it, waiting for the first sound of the clause."""
    floor_ms: float | None = None
    """Of it, waiting for the floor."""
    playout_ms: float | None = None
    """Of it, from the first sound of the clause to the frame that carried it."""
    foreseen: bool | None = None
    """Whether the answer had been computed in the pause before the utterance ended."""
    dropped_finals: int | None = None
    """Final words computed in a pause of this utterance and thrown away, as speech went on."""
    dropped_answers: int | None = None
    """Answers computed ahead and thrown away since the last answer."""
    dropped_chars: int | None = None
    """Characters worded for them."""
    dropped_sound_sec: float | None = None
    """Speech synthesised for them, s."""
    type: Literal["turn_timed"] = "turn_timed"


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineFailed:
    """An engine failed and the rehearsal went on without it."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    port: Port
    engine: str
    error: str
    """One sentence for the user."""
    fallback: str
    """What is done instead, e.g. `scripted line`, `line goes to chat`, `typed input stays`."""
    type: Literal["engine_failed"] = "engine_failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalPaused:
    """Viewers wait. Followed by RehearsalResumed or RehearsalEnded."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    reason: Literal["streamer", "disconnected"]
    type: Literal["rehearsal_paused"] = "rehearsal_paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalResumed:
    """The room goes on after a pause."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    paused_sec: float
    """Length of the pause; it does not count towards the rehearsal's duration."""
    type: Literal["rehearsal_resumed"] = "rehearsal_resumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalEnded:
    """Last of every log."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    reason: EndReason
    type: Literal["rehearsal_ended"] = "rehearsal_ended"


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
    | RehearsalPaused
    | RehearsalResumed
    | RehearsalEnded,
    Discriminator("type"),
]
"""What can stand in a log, told apart by `type`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One event with its place and time."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
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
        raise InputError(f"Not a record of a rehearsal: {where or 'line'}: {first['msg']}") from error


def record_schema() -> dict[str, Any]:
    """Return the JSON Schema of a record, from which the browser's types are made."""
    return RECORD.json_schema(mode="serialization")
