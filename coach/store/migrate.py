"""Opens a database and brings it to the newest schema, from any working directory, safely beside other processes."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, select, table, text
from sqlalchemy import column as sql_column
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from coach.errors import InputError, MissingPart, StorageError
from coach.store.lock import waiting_lock

HEAD = "r0004"
"""Newest revision; a test checks it against the migrations."""

_BUSY_TIMEOUT_MS = 5000
"""How long SQLite waits for another writer; writes here take about a millisecond."""
_LOCK_LIMIT_SEC = 30.0
_ADVISORY_KEY = 0x636F616368
"""Any fixed number, the same for all processes: `coach` in ASCII."""


def open_database(url: str) -> Engine:
    """Return an engine on an up-to-date database.

    Args:
        url: SQLAlchemy URL, e.g. `sqlite:////var/lib/coach/coach.db` or `postgresql+psycopg://…`.

    Raises:
        InputError: If the URL is none.
        MissingPart: If its driver is not installed.
        StorageError: If the database cannot be opened, is damaged, or is newer than this program.
    """
    parsed = _parse(url)
    with storage_errors(parsed):
        _make_folder(parsed)
        engine = _engine(parsed)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
        try:
            with _alone(engine):
                _upgrade(engine)
        except BaseException:
            engine.dispose()
            raise
        return engine


def _engine(url: URL) -> Engine:
    try:
        return create_engine(url)
    except ImportError as error:
        raise MissingPart(
            "The database {name} needs a driver that is not installed ({reason}). For PostgreSQL write "
            "postgresql+psycopg://… and run: uv sync --extra postgres",
            name=url.get_backend_name(),
            reason=error,
        ) from error


@contextmanager
def storage_errors(url: URL) -> Iterator[None]:
    """Turn database and disk faults into one sentence."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:  # a listener's error comes unwrapped
        reason = str(getattr(error, "orig", None) or error)
        where = url.render_as_string(hide_password=True)
        if _is_read_only(error, url):
            raise StorageError(
                "The index of rehearsals ({where}) cannot be written: the file or its folder is read-only. Make it "
                "writable, or choose another data folder with COACH_DATA_DIR; a rehearsal is shown from its folder "
                "too: run_coach.py report FOLDER",
                where=where,
            ) from error
        raise StorageError(
            "The index of rehearsals ({where}) cannot be used: {reason}. Check that the place exists, is writable "
            "and has space; a damaged SQLite file can be moved away, it is made again from the rehearsals' folders.",
            where=where,
            reason=reason,
        ) from error


def _is_read_only(error: Exception, url: URL) -> bool:
    """Return whether SQLite failed for want of the right to write; a folder without it shows as a file that is gone."""
    own = getattr(error, "orig", None) or error
    code = getattr(own, "sqlite_errorcode", 0) & 0xFF
    folder = Path(url.database).parent if url.database else None
    closed = folder is not None and folder.is_dir() and not os.access(folder, os.W_OK)
    return code == sqlite3.SQLITE_READONLY or (code == sqlite3.SQLITE_CANTOPEN and closed)


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
        parsed.get_dialect()
    except (ArgumentError, SQLAlchemyError) as error:
        raise InputError(
            "Expected a database URL such as sqlite:////path/coach.db or postgresql+psycopg://host/name, got {url!r}.",
            url=url,
        ) from error
    if parsed.get_backend_name() == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise InputError("Expected a SQLite file that several threads can share, got {url!r}; name a file.", url=url)
    return parsed


def _make_folder(url: URL) -> None:
    path = _sqlite_path(url)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)


def _sqlite_path(url: URL) -> Path | None:
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    """Let one process at a time look at the schema and change it."""
    path = _sqlite_path(engine.url)
    if path is not None:
        with waiting_lock(path.with_name(path.name + ".lock"), _LOCK_LIMIT_SEC):
            _use_wal(engine)
            yield
    elif engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _ADVISORY_KEY})
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _ADVISORY_KEY})
    else:
        yield


def _use_wal(engine: Engine) -> None:
    """Switch the file to write-ahead logging, which is kept in the file.

    Done under the lock: SQLite does not wait for others when it switches, whatever busy_timeout says.
    """
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def _upgrade(engine: Engine) -> None:
    with engine.begin() as connection:
        found = _revision(connection)
        if found == HEAD:
            return
        _run_alembic(connection, found)


def _revision(connection: Connection) -> str | None:
    """Return the schema's revision without Alembic, whose import costs more than this whole start."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(select(sql_column("version_num")).select_from(table("alembic_version")))


def _run_alembic(connection: Connection, found: str | None) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    location = str(Path(__file__).with_name("migrations"))
    config.set_main_option("script_location", location.replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StorageError(
            "The index of rehearsals has schema {found!r}, which this program does not know: a newer version wrote "
            "it. Update the program, or point `database_url` elsewhere.",
            found=found,
        ) from error
