"""What of a run is done, on disk: one SQLite file in the folder of the results, held by one run at a time.

A result is kept the moment it comes. However a run ends, the next one does only what is missing or has changed: a
kept result stands as long as the fingerprint of its file (content, scenario, reading, versions) is the same.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from coach.errors import StorageError
from coach.score.batch.job import Outcome, Task
from coach.score.batch.sentences import kept, told

NAME = "scores.journal"
_LAYOUT = 1
_PAGE = 256
_SCHEMA = """
CREATE TABLE IF NOT EXISTS files (
    path BLOB UNIQUE NOT NULL, place INTEGER, fingerprint TEXT, failed INTEGER, streamer TEXT, started_at TEXT,
    row TEXT, notes TEXT, problems TEXT, line BLOB
);
CREATE INDEX IF NOT EXISTS by_place ON files (place);
"""


class Journal:
    """The open file. Every method raises StorageError if the disk is full or gone."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def list_files(self, paths: Iterable[str]) -> int:
        """Note which files this run is about, in order; return how many, each counted once."""
        with self._telling():
            self._connection.execute("UPDATE files SET place = NULL")
            self._connection.executemany(
                "INSERT INTO files (path, place) VALUES (?, ?) "
                "ON CONFLICT (path) DO UPDATE SET place = coalesce(files.place, excluded.place)",
                ((path.encode("utf-8", "surrogateescape"), place) for place, path in enumerate(paths)),
            )
            self._connection.commit()
            return int(self._connection.execute("SELECT count(place) FROM files").fetchone()[0])

    def tasks(self) -> Iterator[Task]:
        """Yield every file of this run with the fingerprint of its kept result; none for what failed before."""
        for path, known in self._paged("path, CASE WHEN failed THEN '' ELSE coalesce(fingerprint, '') END"):
            yield Task(_path(path), known)

    def keep(self, outcome: Outcome) -> None:
        """Keep what became of a file."""
        if outcome.unchanged:
            return
        values = (
            outcome.fingerprint,
            outcome.error is not None,
            outcome.row.get("streamer") or "",
            outcome.row.get("started_at") or "",
            _json(outcome.row),
            _json(outcome.notes),
            _json([[kept(str(problem.place)), kept(problem.text)] for problem in outcome.problems]),
            outcome.line,
            outcome.path.encode("utf-8", "surrogateescape"),
        )
        with self._telling():
            self._connection.execute(
                "UPDATE files SET fingerprint = ?, failed = ?, streamer = ?, started_at = ?, row = ?, notes = ?, "
                "problems = ?, line = ? WHERE path = ?",
                values,
            )
            self._connection.commit()

    def drop_others(self) -> None:
        """Forget files that are none of this run."""
        with self._telling():
            self._connection.execute("DELETE FROM files WHERE place IS NULL")
            self._connection.commit()

    # --- reading back ------------------------------------------------------------------------------------------

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield rows in the order of the files."""
        return (json.loads(row) for (row,) in self._paged("row"))

    def noted(self) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        """Yield rows, each with its `place`, and notes, in the order of the files."""
        found = self._paged("place, row, notes")
        return (({**json.loads(row), "place": place}, json.loads(notes)) for place, row, notes in found)

    def lines(self) -> Iterator[bytes]:
        """Yield whole results as lines of JSON, in the order of the files."""
        return (zlib.decompress(line) for (line,) in self._paged("line"))

    def problems(self, language: str) -> Iterator[str]:
        """Yield every problem of every file, in order, in the language of the reader (`zh` or `en`)."""
        found = (problem for (problems,) in self._paged("problems") for problem in json.loads(problems))
        return (f"{place}: {told(text, language)}" for place, text in found)

    def by_streamer(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield streamers' rows, each streamer's together in order of time, else of the files."""
        with self._telling():
            found = self._connection.execute(
                "SELECT streamer, row FROM files WHERE place IS NOT NULL AND streamer != '' AND NOT failed "
                "ORDER BY streamer, started_at, place"
            )
            for streamer, row in found:
                yield streamer, json.loads(row)

    def card(self, place: int) -> dict[str, Any]:
        """Return the scorecard of a file that was scored, by its place among the files."""
        with self._telling():
            [line] = self._connection.execute("SELECT line FROM files WHERE place = ?", (place,)).fetchone()
        value: dict[str, Any] = json.loads(zlib.decompress(line))["scorecard"]
        return value

    def counts(self) -> tuple[int, int, int]:
        """Return how many files were scored, how many failed, how many of those scored lost lines."""
        with self._telling():
            found = self._connection.execute(
                "SELECT coalesce(sum(NOT failed), 0), coalesce(sum(failed), 0), "
                "coalesce(sum(NOT failed AND problems != '[]'), 0) FROM files WHERE place IS NOT NULL"
            ).fetchone()
        return int(found[0]), int(found[1]), int(found[2])

    def _paged(self, columns: str) -> Iterator[tuple[Any, ...]]:
        """Yield columns in order of place, a page at a time, so that writing in between is allowed."""
        last = -1
        while True:
            with self._telling():
                page = self._connection.execute(
                    f"SELECT place, {columns} FROM files WHERE place > ? ORDER BY place LIMIT {_PAGE}", (last,)
                ).fetchall()
            if not page:
                return
            last = page[-1][0]
            yield from (row[1:] for row in page)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Tell a fault of the disk in a sentence."""
        try:
            yield
        except sqlite3.Error as error:
            raise _fault(self._path, error) from error


@contextmanager
def opened(folder: Path, *, fresh: bool = False) -> Iterator[Journal]:
    """Open the journal of a folder of results, alone, for the block.

    Args:
        folder: Made if it is not there.
        fresh: Whether to forget what is kept.

    Raises:
        StorageError: If it cannot be written, or another run holds it.
    """
    path = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            "{path} could not be written: {reason}. {advice}", path=folder, reason=error.strerror or error, advice=""
        ) from error
    try:
        connection = _prepared(path, fresh=fresh)
    except _Damaged:
        if not fresh:
            raise
        for part in (path, path.with_name(f"{NAME}-wal")):
            part.unlink(missing_ok=True)
        connection = _prepared(path, fresh=True)
    try:
        yield Journal(connection, path)
    finally:
        connection.close()


class _Damaged(StorageError):
    """The file is none of ours, or broken."""


def _prepared(path: Path, *, fresh: bool) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(path, timeout=0)
    except sqlite3.Error as error:
        raise _fault(path, error) from error
    try:
        _prepare(connection, fresh=fresh)
    except sqlite3.Error as error:
        connection.close()
        raise _fault(path, error) from error
    return connection


def _prepare(connection: sqlite3.Connection, *, fresh: bool) -> None:
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA journal_mode = WAL")
    # A kill loses nothing at this level; a power cut may lose the last seconds, which are then done again.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("BEGIN EXCLUSIVE")
    [layout] = connection.execute("PRAGMA user_version").fetchone()
    if fresh or layout not in (0, _LAYOUT):
        connection.execute("DROP TABLE IF EXISTS files")
    for statement in filter(str.strip, _SCHEMA.split(";")):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {_LAYOUT}")
    connection.commit()


def _fault(path: Path, error: sqlite3.Error) -> StorageError:
    if getattr(error, "sqlite_errorcode", 0) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StorageError(
            "{path} is held by another run that writes into this folder; wait for it, or give another folder with "
            "--out",
            path=path,
        )
    if getattr(error, "sqlite_errorcode", 0) in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return _Damaged("{path} is damaged ({reason}); remove it, or start over with --fresh", path=path, reason=error)
    return StorageError(
        "{path} could not be written: {reason}. Free space on the disk, or give another folder with --out; what is "
        "done is kept",
        path=path,
        reason=error,
    )


def _json(value: object) -> str:
    return json.dumps(value)


def _path(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
