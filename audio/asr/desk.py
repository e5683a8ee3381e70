"""Who is next at an engine that does one thing at a time: finals in their order, partials in turn, finals first."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Generic, Protocol, TypeVar

from audio.priority import give_way
from coach.errors import EngineError

T = TypeVar("T")


class Listener(Protocol[T]):
    """Somebody with partial work, which may always be put off and merged."""

    def next_work(self) -> Callable[[], T] | None:
        """Return what to do now, on the engine's thread, or None if nothing is left to do."""
        ...

    def work_done(self, result: T | None) -> None:
        """Take the result, on the event loop; None if the work failed."""
        ...


@dataclass(eq=False, slots=True)
class _Job(Generic[T]):
    work: Callable[[], T]
    answer: asyncio.Future[T]


class Desk(Generic[T]):
    """Hands work to a thread, one piece at a time, so that order is decided late.

    Only pieces that nobody can take back are in the thread; all else waits here, on the event loop. There is at
    most one partial waiting per listener, so the queue is bounded by the number of open utterances.

    Args:
        engine: Name for errors and threads.
        threads: Pieces in hand at a time: more than one only for an engine that waits for others, as a server does.
    """

    def __init__(self, engine: str, threads: int = 1) -> None:
        self._engine = engine
        self._threads = threads
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix=engine, initializer=give_way)
        self._finals: deque[_Job[T]] = deque()
        self._listeners: deque[Listener[T]] = deque()
        self._in_hand: set[asyncio.Future[T]] = set()
        """What somebody waits for and a thread works at."""
        self._busy = 0
        self._is_closed = False

    def submit(self, work: Callable[[], T]) -> asyncio.Future[T]:
        """Queue work that somebody waits for. Cancelling the future before its turn takes the work back.

        Raises:
            EngineError: If the desk is closed.
        """
        if self._is_closed:
            raise EngineError(self._engine, "the recogniser is closed.")
        job = _Job(work, asyncio.get_running_loop().create_future())
        job.answer.add_done_callback(_look_at)
        self._finals.append(job)
        self._pump()
        return job.answer

    def call(self, listener: Listener[T]) -> None:
        """Put a listener in the line for partial work, if it is not there yet."""
        if not self._is_closed and listener not in self._listeners:
            self._listeners.append(listener)
            self._pump()

    @property
    def is_pressed(self) -> bool:
        """Whether a final waits for a thread. May be read from any thread."""
        return bool(self._finals)

    async def aclose(self, end_engine: Callable[[], None]) -> None:
        """Refuse what waits and what is in hand, then run `end_engine` on a free thread. Idempotent."""
        if self._is_closed:
            return
        self._is_closed = True
        self._listeners.clear()
        for answer in (*self._in_hand, *(job.answer for job in self._finals)):
            _fail(answer, EngineError(self._engine, "the recogniser was closed."))
        self._finals.clear()
        try:
            await asyncio.get_running_loop().run_in_executor(self._executor, end_engine)
        finally:
            self._executor.shutdown(wait=False)

    def _pump(self) -> None:
        while self._busy < self._threads and not self._is_closed:
            if self._finals:
                job = self._finals.popleft()
                if not job.answer.done():
                    self._in_hand.add(job.answer)
                    self._run(job.work, partial(self._settle, job.answer))
            elif self._listeners:
                listener = self._listeners.popleft()
                work = listener.next_work()
                if work:
                    self._run(work, partial(_report, listener))
            else:
                return

    def _run(self, work: Callable[[], T], settle: Callable[[asyncio.Future[T]], None]) -> None:
        def done(running: asyncio.Future[T]) -> None:
            self._busy -= 1
            settle(running)
            self._pump()

        self._busy += 1
        asyncio.get_running_loop().run_in_executor(self._executor, work).add_done_callback(done)

    def _settle(self, answer: asyncio.Future[T], done: asyncio.Future[T]) -> None:
        self._in_hand.discard(answer)
        _settle(answer, done)


def _settle(answer: asyncio.Future[T], done: asyncio.Future[T]) -> None:
    error = None if done.cancelled() else done.exception()
    if answer.done():
        return
    if done.cancelled():
        answer.cancel()
    elif error:
        answer.set_exception(error)
    else:
        answer.set_result(done.result())


def _report(listener: Listener[T], done: asyncio.Future[T]) -> None:
    listener.work_done(None if done.cancelled() or done.exception() else done.result())


def _fail(answer: asyncio.Future[T], error: EngineError) -> None:
    if not answer.done():
        answer.set_exception(error)


def _look_at(answer: asyncio.Future[T]) -> None:
    """Mark an exception as seen: whoever waited may have gone, and that is no fault."""
    if not answer.cancelled():
        answer.exception()
