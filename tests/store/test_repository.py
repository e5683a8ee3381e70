"""The index: one conformance suite on real files, alone and beside other processes."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from coach.errors import InputError, MissingPart, StorageError
from coach.ports import RehearsalQuery
from coach.store.repository import SqlRehearsalStore
from tests.store import examples


def test_a_saved_row_is_read_back_equal(store: SqlRehearsalStore) -> None:
    row = examples.summary(
        state="scored", duration_sec=61.5, end_reason="time", scores={"pacing": None, "coverage": 70.0}, recovered=True
    )
    store.save(row)
    assert store.get("r1") == row


def test_saving_again_replaces(store: SqlRehearsalStore) -> None:
    store.save(examples.summary())
    store.save(examples.summary(state="ended"))
    assert [row.state for row in store.list()] == ["ended"]


def test_rows_come_newest_first_filtered_and_limited(store: SqlRehearsalStore) -> None:
    times = {"a": "2026-11-22T09:00:00+08:00", "b": "2026-11-22T03:00:00+00:00", "c": "2026-11-22T02:00:00Z"}
    for name, time in times.items():
        store.save(examples.summary(name, started_at=time, state="scored" if name == "b" else "running"))
    assert [row.id for row in store.list()] == ["b", "c", "a"]
    assert [row.id for row in store.list(limit=1)] == ["b"]
    assert [row.id for row in store.list(state="running")] == ["c", "a"]


def test_deleting_says_whether_it_was_there(store: SqlRehearsalStore) -> None:
    store.save(examples.summary())
    assert [store.delete("r1"), store.delete("r1"), store.get("r1")] == [True, False, None]


def test_a_second_opening_finds_the_rows(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'deep' / 'folder' / 'coach.db'}"
    first = SqlRehearsalStore(url)
    first.save(examples.summary())
    second = SqlRehearsalStore(url)
    assert second.get("r1") == examples.summary()
    first.close()
    first.close()
    second.close()


def test_the_file_waits_for_writers_and_keeps_a_write_ahead_log(tmp_path: Path) -> None:
    store = SqlRehearsalStore(f"sqlite:///{tmp_path / 'coach.db'}")
    with store._engine.connect() as connection:
        values = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "busy_timeout", "foreign_keys")
        ]
    store.close()
    assert values == ["wal", 5000, 1]


def test_a_driver_that_is_not_installed_is_a_sentence() -> None:
    with pytest.raises(MissingPart, match="uv sync --extra postgres"):
        SqlRehearsalStore("postgresql+pg8000://host/name")


@pytest.mark.parametrize("url", ["", "nonsense", "sqlite://", "sqlite:///:memory:", "nosuch://host/db"])
def test_a_url_that_is_none_is_a_sentence(url: str) -> None:
    with pytest.raises(InputError, match="Expected a"):
        SqlRehearsalStore(url)


def test_a_damaged_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "coach.db").write_bytes(b"this is no database" * 100)
    with pytest.raises(StorageError, match="not a database"):
        SqlRehearsalStore(f"sqlite:///{tmp_path / 'coach.db'}")


def test_a_place_that_cannot_be_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot be used"):
        SqlRehearsalStore(f"sqlite:///{tmp_path / 'file' / 'coach.db'}")


@pytest.mark.slow
def test_a_file_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    SqlRehearsalStore(f"sqlite:///{tmp_path / 'coach.db'}").close()
    with sqlite3.connect(tmp_path / "coach.db") as database:
        database.execute("UPDATE alembic_version SET version_num = 'r9999'")
    database.close()
    with pytest.raises(StorageError, match="newer version"):
        SqlRehearsalStore(f"sqlite:///{tmp_path / 'coach.db'}")


_OPENS = """
import sys
from coach.store.repository import SqlRehearsalStore
from tests.store import examples
store = SqlRehearsalStore(sys.argv[1])
for number in range(20):
    store.save(examples.summary(f"{sys.argv[2]}-{number}"))
store.close()
"""


@pytest.mark.slow
def test_processes_that_start_at_once_share_one_fresh_file(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'coach.db'}"
    children = [subprocess.Popen([sys.executable, "-c", _OPENS, url, name]) for name in ("a", "b", "c")]
    assert [child.wait(timeout=60) for child in children] == [0, 0, 0]
    store = SqlRehearsalStore(url)
    assert len(store.list()) == 60
    store.close()


def test_a_zero_byte_in_a_search_finds_nothing_in_any_database(store: SqlRehearsalStore) -> None:
    for query in (RehearsalQuery(text="a\0b"), RehearsalQuery(scenario_id="a\0b")):
        assert store.find(query).total == 0
