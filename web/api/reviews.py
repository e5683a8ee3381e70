"""Mentors: what is shared with them, opened, listened to and marked as reviewed. What is not shared is not there."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse

from coach.ports import SharedRehearsal
from coach.score.report_private import shared as without_voice
from coach.store.files import STREAMER_AUDIO, VIEWERS_AUDIO
from web.api.mentor_name import Mentor
from web.api.models import RecordsPage
from web.api.peaks import Points, Side, Waveform, waveform_of
from web.api.rehearsals import no_recording
from web.api.review_desk import SIDES, opened, review_state, visit
from web.api.review_models import ReviewCounts, ReviewDetail, SharedCard, SharedList
from web.api.scorecards import kept_scorecard
from web.problems import problem_responses
from web.state import State

router = APIRouter(prefix="/api/reviews", tags=["reviews"])

LIST_LIMIT = 500
"""Rehearsals in one answer: about 400 bytes each."""
_PRIVATE = {"Cache-Control": "private, no-store"}
"""A browser must not show again what was withdrawn."""


@router.get("")
def list_shared(
    state: State, response: Response, status: Annotated[Literal["needs", "reviewed"], Query()] = "needs"
) -> SharedList:
    """Return what streamers share: what needs review, the longest waiting first, or what is reviewed, newest first."""
    response.headers.update(_PRIVATE)
    index = state.composition.keeper.store.reviews
    found = index.shared(reviewed=status == "reviewed", limit=LIST_LIMIT)
    count = index.count()
    return SharedList(items=[_card(item) for item in found], needs=count.needs, reviewed=count.reviewed)


@router.get("/count")
def count_shared(state: State) -> ReviewCounts:
    """Return how many shared rehearsals need review, and how many are reviewed."""
    count = state.composition.keeper.store.reviews.count()
    return ReviewCounts(needs=count.needs, reviewed=count.reviewed)


@router.get("/{rehearsal_id}", responses=problem_responses(404, 422))
def open_review(rehearsal_id: str, mentor: Mentor, state: State, response: Response) -> ReviewDetail:
    """Open a shared rehearsal; the streamer sees when, and under which name."""
    response.headers.update(_PRIVATE)
    review, summary = visit(state, rehearsal_id, mentor)
    folder = state.composition.keeper.folder(rehearsal_id)
    return ReviewDetail(
        summary=summary,
        scorecard=without_voice(kept_scorecard(state, rehearsal_id)).model_copy(update={"mentor": None}),
        review=review_state(state, rehearsal_id, review),
        recordings=[side for side in SIDES if (folder / _file(side)).is_file()],
    )


@router.get("/{rehearsal_id}/records", response_model=RecordsPage, responses=problem_responses(404, 422))
def read_records(rehearsal_id: str, mentor: Mentor, state: State) -> Response:
    """Return the whole log of a shared rehearsal."""
    visit(state, rehearsal_id, mentor)
    page = RecordsPage(records=list(opened(state, rehearsal_id).records), closed=True)
    # Written here, in a thread: half an hour is over a megabyte, which would hold up the sound of running rehearsals.
    return Response(page.model_dump_json(), media_type="application/json", headers=_PRIVATE)


@router.get(
    "/{rehearsal_id}/audio/{side}",
    response_class=FileResponse,
    responses={200: {"content": {"audio/ogg": {}}}, **problem_responses(404, 422)},
)
def read_audio(rehearsal_id: str, side: Side, mentor: Mentor, state: State) -> FileResponse:
    """Return one side's recording of a shared rehearsal; ranges are served. The name may come as `?mentor=`."""
    visit(state, rehearsal_id, mentor)
    path = state.composition.keeper.folder(rehearsal_id) / _file(side)
    if not path.is_file():
        raise no_recording()
    return FileResponse(path, media_type="audio/ogg", headers=_PRIVATE)


@router.get("/{rehearsal_id}/peaks", responses=problem_responses(404, 422))
async def read_shared_peaks(
    rehearsal_id: str,
    mentor: Mentor,
    state: State,
    response: Response,
    side: Annotated[Side, Query()] = "streamer",
    points: Points = 4000,
) -> Waveform:
    """Return at most `points` peaks of one side of a shared rehearsal. 404 `no_recording` without a recording."""
    response.headers.update(_PRIVATE)
    await run_in_threadpool(visit, state, rehearsal_id, mentor)
    return await waveform_of(state, rehearsal_id, side, points)


def _file(side: Side) -> str:
    return STREAMER_AUDIO if side == "streamer" else VIEWERS_AUDIO


def _card(item: SharedRehearsal) -> SharedCard:
    return SharedCard(
        summary=item.summary,
        shared_at=item.entry.shared_at or "",
        note=item.entry.note,
        reviewed_at=item.entry.reviewed_at,
        reviewed_by=item.entry.reviewed_by,
        comments=item.entry.comments,
    )
