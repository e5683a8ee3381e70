"""The records of a rehearsal, folded into what scoring asks about."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from coach.events import (
    EngineFailed,
    LinePosted,
    LineVoiced,
    LineVoicing,
    MicrophoneUsed,
    ModelUsed,
    Record,
    RehearsalEnded,
    RehearsalPaused,
    RehearsalResumed,
    RehearsalStarted,
    RoomChanged,
    StageEntered,
    UtteranceHeard,
    ViewerJoined,
    ViewerLeft,
)
from coach.score.intervals import Interval, merge, overlap
from coach.score.scorecard import Evidence

UNTIMED = "transcript-untimed"
"""Engine name of utterances that were imported without times; their order is all that is known."""
LATER = 25.0
"""Seconds after a viewer's line in which an utterance can be the answer to it."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One utterance with its record number."""

    seq: int
    heard: UtteranceHeard
    text: str = field(init=False, compare=False, repr=False)
    """Words as recognised or typed."""
    start: float = field(init=False, compare=False, repr=False)
    end: float = field(init=False, compare=False, repr=False)
    """Rehearsal seconds."""

    def __post_init__(self) -> None:
        """Copy what every part asks for again and again."""
        for name in ("text", "start", "end"):
            object.__setattr__(self, name, getattr(self.heard, name))

    def evidence(self, start: int = 0, end: int | None = None) -> Evidence:
        """Return a quote cut from this utterance, by characters; times are those of the utterance."""
        untimed = self.heard.engine == UNTIMED
        return Evidence(
            quote=self.text[start:end].strip() or self.text,
            start=None if untimed else self.start,
            end=None if untimed else self.end,
            seq=self.seq,
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One delivered viewer line."""

    seq: int
    viewer_id: str
    text: str
    """What was seen or heard."""
    start: float
    end: float
    pressure: bool
    aloud: bool = False
    cut_off: bool = False
    """Whether the streamer ended it by talking over it, as far as the log tells."""
    unfinished: bool = False
    """Whether it broke off before all of it was heard, whoever ended it."""
    cuts_in: bool = False
    """Whether the viewer meant to speak over the streamer."""
    intent: str = ""
    """What it does in the played room; empty in transcripts."""
    reply_to: str | None = None
    """The utterance that it answers, if any: that one cannot answer it."""


@dataclass(frozen=True, slots=True)
class Pressure:
    """One moment that tests composure."""

    seq: int
    at: float
    """Its end, rehearsal seconds."""
    what: str
    """The line, or for the room's numbers `320 → 95`."""
    viewer_id: str | None = None
    cut_off: bool = False
    """Whether it is a spoken line that the streamer stopped by talking over it."""
    start: float | None = None
    """Where a line said aloud begins; null: it came at once."""
    reason: str = ""
    """For the room: what changed it, as in `RoomChanged.reason`."""
    intent: str = ""
    """What the line does in the played room; empty in transcripts."""


@dataclass(slots=True)
class Timeline:
    """Everything scoring asks about, in order."""

    started: RehearsalStarted | None = None
    end_reason: str | None = None
    end: float = 0.0
    """Last moment, rehearsal seconds."""
    spoken: list[Spoken] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    pressure: list[Pressure] = field(default_factory=list)
    viewer_voice: list[Interval] = field(default_factory=list)
    paused: list[Interval] = field(default_factory=list)
    stages: list[tuple[float, str]] = field(default_factory=list)
    joined: dict[str, ViewerJoined] = field(default_factory=dict)
    left: dict[str, ViewerLeft] = field(default_factory=dict)
    failures: list[EngineFailed] = field(default_factory=list)
    microphones: list[MicrophoneUsed] = field(default_factory=list)
    """In the order of use; empty where the log does not say."""
    failed_at: list[tuple[float, str]] = field(default_factory=list)
    """When something of the device failed, and its port."""
    model_used: ModelUsed | None = None
    """What the language model took, if there was one."""
    _told: tuple[list[Spoken], bool] | None = field(default=None, repr=False, compare=False)
    """`worded` and `is_timed` once everything is folded: every part asks for them."""

    def settle(self) -> None:
        """Keep what is asked for most; nothing is added after this."""
        self._told = None
        self._told = (self.worded, self.is_timed)

    @property
    def is_timed(self) -> bool:
        """Whether seconds mean anything here."""
        if self._told is not None:
            return self._told[1]
        return not any(item.heard.engine == UNTIMED for item in self.spoken)

    @property
    def is_transcript(self) -> bool:
        """Whether this was read from a file of words, which does not say who comes and goes."""
        return self.started is not None and self.started.engines.get("recognizer") in ("transcript", UNTIMED)

    @property
    def duration_sec(self) -> float:
        """Length without pauses."""
        return max(0.0, self.end - overlap((0.0, self.end), self.paused))

    @property
    def voiced(self) -> list[Spoken]:
        """Utterances that were spoken, not typed."""
        return [item for item in self.spoken if item.heard.source == "voice"]

    @property
    def worded(self) -> list[Spoken]:
        """Utterances whose words are known."""
        if self._told is not None:
            return self._told[0]
        return [item for item in self.spoken if item.text.strip()]

    @property
    def hears_words(self) -> bool:
        """Whether the words of anything spoken aloud are known."""
        return any(item.text.strip() for item in self.voiced)

    @property
    def unheard(self) -> list[Spoken]:
        """Utterances that a recogniser should have written down and did not; none where nothing was to write them."""
        if not (self.hears_words or self.faults_of({"recognizer"})):
            return []
        return [item for item in self.voiced if not item.text.strip()]

    def asked_before(self) -> list[list[str]]:
        """Return viewers' last lines before each utterance whose words are known, since the one before it began."""
        starts = [line.start for line in self.lines]
        edges = [0.0, *(spoken.start for spoken in self.worded)]
        return [
            [
                line.text
                for line in self.lines[bisect_left(starts, last) : bisect_right(starts, now)]
                if now - line.end <= LATER
            ]
            for last, now in pairwise(edges)
        ]

    @property
    def is_wordless(self) -> bool:
        """Whether somebody spoke and not a word is known."""
        return bool(self.spoken) and not self.worded

    @property
    def device(self) -> str:
        """Return the microphone by a name without meaning; empty where it is not known or was changed on the way."""
        return device_of(self.microphones)

    @property
    def has_true_loudness(self) -> bool:
        """Whether the microphone is known to have been left at one gain all the time."""
        return bool(self.device) and all(used.auto_gain_control is False for used in self.microphones)

    def faults_of(self, ports: Collection[str]) -> list[float]:
        """Return when one of these ports failed, rehearsal seconds."""
        return [at for at, port in self.failed_at if port in ports]

    def stage_at(self, at: float) -> str | None:
        """Return the stage entered last before a moment."""
        return next((name for start, name in reversed(self.stages) if start <= at), None)


class _Folder:
    """Walks the records once."""

    def __init__(self) -> None:
        self.line = Timeline()
        self._voicing: dict[str, tuple[int, LineVoicing]] = {}
        self._paused_at: float | None = None
        self._viewers: int | None = None

    def take(self, record: Record) -> None:
        """Fold one record."""
        self.line.end = max(self.line.end, record.at)
        handler = _HANDLERS.get(type(record.event))
        if handler:
            handler(self, record, record.event)

    def finish(self) -> Timeline:
        """Close what is still open and return the timeline."""
        if self._paused_at is not None:
            self.line.paused.append((self._paused_at, self.line.end))
        for seq, event in self._voicing.values():  # a crash leaves voices without an end
            self._add_line(seq, event, event.text, event.start, event.start, cut_off=False)
        self.line.spoken.sort(key=lambda item: (item.start, item.seq))
        self.line.lines.sort(key=lambda item: (item.start, item.seq))
        self.line.pressure.sort(key=lambda item: (item.at, item.seq))
        self.line.viewer_voice = merge(self.line.viewer_voice)
        self.line.paused = merge(self.line.paused)
        self.line.settle()
        return self.line

    def _start(self, record: Record, event: RehearsalStarted) -> None:
        self.line.started = event

    def _utterance(self, record: Record, event: UtteranceHeard) -> None:
        self.line.spoken.append(Spoken(record.seq, event))
        self.line.end = max(self.line.end, event.end)

    def _posted(self, record: Record, event: LinePosted) -> None:
        at = record.at
        line = Line(
            record.seq,
            event.viewer_id,
            event.text,
            at,
            at,
            event.pressure,
            intent=event.intent,
            reply_to=event.reply_to,
        )
        self.line.lines.append(line)
        if event.pressure:
            self.line.pressure.append(Pressure(record.seq, at, event.text, event.viewer_id, intent=event.intent))

    def _begin_voice(self, record: Record, event: LineVoicing) -> None:
        self._voicing[event.line_id] = (record.seq, event)

    def _end_voice(self, record: Record, event: LineVoiced) -> None:
        begun = self._voicing.pop(event.line_id, None)
        self.line.viewer_voice.append((event.start, event.end))
        if begun:
            self._add_line(*begun, event.heard_text, event.start, event.end, cut_off=event.cut_by_streamer)

    def _add_line(self, seq: int, event: LineVoicing, text: str, start: float, end: float, *, cut_off: bool) -> None:
        unfinished = cut_off or len(text.strip()) < len(event.text.strip())
        how = (event.pressure, True, cut_off, unfinished, event.cuts_in, event.intent, event.reply_to)
        line = Line(seq, event.viewer_id, text, start, end, *how)
        self.line.lines.append(line)
        if event.pressure:
            what = text or event.text
            self.line.pressure.append(Pressure(seq, end, what, event.viewer_id, cut_off, start, intent=event.intent))

    def _room(self, record: Record, event: RoomChanged) -> None:
        if event.pressure:
            before = "" if self._viewers is None else f"{self._viewers} "
            what = f"{before}→ {event.viewers}"
            self.line.pressure.append(Pressure(record.seq, record.at, what, reason=event.reason))
        self._viewers = event.viewers

    def _stage(self, record: Record, event: StageEntered) -> None:
        self.line.stages.append((record.at, event.name))

    def _join(self, record: Record, event: ViewerJoined) -> None:
        self.line.joined[event.viewer_id] = event

    def _leave(self, record: Record, event: ViewerLeft) -> None:
        self.line.left[event.viewer_id] = event

    def _fail(self, record: Record, event: EngineFailed) -> None:
        self.line.failures.append(event)
        self.line.failed_at.append((record.at, event.port))

    def _microphone(self, record: Record, event: MicrophoneUsed) -> None:
        self.line.microphones.append(event)

    def _model(self, record: Record, event: ModelUsed) -> None:
        self.line.model_used = event

    def _pause(self, record: Record, event: RehearsalPaused) -> None:
        self._paused_at = record.at if self._paused_at is None else self._paused_at

    def _resume(self, record: Record, event: RehearsalResumed) -> None:
        if self._paused_at is not None:
            self.line.paused.append((self._paused_at, record.at))
        self._paused_at = None

    def _finish(self, record: Record, event: RehearsalEnded) -> None:
        self.line.end_reason = event.reason


_HANDLERS: dict[type, Callable[[_Folder, Record, Any], None]] = {
    RehearsalStarted: _Folder._start,
    UtteranceHeard: _Folder._utterance,
    LinePosted: _Folder._posted,
    LineVoicing: _Folder._begin_voice,
    LineVoiced: _Folder._end_voice,
    RoomChanged: _Folder._room,
    StageEntered: _Folder._stage,
    ViewerJoined: _Folder._join,
    ViewerLeft: _Folder._leave,
    EngineFailed: _Folder._fail,
    ModelUsed: _Folder._model,
    MicrophoneUsed: _Folder._microphone,
    RehearsalPaused: _Folder._pause,
    RehearsalResumed: _Folder._resume,
    RehearsalEnded: _Folder._finish,
}
"""No bound methods: a folder that held its own would be garbage that only a search finds."""


def device_of(microphones: Sequence[MicrophoneUsed]) -> str:
    """Return the one microphone among these; empty where none is known or it was changed on the way."""
    names = {used.device for used in microphones}
    return names.pop() if len(names) == 1 else ""


def fold(records: Sequence[Record]) -> Timeline:
    """Return the timeline of a log. Never fails on a log cut short by a crash."""
    folder = _Folder()
    for record in records:
        folder.take(record)
    return folder.finish()
