"""What all kept rehearsals tell together: what to do next."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from coach.clock import wall_time
from coach.growth.next_step import NextStep, Offer, Running, next_step
from web.state import AppState, State

router = APIRouter(prefix="/api", tags=["history"])

Locale = Annotated[str, Query(max_length=20, pattern=r"^[A-Za-z-]*$")]
"""`zh`, `en-US`, …; empty: any."""


@router.get("/next")
def read_next(state: State, locale: Locale = "") -> NextStep | None:
    """Return the one thing to do next in a language, with the finding it follows from; null with nothing to offer."""
    keeper = state.composition.keeper
    return next_step(
        keeper.results(),
        _offers(state),
        now=wall_time(),
        locale=locale,
        running=_running(state),
        wrong=keeper.wrong(),
    )


def _offers(state: AppState) -> list[Offer]:
    found = [loaded.scenario for loaded in state.composition.library.all()]
    return [
        Offer(
            scenario.id,
            scenario.title,
            scenario.locale,
            scenario.difficulty,
            scenario.duration_sec,
            is_drawn=scenario.draw is not None,
        )
        for scenario in found
        if scenario.kind == "rehearsal"
    ]


def _running(state: AppState) -> Running | None:
    for live in reversed(state.composition.host.active()):
        if not live.ended:
            scenario = live.scenario
            return Running(live.id, scenario.id, scenario.title, scenario.locale)
    return None
