"""An index that is opened when somebody first asks it, or beside the start: loading a database layer takes time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from coach.ports import FindingMark, RehearsalPage, RehearsalQuery, RehearsalStore, RehearsalSummary, ReviewIndex


class LaterStore:
    """Implements `coach.ports.RehearsalStore` by one that is opened once; who comes meanwhile waits for it.

    Args:
        open_store: Opens it; may also repair what it finds. What it raises, every later call raises again.
    """

    def __init__(self, open_store: Callable[[], RehearsalStore]) -> None:
        self._open_store = open_store
        self._lock = threading.Lock()
        self._store: RehearsalStore | None = None
        self._error: Exception | None = None

    def settle(self) -> RehearsalStore:
        """Open the index if nobody has, and return it. Blocks.

        Raises:
            StorageError: If it cannot be used.
        """
        with self._lock:
            if self._error is not None:
                raise self._error
            if self._store is None:
                try:
                    self._store = self._open_store()
                except Exception as error:
                    self._error = error
                    raise
            return self._store

    def save(self, summary: RehearsalSummary) -> None:
        """Insert or replace by id."""
        self.settle().save(summary)

    def get(self, rehearsal_id: str) -> RehearsalSummary | None:
        """Return one row or None."""
        return self.settle().get(rehearsal_id)

    def list(self, *, limit: int = 100, state: str | None = None) -> Sequence[RehearsalSummary]:
        """Return rows, newest first."""
        return self.settle().list(limit=limit, state=state)

    def find(self, query: RehearsalQuery) -> RehearsalPage:
        """Return the rows that a query finds."""
        return self.settle().find(query)

    def scenarios(self) -> Sequence[tuple[str, str, str]]:
        """Return id, latest title and its locale of every scenario that was rehearsed, the latest first."""
        return self.settle().scenarios()

    def delete(self, rehearsal_id: str) -> bool:
        """Remove one row; return whether it was there."""
        return self.settle().delete(rehearsal_id)

    def replace_marks(self, rehearsal_id: str, marks: Sequence[FindingMark]) -> None:
        """Replace all marks of a rehearsal."""
        self.settle().replace_marks(rehearsal_id, marks)

    def marks(self, rehearsal_id: str) -> Sequence[FindingMark]:
        """Return the marks of a rehearsal, by finding id."""
        return self.settle().marks(rehearsal_id)

    @property
    def reviews(self) -> ReviewIndex:
        """The rows of shared rehearsals and their reviews."""
        return self.settle().reviews

    def save_result(self, rehearsal_id: str, version: int, facts: str) -> None:
        """Insert or replace what lists and trends need of a scorecard."""
        self.settle().save_result(rehearsal_id, version, facts)

    def results(self, version: int, *, limit: int, ids: Sequence[str] | None = None) -> Sequence[str]:
        """Return what was saved, newest first."""
        return self.settle().results(version, limit=limit, ids=ids)

    def without_result(self, version: int) -> Sequence[str]:
        """Return the ids of scored rehearsals of which nothing is saved."""
        return self.settle().without_result(version)

    def wrong(self) -> Sequence[tuple[str, str]]:
        """Return (rehearsal id, finding id) of all findings marked as wrong."""
        return self.settle().wrong()

    def close(self) -> None:
        """Release the database, if it was opened. Idempotent."""
        with self._lock:
            if self._store is not None:
                self._store.close()
