"""The index of rehearsals in a database."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, delete, func, or_, select
from sqlalchemy.orm import sessionmaker

from coach.ports import FindingMark, RehearsalPage, RehearsalQuery, RehearsalSummary
from coach.store.migrate import open_database, storage_errors
from coach.store.review_index import SqlReviewIndex
from coach.store.rows import to_row, to_summary
from coach.store.tables import MarkRow, RehearsalRow, ResultRow


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

    def find(self, query: RehearsalQuery) -> RehearsalPage:
        """Return the rows that a query finds."""
        found = select(RehearsalRow).where(*_conditions(query))
        page = _sorted(found, query).offset(max(0, query.offset)).limit(max(0, query.limit))
        with storage_errors(self._engine.url), self._begin() as database:
            total = database.scalar(select(func.count()).select_from(RehearsalRow).where(*_conditions(query)))
            return RehearsalPage([to_summary(row) for row in database.scalars(page)], total or 0)

    def scenarios(self) -> Sequence[tuple[str, str, str]]:
        """Return id, latest title and its locale of every scenario that was rehearsed, the latest first."""
        latest = func.max(RehearsalRow.started_at).label("latest")
        ids = select(RehearsalRow.scenario_id, latest).group_by(RehearsalRow.scenario_id).subquery()
        query = (
            select(RehearsalRow.scenario_id, func.min(RehearsalRow.scenario_title), func.min(RehearsalRow.locale))
            .join(ids, (ids.c.scenario_id == RehearsalRow.scenario_id) & (ids.c.latest == RehearsalRow.started_at))
            .group_by(RehearsalRow.scenario_id, ids.c.latest)
            .order_by(ids.c.latest.desc(), RehearsalRow.scenario_id)
        )
        with storage_errors(self._engine.url), self._begin() as database:
            return [(scenario_id, title, locale) for scenario_id, title, locale in database.execute(query)]

    def delete(self, rehearsal_id: str) -> bool:
        """Remove one row with its marks, result and review; return whether it was there."""
        with storage_errors(self._engine.url), self._begin() as database:
            database.execute(delete(MarkRow).where(MarkRow.rehearsal_id == rehearsal_id))
            database.execute(delete(ResultRow).where(ResultRow.rehearsal_id == rehearsal_id))
            self._reviews.forget(database, rehearsal_id)
            gone = database.scalars(
                delete(RehearsalRow).where(RehearsalRow.id == rehearsal_id).returning(RehearsalRow.id)
            )
            return gone.first() is not None

    def save_result(self, rehearsal_id: str, version: int, facts: str) -> None:
        """Insert or replace what lists and trends need of a scorecard."""
        with storage_errors(self._engine.url), self._begin() as database:
            database.merge(ResultRow(rehearsal_id=rehearsal_id, version=version, facts=facts))

    def results(self, version: int, *, limit: int, ids: Sequence[str] | None = None) -> Sequence[str]:
        """Return what was saved in that form, of the latest rehearsals or of those named, newest first."""
        query = (
            select(ResultRow.facts)
            .join(RehearsalRow, RehearsalRow.id == ResultRow.rehearsal_id)
            .where(ResultRow.version == version)
            .order_by(RehearsalRow.started_at.desc(), RehearsalRow.id)
            .limit(limit)
        )
        if ids is not None:
            query = query.where(ResultRow.rehearsal_id.in_(ids))
        with storage_errors(self._engine.url), self._begin() as database:
            return list(database.scalars(query))

    def without_result(self, version: int) -> Sequence[str]:
        """Return the ids of scored rehearsals of which nothing is saved in that form."""
        kept = select(ResultRow.rehearsal_id).where(ResultRow.version == version)
        query = select(RehearsalRow.id).where(RehearsalRow.state == "scored", RehearsalRow.id.not_in(kept))
        with storage_errors(self._engine.url), self._begin() as database:
            return list(database.scalars(query.order_by(RehearsalRow.id)))

    def wrong(self) -> Sequence[tuple[str, str]]:
        """Return (rehearsal id, finding id) of all findings marked as wrong."""
        query = select(MarkRow.rehearsal_id, MarkRow.finding_id).where(MarkRow.mark == "wrong")
        with storage_errors(self._engine.url), self._begin() as database:
            return [(rehearsal_id, finding_id) for rehearsal_id, finding_id in database.execute(query)]

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


def _conditions(query: RehearsalQuery) -> list[ColumnElement[bool]]:
    places = (RehearsalRow.scenario_title, RehearsalRow.scenario_id, RehearsalRow.id)
    wanted = [_findable(word) for word in query.text.split()]
    words = [or_(*(place.icontains(word, autoescape=True) for place in places)) for word in wanted]
    exact = {
        RehearsalRow.scenario_id: _findable(query.scenario_id),
        RehearsalRow.state: query.state,
        RehearsalRow.kind: query.kind,
    }
    conditions = [*words, *(column == value for column, value in exact.items() if value)]
    if query.language:
        conditions.append(RehearsalRow.locale.startswith(query.language, autoescape=True))
    return conditions


def _findable(text: str) -> str:
    """Return a text that every database can be asked for: PostgreSQL refuses NUL, which is in no row."""
    return text.replace("\0", "\ufffd")


def _sorted(found: Select[RehearsalRow], query: RehearsalQuery) -> Select[RehearsalRow]:
    newest = (RehearsalRow.started_at.desc(), RehearsalRow.id)
    match query.sort:
        case "newest":
            return found.order_by(*newest)
        case "oldest":
            return found.order_by(RehearsalRow.started_at, RehearsalRow.id)
        case "longest":
            return found.order_by(RehearsalRow.duration_sec.desc().nulls_last(), *newest)
        case _:
            return found.order_by(RehearsalRow.scores[query.sort].as_float().desc().nulls_last(), *newest)
