"""Writing a scenario: checks as one types, the plan, templates, scripted streamers that play the text."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from functools import partial

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from coach.clock import wall_time
from coach.scenario.finding import BrokenScenario
from coach.scenario.load import parse_scenario
from coach.score.scorecard import Text
from web.api.authoring_findings import findings_of, id_in, plan_marks
from web.api.authoring_models import (
    Checked,
    CheckText,
    LintCounts,
    ReadSimulation,
    Simulate,
    SimulatedTranscript,
    SimulationLine,
    Template,
    TemplateText,
)
from web.api.authoring_shelf import Desk
from web.authoring import Authoring
from web.problems import ApiProblem, problem_responses
from web.state import AppState, State

router = APIRouter(prefix="/api/authoring", tags=["authoring"])

_LINES = "application/x-ndjson"


@router.get("/schema")
def read_schema(response: Response) -> dict[str, object]:
    """Return the JSON Schema of a scenario file, with every key's meaning in English and Chinese."""
    from coach.scenario.schema import schema_text

    response.headers["Cache-Control"] = "max-age=300"
    schema: dict[str, object] = json.loads(schema_text())
    return schema


@router.get("/lint")
def lint_shelf(state: State, desk: Desk) -> dict[str, LintCounts]:
    """Return scenario id to what the linter finds; the first time a day it reads all of them, about 0.1 s each."""
    library = state.composition.library
    found = {loaded.scenario.id: desk.lint_state(loaded, library.all) for loaded in library.all()}
    for own in desk.shelf.all():
        found[own.id] = desk.lint_state_of(own, library.all())
    return {name: LintCounts(**state._asdict()) for name, state in found.items()}


@router.post("/check")
def check_text(order: CheckText, state: State, desk: Desk) -> Checked:
    """Return what `scenario check` says of a text, and what would happen in it."""
    findings = desk.check(order.text, order.id, state.composition.library.all)
    try:
        scenario = parse_scenario(order.text).scenario
    except BrokenScenario:
        scenario = None
    return Checked(
        id=scenario.id if scenario else id_in(order.text),
        loads=scenario is not None,
        findings=findings_of(order.text, findings),
        plan=plan_marks(desk.plan(scenario), scenario) if scenario else None,
    )


@router.post("/template", responses=problem_responses(422))
def make_template(order: Template, state: State, desk: Desk) -> TemplateText:
    """Return a new scenario that plays before a word of it is changed, as `scenario new` writes it; not saved yet."""
    from coach.room.draft import Draft, draft_pack, draft_text

    skills = draft_pack(order.locale[:2])["skills"]
    skill = order.skill if order.skill in skills else ""
    draft = Draft(
        id=order.id or _free_id(f"{order.locale[:2]}-my-{(skill or order.category).replace('_', '-')}", state, desk),
        locale=order.locale,
        title=" ".join(order.title.split()) or (skills[skill]["title"] if skill else _TITLES[order.locale[:2]]),
        category=order.category,
        created=wall_time().date(),
        types=tuple(order.types),
        skill=skill,
        difficulty=order.difficulty,
        minutes=order.minutes,
    )
    return TemplateText(text=draft_text(draft, desk.schema))


_TITLES = {"zh": "我的新场景", "en": "My new scenario"}


def _free_id(wanted: str, state: AppState, desk: Authoring) -> str:
    taken = {*desk.shelf.ids(), *(one.scenario.id for one in state.composition.library.all())}
    names = (wanted, *(f"{wanted}-{number}" for number in range(2, 1_000)))
    return next((name for name in names if name not in taken), wanted)


@router.post(
    "/simulate",
    response_class=StreamingResponse,
    responses={
        200: {
            "model": SimulationLine,
            "description": f"One `line` a line of text, as {_LINES}, as soon as it is known.",
        },
        **problem_responses(422, 503),
    },
)
async def simulate_text(order: Simulate, request: Request, state: State) -> StreamingResponse:
    """Play a text with scripted streamers; results come as they are known. Closing the connection stops it.

    422 if the text is no scenario, 503 with Retry-After while others simulate.
    """
    from coach.room.simulated.worker import SimulationOrder

    await _playable(order.text, state)
    work = SimulationOrder(order.text, tuple(order.streamers), tuple(range(order.seeds)), order.difficulty)

    async def lines() -> AsyncGenerator[str, None]:
        async with aclosing(state.simulations.run(work, partial(_is_gone, request, state))) as found:
            async for line in found:
                yield json.dumps(line, ensure_ascii=False) + "\n"

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(lines(), media_type=_LINES, headers=headers)


@router.post("/transcript", responses=problem_responses(422, 503))
async def read_simulation(order: ReadSimulation, request: Request, state: State) -> SimulatedTranscript:
    """Play one rehearsal of `simulate` again and return what was said in it."""
    from coach.room.simulated.worker import SimulationOrder

    await _playable(order.text, state)
    work = SimulationOrder(order.text, (order.streamer,), (order.seed,), order.difficulty, "transcript")
    async with aclosing(state.simulations.run(work, partial(_is_gone, request, state))) as found:
        lines = [line async for line in found]
    if lines and lines[-1]["kind"] == "stopped":
        told = Text(zh="这场模拟没能播完。", en="This simulation could not be played to its end.")
        raise ApiProblem(503, "not_played", told, {"Retry-After": "10"})
    return SimulatedTranscript.model_validate({"lines": lines})


async def _is_gone(request: Request, state: AppState) -> bool:
    return state.closing or await request.is_disconnected()


async def _playable(text: str, state: AppState) -> None:
    await run_in_threadpool(parse_scenario, text)
    if state.simulations.full:
        told = Text(zh="别人正在模拟，稍等再试。", en="Others are simulating; try again in a moment.")
        raise ApiProblem(503, "busy", told, {"Retry-After": "10"})
