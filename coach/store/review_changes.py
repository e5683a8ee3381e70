"""What can be done to a review, as pure steps: the file before, the file after, or why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from coach.errors import ReviewRefused
from coach.score.mentor import (
    FOCUS_LIMIT,
    MentorComment,
    MentorDebrief,
    MentorFocus,
    MentorReview,
    MentorReviewed,
    MentorScore,
)
from coach.store.review_file import ReviewFile, Share, Visit

COMMENT_LIMIT = 300
"""Comments of one review; a rehearsal of half an hour with one every six seconds."""
VISIT_LIMIT = 1000
SAME_VISIT = timedelta(minutes=30)
"""Coming back within this time is the same visit: a page loaded again is nothing to tell the streamer."""

_Item = TypeVar("_Item", MentorComment, MentorFocus)


def shared(review: ReviewFile, at: str, note: str) -> ReviewFile:
    """Share, or say anew what is asked. Sharing again after a withdrawal asks for a new look."""
    if review.share is not None:
        return review.model_copy(update={"share": Share(at=review.share.at, note=note)})
    fresh = _said(review, reviewed=None)
    return fresh.model_copy(update={"share": Share(at=at, note=note), "withdrawn_at": None})


def withdrawn(review: ReviewFile, at: str) -> ReviewFile:
    """Take the share back; what mentors said stays, for the streamer."""
    if review.share is None:
        return review
    return review.model_copy(update={"share": None, "withdrawn_at": at})


def visited(review: ReviewFile, name: str, at: str) -> ReviewFile:
    """Note that a mentor opened it; the same review comes back where that is no news."""
    last = next((visit for visit in reversed(review.visits) if visit.name == name), None)
    if last is not None and datetime.fromisoformat(at) - datetime.fromisoformat(last.at) < SAME_VISIT:
        return review
    return review.model_copy(update={"visits": [*review.visits, Visit(name=name, at=at)][-VISIT_LIMIT:]})


def seen(review: ReviewFile, at: str) -> ReviewFile:
    """Note that the streamer has looked at what mentors said."""
    return review.model_copy(update={"seen_at": at})


def commented(review: ReviewFile, comment: MentorComment) -> ReviewFile:
    """Add a comment at its place in time."""
    if len(review.mentor.comments) >= COMMENT_LIMIT:
        raise ReviewRefused(
            "too_many",
            "This review holds {limit} remarks, which is the most. Take some away first.",
            limit=COMMENT_LIMIT,
        )
    return _said(review, comments=_by_time([*review.mentor.comments, comment]))


def comment_changed(review: ReviewFile, changed: MentorComment) -> ReviewFile:
    """Replace one's own comment; `changed.revision` is the one that was seen."""
    old = _own(review.mentor.comments, changed.id, changed.author, changed.revision)
    kept = changed.model_copy(update={"at": old.at, "edited_at": changed.at, "revision": old.revision + 1})
    return _said(review, comments=_by_time(_replaced(review.mentor.comments, kept)))


def comment_removed(review: ReviewFile, item_id: str, author: str) -> ReviewFile:
    """Take one's own comment away."""
    _own(review.mentor.comments, item_id, author, None)
    return _said(review, comments=[item for item in review.mentor.comments if item.id != item_id])


def focused(review: ReviewFile, point: MentorFocus, instead_of: str | None) -> ReviewFile:
    """Name a focus point, or swap one; never a third."""
    points = review.mentor.focus
    if instead_of is not None:
        _found(points, instead_of)
        return _said(review, focus=[point if item.id == instead_of else item for item in points])
    if len(points) >= FOCUS_LIMIT:
        raise ReviewRefused(
            "two_focus_points",
            "Two focus points are there already. One or two things at a time is what people can work on: "
            "which one should give way?",
        )
    return _said(review, focus=[*points, point])


def focus_changed(review: ReviewFile, changed: MentorFocus) -> ReviewFile:
    """Word one's own focus point anew; `changed.revision` is the one that was seen."""
    old = _own(review.mentor.focus, changed.id, changed.author, changed.revision)
    return _said(
        review, focus=_replaced(review.mentor.focus, changed.model_copy(update={"revision": old.revision + 1}))
    )


def focus_removed(review: ReviewFile, item_id: str) -> ReviewFile:
    """Take a focus point away; any mentor may, for there is room for two."""
    _found(review.mentor.focus, item_id)
    return _said(review, focus=[item for item in review.mentor.focus if item.id != item_id])


def overridden(review: ReviewFile, score: MentorScore) -> ReviewFile:
    """Put a value beside the machine's; `score.revision` is the one that was seen, 0 for none."""
    old = review.mentor.score_of(score.target)
    if (old.revision if old else 0) != score.revision:
        raise _changed()
    others = [item for item in review.mentor.scores if item.target != score.target]
    return _said(review, scores=[*others, score.model_copy(update={"revision": score.revision + 1})])


def override_removed(review: ReviewFile, target: str, revision: int) -> ReviewFile:
    """Take a value away again."""
    old = review.mentor.score_of(target)
    if old is None:
        raise _gone()
    if old.revision != revision:
        raise _changed()
    return _said(review, scores=[item for item in review.mentor.scores if item.target != target])


def concluded(review: ReviewFile, reviewed: MentorReviewed | None) -> ReviewFile:
    """Mark as reviewed, or as in need of review again."""
    return _said(review, reviewed=reviewed)


def debriefed(review: ReviewFile, debrief: MentorDebrief | None) -> ReviewFile:
    """Note that it was talked through, or take the note away."""
    return _said(review, debrief=debrief)


def _said(review: ReviewFile, **parts: object) -> ReviewFile:
    mentor: MentorReview = review.mentor.model_copy(update=parts)
    return review.model_copy(update={"mentor": mentor})


def _by_time(comments: list[MentorComment]) -> list[MentorComment]:
    return sorted(comments, key=lambda item: (item.time_sec is not None, item.time_sec or 0.0, item.at))


def _replaced(items: Sequence[_Item], changed: _Item) -> list[_Item]:
    return [changed if item.id == changed.id else item for item in items]


def _found(items: Sequence[_Item], item_id: str) -> _Item:
    found = next((item for item in items if item.id == item_id), None)
    if found is None:
        raise _gone()
    return found


def _own(items: Sequence[_Item], item_id: str, author: str, revision: int | None) -> _Item:
    found = _found(items, item_id)
    if found.author != author:
        raise ReviewRefused("not_yours", "{author} wrote this; only {author} can change it.", author=found.author)
    if revision is not None and found.revision != revision:
        raise _changed()
    return found


def _gone() -> ReviewRefused:
    return ReviewRefused("unknown_item", "This is no longer in the review; somebody has removed it.")


def _changed() -> ReviewRefused:
    return ReviewRefused("changed", "Somebody has changed this meanwhile. Look at it again before you change it.")
