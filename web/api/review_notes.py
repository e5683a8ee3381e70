"""What mentors write: comments at a time, at most two focus points, values beside the machine's, a talk held."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from coach.score.drills import DRILLS
from coach.score.mentor import MentorComment, MentorDebrief, MentorFocus, MentorReviewed, MentorScore
from coach.score.scorecard import Scorecard, Text
from coach.store import review_changes as changes
from coach.store.reviews import Reviews
from web.api.mentor_name import Mentor
from web.api.review_desk import change, new_id, quote_of, reviews_of
from web.api.review_models import (
    CommentEdit,
    CommentOrder,
    DebriefOrder,
    FocusEdit,
    FocusOrder,
    ReviewedOrder,
    ReviewState,
    ScoreOrder,
)
from web.api.scorecards import kept_scorecard
from web.problems import ApiProblem, problem_responses
from web.state import AppState, State

router = APIRouter(prefix="/api/reviews/{rehearsal_id}", tags=["reviews"], responses=problem_responses(404, 422))

ItemId = Annotated[str, Path(max_length=64)]
_POINT = ("hit", "partial", "miss", "misstated")
_LINE = ("well", "weak", "badly", "unanswered")


@router.post("/comments", status_code=201, responses=problem_responses(409))
def add_comment(rehearsal_id: str, order: CommentOrder, mentor: Mentor, state: State) -> ReviewState:
    """Say something, at a time or about the whole."""
    comment = _comment(state, rehearsal_id, new_id(), order, mentor)
    return change(state, rehearsal_id, lambda review: changes.commented(review, comment))


@router.put("/comments/{item_id}", responses=problem_responses(403, 409))
def edit_comment(rehearsal_id: str, item_id: ItemId, edit: CommentEdit, mentor: Mentor, state: State) -> ReviewState:
    """Word one's own comment anew. 409 `changed` if another version was seen."""
    comment = _comment(state, rehearsal_id, item_id, edit, mentor).model_copy(update={"revision": edit.revision})
    return change(state, rehearsal_id, lambda review: changes.comment_changed(review, comment))


@router.delete("/comments/{item_id}", responses=problem_responses(403))
def remove_comment(rehearsal_id: str, item_id: ItemId, mentor: Mentor, state: State) -> ReviewState:
    """Take one's own comment away."""
    return change(state, rehearsal_id, lambda review: changes.comment_removed(review, item_id, mentor))


@router.post("/focus", status_code=201, responses=problem_responses(409))
def add_focus(rehearsal_id: str, order: FocusOrder, mentor: Mentor, state: State) -> ReviewState:
    """Name something to practise next. 409 `two_focus_points` at the third, unless it takes the place of one."""
    point = _focus(state, rehearsal_id, new_id(), order, mentor)
    return change(state, rehearsal_id, lambda review: changes.focused(review, point, order.instead_of))


@router.put("/focus/{item_id}", responses=problem_responses(403, 409))
def edit_focus(rehearsal_id: str, item_id: ItemId, edit: FocusEdit, mentor: Mentor, state: State) -> ReviewState:
    """Word one's own focus point anew."""
    point = _focus(state, rehearsal_id, item_id, edit, mentor).model_copy(update={"revision": edit.revision})
    return change(state, rehearsal_id, lambda review: changes.focus_changed(review, point))


@router.delete("/focus/{item_id}")
def remove_focus(rehearsal_id: str, item_id: ItemId, mentor: Mentor, state: State) -> ReviewState:
    """Take a focus point away."""
    return change(state, rehearsal_id, lambda review: changes.focus_removed(review, item_id))


@router.put("/scores/{target}", responses=problem_responses(409))
def override(
    rehearsal_id: str, target: Annotated[str, Path(max_length=200)], order: ScoreOrder, mentor: Mentor, state: State
) -> ReviewState:
    """Put a value beside the machine's, with a reason. Targets: `score.ID`, `coverage.POINT`, `handled.SEQ`."""
    reviews_of(state, rehearsal_id).read_shared(rehearsal_id)
    machine = _machine(kept_scorecard(state, rehearsal_id), target, order)
    score = MentorScore(
        target=target,
        mentor=order.value,
        machine=machine,
        reason=order.reason,
        revision=order.revision,
        author=mentor,
        at=_now(state),
    )
    return change(state, rehearsal_id, lambda review: changes.overridden(review, score))


