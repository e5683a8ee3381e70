"""Folder and row go together, and no id leads out of the root."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach import ports
from coach.errors import InputError, StorageError
from coach.store.keeper import Keeper
from coach.store.repository import SqlRehearsalStore
from tests.store import examples


def test_it_is_the_keeper_and_the_store_that_the_live_loop_expects(keeper: Keeper, store: SqlRehearsalStore) -> None:
    as_ports: tuple[ports.Keeper, ports.RehearsalStore] = (keeper, store)  # mypy checks the shapes
    assert as_ports == (keeper, store)


def test_opening_makes_folder_and_row(keeper: Keeper) -> None:
    files = keeper.open(examples.summary(), examples.SCENARIO)
    files.append(examples.log())
    files.close()
    keeper.update(examples.summary(state="ended"))

    assert files.path == keeper.folder("r1")
    assert keeper.load("r1").records == tuple(examples.log())
    assert keeper.get("r1") == examples.summary(state="ended")
    assert keeper.scorecard("r1") is None


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../r1", "a/b", "a\\b", "/etc", "a.b", "-a", "a\n", "a\0", "é", "x" * 65],
)
def test_no_id_leads_out_of_the_root(keeper: Keeper, name: str) -> None:
    for use in (keeper.folder, keeper.load, keeper.delete, keeper.scorecard):
        with pytest.raises(InputError, match="Expected the id"):
            use(name)
    with pytest.raises(InputError, match="Expected the id"):
        keeper.open(examples.summary(name), "")


def test_loading_what_is_not_there_is_a_sentence(keeper: Keeper) -> None:
    with pytest.raises(InputError, match="no rehearsal 'r9'"):
        keeper.load("r9")


def test_deleting_removes_folder_and_row_for_good(keeper: Keeper) -> None:
    keeper.open(examples.summary(), examples.SCENARIO).close()
    assert keeper.delete("r1")
    assert not keeper.delete("r1")
    assert (list(keeper.root.iterdir()), keeper.list()) == ([], [])


def test_a_running_rehearsal_is_not_deleted(keeper: Keeper) -> None:
    files = keeper.open(examples.summary(), examples.SCENARIO)
    with pytest.raises(InputError, match="still running"):
        keeper.delete("r1")
    files.close()
    assert keeper.delete("r1")


def test_a_row_that_cannot_be_written_leaves_no_folder(tmp_path: Path, store: SqlRehearsalStore) -> None:
    class FullStore(SqlRehearsalStore):
        def save(self, summary: object) -> None:
            raise StorageError("no space")

    full = FullStore(f"sqlite:///{tmp_path / 'coach.db'}")
    keeper = Keeper(tmp_path / "rehearsals", full)
    with pytest.raises(StorageError, match="no space"):
        keeper.open(examples.summary(), examples.SCENARIO)
    full.close()
    assert list(keeper.root.iterdir()) == []
