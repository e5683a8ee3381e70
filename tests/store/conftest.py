"""A keeper on a real SQLite file, and a short log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.store.keeper import Keeper
from coach.store.repository import SqlRehearsalStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlRehearsalStore]:
    """An index in a fresh file."""
    opened = SqlRehearsalStore(f"sqlite:///{tmp_path / 'coach.db'}")
    yield opened
    opened.close()


@pytest.fixture
def keeper(tmp_path: Path, store: SqlRehearsalStore) -> Keeper:
    """A keeper with an empty root."""
    return Keeper(tmp_path / "rehearsals", store)
