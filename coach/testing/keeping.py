"""Disk and recorder in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coach.errors import StorageError
from coach.events import Record, dump_record
from coach.ports import (
    FRAME_SEC,
    Int16Array,
    RehearsalSummary,
)


@dataclass(slots=True)
class MemoryFiles:
    """A rehearsal's folder in memory. `refuse` makes the next writes fail as a full disk does."""

    path: Path
    lines: list[bytes] = field(default_factory=list)
    scorecard: str | None = None
    refuse: int = 0
    closed: bool = False

    def append(self, records: Sequence[Record]) -> None:
        """Keep whole lines."""
        if self.refuse:
            self.refuse -= 1
            raise StorageError("No space left on the device.")
        self.lines += [dump_record(record) for record in records]

    def save_scorecard(self, text: str) -> None:
        """Keep the scorecard."""
        self.scorecard = text

    def close(self) -> None:
        """Note the close."""
        self.closed = True


class MemoryKeeper:
    """Folders and index in memory."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.files: dict[str, MemoryFiles] = {}
        self.index: dict[str, RehearsalSummary] = {}

    def open(self, summary: RehearsalSummary, scenario_text: str) -> MemoryFiles:
        """Open a folder in memory."""
        self.index[summary.id] = summary
        self.files[summary.id] = MemoryFiles(self._root / summary.id)
        return self.files[summary.id]

    def update(self, summary: RehearsalSummary) -> None:
        """Replace the row."""
        self.index[summary.id] = summary


class MemoryRecorder:
    """Keeps how much was recorded of each side."""

    def __init__(self, failure: str | None = None) -> None:
        self._failure = failure
        self.streamer_sec = 0.0
        self.viewers_sec = 0.0
        self.closed = False

    def streamer(self, pcm: Int16Array, at: float) -> None:
        """Count microphone sound."""
        self.streamer_sec += FRAME_SEC

    def viewers(self, pcm: Int16Array, at: float) -> None:
        """Count viewers' sound."""
        self.viewers_sec += FRAME_SEC

    def failure(self) -> str | None:
        """Return the scripted failure, once."""
        failure, self._failure = self._failure, None
        return failure

    async def aclose(self) -> None:
        """Note the close."""
        self.closed = True
