"""From an order to what is played: a scenario with a drawn product, or a moment of an earlier rehearsal."""

from __future__ import annotations

import secrets
from dataclasses import replace

from coach.errors import InputError, ScenarioError
from coach.live.retake import retake
from coach.live.terms import Terms
from coach.scenario.consent import agreed
from coach.scenario.draw import drawn
from coach.scenario.drill import drill_of
from coach.scenario.exposure import exposed
from coach.scenario.library import Library
from coach.scenario.load import LoadedScenario, parse_scenario
from coach.score.drills import DRILL_SEC, DRILLS
from coach.score.scorecard import Text
from web.api.models import CreateRehearsal, DrillOrder, ReplayOrder
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
    if order.drill is not None:
        scenario = _drill(state, order.drill, order.seed)
        return scenario, Terms(difficulty=scenario.scenario.difficulty)
    scenario, level = exposed(_scenario(state, order), order.difficulty, order.exposure)
    scenario = agreed(scenario, intensity=order.intensity, consent=order.consent)
    draw = scenario.scenario.draw
    prep_sec = draw.prep_sec if draw is not None else 0.0
    return scenario, Terms(difficulty=level, exposure=order.exposure, prep_sec=prep_sec, exam=order.exam)


def _scenario(state: AppState, order: CreateRehearsal) -> LoadedScenario:
    """Return the scenario with its seed; where it draws a product, with a product drawn."""
    library, scenario_id, seed = state.composition.library, order.scenario or "", order.seed
    loaded = _draft(state, scenario_id) if order.draft else _listed(library, scenario_id)
    if loaded.scenario.draw is not None:
        return drawn(loaded, library.all(), secrets.randbelow(_SEEDS) if seed is None else seed)
    return loaded if seed is None else replace(loaded, scenario=loaded.scenario.model_copy(update={"seed": seed}))


def _listed(library: Library, scenario_id: str) -> LoadedScenario:
    try:
        return library.get(scenario_id)
    except InputError as error:
        text = Text(zh=f"没有编号为 {scenario_id} 的场景。", en=str(error))
        raise ApiProblem(404, "unknown_scenario", text) from error


def _draft(state: AppState, scenario_id: str) -> LoadedScenario:
    """Return what a mentor is writing.

    Raises:
        BrokenScenario: If it cannot be played yet.
        ApiProblem: 404 if there is no such own scenario.
    """
    authoring = state.composition.authoring
    if authoring is None or scenario_id not in authoring.shelf:
        told = Text(zh=f"没有自己写的场景 {scenario_id}。", en=f"There is no own scenario {scenario_id}.")
        raise ApiProblem(404, "unknown_scenario", told)
    return parse_scenario(authoring.shelf.read(scenario_id).text, f"{scenario_id}.yaml")


def _drill(state: AppState, wanted: DrillOrder, seed: int | None) -> LoadedScenario:
    """Return a drill on the product of a kept rehearsal; its tone stays below what needs consent."""
    drill = DRILLS.get(wanted.id)
    if drill is None:
        known = ", ".join(DRILLS)
        text = Text(
            zh=f"没有编号为 {wanted.id} 的小练习。有：{known}。",
            en=f"There is no drill {wanted.id}; there are {known}.",
        )
        raise ApiProblem(404, "unknown_drill", text)
    loaded = _kept_scenario(state, wanted.rehearsal_id)
    name = drill.name.zh if loaded.scenario.language == "zh" else drill.name.en
    made = drill_of(loaded, drill.id, drill.viewer, DRILL_SEC, name)
    return made if seed is None else replace(made, scenario=made.scenario.model_copy(update={"seed": seed}))


def _kept_scenario(state: AppState, rehearsal_id: str) -> LoadedScenario:
    if state.kept(rehearsal_id) is None:
        raise unknown_rehearsal(rehearsal_id)
    saved = state.composition.keeper.load(rehearsal_id)
    try:
        return parse_scenario(saved.scenario_text, rehearsal_id)
    except ScenarioError as error:
        raise InputError(
            "The scenario kept with rehearsal {rehearsal_id} can no longer be read.", rehearsal_id=rehearsal_id
        ) from error


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
