"""Transcripts and event logs from files, as records of a rehearsal. Faults are named by line; the rest is kept.

JSONL is of two kinds, told apart by its lines: transcripts (`{"t0", "t1", "role", "viewer"?, "text"}`) and logs
(`events.jsonl`). Tables, subtitles and plain text become the same lines (`coach/score/formats`). In a transcript a
viewer's line counts as a pressure event if its type is `troll`, `trust_skeptic`, `bait` or `compliance_bait`, or if it
is a `haggler` with an ultimatum (words in the language packs).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from coach.errors import InputError, Place, Sentence, TranscriptError
from coach.events import (
    Event,
    LinePosted,
    Record,
    RehearsalEnded,
    RehearsalStarted,
    UtteranceHeard,
    ViewerJoined,
    load_record,
)
from coach.language import language_for
from coach.language.phrases import find
from coach.language.simplified import simplified
from coach.score.formats.encoding import MAX_BYTES, read_bytes
from coach.score.formats.jsonl import read_jsonl
from coach.score.formats.plain import read_plain
from coach.score.formats.subtitles import read_subtitles
from coach.score.formats.table import read_table
from coach.score.formats.time_unit import refuse_other_units
from coach.score.formats.turn import ReadFile, Reading, TranscriptProblem
from coach.score.timeline import UNTIMED
from coach.score.transcript_line import MAX_SEC, LineViewer, TranscriptLine, no_number, not_seconds
from coach.value_faults import fault_of

__all__ = [
    "MAX_BYTES",
    "MAX_SEC",
    "READERS",
    "ImportedTranscript",
    "TranscriptProblem",
    "heard_recording",
    "is_pressure",
    "load_transcript",
    "transcript_of",
]

READERS: Mapping[str, Callable[[bytes, Path, Reading], ReadFile]] = {
    ".jsonl": read_jsonl,
    ".csv": read_table,
    ".tsv": read_table,
    ".srt": read_subtitles,
    ".vtt": read_subtitles,
    ".txt": read_plain,
}
"""By the end of a file's name; what ends otherwise is read as JSON lines."""
MAX_LINES = 20_000
"""Lines taken: one every four seconds of the longest day."""
MAX_RECORDS = 500_000
"""Records of a log taken: a full room makes six a second."""
MAX_CHARACTERS = 1_000_000
"""Text taken: twice a day's, without a pause, at 300 characters a minute."""
_MOST_PROBLEMS = 100
"""Problems kept by file; beyond, a count."""
_ALWAYS_PRESSURE = frozenset({"troll", "trust_skeptic", "bait", "compliance_bait"})


@dataclass(frozen=True, slots=True)
class ImportedTranscript:
    """What could be read."""

    records: tuple[Record, ...]
    problems: tuple[TranscriptProblem, ...]
    has_times: bool
    """Whether every streamer line has its times; without them pacing and reaction times are not measured."""
    streamer: str = ""
    """Who streamed, where the file says so."""


_NO_RECORD = "Not a record of a rehearsal: {where}: {fault}"


def load_transcript(path: Path | str, reading: Reading | None = None) -> ImportedTranscript:
    """Read a transcript or an event log.

    Args:
        path: A file, at most 50 MB.
        reading: What is known about files that do not tell everything.

    Raises:
        TranscriptError: If it cannot be read or holds nothing usable; says why.
    """
    return transcript_of(read_bytes(Path(path)), Path(path), reading or Reading())


def transcript_of(raw: bytes, path: Path, reading: Reading) -> ImportedTranscript:
    """Read the content of a file; its name says of what kind it is.

    Raises:
        TranscriptError: If it holds nothing usable; says why.
    """
    if not raw.strip(b"\xef\xbb\xbf \t\r\n"):
        raise TranscriptError("{path}: the file is empty", path=path)
    file = READERS.get(path.suffix.lower(), read_jsonl)(raw, path, reading)
    values, problems = file.values, file.problems
    _refuse_endless(values, path)
    is_log = bool(values) and "event" in values[0][1] and "seq" in values[0][1]
    loaded = _log(path, values, problems) if is_log else _transcript(path, values, problems)
    if loaded is None:
        raise TranscriptError(
            "{path}: expected lines of a transcript or of events.jsonl, found none that can be used.{first}",
            path=path,
            first=_first(problems),
        )
    if len(problems) > _MOST_PROBLEMS:
        more = Sentence("{count} more lines could not be used", count=len(problems) - _MOST_PROBLEMS)
        problems = [*problems[:_MOST_PROBLEMS], TranscriptProblem(Place(str(path)), more)]
    return ImportedTranscript(loaded[0], tuple(problems), loaded[1], file.streamer)


