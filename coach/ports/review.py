"""The index of reviews: what lists of many rehearsals need; all of it can be made again from the folders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from coach.ports.keeper import RehearsalSummary


@dataclass(frozen=True, slots=True)
class ReviewEntry:
    """One rehearsal's row."""

    rehearsal_id: str
    shared_at: str | None = None
    """ISO 8601, UTC; null: not shared, and in no list for mentors."""
    note: str = ""
    """What the streamer asks; empty while it is not shared."""
    reviewed_at: str | None = None
    reviewed_by: str = ""
    comments: int = 0
    unseen: int = 0
    """What mentors said and the streamer has not looked at."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Comment id to a key of author and text, so that the same remark under many rehearsals shows."""


@dataclass(frozen=True, slots=True)
class SharedRehearsal:
    """A rehearsal that mentors may see."""

    summary: RehearsalSummary
    entry: ReviewEntry
    """Without its texts."""


@dataclass(frozen=True, slots=True)
class ReviewCount:
    """How many shared rehearsals there are."""

    needs: int
    """Not reviewed yet."""
    reviewed: int


class ReviewIndex(Protocol):
    """Rows of reviews. Synchronous; callers on an event loop use a thread."""

    def replace(self, entry: ReviewEntry) -> None:
        """Replace the row of a rehearsal and the texts of its comments."""
        ...

    def shared(self, *, reviewed: bool, limit: int) -> Sequence[SharedRehearsal]:
        """Return what is shared: what needs review, the longest waiting first; or what is reviewed, newest first."""
        ...

    def shared_among(self, ids: Sequence[str]) -> frozenset[str]:
        """Return which of these rehearsals are shared."""
        ...

    def count(self) -> ReviewCount:
        """Return how many are shared."""
        ...

    def repeated(self, rehearsal_id: str) -> frozenset[str]:
        """Return the comments of a rehearsal whose author wrote the same under another one."""
        ...

    def unseen(self) -> Mapping[str, int]:
        """Return rehearsals of which the streamer has not seen all that mentors said, with how much."""
        ...
