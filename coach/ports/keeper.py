"""Keeping rehearsals: the index and the folders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from coach.events import Record

if TYPE_CHECKING:
    from coach.ports.review import ReviewIndex


@dataclass(frozen=True, slots=True)
class RehearsalSummary:
    """One row of the index."""

    id: str
    scenario_id: str
    scenario_title: str
    locale: str
    state: Literal["running", "ended", "scored"]
    started_at: str
    """ISO 8601, UTC."""
    duration_sec: float | None = None
    end_reason: str | None = None
    scores: dict[str, float | None] = field(default_factory=dict)
    """`pacing`, `coverage`, `composure`: 0 to 100, null where not measured."""
    recovered: bool = False
    """Whether it was closed by a later start, after a crash."""
    kind: Literal["rehearsal", "drill", "moment"] = "rehearsal"
    """`drill`: three minutes on one skill. `moment`: one moment of an earlier rehearsal, played again."""


Sort = Literal["newest", "oldest", "longest", "pacing", "coverage", "composure"]
"""Scores: the highest first; what was not measured comes last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalQuery:
    """Which rows of the index, in which order; empty fields let everything through."""

    text: str = ""
    """Words, each of which title, scenario id or id contains, whatever their case."""
    language: str = ""
    """`zh` or `en`."""
    scenario_id: str = ""
    state: str = ""
    kind: str = ""
    sort: Sort = "newest"
    offset: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class RehearsalPage:
    """Some rows that a query finds."""

    rows: Sequence[RehearsalSummary]
    total: int
    """How many it finds without offset and limit."""


@dataclass(frozen=True, slots=True)
class FindingMark:
    """What a streamer marked one finding of a rehearsal as."""

    finding_id: str
    rule: str
    """Of the finding, so that a rule that is often marked wrong shows."""
    mark: str
    """`useful`, `not_useful` or `wrong`."""


class RehearsalStore(Protocol):
    """Index of rehearsals. Synchronous; callers on an event loop use a thread."""

    def save(self, summary: RehearsalSummary) -> None:
        """Insert or replace by id."""
        ...

    def get(self, rehearsal_id: str) -> RehearsalSummary | None:
        """Return one row or None."""
        ...

    def list(self, *, limit: int = 100, state: str | None = None) -> Sequence[RehearsalSummary]:
        """Return rows, newest first."""
        ...

    def find(self, query: RehearsalQuery) -> RehearsalPage:
        """Return the rows that a query finds."""
        ...

    def scenarios(self) -> Sequence[tuple[str, str, str]]:
        """Return id, latest title and its locale of every scenario that was rehearsed, the latest first."""
        ...

    def delete(self, rehearsal_id: str) -> bool:
        """Remove one row and all that belongs to it; return whether it was there."""
        ...

    def save_result(self, rehearsal_id: str, version: int, facts: str) -> None:
        """Insert or replace what lists and trends need of a scorecard, as JSON; `version` says in which form."""
        ...

    def results(self, version: int, *, limit: int, ids: Sequence[str] | None = None) -> Sequence[str]:
        """Return what was saved in that form, of the latest rehearsals or of those named, newest first."""
        ...

    def without_result(self, version: int) -> Sequence[str]:
        """Return the ids of scored rehearsals of which nothing is saved in that form."""
        ...

    def wrong(self) -> Sequence[tuple[str, str]]:
        """Return (rehearsal id, finding id) of all findings marked as wrong."""
        ...

    def replace_marks(self, rehearsal_id: str, marks: Sequence[FindingMark]) -> None:
        """Replace all marks of a rehearsal."""
        ...

    def marks(self, rehearsal_id: str) -> Sequence[FindingMark]:
        """Return the marks of a rehearsal, by finding id."""
        ...

    @property
    def reviews(self) -> ReviewIndex:
        """The rows of shared rehearsals and their reviews."""
        ...

    def close(self) -> None:
        """Release the database. Idempotent."""
        ...


class RehearsalFiles(Protocol):
    """One rehearsal's open folder. Synchronous and called from one writer thread."""

    @property
    def path(self) -> Path:
        """The folder."""
        ...

    def append(self, records: Sequence[Record]) -> None:
        """Write whole JSON lines to `events.jsonl` and flush. A failed write leaves only whole lines behind.

        Raises:
            StorageError: If the disk is full or gone.
        """
        ...

    def save_scorecard(self, text: str) -> None:
        """Write `scorecard.json` in one step (a reader sees the old file or the new one).

        Raises:
            StorageError: If the disk is full or gone.
        """
        ...

    def close(self) -> None:
        """Close the file. Idempotent."""
        ...


class Keeper(Protocol):
    """Opens a folder and an index row per rehearsal. Synchronous; callers on an event loop use a thread."""

    def open(self, summary: RehearsalSummary, scenario_text: str) -> RehearsalFiles:
        """Create the folder with `scenario.yaml` and the index row (state `running`).

        Raises:
            StorageError: If either cannot be written.
        """
        ...

    def update(self, summary: RehearsalSummary) -> None:
        """Replace the index row."""
        ...
