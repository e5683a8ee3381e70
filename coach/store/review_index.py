"""The index of reviews in a database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import ColumnElement, Engine, delete, func, select
from sqlalchemy.orm import Session, aliased

from coach.ports import ReviewCount, ReviewEntry, SharedRehearsal
from coach.store.migrate import storage_errors
from coach.store.rows import to_summary
from coach.store.tables import RehearsalRow, ReviewRow, ReviewTextRow


class SqlReviewIndex:
    """Implements `coach.ports.ReviewIndex`. Safe to share between threads and processes.

    Raises, from every method:
        StorageError: If the database cannot be written or read.
    """

    def __init__(self, engine: Engine, begin: Callable[[], AbstractContextManager[Session]]) -> None:
        self._engine = engine
        self._begin = begin

    def replace(self, entry: ReviewEntry) -> None:
        """Replace the row of a rehearsal and the texts of its comments."""
        texts = [
            ReviewTextRow(rehearsal_id=entry.rehearsal_id, comment_id=name, text_key=key)
            for name, key in entry.texts.items()
        ]
        with storage_errors(self._engine.url), self._begin() as database:
            database.merge(_to_row(entry))
            database.execute(delete(ReviewTextRow).where(ReviewTextRow.rehearsal_id == entry.rehearsal_id))
            database.add_all(texts)

    def forget(self, database: Session, rehearsal_id: str) -> None:
        """Remove all rows of a rehearsal, in the caller's transaction."""
        database.execute(delete(ReviewTextRow).where(ReviewTextRow.rehearsal_id == rehearsal_id))
        database.execute(delete(ReviewRow).where(ReviewRow.rehearsal_id == rehearsal_id))

    def shared(self, *, reviewed: bool, limit: int) -> Sequence[SharedRehearsal]:
        """Return what is shared: what needs review, the longest waiting first; or what is reviewed, newest first."""
        query = (
            select(ReviewRow, RehearsalRow)
            .join(RehearsalRow, RehearsalRow.id == ReviewRow.rehearsal_id)
            .where(ReviewRow.shared_at.is_not(None), _is_reviewed(reviewed))
            .order_by(ReviewRow.reviewed_at.desc() if reviewed else ReviewRow.shared_at, ReviewRow.rehearsal_id)
            .limit(limit)
        )
        with storage_errors(self._engine.url), self._begin() as database:
            return [SharedRehearsal(to_summary(row), _to_entry(review)) for review, row in database.execute(query)]

    def shared_among(self, ids: Sequence[str]) -> frozenset[str]:
        """Return which of these rehearsals are shared."""
        query = select(ReviewRow.rehearsal_id).where(ReviewRow.rehearsal_id.in_(ids), ReviewRow.shared_at.is_not(None))
        with storage_errors(self._engine.url), self._begin() as database:
            return frozenset(database.scalars(query))

    def count(self) -> ReviewCount:
        """Return how many are shared."""
        query = (
            select(ReviewRow.reviewed_at.is_not(None), func.count())
            .join(RehearsalRow, RehearsalRow.id == ReviewRow.rehearsal_id)
            .where(ReviewRow.shared_at.is_not(None))
            .group_by(ReviewRow.reviewed_at.is_not(None))
        )
        with storage_errors(self._engine.url), self._begin() as database:
            found = {bool(reviewed): number for reviewed, number in database.execute(query)}
        return ReviewCount(needs=found.get(False, 0), reviewed=found.get(True, 0))

    def repeated(self, rehearsal_id: str) -> frozenset[str]:
        """Return the comments of a rehearsal whose author wrote the same under another one."""
        other = aliased(ReviewTextRow)
        query = (
            select(ReviewTextRow.comment_id)
            .join(other, other.text_key == ReviewTextRow.text_key)
            .where(ReviewTextRow.rehearsal_id == rehearsal_id, other.rehearsal_id != rehearsal_id)
            .distinct()
        )
        with storage_errors(self._engine.url), self._begin() as database:
            return frozenset(database.scalars(query))

    def unseen(self) -> Mapping[str, int]:
        """Return rehearsals of which the streamer has not seen all that mentors said, with how much."""
        query = (
            select(ReviewRow.rehearsal_id, ReviewRow.unseen)
            .join(RehearsalRow, RehearsalRow.id == ReviewRow.rehearsal_id)
            .where(ReviewRow.unseen > 0)
        )
        with storage_errors(self._engine.url), self._begin() as database:
            return {row.rehearsal_id: row.unseen for row in database.execute(query)}


def _is_reviewed(reviewed: bool) -> ColumnElement[bool]:
    return ReviewRow.reviewed_at.is_not(None) if reviewed else ReviewRow.reviewed_at.is_(None)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _to_row(entry: ReviewEntry) -> ReviewRow:
    return ReviewRow(
        rehearsal_id=entry.rehearsal_id,
        shared_at=_moment(entry.shared_at),
        note=entry.note,
        reviewed_at=_moment(entry.reviewed_at),
        reviewed_by=entry.reviewed_by,
        comments=entry.comments,
        unseen=entry.unseen,
    )


def _to_entry(row: ReviewRow) -> ReviewEntry:
    return ReviewEntry(
        rehearsal_id=row.rehearsal_id,
        shared_at=row.shared_at.isoformat() if row.shared_at else None,
        note=row.note,
        reviewed_at=row.reviewed_at.isoformat() if row.reviewed_at else None,
        reviewed_by=row.reviewed_by,
        comments=row.comments,
        unseen=row.unseen,
    )
