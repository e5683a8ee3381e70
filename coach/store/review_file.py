"""Sharing and review of one rehearsal, in its folder: `review.json`.

The folder holds the truth, so that what a mentor said travels with a copied rehearsal and goes with a deleted one. One
writer at a time: whoever changes it holds `review.lock`, in this process or another.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coach.errors import StorageError
from coach.score.mentor import MentorReview
from coach.store.files import write_atomically
from coach.store.lock import waiting_lock

REVIEW = "review.json"
REVIEW_LOCK = "review.lock"
LOCK_LIMIT_SEC = 5.0
"""Longest wait for another writer, s; a change takes milliseconds."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Share(_Part):
    """The streamer lets mentors see the rehearsal."""

    at: str
    """Since when, ISO 8601, UTC."""
    note: str = ""
    """What the streamer asks."""


class Visit(_Part):
    """A mentor opened it."""

    name: str
    at: str


class ReviewFile(_Part):
    """What `review.json` holds."""

    version: Literal[1] = 1
    share: Share | None = None
    """Null: mentors see nothing of it."""
    withdrawn_at: str | None = None
    visits: list[Visit] = Field(default_factory=list)
    """Oldest first."""
    seen_at: str = ""
    """When the streamer last looked at what mentors said."""
    mentor: MentorReview = MentorReview()

    @property
    def unseen(self) -> int:
        """How many remarks, scores, focus points and talks came since the streamer last looked."""
        said = self.mentor
        when = [item.edited_at or item.at for item in said.comments]
        when += [item.at for item in [*said.scores, *said.focus, *([said.debrief] if said.debrief else [])]]
        return sum(at > self.seen_at for at in when)


def read_review(folder: Path) -> ReviewFile:
    """Return sharing and review of a rehearsal; nothing shared where there is no file.

    Raises:
        StorageError: If the file cannot be read or is damaged; it is then neither shared nor overwritten.
    """
    path = folder / REVIEW
    try:
        return ReviewFile.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return ReviewFile()
    except OSError as error:
        raise StorageError(
            "The review in {path} cannot be read: {reason}.", path=path, reason=error.strerror or error
        ) from error
    except ValidationError as error:
        raise StorageError(
            "The review in {path} is damaged, or a newer version wrote it. Move it away, or update the program.",
            path=path,
        ) from error


def write_review(folder: Path, review: ReviewFile) -> None:
    """Replace the file in one step.

    Raises:
        StorageError: If the disk refuses.
    """
    write_atomically(folder / REVIEW, review.model_dump_json(indent=2) + "\n")


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the right to change a review.

    Raises:
        FileNotFoundError: If there is no such folder (any more).
        StorageError: If another process holds it for long, or the disk refuses.
    """
    try:
        with waiting_lock(folder / REVIEW_LOCK, LOCK_LIMIT_SEC):
            yield
    except TimeoutError as error:
        raise StorageError(
            "The review in {path} is being changed elsewhere. Try again in a moment.", path=folder
        ) from error
