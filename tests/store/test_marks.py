"""What streamers mark findings as: in the folder, in the index, and back from the folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach.ports import FindingMark
from coach.score.scorecard import Finding, Text
from coach.store.keeper import Keeper
from coach.store.marks import MARKS, read_marks, write_marks
from coach.store.repository import SqlRehearsalStore
from tests.store import examples

T = Text(zh="话", en="word")
AIR = Finding(id="pacing.dead_air.1", rule="pacing.dead_air", panel="skill", tone="practise", title=T, detail=T)
MISS = Finding(id="coverage.warm", rule="coverage.miss", panel="knowledge", tone="practise", title=T, detail=T)


@pytest.fixture
def kept(keeper: Keeper) -> Keeper:
    keeper.open(examples.summary(), examples.SCENARIO).close()
    return keeper


def test_a_mark_stands_in_folder_and_index_and_can_be_taken_away(kept: Keeper) -> None:
    kept.mark("r1", AIR, "wrong")
    assert kept.mark("r1", MISS, "useful") == {"pacing.dead_air.1": "wrong", "coverage.warm": "useful"}
    assert kept.marks("r1") == {"coverage.warm": "useful", "pacing.dead_air.1": "wrong"}
    assert list(kept.store.marks("r1")) == [
        FindingMark("coverage.warm", "coverage.miss", "useful"),
        FindingMark("pacing.dead_air.1", "pacing.dead_air", "wrong"),
    ]
    kept.mark("r1", AIR, None)
    assert kept.marks("r1") == {"coverage.warm": "useful"}
    assert [row.finding_id for row in kept.store.marks("r1")] == ["coverage.warm"]


def test_marks_of_another_rehearsal_are_its_own(kept: Keeper) -> None:
    kept.open(examples.summary("r2"), examples.SCENARIO).close()
    kept.mark("r1", AIR, "wrong")
    kept.mark("r2", AIR, "useful")
    assert (kept.marks("r1"), kept.marks("r2")) == ({AIR.id: "wrong"}, {AIR.id: "useful"})


def test_an_index_that_was_lost_is_made_again_from_the_folder(kept: Keeper, tmp_path: Path) -> None:
    kept.mark("r1", AIR, "wrong")
    fresh = Keeper(kept.root, SqlRehearsalStore(f"sqlite:///{tmp_path / 'other.db'}"))
    fresh.index_marks("r1", [AIR])
    assert list(fresh.store.marks("r1")) == [FindingMark(AIR.id, AIR.rule, "wrong")]
    fresh.store.close()


def test_deleting_a_rehearsal_takes_its_marks(kept: Keeper) -> None:
    kept.mark("r1", AIR, "wrong")
    assert kept.delete("r1")
    assert list(kept.store.marks("r1")) == []


@pytest.mark.parametrize("text", ["", "not json", "[1]", '{"a": 3, "b": "loved", "c": "wrong"}'])
def test_a_damaged_file_costs_what_is_damaged(tmp_path: Path, text: str) -> None:
    (tmp_path / MARKS).write_text(text, encoding="utf-8")
    assert read_marks(tmp_path) == ({"c": "wrong"} if '"c"' in text else {})


def test_no_file_is_no_marks_and_written_ones_are_read_back(tmp_path: Path) -> None:
    assert read_marks(tmp_path) == {}
    write_marks(tmp_path, {"b": "useful", "a": "not_useful"})
    assert read_marks(tmp_path) == {"a": "not_useful", "b": "useful"}
