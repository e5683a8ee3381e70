"""Opening, listing, reading and deleting rehearsals."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse

from coach.errors import InputError, RoomFull, ScenarioError
from coach.ports import RehearsalSummary
from coach.scenario.load import parse_scenario
from coach.score.scorecard import Text
from coach.store.files import SCENARIO, STREAMER_AUDIO, VIEWERS_AUDIO, first_of
from web.api.models import CreatedRehearsal, CreateRehearsal, RehearsalDetail, ScenarioCard
from web.api.opening import opened
from web.problems import ApiProblem, problem_responses, still_running, unknown_rehearsal
from web.state import AppState, State

router = APIRouter(prefix="/api/rehearsals", tags=["rehearsals"])


@router.post("", status_code=201, responses=problem_responses(404, 422, 503))
async def create_rehearsal(order: CreateRehearsal, state: State) -> CreatedRehearsal:
    """Open a rehearsal. 503 with Retry-After when the room is full."""
    scenario, terms = await run_in_threadpool(opened, state, order)
    try:
        rehearsal = await state.composition.host.create(scenario, terms=terms, input=order.input, words=order.words)
    except RoomFull:
        state.metrics.count("coach_rehearsals_refused_total")
        raise
    state.watch(rehearsal)
    return CreatedRehearsal(
        id=rehearsal.id,
        scenario_id=rehearsal.scenario.id,
        difficulty=rehearsal.difficulty,
        exposure=terms.exposure,
        seed=rehearsal.scenario.seed,
        prep_sec=rehearsal.terms.prep_sec,
        input=order.input,
    )


@router.get("")
def list_rehearsals(state: State) -> list[RehearsalSummary]:
    """Return the latest hundred rehearsals, newest first."""
    return list(state.composition.keeper.list(limit=100))


@router.get("/{rehearsal_id}", responses=problem_responses(404))
def read_rehearsal(rehearsal_id: str, state: State) -> RehearsalDetail:
    """Return one rehearsal, running or kept."""
    summary = _summary(state, rehearsal_id)
    live = state.composition.host.get(rehearsal_id)
    if live is not None:
        card: ScenarioCard | None = ScenarioCard.of(live.scenario)
        exam = live.terms.exam
    else:
        folder = state.composition.keeper.folder(rehearsal_id)
        card = _kept_card(folder / SCENARIO)
        started = first_of(folder)
        exam = started is not None and started.exam
    running = live is not None and not live.ended
    return RehearsalDetail(
        summary=summary,
        running=running,
        connected=live is not None and live.connected,
        exam=exam,
        scenario=card.for_exam() if card is not None and exam and running else card,
    )


@router.get(
    "/{rehearsal_id}/audio/{side}",
    response_class=FileResponse,
    responses={200: {"content": {"audio/ogg": {}}}, **problem_responses(404, 409)},
)
def read_audio(rehearsal_id: str, side: Literal["streamer", "viewers"], state: State) -> FileResponse:
    """Return one side's recording (Ogg Opus, its time is rehearsal time); ranges are served. 409 while it runs."""
    _summary(state, rehearsal_id)
    if state.composition.host.get(rehearsal_id) is not None:
        raise still_running(rehearsal_id)
    name = STREAMER_AUDIO if side == "streamer" else VIEWERS_AUDIO
    path = state.composition.keeper.folder(rehearsal_id) / name
    if not path.is_file():
        raise no_recording()
    return FileResponse(path, media_type="audio/ogg", headers={"Cache-Control": "no-cache"})


@router.delete("/{rehearsal_id}", status_code=204, responses=problem_responses(404, 409))
def delete_rehearsal(rehearsal_id: str, state: State) -> None:
    """Remove a rehearsal for good: log, recordings, scorecard and index row. 409 while it runs."""
    _summary(state, rehearsal_id)
    if state.composition.host.get(rehearsal_id) is not None:
        raise still_running(rehearsal_id)
    try:
        state.composition.keeper.delete(rehearsal_id)
    except InputError as error:
        # Another process of this machine runs it.
        raise still_running(rehearsal_id) from error


def no_recording() -> ApiProblem:
    """Return the 404 for a recording."""
    text = Text(zh="这场排练没有这段录音。", en="This rehearsal has no such recording.")
    return ApiProblem(404, "no_recording", text)


def _summary(state: AppState, rehearsal_id: str) -> RehearsalSummary:
    summary = state.kept(rehearsal_id)
    if summary is None:
        raise unknown_rehearsal(rehearsal_id)
    return summary


def _kept_card(path: Path) -> ScenarioCard | None:
    try:
        return ScenarioCard.of(parse_scenario(path.read_text(encoding="utf-8"), path.name).scenario)
    except (ScenarioError, OSError, UnicodeDecodeError):
        return None
