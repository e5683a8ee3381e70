"""The schema the migrations make is the one the tables declare."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from coach.error_texts import error_text
from coach.errors import StorageError
from coach.ports import FindingMark
from coach.store import migrate
from coach.store.repository import SqlRehearsalStore
from coach.store.tables import Base


@pytest.mark.slow
def test_migrations_lead_to_the_declared_tables_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    engine = migrate.open_database("sqlite:///coach.db")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()
    assert os.path.exists("coach.db")


def test_the_newest_revision_is_the_one_named() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).with_name("migrations")))
    assert ScriptDirectory.from_config(config).get_heads() == [migrate.HEAD]


def test_an_older_index_is_brought_up_to_date_with_its_rows(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    engine = create_engine(url)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(migrate.__file__).with_name("migrations")))
        config.attributes["connection"] = connection
        command.upgrade(config, "r0001")
    engine.dispose()
    with sqlite3.connect(tmp_path / "old.db") as old:
        row = ("r1", "shirt", "衬衫", "zh-CN", "scored", "2026-11-22 10:00:00", 60.0, None, "{}", False)
        old.execute("INSERT INTO rehearsals VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    old.close()
    store = SqlRehearsalStore(url)
    store.replace_marks("r1", [FindingMark("a", "a", "wrong")])
    assert [row.id for row in store.list()] == ["r1"]
    assert list(store.marks("r1")) == [FindingMark("a", "a", "wrong")]
    store.close()


def test_a_read_only_index_is_no_damaged_one(tmp_path: Path) -> None:
    path = tmp_path / "coach.db"
    sqlite3.connect(path).close()
    with (
        closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as reading,
        pytest.raises(StorageError, match="is read-only") as caught,
        migrate.storage_errors(make_url(f"sqlite:///{path}")),
    ):
        reading.execute("CREATE TABLE a (b)")
    assert "只读" in error_text(caught.value, "zh")
    assert "damaged" not in str(caught.value)
