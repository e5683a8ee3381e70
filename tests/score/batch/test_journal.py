from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import StorageError
from coach.score.batch.journal import NAME, Journal, opened
from coach.score.batch.local import score_here
from tests.score.batch.files import OTHER, folder, job


def run(journal: Journal, root: Path) -> list[str]:
    """Score what is missing or changed; return the names of the files that were scored."""
    paths = [str(root / name) for name in ("a.jsonl", "c.jsonl", "deep/b.jsonl")]
    journal.list_files(paths)
    done = []
    for outcome in score_here(journal.tasks(), job()):
        journal.keep(outcome)
        if not outcome.unchanged:
            done.append(Path(outcome.path).name)
    return done


def test_a_second_run_does_only_what_failed_or_has_changed(tmp_path: Path) -> None:
    root, out = folder(tmp_path / "in"), tmp_path / "out"
    with opened(out) as journal:
        assert run(journal, root) == ["a.jsonl", "c.jsonl", "b.jsonl"]
    with opened(out) as journal:
        assert run(journal, root) == ["c.jsonl"]
        assert journal.counts() == (2, 1, 1)
    (root / "a.jsonl").write_text(OTHER, encoding="utf-8")
    with opened(out) as journal:
        assert run(journal, root) == ["a.jsonl", "c.jsonl"]
    with opened(out, fresh=True) as journal:
        assert run(journal, root) == ["a.jsonl", "c.jsonl", "b.jsonl"]


def test_what_was_kept_before_a_kill_is_there_after_it(tmp_path: Path) -> None:
    root, out = folder(tmp_path / "in"), tmp_path / "out"
    with opened(out) as journal:
        journal.list_files([str(root / "a.jsonl"), str(root / "deep" / "b.jsonl")])
        tasks = list(journal.tasks())
        for outcome in score_here(tasks[:1], job()):
            journal.keep(outcome)
        # As a killed process leaves them: the files as they are, nothing closed.
        left = {path.name: path.read_bytes() for path in out.iterdir()}
    for name in [path.name for path in out.iterdir()]:
        (out / name).unlink()
    for name, content in left.items():
        (out / name).write_bytes(content)
    with opened(out) as journal:
        known = {Path(task.path).name: bool(task.known) for task in journal.tasks()}
    assert known == {"a.jsonl": True, "b.jsonl": False}


def test_files_of_another_run_are_forgotten_when_this_one_is_done(tmp_path: Path) -> None:
    root, out = folder(tmp_path / "in"), tmp_path / "out"
    with opened(out) as journal:
        run(journal, root)
        assert journal.list_files([str(root / "a.jsonl"), str(root / "a.jsonl")]) == 1
        journal.drop_others()
        assert [row["path"] for row in journal.rows()] == [str(root / "a.jsonl")]


def test_two_runs_at_once_are_told_apart(tmp_path: Path) -> None:
    with opened(tmp_path), pytest.raises(StorageError, match="held by another run"), opened(tmp_path):
        pass


def test_a_damaged_journal_is_named_and_fresh_starts_over(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"no database at all, but long enough to be looked at" * 100)
    with pytest.raises(StorageError, match="--fresh"), opened(tmp_path):
        pass
    with opened(tmp_path, fresh=True) as journal:
        assert journal.list_files(["a"]) == 1


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match="file"), opened(tmp_path / "file" / "out"):
        pass
