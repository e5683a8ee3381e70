"""Closes, scores and lists what a crash left behind.

A rehearsal counts as left behind when nobody holds its `writer.lock` (the operating system frees it when the writer
dies, however it dies) and its log has no end, it has no scorecard, or the index does not list it. Two processes that
recover at once do not meet: each takes the lock first and looks again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TypeAlias

from pydantic import ValidationError

from coach.errors import CoachError, StorageError
from coach.events import Record, RehearsalEnded
from coach.ports import RehearsalSummary
from coach.score.scorecard import Scorecard
from coach.store import files
from coach.store.files import RehearsalFiles, SavedRehearsal, load_folder
from coach.store.keeper import Keeper
from coach.store.reviews import Reviews
from coach.store.summary import summary_of_log, summary_of_scorecard

logger = logging.getLogger(__name__)

Score: TypeAlias = Callable[[SavedRehearsal], Scorecard]
"""Scores a closed rehearsal from its folder."""


_Care: TypeAlias = Callable[[Path, RehearsalSummary | None], bool]


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was done about one rehearsal."""

    summary: RehearsalSummary
    action: Literal["closed", "scored", "listed", "lost", "failed"]
    """`closed`: its log had no end. `scored`: only the scorecard was missing. `listed`: only the index row was.
    `lost`: the index listed it, but its folder is gone. `failed`: see `notes`."""
    notes: tuple[str, ...] = ()
    """Sentences on what could not be read or done."""


def recover(keeper: Keeper, score: Score, *, again: bool = False) -> list[Recovered]:
    """Repair all rehearsals that a crash left behind; those of living processes are let alone.

    One rehearsal that cannot be repaired never keeps the others from it.

    Args:
        keeper: Folders and index.
        score: Makes the missing scorecards.
        again: Whether to try those too that an earlier recovery has dealt with; a start does not, to stay quick.

    Raises:
        StorageError: If the index cannot be used.
    """
    keeper.sweep()
    care = _needs_care_again if again else _needs_care
    done = [_recover_one(keeper, rehearsal_id, score, care) for rehearsal_id in keeper.ids_on_disk()]
    keeper.index_results()
    return [result for result in done if result is not None] + list(_lost_rows(keeper))


def _recover_one(keeper: Keeper, rehearsal_id: str, score: Score, care: _Care) -> Recovered | None:
    path = keeper.folder(rehearsal_id)
    row = keeper.get(rehearsal_id)
    try:
        if not care(path, row) or files.is_owned(path):
            return None
        opened = RehearsalFiles.reopen(path)
    except (CoachError, OSError) as error:
        return _failed(keeper, rehearsal_id, row, str(error))
    try:
        # Its writer, or another recovery, may have finished while the lock was awaited.
        row = keeper.get(rehearsal_id)
        return _repair(keeper, opened, row, score) if care(path, row) else None
    except (CoachError, OSError) as error:
        return _failed(keeper, rehearsal_id, row, str(error))
    finally:
        opened.close()


def _needs_care(path: Path, row: RehearsalSummary | None) -> bool:
    return _is_open(path, row) or (row is not None and not row.recovered and _lacks_score(path, row))


def _needs_care_again(path: Path, row: RehearsalSummary | None) -> bool:
    return _is_open(path, row) or (row is not None and _lacks_score(path, row))


def _is_open(path: Path, row: RehearsalSummary | None) -> bool:
    return row is None or row.state == "running" or not _log_has_end(path)


def _lacks_score(path: Path, row: RehearsalSummary) -> bool:
    return row.state != "running" and not (path / files.SCORECARD).exists()


def _log_has_end(path: Path) -> bool:
    """Look at the last line only: a start must stay quick with thousands of rehearsals."""
    with (path / files.EVENTS).open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 4096))
        return b'"rehearsal_ended"' in file.read().rstrip(b"\n").rpartition(b"\n")[2]


def _repair(keeper: Keeper, opened: RehearsalFiles, row: RehearsalSummary | None, score: Score) -> Recovered:
    saved = load_folder(opened.path)
    notes = list(saved.dropped)
    if saved.ended is None:
        closing = _closing_record(saved)
        opened.append([closing])
        saved = replace(saved, records=(*saved.records, closing))
        action: Literal["closed", "scored", "listed"] = "closed"
    else:
        action = "listed" if saved.scorecard_text is not None else "scored"
    scorecard = _scorecard(saved, score, opened, notes)
    summary = _summary(saved, scorecard, row, recovered=action != "listed")
    keeper.update(summary)
    keeper.index_marks(summary.id, scorecard.findings if scorecard else ())
    _index_review(keeper, summary.id, notes)
    return Recovered(summary, action, tuple(notes))


def _index_review(keeper: Keeper, rehearsal_id: str, notes: list[str]) -> None:
    """List the review too; one that is damaged is shared with nobody, and costs nothing else."""
    try:
        Reviews(keeper).reindex(rehearsal_id)
    except StorageError as error:
        notes.append(str(error))


def _closing_record(saved: SavedRehearsal) -> Record:
    last = saved.records[-1] if saved.records else None
    return Record(
        seq=last.seq + 1 if last else 0,
        at=last.at if last else 0.0,
        event=RehearsalEnded(reason="crashed"),
    )


def _scorecard(saved: SavedRehearsal, score: Score, opened: RehearsalFiles, notes: list[str]) -> Scorecard | None:
    """Return the scorecard on disk, or make and write it; None, with a note, if that is impossible."""
    if saved.scorecard_text is not None:
        try:
            return Scorecard.model_validate_json(saved.scorecard_text)
        except ValidationError:
            notes.append(f"{files.SCORECARD} was damaged and is made again.")
    if saved.started is None:
        notes.append("Not scored: it was cut off before the rehearsal began.")
        return None
    try:
        scorecard = score(saved)
        opened.save_scorecard(scorecard.model_dump_json(indent=2))
    except CoachError as error:
        notes.append(f"Not scored: {error}")
    except Exception:
        logger.exception("scoring a recovered rehearsal failed")
        notes.append("Not scored: the scorer failed on this log; the log is kept.")
    else:
        return scorecard
    return None


def _summary(
    saved: SavedRehearsal, scorecard: Scorecard | None, row: RehearsalSummary | None, *, recovered: bool
) -> RehearsalSummary:
    recovered = recovered or (row is not None and row.recovered)
    started_at = row.started_at if row else _folder_time(saved.path)
    if scorecard is not None:
        return summary_of_scorecard(scorecard, saved.started or started_at, recovered=recovered)
    summary = replace(summary_of_log(saved.path.name, saved.records, started_at), recovered=recovered)
    if row is None:
        return summary
    return replace(
        summary,
        scenario_id=row.scenario_id,
        scenario_title=row.scenario_title,
        locale=row.locale or summary.locale,
        kind=row.kind,
    )


def _folder_time(path: Path) -> str:
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).isoformat()


def _failed(keeper: Keeper, rehearsal_id: str, row: RehearsalSummary | None, reason: str) -> Recovered:
    summary = row or summary_of_log(rehearsal_id, (), _folder_time(keeper.folder(rehearsal_id)))
    return Recovered(summary, "failed", (reason,))


def _lost_rows(keeper: Keeper) -> Iterator[Recovered]:
    """Close the rows of running rehearsals whose folder is gone."""
    for row in keeper.list(limit=100_000, state="running"):
        if keeper.folder(row.id).is_dir():
            continue
        summary = replace(row, state="ended", end_reason="crashed", recovered=True)
        keeper.update(summary)
        yield Recovered(summary, "lost", ("Its folder is gone.",))
