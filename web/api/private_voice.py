"""Pitch and loudness after pressure: read on the streamer's own machine alone, never part of anything that leaves."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool

from coach.score.private_voice import PrivateVoice
from coach.score.scorecard import Text
from web.here import is_here
from web.problems import ApiProblem, problem_responses, still_running, unknown_rehearsal
from web.state import State

router = APIRouter(prefix="/api/rehearsals/{rehearsal_id}", tags=["private"])


@router.get("/private-voice", responses=problem_responses(400, 403, 404, 409))
async def read_private_voice(rehearsal_id: str, request: Request, response: Response, state: State) -> PrivateVoice:
    """Return what only the streamer may see. 403 from any other machine, as long as the room knows no accounts.

    404 `acoustic_off` where the installation has switched it off (`COACH_COMPOSURE__ACOUSTIC`).
    """
    measure = state.composition.private_voice
    if measure is None:
        told = Text(zh="这里关掉了声音测量。", en="Measuring the voice is switched off here.")
        raise ApiProblem(404, "acoustic_off", told)
    if not is_here(request):
        told = Text(
            zh="声音的测量只给本人看：请在保存这场排练的电脑上打开。",
            en="What the voice shows is for the streamer alone: open it on the machine that keeps this rehearsal.",
        )
        raise ApiProblem(403, "not_here", told)
    if await run_in_threadpool(state.kept, rehearsal_id) is None:
        raise unknown_rehearsal(rehearsal_id)
    if state.composition.host.get(rehearsal_id) is not None:
        raise still_running(rehearsal_id)
    response.headers["Cache-Control"] = "no-store"
    return await run_in_threadpool(measure, rehearsal_id)
