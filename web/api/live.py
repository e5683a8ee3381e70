"""Taking part in a running rehearsal: WebRTC offer, commands, records."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.concurrency import run_in_threadpool

from coach.clock import LoopClock
from coach.errors import InputError
from coach.live.rehearsal import LiveRehearsal
from coach.score.scorecard import Text
from web.api.models import Answer, Offer, RecordsPage
from web.problems import ApiProblem, problem_responses, unknown_rehearsal
from web.state import AppState, State
from web.wire import Command, Pong, Refusal, Taken, obey

router = APIRouter(prefix="/api/rehearsals/{rehearsal_id}", tags=["live"])

PAGE_RECORDS = 2000
"""Most records of one answer; about 400 KB."""
MAX_WAIT_SEC = 25.0
"""Longest poll, s: proxies commonly give up at 30."""
_SLICE_SEC = 1.0
"""How soon a long poll notices that the server shuts down, s."""


@router.post("/offer", responses=problem_responses(400, 404, 409, 410, 422))
async def answer_offer(rehearsal_id: str, offer: Offer, state: State) -> Answer:
    """Connect a browser in one exchange, without trickling candidates.

    The browser opens the data channel `events`: records come out, commands go in. 409 `other_tab` if another tab is
    connected and `takeover` is not set; the same tab (`client`) replaces its own older connection.
    """
    rehearsal = await _live(state, rehearsal_id)
    if rehearsal.typed:
        text = Text(zh="这是文字排练，没有语音。", en="This rehearsal is typed; it has no voice.")
        raise ApiProblem(409, "typed", text)
    try:
        sdp = await state.switchboard.connect(
            rehearsal, offer.sdp, offer.client, takeover=offer.takeover, cancels_echo=offer.echo_cancellation
        )
    except InputError as error:
        text = Text(zh=f"无法使用这个连接请求：{error}", en=str(error))
        raise ApiProblem(400, "bad_offer", text) from error
    return Answer(sdp=sdp)


@router.post("/commands", responses=problem_responses(404, 409, 410, 422))
async def send_command(rehearsal_id: str, command: Command, state: State) -> Pong | Taken:
    """Take a command without a data channel, as typed rehearsals do. `since` is accepted and changes nothing.

    409 `not_begun` for a voice rehearsal before its first connection; `end` is taken then too.
    """
    answer = obey(await _live(state, rehearsal_id), command)
    if isinstance(answer, Refusal):
        raise ApiProblem(409, answer.code, answer.message)
    return answer


@router.get("/records", response_model=RecordsPage, responses=problem_responses(404))
async def read_records(
    rehearsal_id: str,
    state: State,
    since: Annotated[int, Query(ge=0)] = 0,
    wait: Annotated[float, Query(ge=0, le=MAX_WAIT_SEC)] = 0,
) -> RecordsPage | Response:
    """Return the records from number `since` on; if there are none yet, wait up to `wait` seconds for one."""
    rehearsal = state.composition.host.get(rehearsal_id)
    if rehearsal is None:
        return await run_in_threadpool(_kept_records, state, rehearsal_id, since)
    await _await_records(state, rehearsal, since, wait)
    log = rehearsal.log
    page = list(log.records[since : since + PAGE_RECORDS])
    return RecordsPage(records=page, closed=log.closed and since + len(page) >= len(log.records))


async def _live(state: AppState, rehearsal_id: str) -> LiveRehearsal:
    rehearsal = state.running(rehearsal_id)
    return rehearsal if rehearsal is not None else await run_in_threadpool(state.why_not_running, rehearsal_id)


async def _await_records(state: AppState, rehearsal: LiveRehearsal, since: int, wait: float) -> None:
    # A clock of its own: the rehearsal's begins anew with the first connection.
    log, clock = rehearsal.log, LoopClock()
    until = clock.now() + wait
    while len(log.records) <= since and not log.closed and not state.closing:
        left = until - clock.now()
        if left <= 0:
            return
        try:
            async with asyncio.timeout(min(left, _SLICE_SEC)), aclosing(log.follow(since)) as records:
                await anext(records, None)
        except TimeoutError:
            continue


def _kept_records(state: AppState, rehearsal_id: str, since: int) -> Response:
    """Return a page as it is sent: writing hundreds of KB belongs into the thread that read them."""
    if state.kept(rehearsal_id) is None:
        raise unknown_rehearsal(rehearsal_id)
    saved = state.composition.keeper.load(rehearsal_id)
    page = list(saved.records[since : since + PAGE_RECORDS])
    answer = RecordsPage(records=page, closed=since + len(page) >= len(saved.records))
    return Response(answer.model_dump_json(), media_type="application/json")