@router.delete("/scores/{target}", responses=problem_responses(409))
def remove_override(
    rehearsal_id: str,
    target: Annotated[str, Path(max_length=200)],
    revision: Annotated[int, Query(ge=1)],
    mentor: Mentor,
    state: State,
) -> ReviewState:
    """Take a value away; the machine's is then alone again."""
    return change(state, rehearsal_id, lambda review: changes.override_removed(review, target, revision))


@router.put("/reviewed")
def conclude(rehearsal_id: str, order: ReviewedOrder, mentor: Mentor, state: State) -> ReviewState:
    """Mark it as reviewed, or as in need of review again."""
    reviewed = MentorReviewed(author=mentor, at=_now(state)) if order.reviewed else None
    return change(state, rehearsal_id, lambda review: changes.concluded(review, reviewed))


@router.put("/debrief")
def debrief(rehearsal_id: str, order: DebriefOrder, mentor: Mentor, state: State) -> ReviewState:
    """Note that streamer and mentor talked it through, and what they agreed on."""
    held = MentorDebrief(author=mentor, at=_now(state), note=order.note, drill_id=_drill(order.drill_id))
    return change(state, rehearsal_id, lambda review: changes.debriefed(review, held))


@router.delete("/debrief")
def remove_debrief(rehearsal_id: str, mentor: Mentor, state: State) -> ReviewState:
    """Take the note of a talk away."""
    return change(state, rehearsal_id, lambda review: changes.debriefed(review, None))


def _now(state: AppState) -> str:
    return Reviews(state.composition.keeper).moment()


def _comment(state: AppState, rehearsal_id: str, item_id: str, order: CommentOrder, mentor: str) -> MentorComment:
    return MentorComment(
        id=item_id,
        author=mentor,
        at=_now(state),
        text=order.text,
        time_sec=order.time_sec,
        quote=quote_of(state, rehearsal_id, order.seq),
    )


def _focus(state: AppState, rehearsal_id: str, item_id: str, order: FocusOrder, mentor: str) -> MentorFocus:
    return MentorFocus(
        id=item_id,
        author=mentor,
        at=_now(state),
        text=order.text,
        better_line=order.better_line,
        drill_id=_drill(order.drill_id),
        time_sec=order.time_sec,
        quote=quote_of(state, rehearsal_id, order.seq),
    )


def _drill(drill_id: str) -> str:
    if drill_id and drill_id not in DRILLS:
        told = Text(zh=f"没有编号为 {drill_id} 的小练习。", en=f"There is no drill {drill_id}.")
        raise ApiProblem(422, "unknown_drill", told)
    return drill_id


def _machine(card: Scorecard, target: str, order: ScoreOrder) -> float | str | None:
    """Return the machine's value, if the target is one and the mentor's value is of its kind."""
    kind, _, name = target.partition(".")
    values: dict[str, float | str | None]
    if kind == "score":
        values = {score.id: score.value for score in card.scores}
        values |= {"overall": card.overall.value} if card.overall else {}
    elif kind == "coverage":
        values = {point.point_id: point.state for point in card.coverage}
    else:
        values = {str(line.seq): line.handled for line in card.handled} if kind == "handled" else {}
    if name not in values:
        told = Text(zh=f"这张评分卡里没有 {target}。", en=f"This scorecard has no {target}.")
        raise ApiProblem(404, "unknown_target", told)
    if not _fits(kind, order.value):
        told = Text(
            zh="分数填 0 到 100；卖点和发言请从给出的结果里选。",
            en="Give 0 to 100 for a score, and one of the offered results for a selling point or a line.",
        )
        raise ApiProblem(422, "invalid_value", told)
    return values[name]


def _fits(kind: str, value: float | str) -> bool:
    if kind == "score":
        return not isinstance(value, str)
    return value in (_POINT if kind == "coverage" else _LINE)
