"""Two rehearsals side by side, and scoring one again so that they compare."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import APIRouter
from pydantic import ValidationError

from coach.errors import StorageError
from coach.growth.compare import Comparison, compare
from coach.growth.compare_terms import Attempt
from coach.score.focus_states import with_marks
from coach.score.scorecard import Scorecard, Text
from coach.store.results import started_in
from web.problems import ApiProblem, problem_responses, still_running, unknown_rehearsal
from web.state import AppState, State

router = APIRouter(prefix="/api", tags=["history"])

_ONE_AT_A_TIME = threading.Lock()
"""Scoring keeps a core busy for seconds, and two of one rehearsal would overwrite each other's files."""
RETRY_SEC = 5
"""When scoring that found another one under way may be tried again."""


@router.get("/compare/{rehearsal_id}/{other_id}", responses=problem_responses(404, 409))
def read_comparison(rehearsal_id: str, other_id: str, state: State) -> Comparison:
    """Return what differs between two scored rehearsals, the earlier one first."""
    return compare(_attempt(state, rehearsal_id), _attempt(state, other_id), state.composition.keeper.results())


@router.post("/rehearsals/{rehearsal_id}/rescore", status_code=204, responses=problem_responses(404, 409, 501, 503))
def rescore(rehearsal_id: str, state: State) -> None:
    """Score a kept rehearsal again by this version; the old scorecard stays beside the new one. Takes some seconds.

    503 `busy` while another one is scored.
    """
    _kept(state, rehearsal_id)
    again = state.composition.rescore
    if again is None:
        told = Text(zh="这里不能重新打分。", en="This room cannot score again.")
        raise ApiProblem(501, "no_rescore", told)
    with _alone():
        is_scored = again(rehearsal_id)
    if not is_scored:
        told = Text(
            zh="这场排练的日志不完整，不能重新打分。",
            en="The log of this rehearsal is not whole, so it cannot be scored.",
        )
        raise ApiProblem(409, "no_whole_log", told)


@contextmanager
def _alone() -> Iterator[None]:
    if not _ONE_AT_A_TIME.acquire(blocking=False):
        told = Text(
            zh=f"正在给另一场排练重新打分，{RETRY_SEC} 秒后再试。",
            en=f"Another rehearsal is being scored. Try again in {RETRY_SEC} s.",
        )
        raise ApiProblem(503, "busy", told, {"Retry-After": str(RETRY_SEC)})
    try:
        yield
    finally:
        _ONE_AT_A_TIME.release()


def _attempt(state: AppState, rehearsal_id: str) -> Attempt:
    _kept(state, rehearsal_id)
    keeper = state.composition.keeper
    try:
        text = keeper.scorecard(rehearsal_id)
        kept = None if text is None else Scorecard.model_validate_json(text)
        card = None if kept is None else with_marks(kept, keeper.marks(rehearsal_id))
    except (ValidationError, StorageError):
        card = None
    if card is None:
        told = Text(zh="其中一场没有可以读取的评分卡。", en="One of the two has no scorecard that can be read.")
        raise ApiProblem(404, "no_scorecard", told)
    return Attempt(card, started_in(keeper.folder(rehearsal_id)))


def _kept(state: AppState, rehearsal_id: str) -> None:
    if state.kept(rehearsal_id) is None:
        raise unknown_rehearsal(rehearsal_id)
    if state.composition.host.get(rehearsal_id) is not None:
        raise still_running(rehearsal_id)
