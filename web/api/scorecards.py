"""Reading scorecards, marking their findings, taking them along as a file."""

from __future__ import annotations

import asyncio
import logging
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import ValidationError

from coach.errors import StorageError
from coach.ports import RehearsalSummary
from coach.score.drills import DRILL_SEC, DRILLS
from coach.score.focus_states import with_marks
from coach.score.mentor import MentorReview
from coach.score.report import render
from coach.score.schema import scorecard_schema
from coach.score.scorecard import Finding, Mark, Scorecard, Text
from coach.store.files import is_owned
from coach.store.reviews import mentor_of
from web.api.models import DrillCard, Feedback, Marks
from web.problems import ApiProblem, problem_responses, still_running, unknown_rehearsal
from web.state import AppState, State

logger = logging.getLogger(__name__)
router = APIRouter(prefix="/api", tags=["scorecards"])

SCORING_SEC = 20.0
"""Longest wait for the scorecard of a rehearsal that has just ended, s; scoring takes well under one."""
_TYPES = {"html": "text/html", "md": "text/markdown", "json": "application/json"}


@router.get("/rehearsals/{rehearsal_id}/scorecard", response_model=Scorecard, responses=problem_responses(404, 409))
async def read_scorecard(rehearsal_id: str, state: State) -> Response:
    """Return the scorecard with today's marks; waits for one that is just being made. 409 while the rehearsal runs."""
    await _wait_until_kept(state, rehearsal_id)
    text = await run_in_threadpool(_marked, state, rehearsal_id)
    return Response(text, media_type="application/json", headers={"Cache-Control": "no-cache"})


@router.put("/rehearsals/{rehearsal_id}/findings/{finding_id}/feedback", responses=problem_responses(404, 409))
async def mark_finding(rehearsal_id: str, finding_id: str, feedback: Feedback, state: State) -> Marks:
    """Mark a finding as useful, not useful or wrong; null takes the mark away. Returns all marks of the rehearsal.

    Marks outlive a rescore, and a finding marked wrong is not chosen as a focus point in one.
    """
    await _wait_until_kept(state, rehearsal_id)
    return Marks(marks=await run_in_threadpool(_mark, state, rehearsal_id, finding_id, feedback.mark))


@router.get(
    "/rehearsals/{rehearsal_id}/report",
    response_class=Response,
    responses={
        200: {"model": Scorecard, "content": {"text/html": {}, "text/markdown": {}}},
        **problem_responses(404, 409),
    },
)
async def read_report(
    rehearsal_id: str,
    state: State,
    format: Annotated[Literal["html", "md", "json"], Query()] = "html",
    lang: Annotated[Literal["zh", "en"], Query()] = "en",
) -> Response:
    """Return the scorecard as one file to keep or print; voice measures that are private to the streamer stay here."""
    card = await kept_card(state, rehearsal_id)
    text = await run_in_threadpool(render, card, format, lang)
    name = f"{rehearsal_id}.{format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-cache"}
    return Response(text, media_type=f"{_TYPES[format]}; charset=utf-8", headers=headers)


@router.get("/scorecard/schema")
def read_schema() -> dict[str, object]:
    """Return the JSON Schema of scorecards; fields are only ever added within one `schema_version`."""
    return scorecard_schema()


@router.get("/drills")
def list_drills() -> list[DrillCard]:
    """Return the drills that a focus point may name; `POST /api/rehearsals {drill}` starts one."""
    return [
        DrillCard(id=drill.id, name=drill.name, text=drill.text, duration_sec=DRILL_SEC, viewer=drill.viewer)
        for drill in DRILLS.values()
    ]


async def kept_card(state: AppState, rehearsal_id: str) -> Scorecard:
    """Return the scorecard with today's marks; waits for one that is just being made.

    Raises:
        ApiProblem: 404 if there is none, 409 while the rehearsal runs.
    """
    await _wait_until_kept(state, rehearsal_id)
    return await run_in_threadpool(kept_scorecard, state, rehearsal_id)


