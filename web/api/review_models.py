"""Bodies of requests and answers about sharing and review."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from coach.ports import RehearsalSummary
from coach.score.mentor import MentorReview
from coach.score.scorecard import Scorecard

_Words = Annotated[str, BeforeValidator(lambda words: words.replace("\0", "") if isinstance(words, str) else words)]
"""Without NUL, which PostgreSQL cannot keep."""
Line = Annotated[_Words, StringConstraints(strip_whitespace=True, max_length=500)]
Paragraph = Annotated[_Words, StringConstraints(strip_whitespace=True, max_length=4000)]
Seconds = Annotated[float, Field(ge=0, le=86_400, allow_inf_nan=False)]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ShareOrder(_Request):
    """Share a rehearsal with mentors."""

    note: Annotated[_Words, StringConstraints(strip_whitespace=True, max_length=1000)] = ""
    """What to look at, in the streamer's words."""


class VisitShown(BaseModel):
    """A mentor opened it."""

    name: str
    at: str


class ShareState(BaseModel):
    """Sharing and review of one rehearsal, as the streamer sees it."""

    shared_at: str | None
    """Null: mentors see nothing of it."""
    note: str
    withdrawn_at: str | None
    visits: list[VisitShown]
    """Every time it was opened for review, oldest first; coming back within half an hour is the same time."""
    unseen: int
    """What mentors said since the streamer last looked."""
    mentor: MentorReview


class SharedCard(BaseModel):
    """One line of the list of shared rehearsals."""

    summary: RehearsalSummary
    shared_at: str
    note: str
    reviewed_at: str | None
    reviewed_by: str
    comments: int


class SharedList(BaseModel):
    """What streamers share."""

    items: list[SharedCard]
    needs: int
    """How many need review, all of them, listed here or not."""
    reviewed: int


class ReviewCounts(BaseModel):
    """How many shared rehearsals there are."""

    needs: int
    reviewed: int


class Hints(BaseModel):
    """What a mentor may want to look at again; told to mentors only."""

    repeated: list[str]
    """Ids of comments whose author wrote the same under another rehearsal."""


class ReviewState(BaseModel):
    """The review of one shared rehearsal, as mentors see it."""

    shared_at: str
    note: str
    """What the streamer asks."""
    mentor: MentorReview
    hints: Hints


class ReviewDetail(BaseModel):
    """A shared rehearsal, opened."""

    summary: RehearsalSummary
    scorecard: Scorecard
    """As it may be exported: nothing of what the voice alone shows."""
    review: ReviewState
    recordings: list[Literal["streamer", "viewers"]]


class _Pin(_Request):
    time_sec: Seconds | None = None
    """Rehearsal seconds it is about; null: the whole."""
    seq: int | None = Field(default=None, ge=0)
    """Record of the words it is about; the server quotes them."""


class CommentOrder(_Pin):
    """A remark."""

    text: Annotated[Paragraph, Field(min_length=1)]


class CommentEdit(CommentOrder):
    """One's own remark, worded anew."""

    revision: int = Field(ge=1)
    """The one that was seen."""


class FocusOrder(_Pin):
    """Something to practise next."""

    text: Annotated[Line, Field(min_length=1)]
    better_line: Line = ""
    drill_id: Annotated[str, StringConstraints(max_length=64)] = ""
    instead_of: str | None = Field(default=None, max_length=64)
    """The focus point that gives way: there are never more than two."""


class FocusEdit(FocusOrder):
    """One's own focus point, worded anew."""

    revision: int = Field(ge=1)


class ScoreOrder(_Request):
    """A value beside the machine's."""

    value: (
        Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
        | Literal["hit", "partial", "miss", "misstated", "well", "weak", "badly", "unanswered"]
    )
    """0 to 100 for a score; a state for a selling point or a viewer's line."""
    reason: Annotated[_Words, StringConstraints(strip_whitespace=True, min_length=4, max_length=2000)]
    revision: int = Field(default=0, ge=0)
    """Of the value that was seen; 0: there was none."""


class ReviewedOrder(_Request):
    """Done, or not."""

    reviewed: bool


class DebriefOrder(_Request):
    """A talk that was held."""

    note: Paragraph = ""
    drill_id: Annotated[str, StringConstraints(max_length=64)] = ""
    """The drill both agreed on."""
