"""How much room the kept rehearsals take, and giving it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from coach.clock import wall_time
from coach.errors import CoachError
from coach.ports import RehearsalQuery, RehearsalSummary
from coach.store.files import is_owned
from coach.store.usage import Usage, delete_recordings, usage_of
from web.here import is_here
from web.state import AppState, State

router = APIRouter(prefix="/api/storage", tags=["history"])

_EVERYTHING = 1_000_000
_LONGEST_DAYS = 36_500
Days = Annotated[int | None, Query(ge=0, le=_LONGEST_DAYS)]


class Room(BaseModel):
    """What some rehearsals take."""

    rehearsals: int
    with_recordings: int
    logs_bytes: int
    """Logs, scenarios, scorecards, marks, notes."""
    recordings_bytes: int
    """Recordings, and what was measured or drawn from them alone."""

    @classmethod
    def of(cls, usage: Usage) -> Room:
        """Return it as the API tells it."""
        return cls(
            rehearsals=usage.rehearsals,
            with_recordings=usage.with_recordings,
            logs_bytes=usage.logs_bytes,
            recordings_bytes=usage.recordings_bytes,
        )


class Storage(BaseModel):
    """What is kept here."""

    folder: str | None
    """Where; null for clients on other machines, whom that does not concern."""
    kept: Room
    removable: Room
    """Of it, what deleting would take: older than asked for, and not running."""
    running: int
    """Rehearsals that run, and stay."""


class Cleaning(BaseModel):
    """What to delete."""

    model_config = ConfigDict(extra="forbid")

    what: Literal["recordings", "rehearsals"]
    """`recordings`: logs and scorecards stay. `rehearsals`: everything."""
    older_than_days: int | None = Field(default=None, ge=0, le=_LONGEST_DAYS)
    """Left out: of any age."""


class Cleaned(BaseModel):
    """What was deleted."""

    rehearsals: int
    """How many it was done to."""
    freed_bytes: int
    stayed: int
    """How many could not be touched: they run, or the disk refused."""


@router.get("")
def read_storage(request: Request, response: Response, state: State, older_than_days: Days = None) -> Storage:
    """Return how much is kept, and how much of it is older than some days."""
    response.headers["Cache-Control"] = "no-store"
    keeper = state.composition.keeper
    running = _running(state)
    old = [row.id for row in _rows(state, older_than_days) if row.id not in running]
    ids = {*keeper.ids_on_disk(), *old}
    by_id = {rehearsal_id: usage_of([keeper.folder(rehearsal_id)]) for rehearsal_id in ids}
    return Storage(
        folder=str(keeper.root.resolve()) if is_here(request) else None,
        kept=Room.of(sum(by_id.values(), Usage())),
        removable=Room.of(sum((by_id[rehearsal_id] for rehearsal_id in old), Usage())),
        running=len(running),
    )


@router.post("/clean")
def clean(order: Cleaning, state: State) -> Cleaned:
    """Delete recordings, or whole rehearsals, older than some days. What runs stays."""
    done = freed = stayed = 0
    for row in _rows(state, order.older_than_days):
        try:
            bytes_freed = _delete(state, row.id, order.what)
        except (CoachError, OSError):
            stayed += 1
            continue
        freed += bytes_freed
        done += bytes_freed > 0
    return Cleaned(rehearsals=done, freed_bytes=freed, stayed=stayed)


def _delete(state: AppState, rehearsal_id: str, what: str) -> int:
    """Return the bytes freed.

    Raises:
        CoachError: If it runs, or the disk refuses.
    """
    keeper = state.composition.keeper
    folder = keeper.folder(rehearsal_id)
    if what == "recordings":
        return delete_recordings(folder)
    usage = usage_of([folder])
    keeper.delete(rehearsal_id)
    return usage.logs_bytes + usage.recordings_bytes


def _rows(state: AppState, older_than_days: int | None) -> Sequence[RehearsalSummary]:
    rows = state.composition.keeper.find(RehearsalQuery(limit=_EVERYTHING)).rows
    if older_than_days is None:
        return rows
    before = wall_time() - timedelta(days=older_than_days)
    return [row for row in rows if datetime.fromisoformat(row.started_at) < before]


def _running(state: AppState) -> set[str]:
    """Return what this room or another process is writing."""
    composition = state.composition
    here = {live.id for live in composition.host.active()}
    claimed = composition.keeper.find(RehearsalQuery(state="running", limit=_EVERYTHING)).rows
    return here | {row.id for row in claimed if _is_written(state, row.id)}


def _is_written(state: AppState, rehearsal_id: str) -> bool:
    try:
        return is_owned(state.composition.keeper.folder(rehearsal_id))
    except OSError:
        return False
