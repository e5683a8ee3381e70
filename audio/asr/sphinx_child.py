"""Work done on a copy of this process, which ends with it.

Asking pocketsphinx for its best reading ends the utterance, and most pauses are not the end. A forked child ends the
copy, with the word lattice searched through and posteriors for each word, while the original can go on where it was.
A crash there costs one better reading. Where a system cannot fork (Windows) there are no better readings.
"""

from __future__ import annotations

import logging
import os
import pickle
import select
import signal
from collections.abc import Callable
from typing import Generic, TypeVar

logger = logging.getLogger(__name__)

T = TypeVar("T")

CAN_FORK = hasattr(os, "fork")
_READ_BYTES = 1 << 16


class Child(Generic[T]):
    """One piece of work in a child. The process must have no other Python threads."""

    def __init__(self, work: Callable[[], T]) -> None:
        """Start the work; its result has to be picklable.

        Raises:
            OSError: If there is no room for another process.
        """
        self._from, end = os.pipe()
        self._pid = os.fork()
        if not self._pid:
            _work_and_exit(work, end)
        os.close(end)

    def result(self, limit_sec: float) -> T | None:
        """Wait for the result; None if it takes longer or the child failed. The child is over afterwards."""
        try:
            data = self._read() if self.is_done(limit_sec) else b""
        finally:
            self.stop()
        return pickle.loads(data) if data else None

    def is_done(self, limit_sec: float = 0.0) -> bool:
        """Return whether there is a result, or will be soon enough."""
        return bool(select.select([self._from], [], [], limit_sec)[0])

    def stop(self) -> None:
        """End the child. Idempotent."""
        if self._from < 0:
            return
        os.close(self._from)
        self._from = -1
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)

    def _read(self) -> bytes:
        parts = []
        while part := os.read(self._from, _READ_BYTES):
            parts.append(part)
        return b"".join(parts)


def _work_and_exit(work: Callable[[], T], end: int) -> None:
    """Do the work and leave without running any of the parent's clean-up."""
    try:
        data = memoryview(pickle.dumps(work()))
        while data:
            data = data[os.write(end, data) :]
    except BaseException:  # the boundary of a process
        logger.exception("Work in a child failed.")
    finally:
        os._exit(0)
