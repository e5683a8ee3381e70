"""A keeper on a real database, once on a SQLite file and once on a PostgreSQL server."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from coach.store.keeper import Keeper
from coach.store.repository import SqlRehearsalStore
from tests.postgres import find_postgres, postgres_server

_NUMBERS = itertools.count()
_READY = "coach_ready"
"""A database that was opened once: copying its tables is quicker than making them."""


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a server of our own, with `{name}` for a database's name."""
    programs = find_postgres()
    if programs is None:
        pytest.skip("no PostgreSQL server on this machine")
    with postgres_server(programs) as url:
        _make(url, _READY, "template0")
        SqlRehearsalStore(url.format(name=_READY)).close()
        yield url


def _make(server: str, name: str, template: str) -> None:
    maker = create_engine(server.format(name="postgres"), isolation_level="AUTOCOMMIT")
    with maker.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    maker.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'coach.db'}"
    server: str = request.getfixturevalue("postgres")
    name = f"coach_{next(_NUMBERS)}"
    _make(server, name, _READY)
    return server.format(name=name)


@pytest.fixture
def store(database_url: str) -> Iterator[SqlRehearsalStore]:
    """An index in a fresh database."""
    opened = SqlRehearsalStore(database_url)
    yield opened
    opened.close()


@pytest.fixture
def keeper(tmp_path: Path, store: SqlRehearsalStore) -> Keeper:
    """A keeper with an empty root."""
    return Keeper(tmp_path / "rehearsals", store)
