"""How much room kept rehearsals take, and giving the recordings' part of it back."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from coach.errors import StorageError
from coach.store import files
from coach.store.lock import FileLock
from coach.store.private_voice import PRIVATE_VOICE

_SIDES = tuple(Path(name).stem + "." for name in (files.STREAMER_AUDIO, files.VIEWERS_AUDIO))
"""How recordings, and what is drawn from them, are called: `streamer.ogg`, `streamer.peaks` and so on."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What some folders hold, in bytes of their files."""

    rehearsals: int = 0
    with_recordings: int = 0
    logs_bytes: int = 0
    """Logs, scenarios, scorecards, marks, reviews: everything but recordings."""
    recordings_bytes: int = 0
    """Recordings and what was measured from them alone."""

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.rehearsals + other.rehearsals,
            self.with_recordings + other.with_recordings,
            self.logs_bytes + other.logs_bytes,
            self.recordings_bytes + other.recordings_bytes,
        )


def usage_of(folders: Iterable[Path]) -> Usage:
    """Return what rehearsals' folders hold together; one that is gone counts as nothing."""
    return sum((_usage(folder) for folder in folders), Usage())


def delete_recordings(folder: Path) -> int:
    """Remove a rehearsal's recordings and what was measured from them alone; return the bytes freed.

    Log and scorecard stay: what was said can still be read, and no longer be heard or measured again.

    Raises:
        StorageError: If the disk refuses, or the rehearsal is being written.
    """
    try:
        lock = FileLock.try_take(folder / files.LOCK)
        if lock is None:
            raise StorageError(
                "The rehearsal in {path} is being written by another process; end it there first.", path=folder
            )
        try:
            return sum(_remove(Path(entry)) for entry in os.scandir(folder) if _is_recording(entry.name))
        finally:
            lock.release()
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise StorageError("{path} could not be removed: {reason}.", path=folder, reason=error) from error


def _usage(folder: Path) -> Usage:
    logs = recordings = 0
    try:
        for entry in os.scandir(folder):
            if entry.is_file(follow_symlinks=False):
                size = entry.stat(follow_symlinks=False).st_size
                if _is_recording(entry.name):
                    recordings += size
                else:
                    logs += size
    except FileNotFoundError:
        return Usage()
    except OSError as error:
        raise StorageError("{path} cannot be read: {reason}.", path=folder, reason=error) from error
    return Usage(1, int(recordings > 0), logs, recordings)


def _is_recording(name: str) -> bool:
    return name.startswith(_SIDES) or name == PRIVATE_VOICE


def _remove(path: Path) -> int:
    size = path.stat().st_size
    path.unlink()
    return size