def _refuse_endless(values: Sequence[tuple[int, dict[str, Any]]], path: Path) -> None:
    """Refuse what is no rehearsal by its sheer size, before hours are spent on it.

    Raises:
        TranscriptError: If so.
    """
    is_log = bool(values) and "event" in values[0][1]
    most = MAX_RECORDS if is_log else MAX_LINES
    if len(values) > most:
        raise TranscriptError(
            "{path}: expected one rehearsal, at most {most} lines, got {count}; cut it into rehearsals",
            path=path,
            most=most,
            count=len(values),
        )
    size = 0 if is_log else sum(len(value.get("text") or "") for _, value in values if _is_text(value.get("text")))
    if size > MAX_CHARACTERS:
        raise TranscriptError(
            "{path}: expected one rehearsal, at most {most} characters, got {count}; cut it into rehearsals",
            path=path,
            most=MAX_CHARACTERS,
            count=size,
        )


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _first(problems: Sequence[TranscriptProblem]) -> str:
    if not problems:
        return ""
    return Sentence(" First problem: {place}: {fault}", place=str(problems[0].place), fault=problems[0].text)


def _at_least_0(value: float) -> Sentence:
    return Sentence("expected at least {limit:g}, got {value}", limit=0, value=f"{value:g}")


# --- event logs ------------------------------------------------------------------------------------------------


def _log(
    path: Path, values: Sequence[tuple[int, dict[str, Any]]], problems: list[TranscriptProblem]
) -> tuple[tuple[Record, ...], bool] | None:
    records: list[Record] = []
    for number, value in values:
        try:
            _refuse_truths(value)
            record = load_record(json.dumps(value))
            _check_times(record)
        except (InputError, ValueError) as error:
            fault = error.text if isinstance(error, InputError) else str(error)
            problems.append(TranscriptProblem(Place(str(path), number), Sentence("{fault}, line skipped", fault=fault)))
        else:
            records.append(record)
    return (tuple(records), True) if records else None


def _refuse_truths(value: Mapping[str, Any]) -> None:
    """Refuse a record with a yes or no for a time: it would be read as 1 or 0.

    Raises:
        InputError: If so; says where.
    """
    event = value.get("event")
    inner = event if isinstance(event, dict) else {}
    times = {"at": value.get("at"), "event.start": inner.get("start"), "event.end": inner.get("end")}
    for where, time in times.items():
        if isinstance(time, bool):
            raise InputError(_NO_RECORD, where=where, fault=no_number(time))


def _check_times(record: Record) -> None:
    """Refuse a record whose times are none of a rehearsal.

    Raises:
        InputError: If so; says what was expected.
    """
    start, end = getattr(record.event, "start", 0.0), getattr(record.event, "end", 0.0)
    for where, time in (("at", record.at), ("event.start", start), ("event.end", end)):
        if isinstance(time, int | float) and time < 0:
            raise InputError(_NO_RECORD, where=where, fault=_at_least_0(time))
    latest = max(record.at, end if isinstance(end, float) else 0.0)
    if not latest <= MAX_SEC:
        raise InputError(not_seconds(latest))


# --- transcripts -----------------------------------------------------------------------------------------------


def _transcript(
    path: Path, values: Sequence[tuple[int, dict[str, Any]]], problems: list[TranscriptProblem]
) -> tuple[tuple[Record, ...], bool] | None:
    refuse_other_units(values, path)
    lines = [line for number, value in values if (line := _line(path, number, value, problems))]
    if not lines:
        return None
    has_times = all(line.is_timed for line in lines)
    if not has_times and any(line.t0 is not None for line in lines):
        problems.append(TranscriptProblem(Place(str(path)), _why_untimed(lines)))
    starts = [line.t0 or 0.0 for line in lines]
    if has_times and starts != sorted(starts):
        said = Sentence("times go back; lines were put in the order of their times")
        problems.append(TranscriptProblem(Place(str(path)), said))
    return tuple(_records(lines, timed=has_times)), has_times


def _why_untimed(lines: Sequence[TranscriptLine]) -> Sentence:
    if all(line.t0 is not None for line in lines):
        return Sentence(
            "lines say when they begin but not all when they end, so times are not used; pacing is not measured"
        )
    return Sentence("some lines have no times, so times are not used; pacing is not measured")


