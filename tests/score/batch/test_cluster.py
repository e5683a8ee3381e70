"""A Ray cluster of two nodes on this machine: the same results as one process, also when a node or a worker is lost."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from coach.errors import InputError
from coach.scenario.model import Scenario
from coach.score.batch.cluster import RayCluster
from coach.score.batch.journal import opened
from coach.score.batch.local import score_here
from coach.score.batch.outputs import write_all
from coach.score.transcript import ImportedTranscript, load_transcript
from coach.score.voice import VoiceFeatures
from tests.score.batch.files import GOOD, OTHER, job

pytest.importorskip("ray", reason="Ray is not installed: uv sync --extra cluster")

pytestmark = [
    pytest.mark.slow,
    # Ray leaves its own sockets and files to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
]
FILES = 48


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    from ray.cluster_utils import Cluster

    # A node that is silent for two seconds is lost.
    quickly = {
        "health_check_initial_delay_ms": 0,
        "health_check_period_ms": 500,
        "health_check_timeout_ms": 1500,
        "health_check_failure_threshold": 4,
    }
    head = {"num_cpus": 1, "include_dashboard": False, "_system_config": quickly}
    found: Any = Cluster(initialize_head=True, head_node_args=head)
    yield found
    found.shutdown()


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(FILES):
        (folder / f"{number:03}.jsonl").write_text([GOOD, OTHER, "broken"][number % 3], encoding="utf-8")
    return folder


def files(folder: Path, out: Path, score: Callable[..., Any], after: Callable[[int], None] = lambda done: None) -> Any:
    with opened(out) as journal:
        journal.list_files(sorted(map(str, folder.iterdir())))
        for done, outcome in enumerate(score(journal.tasks(), job(hear=once_deadly))):
            journal.keep(outcome)
            after(done)
        write_all(journal, out, ["csv", "jsonl"], "en")
    return {path.name: path.read_bytes() for path in out.iterdir() if "journal" not in path.name}


def once_deadly(path: Path, scenario: Scenario) -> tuple[ImportedTranscript, VoiceFeatures | None]:
    """Stand in for a recogniser that takes its process along the first time."""
    killed = path.with_suffix(".killed")
    if not killed.exists():
        killed.write_bytes(b"")
        os.kill(os.getpid(), signal.SIGKILL)
    return load_transcript(path.with_suffix(".jsonl")), None


def test_a_node_lost_in_mid_run_costs_no_result(cluster: Any, talks: Path, tmp_path: Path) -> None:
    second = cluster.add_node(num_cpus=1)
    alone = files(talks, tmp_path / "alone", score_here)

    def lose(done: int) -> None:
        if done == FILES // 4:
            cluster.remove_node(second, allow_graceful=False)

    shared = files(talks, tmp_path / "shared", RayCluster(cluster.address, 2).outcomes, lose)
    assert shared == alone


def test_a_worker_that_dies_is_replaced_and_its_files_tried_again(cluster: Any, talks: Path, tmp_path: Path) -> None:
    from ray import cloudpickle

    import tests.score.batch.test_cluster as here

    cloudpickle.register_pickle_by_value(here)  # type: ignore[no-untyped-call]
    (talks / "001.wav").write_bytes(b"sound")
    shared = files(talks, tmp_path / "shared", RayCluster(cluster.address, 1).outcomes)
    assert (talks / "001.killed").exists()
    (talks / "001.killed").unlink()
    assert b"001.wav" in shared["scores.csv"]
    assert b"was killed" not in shared["scores.csv"]


def test_an_address_without_a_cluster_is_told_in_a_sentence() -> None:
    with pytest.raises(InputError, match=r"no Ray cluster at 127\.0\.0\.1:9"):
        next(RayCluster("127.0.0.1:9", 1).outcomes([], job()))