def kept_scorecard(state: AppState, rehearsal_id: str) -> Scorecard:
    """Return the kept scorecard with today's marks and what mentors said. Blocks.

    Raises:
        ApiProblem: 404 if there is none, 409 if it is damaged or the rehearsal runs.
    """
    card = with_marks(_card(_kept(state, rehearsal_id)), state.composition.keeper.marks(rehearsal_id))
    return card.model_copy(update={"mentor": _mentor(state, rehearsal_id)})


def _mentor(state: AppState, rehearsal_id: str) -> MentorReview | None:
    """Return what mentors said; a damaged review costs only that, and the page's share bar says what to do."""
    try:
        return mentor_of(state.composition.keeper.folder(rehearsal_id))
    except StorageError:
        logger.warning("a review could not be read for the scorecard: rehearsal=%s", rehearsal_id)
        return None


async def _wait_until_kept(state: AppState, rehearsal_id: str) -> None:
    live = state.composition.host.get(rehearsal_id)
    if live is None:
        return
    if not live.ended:
        raise still_running(rehearsal_id)
    try:
        async with asyncio.timeout(SCORING_SEC):
            await live.finished()
    except TimeoutError as error:
        raise still_running(rehearsal_id) from error


def _marked(state: AppState, rehearsal_id: str) -> str:
    """Return the kept scorecard's JSON with what is known now in it, and with every field that it had not yet."""
    return kept_scorecard(state, rehearsal_id).model_dump_json()


def _mark(state: AppState, rehearsal_id: str, finding_id: str, mark: Mark | None) -> dict[str, Mark]:
    card = _card(_kept(state, rehearsal_id))
    return state.composition.keeper.mark(rehearsal_id, _finding(card, finding_id), mark)


def _finding(card: Scorecard, finding_id: str) -> Finding:
    shown = [*card.findings, *([card.strength] if card.strength else [])]
    found = next((finding for finding in shown if finding.id == finding_id), None)
    if found is None:
        told = Text(
            zh=f"这张评分卡里没有编号为 {finding_id} 的发现。", en=f"This scorecard has no finding {finding_id}."
        )
        raise ApiProblem(404, "unknown_finding", told)
    return found


def _card(text: str) -> Scorecard:
    try:
        return Scorecard.model_validate_json(text)
    except ValidationError as error:
        raise _damaged() from error


def _damaged() -> ApiProblem:
    told = Text(
        zh="这张评分卡已损坏，或由更新的版本写成。可运行 run_coach.py rescore 重新打分。",
        en="This scorecard is damaged, or a newer version wrote it. `run_coach.py rescore` scores again.",
    )
    return ApiProblem(409, "unreadable_scorecard", told)


def _kept(state: AppState, rehearsal_id: str) -> str:
    summary = _summary(state, rehearsal_id)
    text = state.composition.keeper.scorecard(rehearsal_id)
    if text is not None:
        return text
    if summary.state == "running" and _somebody_runs(state, rehearsal_id):
        raise still_running(rehearsal_id)
    told = Text(
        zh="这场排练没有评分：没有写成，或日志无法评分。可运行 recover 再试。",
        en="This rehearsal has no scorecard: it could not be written or scored. `run_coach.py recover` tries again.",
    )
    raise ApiProblem(404, "no_scorecard", told)


def _summary(state: AppState, rehearsal_id: str) -> RehearsalSummary:
    summary = state.kept(rehearsal_id)
    if summary is None:
        raise unknown_rehearsal(rehearsal_id)
    return summary


def _somebody_runs(state: AppState, rehearsal_id: str) -> bool:
    """Return whether this server or another process has it; a row may say so of one whose end it missed."""
    if state.composition.host.get(rehearsal_id) is not None:
        return True
    try:
        return is_owned(state.composition.keeper.folder(rehearsal_id))
    except OSError:
        # The folder is gone, or nobody may write there.
        return False
