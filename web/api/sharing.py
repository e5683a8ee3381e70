"""The streamer shares a rehearsal with mentors, sees who opened it and what they said, and takes it back."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.concurrency import run_in_threadpool

from coach.store.review_file import ReviewFile
from coach.store.reviews import Reviews
from web.api.review_models import ShareOrder, ShareState, VisitShown
from web.api.scorecards import kept_card
from web.problems import problem_responses, unknown_rehearsal
from web.state import AppState, State

router = APIRouter(prefix="/api/rehearsals", tags=["sharing"])


@router.get("/unseen")
def list_unseen(state: State) -> dict[str, int]:
    """Return the rehearsals with remarks of mentors that the streamer has not seen, and how many."""
    return dict(state.composition.keeper.store.reviews.unseen())


@router.get("/{rehearsal_id}/share", responses=problem_responses(404))
def read_share(rehearsal_id: str, state: State, response: Response) -> ShareState:
    """Return whether mentors may see a rehearsal, who has opened it, and what was said."""
    response.headers["Cache-Control"] = "no-store"
    return _shown(_reviews(state, rehearsal_id).read(rehearsal_id))


@router.put("/{rehearsal_id}/share", responses=problem_responses(404, 409))
async def share(rehearsal_id: str, order: ShareOrder, state: State) -> ShareState:
    """Let mentors see log, recordings and scorecard of a finished rehearsal; never what the voice alone shows."""
    await kept_card(state, rehearsal_id)
    return await run_in_threadpool(_share, state, rehearsal_id, order.note)


def _share(state: AppState, rehearsal_id: str, note: str) -> ShareState:
    return _shown(_reviews(state, rehearsal_id).share(rehearsal_id, note))


@router.delete("/{rehearsal_id}/share", responses=problem_responses(404))
def withdraw(rehearsal_id: str, state: State) -> ShareState:
    """Take it back at once. What mentors said stays with the rehearsal, for the streamer alone."""
    return _shown(_reviews(state, rehearsal_id).withdraw(rehearsal_id))


@router.post("/{rehearsal_id}/share/seen", responses=problem_responses(404))
def look(rehearsal_id: str, state: State) -> ShareState:
    """Note that the streamer has seen what mentors said."""
    return _shown(_reviews(state, rehearsal_id).look(rehearsal_id))


def _reviews(state: AppState, rehearsal_id: str) -> Reviews:
    if state.kept(rehearsal_id) is None:
        raise unknown_rehearsal(rehearsal_id)
    return Reviews(state.composition.keeper)


def _shown(review: ReviewFile) -> ShareState:
    return ShareState(
        shared_at=review.share.at if review.share else None,
        note=review.share.note if review.share else "",
        withdrawn_at=review.withdrawn_at,
        visits=[VisitShown(name=visit.name, at=visit.at) for visit in review.visits],
        unseen=review.unseen,
        mentor=review.mentor,
    )
