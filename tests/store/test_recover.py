"""What a crash leaves behind is closed, scored and listed, once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from coach.errors import InputError
from coach.score.scorecard import Scorecard
from coach.store.files import RehearsalFiles, SavedRehearsal
from coach.store.keeper import Keeper
from coach.store.recover import recover
from coach.store.repository import SqlRehearsalStore
from tests.store import examples


def _crashed(keeper: Keeper, *, ended: bool = False, name: str = "r1") -> None:
    """Leave a folder as a killed process does: its log open-ended, its lock freed by the system."""
    files = keeper.open(examples.summary(name), examples.SCENARIO)
    files.append(examples.log(name, ended=ended))
    files.close()


def test_an_open_log_is_closed_scored_and_listed_once(keeper: Keeper) -> None:
    _crashed(keeper)

    [done] = recover(keeper, examples.score)

    saved = keeper.load("r1")
    assert saved.ended is not None
    assert saved.ended.reason == "crashed"
    assert (saved.records[-1].seq, saved.records[-1].at) == (3, 2.0)
    assert keeper.get("r1") == done.summary
    assert (done.action, done.summary.state, done.summary.recovered) == ("closed", "scored", True)
    assert done.summary.scores == {"pacing": None, "coverage": 4.0, "composure": None}
    assert Scorecard.model_validate_json(keeper.scorecard("r1") or "").end_reason == "crashed"
    assert recover(keeper, examples.score) == []


def test_a_closed_log_without_a_scorecard_is_scored(keeper: Keeper) -> None:
    _crashed(keeper, ended=True)
    [done] = recover(keeper, examples.score)
    assert (done.action, done.summary.end_reason, done.summary.scores["coverage"]) == ("scored", "streamer", 4.0)


@pytest.mark.parametrize("ended", [True, False])
def test_a_scorecard_that_went_missing_is_made_again(keeper: Keeper, ended: bool) -> None:
    _crashed(keeper, ended=ended)
    recover(keeper, examples.score)
    (keeper.folder("r1") / "scorecard.json").unlink()

    [done] = recover(keeper, examples.score, again=True)

    assert (done.action, done.summary.state) == ("scored", "scored")
    assert keeper.scorecard("r1") is not None
    assert recover(keeper, examples.score, again=True) == []


def test_a_living_writer_is_let_alone(keeper: Keeper) -> None:
    files = keeper.open(examples.summary(), examples.SCENARIO)
    files.append(examples.log())
    assert recover(keeper, examples.score) == []
    files.append(examples.log(ended=True))
    files.close()


def test_a_folder_that_the_index_lost_is_listed_again(keeper: Keeper) -> None:
    _crashed(keeper)
    [before] = recover(keeper, examples.score)
    keeper.store.delete("r1")

    [done] = recover(keeper, examples.score)

    assert (done.action, done.summary.recovered) == ("listed", False)
    assert keeper.get("r1") == done.summary
    assert done.summary.scores == before.summary.scores


def test_a_rehearsal_that_cannot_be_scored_is_still_closed_and_keeps_none_from_it(keeper: Keeper) -> None:
    def score(saved: SavedRehearsal) -> Scorecard:
        if saved.path.name == "a":
            raise InputError("no such scenario")
        if saved.path.name == "b":
            raise ZeroDivisionError
        return examples.score(saved)

    for name in ("a", "b", "c"):
        _crashed(keeper, name=name)

    first, second, third = recover(keeper, score)

    assert first.notes == ("Not scored: no such scenario",)
    assert (first.summary.state, first.summary.end_reason, first.summary.scenario_title) == ("ended", "crashed", "衬衫")
    assert "the scorer failed" in second.notes[0]
    assert third.summary.state == "scored"
    assert recover(keeper, score) == []
    assert [done.summary.id for done in recover(keeper, examples.score, again=True)] == ["a", "b"]
    assert recover(keeper, examples.score, again=True) == []


def test_a_log_cut_off_before_the_first_event_is_closed_unscored(keeper: Keeper) -> None:
    RehearsalFiles.create(keeper.folder("empty"), examples.SCENARIO).close()
    [done] = recover(keeper, examples.score)
    assert (done.action, done.summary.state) == ("closed", "ended")
    assert "before the rehearsal began" in done.notes[0]
    assert recover(keeper, examples.score) == []


def test_a_damaged_scorecard_is_made_again(keeper: Keeper) -> None:
    _crashed(keeper, ended=True)
    (keeper.folder("r1") / "scorecard.json").write_text("{")
    [done] = recover(keeper, examples.score)
    assert done.notes == ("scorecard.json was damaged and is made again.",)
    assert Scorecard.model_validate_json(keeper.scorecard("r1") or "").rehearsal_id == "r1"


def test_a_row_whose_folder_is_gone_is_closed(keeper: Keeper) -> None:
    keeper.update(examples.summary())
    [done] = recover(keeper, examples.score)
    assert (done.action, done.summary.state, done.summary.end_reason) == ("lost", "ended", "crashed")
    assert recover(keeper, examples.score) == []


def test_an_interrupted_deletion_is_finished_and_foreign_folders_stay(keeper: Keeper) -> None:
    _crashed(keeper)
    keeper.folder("r1").rename(keeper.root / ".deleted-r1")
    keeper.store.delete("r1")
    (keeper.root / "notes").mkdir()
    assert recover(keeper, examples.score) == []
    assert [path.name for path in keeper.root.iterdir()] == ["notes"]


@pytest.mark.slow
def test_a_killed_process_in_mid_write_is_recovered(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.store.writer", str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "writing\n"
        store = SqlRehearsalStore(f"sqlite:///{tmp_path / 'coach.db'}")
        keeper = Keeper(tmp_path / "rehearsals", store)
        assert recover(keeper, examples.score) == []
        child.kill()

    [done] = recover(keeper, examples.score)

    saved = keeper.load("victim")
    assert (done.action, done.summary.state, done.summary.recovered) == ("closed", "scored", True)
    assert saved.ended is not None
    assert [record.seq for record in saved.records] == list(range(len(saved.records)))
    assert len(saved.records) > 6
    assert saved.dropped == ()
    store.close()
