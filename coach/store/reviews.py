"""Sharing rehearsals and reviewing them: folder first, then the index row, one writer at a time."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from coach.clock import wall_time
from coach.errors import ReviewRefused, StorageError
from coach.ports import ReviewEntry
from coach.score.mentor import MentorReview
from coach.store.keeper import Keeper
from coach.store.review_changes import seen, shared, visited, withdrawn
from coach.store.review_file import REVIEW, ReviewFile, alone, read_review, write_review

Change = Callable[[ReviewFile], ReviewFile]


@dataclass(frozen=True, slots=True)
class Reviews:
    """What streamers share and mentors say. Synchronous; safe between threads and processes.

    Args:
        keeper: Folders and index.
        now: The present moment in UTC.

    Raises, from every method:
        InputError: If the id could not be one of ours.
        StorageError: If folder or index cannot be read or written.
        ReviewRefused: From what mentors do: if the rehearsal is not shared, or the change cannot be made.
    """

    keeper: Keeper
    now: Callable[[], datetime] = wall_time

    def moment(self) -> str:
        """Return now as it is written, always of one width, so that texts compare as times do."""
        return self.now().isoformat(timespec="microseconds")

    def read(self, rehearsal_id: str) -> ReviewFile:
        """Return all there is, for the streamer."""
        return read_review(self.keeper.folder(rehearsal_id))

    def read_shared(self, rehearsal_id: str) -> ReviewFile:
        """Return what a mentor may see: all, or nothing where it is not shared."""
        return _only_shared(self.read(rehearsal_id), rehearsal_id)

    def share(self, rehearsal_id: str, note: str) -> ReviewFile:
        """Share a rehearsal with mentors, or change what is asked of them."""
        return self._change(rehearsal_id, lambda review: shared(review, self.moment(), note))

    def withdraw(self, rehearsal_id: str) -> ReviewFile:
        """Take the share back: from now on mentors see nothing of it."""
        return self._change(rehearsal_id, lambda review: withdrawn(review, self.moment()))

    def look(self, rehearsal_id: str) -> ReviewFile:
        """Note that the streamer has seen what mentors said."""
        return self._change(rehearsal_id, lambda review: seen(review, self.moment()))

    def visit(self, rehearsal_id: str, name: str) -> ReviewFile:
        """Open it as a mentor; the streamer can read that later."""
        review = self.read_shared(rehearsal_id)
        if visited(review, name, self.moment()) is review:
            return review
        return self.change(rehearsal_id, lambda found: visited(found, name, self.moment()))

    def change(self, rehearsal_id: str, change: Change) -> ReviewFile:
        """Make a change of a mentor's."""
        return self._change(rehearsal_id, lambda review: change(_only_shared(review, rehearsal_id)))

    def reindex(self, rehearsal_id: str) -> None:
        """Bring the index in line with the folder; for an index that was lost."""
        folder = self.keeper.folder(rehearsal_id)
        if not (folder / REVIEW).exists():
            return
        with alone(folder):
            self._index(rehearsal_id, read_review(folder))

    def _change(self, rehearsal_id: str, change: Change) -> ReviewFile:
        folder = self.keeper.folder(rehearsal_id)
        try:
            with alone(folder):
                return self._changed(rehearsal_id, folder, change)
        except FileNotFoundError as error:
            raise not_shared(rehearsal_id) from error
        except OSError as error:
            raise StorageError(
                "The review in {path} cannot be changed: {reason}.", path=folder, reason=error.strerror or error
            ) from error

    def _changed(self, rehearsal_id: str, folder: Path, change: Change) -> ReviewFile:
        before = read_review(folder)
        after = change(before)
        if after != before:
            write_review(folder, after)
            self._index(rehearsal_id, after)
        return after

    def _index(self, rehearsal_id: str, review: ReviewFile) -> None:
        self.keeper.store.reviews.replace(entry_of(rehearsal_id, review))


def entry_of(rehearsal_id: str, review: ReviewFile) -> ReviewEntry:
    """Return the index row of a review; without a share nothing in it can be seen."""
    said = review.mentor
    return ReviewEntry(
        rehearsal_id=rehearsal_id,
        shared_at=review.share.at if review.share else None,
        note=review.share.note if review.share else "",
        reviewed_at=said.reviewed.at if said.reviewed else None,
        reviewed_by=said.reviewed.author if said.reviewed else "",
        comments=len(said.comments),
        unseen=review.unseen,
        texts={item.id: text_key(item.author, item.text) for item in said.comments},
    )


def text_key(author: str, text: str) -> str:
    """Return the same key for the same words of the same person, whatever their marks and spaces."""
    words = "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())
    return hashlib.sha256(f"{author}\0{words}".encode()).hexdigest()


def mentor_of(folder: Path) -> MentorReview | None:
    """Return what mentors said, to be shown on the scorecard and in exports; None where that is nothing.

    Raises:
        StorageError: If the file is there and cannot be read.
    """
    said = read_review(folder).mentor
    return None if said.is_empty else said


def _only_shared(review: ReviewFile, rehearsal_id: str) -> ReviewFile:
    if review.share is None:
        raise not_shared(rehearsal_id)
    return review


def not_shared(rehearsal_id: str) -> ReviewRefused:
    """Return the refusal for what mentors may not see, be it there or not."""
    return ReviewRefused(
        "not_shared", "Rehearsal {rehearsal_id} is not shared for review, or no longer.", rehearsal_id=rehearsal_id
    )
