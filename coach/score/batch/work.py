"""Scoring one file. Whatever is wrong with it, or with scoring it, is in the outcome."""

from __future__ import annotations

import hashlib
import json
import logging
import zlib
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from coach.errors import CoachError, InputError, Place, Sentence
from coach.events import RehearsalStarted
from coach.scenario.encoding import text_of
from coach.scenario.load import parse_scenario
from coach.scenario.model import Scenario
from coach.score.batch.find import EVENTS, RECORDING, SCENARIO, is_recording
from coach.score.batch.job import Job, Outcome, Task
from coach.score.batch.rows import empty_row, notes_of, row_of
from coach.score.batch.script import refuse_other_language
from coach.score.batch.sentences import kept
from coach.score.batch.streamer import streamer_of
from coach.score.formats.encoding import read_bytes
from coach.score.proposals import Proposals
from coach.score.scorecard import Scorecard
from coach.score.scorer import score
from coach.score.sheet_viewers import with_sheet_viewers
from coach.score.transcript import ImportedTranscript, TranscriptProblem, transcript_of
from coach.score.voice import VoiceFeatures

logger = logging.getLogger(__name__)

_BLOCK = 1 << 20
_SCENARIOS_KEPT = 256


def score_file(task: Task, job: Job) -> Outcome:
    """Score one file, unless the result that is kept would come out the same."""
    path = task.path
    try:
        content, proposals = _content(path), _proposals(path, job)
        fingerprint = _fingerprint(path, content, proposals, job)
        if task.known == fingerprint:
            return Outcome(path, fingerprint, unchanged=True)
        return _scored(path, content, proposals, fingerprint, job)
    except CoachError as error:
        return failed(path, _sentence(error), job)
    except Exception as error:
        # One odd file must not cost the others of a long run their results.
        logger.exception("scoring failed: %s", path)
        said = Sentence(
            "{path}: scoring failed ({kind}: {reason}); please report",
            path=path,
            kind=type(error).__name__,
            reason=error,
        )
        return failed(path, said, job)


def failed(path: str, error: Sentence, job: Job) -> Outcome:
    """Return the outcome of a file that could not be scored."""
    row = {**empty_row(path, streamer_of(path, job.streamer_pattern, job.roots)), "error": str(error)}
    notes = {"error": kept(error)}
    return Outcome(path, row=_written(row), notes=notes, line=_line(path, error, (), None), error=error)


def _sentence(error: CoachError) -> Sentence:
    return error.text if isinstance(error.text, Sentence) and error.text else Sentence(str(error))


def _scored(path: str, content: bytes | None, proposals: Proposals | None, fingerprint: str, job: Job) -> Outcome:
    scenario = _scenario(path, job)
    imported, features = _read(path, content, scenario, job)
    refuse_other_language(path, scenario, imported.records)
    card = score(scenario, imported.records, features, proposals=proposals)
    first = imported.records[0].event if imported.records else None
    started_at = first.started_at if isinstance(first, RehearsalStarted) else ""
    streamer = streamer_of(path, job.streamer_pattern, job.roots, imported.streamer)
    row = {**row_of(card, path, streamer, started_at), "problems": len(imported.problems)}
    line = _line(path, None, imported.problems, card)
    return Outcome(path, fingerprint, row=_written(row), notes=notes_of(card), line=line, problems=imported.problems)


def _read(
    path: str, content: bytes | None, scenario: Scenario, job: Job
) -> tuple[ImportedTranscript, VoiceFeatures | None]:
    if content is not None:
        imported = transcript_of(content, Path(path), job.reading)
        known = replace(imported, records=with_sheet_viewers(imported.records, scenario))
        return _measured(path, known, job)
    if job.hear is None:
        raise InputError("{path}: recordings cannot be transcribed here", path=path)
    if job.reading.role == "viewer":
        raise InputError("{path}: a recording is taken as the streamer's voice; it cannot be a viewer's", path=path)
    return job.hear(Path(path), scenario)


