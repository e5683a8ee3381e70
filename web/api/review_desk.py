"""What all requests of mentors do: look whether it is shared, quote the log, answer with the review as it is now."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Literal

from coach.errors import InputError, ReviewRefused
from coach.events import LinePosted, LineVoiced, LineVoicing, Record, UtteranceHeard
from coach.ports import RehearsalSummary
from coach.score.scorecard import Text
from coach.store.files import SavedRehearsal
from coach.store.keeper import is_rehearsal_id
from coach.store.review_file import ReviewFile
from coach.store.reviews import Change, Reviews, not_shared
from web.api.review_models import Hints, ReviewState
from web.problems import ApiProblem
from web.state import AppState

SIDES: Sequence[Literal["streamer", "viewers"]] = ("streamer", "viewers")
QUOTE_LENGTH = 160
"""Characters; enough to know the place again."""


def reviews_of(state: AppState, rehearsal_id: str) -> Reviews:
    """Return the reviews of the room.

    Raises:
        ReviewRefused: `not_shared`, if there is no such rehearsal: mentors are not told whether there is one.
    """
    if not is_rehearsal_id(rehearsal_id):
        raise not_shared(rehearsal_id[:64])
    return Reviews(state.composition.keeper)


def visit(state: AppState, rehearsal_id: str, mentor: str) -> tuple[ReviewFile, RehearsalSummary]:
    """Open a shared rehearsal under a name."""
    review = reviews_of(state, rehearsal_id).visit(rehearsal_id, mentor)
    summary = state.kept(rehearsal_id)
    if summary is None:
        raise not_shared(rehearsal_id)
    return review, summary


def change(state: AppState, rehearsal_id: str, made: Change) -> ReviewState:
    """Make a change and return the review as it is then."""
    return review_state(state, rehearsal_id, reviews_of(state, rehearsal_id).change(rehearsal_id, made))


def review_state(state: AppState, rehearsal_id: str, review: ReviewFile) -> ReviewState:
    """Return the review as mentors see it."""
    if review.share is None:
        raise not_shared(rehearsal_id)
    repeated = state.composition.keeper.store.reviews.repeated(rehearsal_id)
    return ReviewState(
        shared_at=review.share.at,
        note=review.share.note,
        mentor=review.mentor,
        hints=Hints(repeated=sorted(repeated)),
    )


def opened(state: AppState, rehearsal_id: str) -> SavedRehearsal:
    """Return the folder of a rehearsal that is shared."""
    reviews_of(state, rehearsal_id).read_shared(rehearsal_id)
    try:
        return state.composition.keeper.load(rehearsal_id)
    except ReviewRefused:
        raise
    except InputError as error:
        raise not_shared(rehearsal_id) from error


def quote_of(state: AppState, rehearsal_id: str, seq: int | None) -> str:
    """Return the words of a record, so that nobody is quoted with words never said.

    Raises:
        ApiProblem: 422 if nothing was said there.
    """
    if seq is None:
        return ""
    said = words_at(opened(state, rehearsal_id).records, seq)
    if not said:
        told = Text(zh=f"日志第 {seq} 条里没有说话。", en=f"Nothing was said in record {seq} of the log.")
        raise ApiProblem(422, "no_words_there", told)
    return said[:QUOTE_LENGTH]


def words_at(records: Sequence[Record], seq: int) -> str:
    """Return what was said or written in a record; of a viewer that was cut off, what was heard."""
    event = next((record.event for record in records if record.seq == seq), None)
    match event:
        case UtteranceHeard(text=text) | LinePosted(text=text) | LineVoiced(heard_text=text):
            return text
        case LineVoicing(line_id=line_id):
            voiced = (record.event for record in records if isinstance(record.event, LineVoiced))
            return next((line.heard_text for line in voiced if line.line_id == line_id), event.text)
        case _:
            return ""


def new_id() -> str:
    """Return the id of a new comment or focus point."""
    return secrets.token_hex(6)
