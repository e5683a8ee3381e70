"""Scoring in this process, or in several on this machine."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import connection
from typing import TypeAlias

from coach.errors import Sentence
from coach.score.batch.find import EVENTS, is_recording
from coach.score.batch.garbage import hardly_collect, seldom_collected
from coach.score.batch.job import Job, Outcome, Task
from coach.score.batch.work import failed, score_file

Chunk: TypeAlias = tuple[Task, ...]
_Window: TypeAlias = deque[tuple[Chunk, "Future[list[Outcome]]"]]

_CHUNK = 8
"""Files of one message: at 20 ms each, sending costs nothing beside them, and few are lost by a kill."""
AHEAD = 2
"""Messages by process that wait or run: one more than it works on."""


def chunks(tasks: Iterable[Task]) -> Iterator[Chunk]:
    """Yield tasks in handfuls; what may take long (sound) goes alone."""
    held: list[Task] = []
    for task in tasks:
        alone = is_recording(task.path) or os.path.basename(task.path) == EVENTS
        if held and (alone or len(held) == _CHUNK):
            yield tuple(held)
            held = []
        if alone:
            yield (task,)
        else:
            held.append(task)
    if held:
        yield tuple(held)


def died(task: Task, job: Job) -> Outcome:
    """Return the outcome of a file whose process was killed each time it was tried."""
    said = Sentence(
        "{path}: the process that scored it was killed, perhaps for want of memory; try it alone", path=task.path
    )
    return failed(task.path, said, job)


def score_here(tasks: Iterable[Task], job: Job) -> Iterator[Outcome]:
    """Score one after another in this process."""
    for task in tasks:
        with seldom_collected():
            outcome = score_file(task, job)
        yield outcome


@dataclass(frozen=True, slots=True)
class LocalPool:
    """Processes of this machine. One that dies costs at most the file that killed it."""

    workers: int
    in_order: bool = False
    """Whether outcomes come in the order of the tasks; otherwise as they are done."""

    def outcomes(self, tasks: Iterable[Task], job: Job) -> Iterator[Outcome]:
        """Score all; holds no more than a few files by process."""
        waiting = chunks(tasks)
        while True:
            window: _Window = deque()
            try:
                with _processes(self.workers, job) as pool:
                    yield from self._flow(pool, waiting, window)
                    return
            except BrokenProcessPool:
                # Somebody among these killed a process: each is tried alone, so that the one is known.
                yield from _one_by_one([task for chunk, _ in window for task in chunk], job)

    def _flow(self, pool: ProcessPoolExecutor, waiting: Iterator[Chunk], window: _Window) -> Iterator[Outcome]:
        while True:
            while len(window) < AHEAD * self.workers and (chunk := next(waiting, None)):
                window.append((chunk, pool.submit(_score_chunk, chunk)))
            if not window:
                return
            place = 0 if self.in_order else _first_done(window)
            outcomes = window[place][1].result()
            del window[place]
            yield from outcomes


def _first_done(window: _Window) -> int:
    done, _ = wait([future for _, future in window], return_when=FIRST_COMPLETED)
    return next(at for at, (_, future) in enumerate(window) if future in done)


def _one_by_one(tasks: list[Task], job: Job) -> Iterator[Outcome]:
    left = deque(tasks)
    while left:
        try:
            with _processes(1, job) as pool:
                while left:
                    yield pool.submit(_score_chunk, (left[0],)).result()[0]
                    left.popleft()
        except BrokenProcessPool:
            yield died(left.popleft(), job)


@contextmanager
def _processes(count: int, job: Job) -> Iterator[ProcessPoolExecutor]:
    """Open processes for the block; those that are still at work when it is left by an error are ended."""
    # Fresh processes: a forked copy of a threaded program may deadlock.
    context = multiprocessing.get_context("spawn")
    others = {child.pid for child in multiprocessing.active_children()}
    pool = ProcessPoolExecutor(max_workers=count, mp_context=context, initializer=_begin, initargs=(job,))
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in multiprocessing.active_children():
            if child.pid not in others:
                child.terminate()
        raise
    finally:
        pool.shutdown()


# --- inside a process ------------------------------------------------------------------------------------------

_job = Job()
_is_warm = False


def _begin(job: Job) -> None:
    """Keep the job, leave Ctrl-C to the parent, and end when the parent has ended, however."""
    global _job
    _job = job
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _score_chunk(chunk: Chunk) -> list[Outcome]:
    global _is_warm
    outcomes = [score_file(task, _job) for task in chunk]
    if not _is_warm:  # packs and sheets are read by now, and stay
        hardly_collect()
        _is_warm = True
    return outcomes
