from __future__ import annotations

from pathlib import Path

import pytest

from coach.errors import InputError
from coach.score.batch.find import find_files
from tests.score.batch.files import folder


def names(found: list[str], root: Path) -> list[str]:
    return [Path(path).relative_to(root).as_posix() for path in found]


def test_folders_are_searched_in_order_and_other_kinds_of_file_passed_over(tmp_path: Path) -> None:
    root = folder(tmp_path)
    (root / "d.WAV").write_bytes(b"x")
    (root / ".hidden.jsonl").write_bytes(b"x")
    assert names(list(find_files([root])), root) == ["a.jsonl", "c.jsonl", "d.WAV", "deep/b.jsonl"]


def test_a_rehearsal_is_its_log_and_the_rest_of_its_folder_belongs_to_it(tmp_path: Path) -> None:
    for name in ("r1/events.jsonl", "r1/streamer.ogg", "r1/viewers.ogg", "r1/notes.txt", "r1/old/talk.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert names(list(find_files([tmp_path])), tmp_path) == ["r1/events.jsonl", "r1/old/talk.txt"]


def test_results_of_an_earlier_run_are_no_input(tmp_path: Path) -> None:
    root = folder(tmp_path)
    for name in ("scores.jsonl", "scores.csv", "scores.html"):
        (root / name).write_bytes(b"x")
    assert "scores.jsonl" not in names(list(find_files([root], root)), root)
    assert "scores.jsonl" in names(list(find_files([root], root / "out")), root)


def test_a_file_given_by_name_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    path = folder(tmp_path) / "picture.png"
    assert list(find_files([path])) == [str(path)]


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        list(find_files([tmp_path / "nowhere"]))


def test_a_link_to_nothing_is_named_like_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    assert names(list(find_files([tmp_path])), tmp_path) == ["a.txt"]