def _line(path: Path, number: int, value: dict[str, Any], problems: list[TranscriptProblem]) -> TranscriptLine | None:
    try:
        line = TranscriptLine.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "line"
        said = Sentence("{fault}, line skipped", fault=fault_of(first))
        if first["loc"] == ("role",) and first["type"] == "missing":
            said = Sentence("missing, line skipped; --role streamer takes lines without it as the streamer's")
        problems.append(TranscriptProblem(Place(str(path), number, field=where), said))
        return None
    if line.t0 is not None and line.t1 is not None and line.t1 < line.t0:
        text = Sentence("expected t1 not before t0, got {t0} to {t1}, line skipped", t0=line.t0, t1=line.t1)
        problems.append(TranscriptProblem(Place(str(path), number), text))
        return None
    return line if line.text.strip() else None


def _records(lines: Sequence[TranscriptLine], *, timed: bool) -> Iterator[Record]:
    """Yield a whole log in order of time; without times, in the order of the lines."""
    events: list[tuple[float, Event]] = []
    joined: set[str] = set()
    for number, line in enumerate(lines):
        if line.role == "streamer":
            events.append(_utterance(line, number, timed=timed))
            continue
        viewer = line.viewer or LineViewer(id="viewer")
        at = line.t0 if timed and line.t0 is not None else float(number)
        if viewer.id not in joined:
            joined.add(viewer.id)
            events.append((at, _joining(viewer)))
        events.append((at, _posting(line, viewer, number)))
    events.sort(key=lambda item: item[0])
    end = max(at for at, _ in events)
    whole = [(0.0, _opening(timed=timed)), *events, (end, RehearsalEnded(reason="streamer"))]
    for seq, (at, event) in enumerate(whole):
        yield Record(seq=seq, at=at, event=event)


def heard_recording(
    heard: Sequence[UtteranceHeard], duration_sec: float, engine: str, path: Path
) -> ImportedTranscript:
    """Return what a recogniser made of a recording as records.

    Raises:
        TranscriptError: If it made nothing of it.
    """
    if not heard:
        raise TranscriptError("{path}: there is speech in this recording, but no words could be read", path=path)
    timed: list[tuple[float, Event]] = [(0.0, _opening(timed=True, engine=engine))]
    timed += [(utterance.end, utterance) for utterance in heard]
    timed.append((max(duration_sec, heard[-1].end), RehearsalEnded(reason="streamer")))
    records = tuple(Record(seq=seq, at=at, event=event) for seq, (at, event) in enumerate(timed))
    return ImportedTranscript(records, (), has_times=True)


def _opening(*, timed: bool, engine: str = "transcript") -> RehearsalStarted:
    return RehearsalStarted(
        rehearsal_id="",
        scenario_id="",
        scenario_version=1,
        scenario_hash="",
        locale="",
        difficulty=1,
        seed=0,
        input="voice",
        started_at="",
        engines={"recognizer": engine if timed else UNTIMED},
    )


def _utterance(line: TranscriptLine, number: int, *, timed: bool) -> tuple[float, UtteranceHeard]:
    start = line.t0 if timed and line.t0 is not None else float(number)
    end = line.t1 if timed and line.t1 is not None else start
    return end, UtteranceHeard(
        utterance_id=f"u{number}",
        text=simplified(line.text),
        start=start,
        end=end,
        source="voice" if timed else "typed",
        engine="transcript" if timed else UNTIMED,
    )


def _joining(viewer: LineViewer) -> ViewerJoined:
    return ViewerJoined(viewer_id=viewer.id, name=viewer.id, viewer_type=viewer.type, channel="chat")


def _posting(line: TranscriptLine, viewer: LineViewer, number: int) -> LinePosted:
    return LinePosted(
        line_id=f"l{number}",
        viewer_id=viewer.id,
        text=simplified(line.text),
        intent="",
        pressure=is_pressure(viewer.type, simplified(line.text)),
        writer="transcript",
    )


def is_pressure(viewer_type: str, text: str) -> bool:
    """Return whether a viewer's line tests composure: see the rule at the top of this module."""
    if viewer_type in _ALWAYS_PRESSURE:
        return True
    return viewer_type == "haggler" and any(
        find(text, language_for(code).pack.ultimatums, "", whole_words=code == "en") for code in ("zh", "en")
    )