def _measured(path: str, imported: ImportedTranscript, job: Job) -> tuple[ImportedTranscript, VoiceFeatures | None]:
    """Return the log with the measures of the recording beside it; one that cannot be used is told as left out."""
    recorded = _recording(path)
    if recorded is None or job.measure is None:
        return imported, None
    try:
        return imported, job.measure(recorded.parent)
    except CoachError as error:
        said = Sentence("the recording was not measured: {reason}", reason=_sentence(error))
        return replace(imported, problems=(*imported.problems, TranscriptProblem(Place(path), said))), None


def _line(path: str, error: Sentence | None, problems: tuple[TranscriptProblem, ...], card: Scorecard | None) -> bytes:
    about = {"path": path, "error": error, "problems": [str(item) for item in problems]}
    head = json.dumps(about, ensure_ascii=False).encode("utf-8", "replace").decode()
    body = card.model_dump_json() if card is not None else "null"
    return zlib.compress(f'{head[:-1]}, "scorecard": {body}}}\n'.encode(), 1)


def _written(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row as it can be written: names of files may hold bytes that are no text."""
    return {
        name: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
        for name, value in row.items()
    }


# --- content ---------------------------------------------------------------------------------------------------


def _content(path: str) -> bytes | None:
    """Return the bytes of a file of text, None for a recording, which is too large to hold."""
    return None if is_recording(path) else read_bytes(Path(path))


def _proposals(path: str, job: Job) -> Proposals | None:
    """Return what is kept beside a rehearsal's log."""
    return job.proposed(Path(path).parent) if job.proposed and Path(path).name == EVENTS else None


def _fingerprint(path: str, content: bytes | None, proposals: Proposals | None, job: Job) -> str:
    digest = hashlib.sha256(job.key().encode())
    digest.update(path.encode("utf-8", "surrogateescape"))
    sounds = [Path(path)] if content is None else [item for item in (_recording(path),) if item]
    digest.update(content or b"")
    if job.scenario_text is None:
        digest.update(_scenario_bytes(path) or b"")
    if proposals is not None:
        digest.update(b"\0proposals" + proposals.model_dump_json().encode())
    for sound in sounds:
        try:
            with sound.open("rb") as file:
                _update(digest, file)
        except OSError as error:
            raise InputError("{path}: cannot be read: {reason}", path=sound, reason=error.strerror or error) from error
    return digest.hexdigest()


def _update(digest: hashlib._Hash, file: BinaryIO) -> None:
    digest.update(b"\0")
    while block := file.read(_BLOCK):
        digest.update(block)


def _recording(path: str) -> Path | None:
    """Return the streamer's sound beside a log."""
    beside = Path(path).with_name(RECORDING)
    return beside if Path(path).name == EVENTS and beside.is_file() else None


# --- scenarios -------------------------------------------------------------------------------------------------


def _scenario(path: str, job: Job) -> Scenario:
    if job.scenario_text is not None:
        return _parsed(job.scenario_text, job.scenario_name)
    beside = Path(path).parent / SCENARIO
    raw = _scenario_bytes(path)
    if raw is None:
        raise InputError(
            "{path}: expected a scenario; give one, or put {file} beside the file", path=path, file=SCENARIO
        )
    text = text_of(raw, str(beside))
    try:
        return _parsed(text, SCENARIO)
    except InputError:
        return parse_scenario(text, str(beside)).scenario  # says the same with its own name


def _scenario_bytes(path: str) -> bytes | None:
    try:
        return (Path(path).parent / SCENARIO).read_bytes()
    except OSError:
        return None


@lru_cache(maxsize=_SCENARIOS_KEPT)
def _parsed(text: str, name: str) -> Scenario:
    """Return a scenario; all files that rehearse the same share one, so that what hangs on it is made once."""
    return parse_scenario(text, name).scenario
