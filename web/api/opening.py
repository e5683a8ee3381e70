"""From an order to what is played: a scenario with a drawn product, or a moment of an earlier rehearsal."""

from __future__ import annotations

import secrets
from dataclasses import replace

from coach.errors import InputError
from coach.live.retake import retake
from coach.live.terms import Terms
from coach.scenario.consent import agreed
from coach.scenario.draw import drawn
from coach.scenario.exposure import exposed
from coach.scenario.load import LoadedScenario
from coach.score.scorecard import Text
from web.api.models import CreateRehearsal, ReplayOrder
from web.problems import ApiProblem, still_running, unknown_rehearsal
from web.state import AppState

_SEEDS = 2**31
"""Draws are numbered below this."""


def opened(state: AppState, order: CreateRehearsal) -> tuple[LoadedScenario, Terms]:
    """Return what is played and on which terms. Reads files.

    Raises:
        ApiProblem: 404 for an unknown scenario or rehearsal, 409 for one that still runs.
        ConsentNeeded: If it may become harsher than the streamer has agreed to.
        InputError: If it cannot be played.
    """
    if order.replay is not None:
        return _moment(state, order.replay, order)
    scenario, level = exposed(_scenario(state, order.scenario or "", order.seed), order.difficulty, order.exposure)
    scenario = agreed(scenario, intensity=order.intensity, consent=order.consent)
    draw = scenario.scenario.draw
    prep_sec = draw.prep_sec if draw is not None else 0.0
    return scenario, Terms(difficulty=level, exposure=order.exposure, prep_sec=prep_sec)


def _scenario(state: AppState, scenario_id: str, seed: int | None) -> LoadedScenario:
    """Return the scenario with its seed; where it draws a product, with a product drawn."""
    library = state.composition.library
    try:
        loaded = library.get(scenario_id)
    except InputError as error:
        text = Text(zh=f"没有编号为 {scenario_id} 的剧本。", en=str(error))
        raise ApiProblem(404, "unknown_scenario", text) from error
    if loaded.scenario.draw is not None:
        return drawn(loaded, library.all(), secrets.randbelow(_SEEDS) if seed is None else seed)
    return loaded if seed is None else replace(loaded, scenario=loaded.scenario.model_copy(update={"seed": seed}))


def _moment(state: AppState, wanted: ReplayOrder, order: CreateRehearsal) -> tuple[LoadedScenario, Terms]:
    """Return a moment of a kept rehearsal, no harsher than it was then."""
    if state.kept(wanted.rehearsal_id) is None:
        raise unknown_rehearsal(wanted.rehearsal_id)
    if state.composition.host.get(wanted.rehearsal_id) is not None:
        raise still_running(wanted.rehearsal_id)
    saved = state.composition.keeper.load(wanted.rehearsal_id)
    return retake(
        wanted.rehearsal_id,
        saved.scenario_text,
        saved.records,
        wanted.at_sec,
        intensity=order.intensity,
        consent=order.consent,
    )
