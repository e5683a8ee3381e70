"""Many simulated rehearsals at once, in processes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

from coach.room.simulated.manner import StreamerName
from coach.room.simulated.outcome import Outcome
from coach.room.simulated.simulate import simulate
from coach.scenario.model import Scenario


@dataclass(frozen=True, slots=True)
class Job:
    """One scenario with one streamer, some seeds."""

    scenario: Scenario
    streamer: StreamerName
    seeds: tuple[int, ...]
    difficulty: int | None = None
    keep_records: bool = False
    """Whether the outcomes hold the whole log; it is large."""


def simulate_many(jobs: Sequence[Job], *, workers: int = 1) -> Iterator[list[Outcome]]:
    """Yield each job's outcomes, in order; the result does not depend on the number of workers."""
    if workers <= 1 or len(jobs) <= 1:
        yield from map(run_job, jobs)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=min(workers, len(jobs)), mp_context=context) as pool:
        yield from pool.map(run_job, jobs)


def run_job(job: Job) -> list[Outcome]:
    """Return one job's outcomes by seed."""
    found = [simulate(job.scenario, job.streamer, seed, job.difficulty) for seed in job.seeds]
    return found if job.keep_records else [replace(outcome, records=()) for outcome in found]
