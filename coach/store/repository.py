"""The index of rehearsals in a database."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import sessionmaker

from coach.ports import FindingMark, RehearsalSummary
from coach.store.migrate import open_database, storage_errors
from coach.store.review_index import SqlReviewIndex
from coach.store.rows import to_row, to_summary
from coach.store.tables import MarkRow, RehearsalRow


class SqlRehearsalStore:
    """Implements `coach.ports.RehearsalStore` with SQLAlchemy. Safe to share between threads and processes.

    Raises, from the constructor and every method:
        StorageError: If the database cannot be written or read.
    """

    def __init__(self, url: str) -> None:
        self._engine = open_database(url)
        self._begin = sessionmaker(self._engine).begin
        self._reviews = SqlReviewIndex(self._engine, self._begin)

    def save(self, summary: RehearsalSummary) -> None:
        """Insert or replace by id."""
        with storage_errors(self._engine.url), self._begin() as database:
            database.merge(to_row(summary))

    def get(self, rehearsal_id: str) -> RehearsalSummary | None:
        """Return one row or None."""
        with storage_errors(self._engine.url), self._begin() as database:
            row = database.get(RehearsalRow, rehearsal_id)
            return None if row is None else to_summary(row)

    def list(self, *, limit: int = 100, state: str | None = None) -> Sequence[RehearsalSummary]:
        """Return rows, newest first."""
        query = select(RehearsalRow).order_by(RehearsalRow.started_at.desc(), RehearsalRow.id).limit(limit)
        if state is not None:
            query = query.where(RehearsalRow.state == state)
        with storage_errors(self._engine.url), self._begin() as database:
            return [to_summary(row) for row in database.scalars(query)]

    def delete(self, rehearsal_id: str) -> bool:
        """Remove one row with its marks and its review; return whether it was there."""
        with storage_errors(self._engine.url), self._begin() as database:
            database.execute(delete(MarkRow).where(MarkRow.rehearsal_id == rehearsal_id))
            self._reviews.forget(database, rehearsal_id)
            gone = database.scalars(
                delete(RehearsalRow).where(RehearsalRow.id == rehearsal_id).returning(RehearsalRow.id)
            )
            return gone.first() is not None

    def replace_marks(self, rehearsal_id: str, marks: Sequence[FindingMark]) -> None:
        """Replace all marks of a rehearsal."""
        rows = [
            MarkRow(rehearsal_id=rehearsal_id, finding_id=item.finding_id, rule=item.rule, mark=item.mark)
            for item in marks
        ]
        with storage_errors(self._engine.url), self._begin() as database:
            database.execute(delete(MarkRow).where(MarkRow.rehearsal_id == rehearsal_id))
            database.add_all(rows)

    def marks(self, rehearsal_id: str) -> Sequence[FindingMark]:
        """Return the marks of a rehearsal, by finding id."""
        query = select(MarkRow).where(MarkRow.rehearsal_id == rehearsal_id).order_by(MarkRow.finding_id)
        with storage_errors(self._engine.url), self._begin() as database:
            return [FindingMark(row.finding_id, row.rule, row.mark) for row in database.scalars(query)]

    @property
    def reviews(self) -> SqlReviewIndex:
        """The rows of shared rehearsals and their reviews."""
        return self._reviews

    def close(self) -> None:
        """Release the database. Idempotent."""
        self._engine.dispose()
