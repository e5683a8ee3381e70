"""What a mentor says about a rehearsal: comments at a time, scores beside the machine's, what to practise, a talk held.

The machine's numbers are never replaced: an override stands beside the number it disagrees with, with its reason.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

FOCUS_LIMIT = 2
"""A streamer works on one or two things at a time (DOMAIN R42)."""


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    author: str
    """The name the mentor gave; nobody checked it while the room knows no accounts."""
    at: str
    """When, ISO 8601, UTC."""


class _Pinned(_Said):
    id: str
    time_sec: float | None = None
    """Rehearsal seconds it is about; null: the whole rehearsal."""
    quote: str = ""
    """What was said there, exact words of the log."""
    revision: int = 1
    """Grows by one with every edit; who edits says which one was seen."""


class MentorComment(_Pinned):
    """One remark."""

    text: str
    edited_at: str | None = None


class MentorFocus(_Pinned):
    """One thing to practise next, as the mentor words it."""

    text: str
    better_line: str = ""
    drill_id: str = ""
    """Names a drill of `coach.score.drills`; empty: none."""


class MentorScore(_Said):
    """A mentor's own value beside the machine's."""

    target: str
    """`score.pacing`, `score.coverage`, `score.composure`, `score.overall`, `coverage.POINT` or `handled.SEQ`."""
    mentor: float | str
    """0 to 100 for a score, else one of the states the machine chooses from."""
    machine: float | str | None
    """The machine's value when the mentor gave this one; null: not measured."""
    reason: str
    revision: int = 1


class MentorReviewed(_Said):
    """A mentor has finished."""


class MentorDebrief(_Said):
    """Mentor and streamer have talked it through (DOMAIN R79)."""

    note: str = ""
    drill_id: str = ""
    """The drill both agreed on; empty: none."""


class MentorReview(BaseModel):
    """All that mentors said about one rehearsal."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    comments: list[MentorComment] = Field(default_factory=list)
    """By time in the rehearsal; remarks on the whole come first."""
    scores: list[MentorScore] = Field(default_factory=list)
    focus: list[MentorFocus] = Field(default_factory=list, max_length=FOCUS_LIMIT)
    debrief: MentorDebrief | None = None
    reviewed: MentorReviewed | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nobody has said anything."""
        return not (self.comments or self.scores or self.focus or self.debrief or self.reviewed)

    def score_of(self, target: str) -> MentorScore | None:
        """Return the mentor's value beside one of the machine's, or None."""
        return next((item for item in self.scores if item.target == target), None)
