"""Scoring on a Ray cluster: the same function as on one machine. A node that is lost costs time, no results.

Files are read where they are scored, so every node must see them under the same paths (a shared drive); the program
itself is sent along. Ray is started without its dashboard and reports nothing to anybody.
"""

from __future__ import annotations

import logging
import socket
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.errors import InputError, MissingPart
from coach.score.batch.garbage import seldom_collected
from coach.score.batch.job import Job, Outcome, Task
from coach.score.batch.local import AHEAD, Chunk, chunks, died
from coach.score.batch.work import score_file

_ROOT = Path(__file__).resolve().parents[3]
_SENT = ("coach", "commands", "audio")
"""Packages that scoring takes."""
_KNOCK_SEC = 5.0
_RETRIES = 3
"""Times that a handful of files is tried again after its node or process was lost."""


@dataclass(frozen=True, slots=True)
class RayCluster:
    """A cluster, or one started on this machine for the run."""

    address: str | None
    workers: int
    """Processes of a cluster started here; of another cluster, all of its processors are used."""
    in_order: bool = False

    def outcomes(self, tasks: Iterable[Task], job: Job) -> Iterator[Outcome]:
        """Score all; holds no more than a few files by processor.

        Raises:
            MissingPart: If Ray is not installed.
            InputError: If there is no cluster at the address.
        """
        ray = _started(self.address, self.workers)
        try:
            yield from self._flow(ray, chunks(tasks), job)
        finally:
            ray.shutdown()

    def _flow(self, ray: Any, waiting: Iterator[Chunk], job: Job) -> Iterator[Outcome]:
        work = ray.remote(_score_chunk).options(num_cpus=1, max_retries=_RETRIES, scheduling_strategy="SPREAD")
        shared = ray.put(job)
        window: deque[tuple[Chunk, Any]] = deque()
        while True:
            while len(window) < AHEAD * _processors(ray) and (chunk := next(waiting, None)):
                window.append((chunk, work.remote(chunk, shared)))
            if not window:
                return
            place = 0 if self.in_order else _first_done(ray, window)
            chunk, future = window[place]
            outcomes = _gathered(ray, future, chunk, work, shared, job)
            del window[place]
            yield from outcomes


def _first_done(ray: Any, window: deque[tuple[Chunk, Any]]) -> int:
    [done], _ = ray.wait([future for _, future in window], num_returns=1, fetch_local=True)
    return next(at for at, (_, future) in enumerate(window) if future == done)


def _gathered(ray: Any, future: Any, chunk: Chunk, work: Any, shared: Any, job: Job) -> list[Outcome]:
    """Return what became of a handful; if it took its process along each time, of each file alone."""
    try:
        found: list[Outcome] = ray.get(future)
    except ray.exceptions.RayError:
        found = [_alone(ray, task, work, shared, job) for task in chunk]
    return found


def _alone(ray: Any, task: Task, work: Any, shared: Any, job: Job) -> Outcome:
    try:
        [found] = ray.get(work.remote((task,), shared))
    except ray.exceptions.RayError:
        return died(task, job)
    outcome: Outcome = found
    return outcome


def _score_chunk(chunk: Chunk, job: Job) -> list[Outcome]:
    with seldom_collected():
        return [score_file(task, job) for task in chunk]


def _processors(ray: Any) -> int:
    """Return how many the cluster has now; nodes come and go."""
    return max(1, int(ray.cluster_resources().get("CPU", 1)))


def _started(address: str | None, workers: int) -> Any:  # Ray's own types are not strict
    try:
        import ray
        from ray._common.usage import usage_lib
    except ImportError as error:
        raise MissingPart("The Ray runner needs Ray. Install it with: uv sync --extra cluster") from error
    logging.getLogger("ray").setLevel(logging.ERROR)
    usage_lib.set_usage_stats_enabled_via_env_var(False)
    if address is None:
        # Processes started here find the program where it is; to nodes of another cluster it is sent.
        how: dict[str, Any] = {"num_cpus": workers, "include_dashboard": False}
    else:
        how = {"runtime_env": {"py_modules": [str(_ROOT / name) for name in _SENT]}}
    try:
        _knock(address)
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR, **how)
    except (ConnectionError, OSError, RuntimeError, ValueError) as error:
        raise InputError(
            "There is no Ray cluster at {address} ({reason}). Start one with: ray start --head",
            address=address or "-",
            reason=str(error).partition("\n")[0],
        ) from error
    return ray


def _knock(address: str | None) -> None:
    """Connect once to an address with a port: Ray itself would try for five minutes.

    Raises:
        OSError: If nobody answers there.
    """
    host, _, port = (address or "").removeprefix("ray://").rpartition(":")
    if host and port.isdigit():
        socket.create_connection((host, int(port)), timeout=_KNOCK_SEC).close()
