from __future__ import annotations

from pathlib import Path

import pytest

from coach.score.batch.job import Job, Task
from coach.score.batch.local import LocalPool, chunks, score_here
from tests.score.batch.files import folder, job


def test_what_may_take_long_goes_alone_and_the_order_is_kept() -> None:
    tasks = [Task(f"{number}.jsonl") for number in range(10)] + [Task("a.wav"), Task("b/events.jsonl"), Task("c.csv")]
    found = list(chunks(tasks))
    assert [len(chunk) for chunk in found] == [8, 2, 1, 1, 1]
    assert [task for chunk in found for task in chunk] == tasks


@pytest.mark.slow
def test_several_processes_give_the_same_outcomes(tmp_path: Path) -> None:
    root = folder(tmp_path)
    tasks = [Task(str(root / name)) for name in ("a.jsonl", "c.jsonl", "deep/b.jsonl")] * 5
    here = list(score_here(tasks, job()))
    assert list(LocalPool(2, in_order=True).outcomes(tasks, job())) == here
    anyhow = LocalPool(2).outcomes(tasks, job())
    assert sorted((item.path, item.line) for item in anyhow) == sorted((item.path, item.line) for item in here)


def die(path: Path, scenario: object) -> object:
    """Stand in for a recogniser that takes its process along."""
    import os
    import signal

    os.kill(os.getpid(), signal.SIGKILL)
    return None


@pytest.mark.slow
def test_a_file_that_kills_its_process_costs_no_other_its_result(tmp_path: Path) -> None:
    root = folder(tmp_path)
    (root / "deadly.wav").write_bytes(b"x")
    tasks = [Task(str(root / name)) for name in ("a.jsonl", "deadly.wav", "deep/b.jsonl")]
    deadly: Job = job(hear=die)
    outcomes = {Path(item.path).name: item for item in LocalPool(2).outcomes(tasks, deadly)}
    assert {name for name, item in outcomes.items() if item.error is None} == {"a.jsonl", "b.jsonl"}
    assert "was killed" in str(outcomes["deadly.wav"].error)
