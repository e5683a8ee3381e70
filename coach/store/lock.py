"""A lock that says "a living process owns this", and that the operating system takes back when the process dies.

It is an advisory lock on an open file, so `kill -9` frees it at once and nothing stale can be left behind, as pid
files do. It holds between processes of one machine (and between two openings within one process); on a network
drive it is only as good as the drive's locking, so give each machine a data folder of its own.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    def _take(file: BinaryIO) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: BinaryIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


_RETRY_SEC = 0.02


class FileLock:
    """A held lock. Freed by `release` or by the end of the process."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    @classmethod
    def try_take(cls, path: Path) -> FileLock | None:
        """Return the lock, or None if another holder has it.

        Raises:
            OSError: If the file cannot be opened, e.g. a read-only disk.
        """
        file = path.open("ab")
        try:
            _take(file)
        except OSError:
            file.close()
            return None
        return cls(file)

    def release(self) -> None:
        """Free the lock. Idempotent."""
        self._file.close()


@contextmanager
def waiting_lock(path: Path, limit_sec: float) -> Iterator[None]:
    """Hold the lock at `path` for the block; wait for the present holder.

    Raises:
        TimeoutError: If the holder did not let go in `limit_sec`.
        OSError: If the file cannot be opened.
    """
    for _ in range(max(1, int(limit_sec / _RETRY_SEC))):
        lock = FileLock.try_take(path)
        if lock is not None:
            break
        time.sleep(_RETRY_SEC)
    else:
        raise TimeoutError(f"another process has held {path} for {limit_sec:.0f} s")
    try:
        yield
    finally:
        lock.release()
