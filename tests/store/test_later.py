"""An index that is opened when it is first needed: once, whoever comes, and its failure stays known."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.errors import StorageError
from coach.ports import RehearsalStore
from coach.store.later import LaterStore
from coach.store.repository import SqlRehearsalStore
from tests.store.examples import summary


def counted(open_store: Callable[[], RehearsalStore]) -> tuple[LaterStore, list[int]]:
    opened: list[int] = []

    def opening() -> RehearsalStore:
        opened.append(1)
        return open_store()

    return LaterStore(opening), opened


def test_it_is_opened_once_by_whoever_comes_first_and_closed_once(tmp_path: Path) -> None:
    store, opened = counted(lambda: SqlRehearsalStore(f"sqlite:///{tmp_path / 'coach.db'}"))
    assert not opened
    waiting = [threading.Thread(target=store.list) for _ in range(4)]
    for thread in waiting:
        thread.start()
    for thread in waiting:
        thread.join()
    row = summary("one")
    store.save(row)
    assert store.get("one") == row
    assert list(store.list()) == [row]
    assert store.delete("one")
    assert opened == [1]
    store.close()
    store.close()


def test_one_that_nobody_asked_is_never_opened() -> None:
    store, opened = counted(lambda: SqlRehearsalStore("sqlite:///never.db"))
    store.close()
    assert not opened


def test_what_cannot_be_opened_says_so_every_time_and_is_tried_once() -> None:
    def broken() -> RehearsalStore:
        raise StorageError("The database is on the moon.")

    store, opened = counted(broken)
    for _ in range(2):
        with pytest.raises(StorageError, match="on the moon"):
            store.list()
    assert opened == [1]
