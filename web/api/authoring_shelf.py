"""The shelf of mentors: all scenarios with their state, own ones with their versions."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from fastapi.responses import PlainTextResponse

from coach.errors import InputError
from coach.scenario.finding import BrokenScenario
from coach.scenario.load import LoadedScenario, parse_scenario
from coach.score.scorecard import Text
from coach.store.shelf import Own, VersionConflict
from web.api.authoring_findings import findings_of, id_in, told
from web.api.authoring_models import (
    BrokenFile,
    NewScenarioFile,
    Origin,
    Publishing,
    PublishScenario,
    SavedVersion,
    SaveScenario,
    ScenarioFile,
    Shelf,
    ShelfCard,
    VersionText,
)
from web.api.models import ScenarioCard
from web.authoring import Authoring
from web.problems import ApiProblem, problem_responses
from web.state import AppState, State, state_of

router = APIRouter(prefix="/api/authoring/scenarios", tags=["authoring"])


def authoring_of(state: Annotated[AppState, Depends(state_of)]) -> Authoring:
    """Return the mentor's part of the room.

    Raises:
        ApiProblem: 404 where this room has none.
    """
    if state.composition.authoring is None:
        text = Text(zh="这里不能编写场景。", en="Scenarios cannot be written here.")
        raise ApiProblem(404, "authoring_off", text)
    return state.composition.authoring


Desk = Annotated[Authoring, Depends(authoring_of)]


@router.get("")
def list_shelf(state: State, desk: Desk) -> Shelf:
    """Return all scenarios: shipped ones, those of the settings' folders, own ones, drafts and broken ones."""
    library = state.composition.library
    own_files = {desk.shelf.played_file(name).resolve() for name in desk.shelf.ids()}
    others = [_card(loaded, desk) for loaded in library.all() if Path(loaded.name).resolve() not in own_files]
    own = [_own_card(one) for one in desk.shelf.all()]
    broken = [
        BrokenFile(
            file=Path(error.problems[0][0].path).name,
            line=error.problems[0][0].line,
            message=told(error.problems[0][1]),
            count=len(error.problems),
        )
        for error in library.broken()
        if Path(error.problems[0][0].path).resolve() not in own_files
    ]
    return Shelf(scenarios=[*own, *others], broken=broken)


@router.get("/{scenario_id}", responses=problem_responses(404))
def read_scenario(scenario_id: str, state: State, desk: Desk) -> ScenarioFile:
    """Return a scenario's text; of an own one the newest, published or not."""
    if scenario_id in desk.shelf:
        return _own_file(desk.shelf.read(scenario_id), desk)
    loaded = _others(scenario_id, state)
    return ScenarioFile(
        id=scenario_id,
        origin=_origin(loaded, desk),
        state="published",
        text=loaded.text,
        saved=None,
        published=None,
        versions=[],
    )


@router.get("/{scenario_id}/yaml", response_class=PlainTextResponse, responses=problem_responses(404))
def download_scenario(scenario_id: str, state: State, desk: Desk) -> Response:
    """Return the file itself, to be kept elsewhere."""
    text = desk.shelf.read(scenario_id).text if scenario_id in desk.shelf else _others(scenario_id, state).text
    headers = {"Content-Disposition": f'attachment; filename="{scenario_id}.yaml"', "Cache-Control": "no-store"}
    return Response(text, media_type="text/yaml; charset=utf-8", headers=headers)


@router.get("/{scenario_id}/card", responses=problem_responses(404, 422))
def read_draft_card(scenario_id: str, desk: Desk) -> ScenarioCard:
    """Return the card of an own scenario's newest version, published or not; 422 if it cannot be played."""
    _is_own(scenario_id, desk)
    return ScenarioCard.of(parse_scenario(desk.shelf.read(scenario_id).text, f"{scenario_id}.yaml").scenario)


@router.get("/{scenario_id}/versions/{number}", responses=problem_responses(404))
def read_version(scenario_id: str, number: int, desk: Desk) -> VersionText:
    """Return the text of an older version."""
    _is_own(scenario_id, desk)
    try:
        return VersionText(number=number, text=desk.shelf.text(scenario_id, number))
    except InputError as error:
        raise ApiProblem(404, "unknown_version", told(error.text)) from error


@router.post("", status_code=201, responses=problem_responses(409, 422))
def create_scenario(order: NewScenarioFile, state: State, desk: Desk) -> ScenarioFile:
    """Save the first version of a new scenario, as a draft; broken texts are saved too, as long as they have an id."""
    scenario_id = id_in(order.text)
    if scenario_id is None:
        text = Text(
            zh="先写一行 id（小写字母、数字、- 和 _），再保存。",
            en="Give it an id first: a line like id: en-my-product, in lower-case letters, digits, - and _.",
        )
        raise ApiProblem(422, "no_id", text)
    if scenario_id in desk.shelf or any(one.scenario.id == scenario_id for one in state.composition.library.all()):
        raise _taken(scenario_id)
    try:
        desk.shelf.create(scenario_id, order.text, author=order.author, note=order.note)
    except InputError as error:
        raise ApiProblem(409, "id_taken", told(error.text)) from error
    return _own_file(desk.shelf.read(scenario_id), desk)


@router.put("/{scenario_id}", responses=problem_responses(404, 409, 422))
def save_scenario(scenario_id: str, order: SaveScenario, desk: Desk) -> ScenarioFile:
    """Save a further version. 409 `conflict` if somebody saved since `base`: read it, and save on top of it.

    What is played stays as it is until a version is published.
    """
    _is_own(scenario_id, desk)
    named = id_in(order.text)
    if named is not None and named != scenario_id:
        text = Text(
            zh=f"文件里的 id 变成了 {named}，而这个场景是 {scenario_id}。改回来，或者另存为新场景。",
            en=f"The id in the text is now {named}, but this is {scenario_id}. Put it back, or save it as a new one.",
        )
        raise ApiProblem(422, "other_id", text)
    try:
        desk.shelf.save(scenario_id, order.text, base=order.base, author=order.author, note=order.note)
    except VersionConflict as error:
        raise ApiProblem(409, "conflict", told(error.text)) from error
    return _own_file(desk.shelf.read(scenario_id), desk)


@router.delete("/{scenario_id}", status_code=204, responses=problem_responses(403, 404))
def delete_scenario(scenario_id: str, state: State, desk: Desk) -> None:
    """Remove an own scenario with all its versions. Rehearsals of it keep the text they were played with."""
    _is_own(scenario_id, desk, state)
    desk.shelf.delete(scenario_id)


@router.put("/{scenario_id}/published", responses=problem_responses(404, 409, 422))
def publish_scenario(scenario_id: str, order: PublishScenario, state: State, desk: Desk) -> ScenarioFile:
    """Let everybody play a version. 422 `not_clean` while the check finds an error in it."""
    _is_own(scenario_id, desk)
    try:
        text = desk.shelf.text(scenario_id, order.version)
    except InputError as error:
        raise ApiProblem(404, "unknown_version", told(error.text)) from error
    faults = [one for one in desk.check(text, scenario_id, state.composition.library.all) if one.severity == "error"]
    if faults:
        first = findings_of(text, faults[:1])[0]
        why = Text(
            zh=f"还有 {len(faults)} 处错误，不能发布。第 {first.line} 行：{first.message.zh}。",
            en=f"Not published: the check finds {len(faults)} errors. Line {first.line}: {first.message.en}.",
        )
        raise ApiProblem(422, "not_clean", why)
    if parse_scenario(text).scenario.id != scenario_id or _is_taken(scenario_id, state, desk):
        raise _taken(scenario_id)
    desk.shelf.publish(scenario_id, order.version)
    return _own_file(desk.shelf.read(scenario_id), desk)


@router.delete("/{scenario_id}/published", responses=problem_responses(404))
def unpublish_scenario(scenario_id: str, desk: Desk) -> ScenarioFile:
    """Take a scenario out of the practice room; it stays as a draft."""
    _is_own(scenario_id, desk)
    desk.shelf.unpublish(scenario_id)
    return _own_file(desk.shelf.read(scenario_id), desk)


# --- parts --------------------------------------------------------------------------------------------------------


def _taken(scenario_id: str) -> ApiProblem:
    text = Text(
        zh=f"编号 {scenario_id} 已被占用，换一个。", en=f"The id {scenario_id} is already taken; choose another."
    )
    return ApiProblem(409, "id_taken", text)


def _is_taken(scenario_id: str, state: AppState, desk: Authoring) -> bool:
    mine = desk.shelf.played_file(scenario_id).resolve()
    return any(
        one.scenario.id == scenario_id and Path(one.name).resolve() != mine for one in state.composition.library.all()
    )


def _is_own(scenario_id: str, desk: Authoring, state: AppState | None = None) -> None:
    if scenario_id in desk.shelf:
        return
    if state is not None and any(one.scenario.id == scenario_id for one in state.composition.library.all()):
        text = Text(
            zh="自带的场景不能改动，请先复制一份。", en="Shipped scenarios cannot be changed; make a copy first."
        )
        raise ApiProblem(403, "read_only", text)
    text = Text(zh=f"没有自己写的场景 {scenario_id}。", en=f"There is no own scenario {scenario_id}.")
    raise ApiProblem(404, "unknown_scenario", text)


def _others(scenario_id: str, state: AppState) -> LoadedScenario:
    try:
        return state.composition.library.get(scenario_id)
    except InputError as error:
        raise ApiProblem(404, "unknown_scenario", told(error.text)) from error


def _origin(loaded: LoadedScenario, desk: Authoring) -> Origin:
    return "shipped" if Path(loaded.name).resolve().is_relative_to(desk.shipped.resolve()) else "folder"


def _card(loaded: LoadedScenario, desk: Authoring) -> ShelfCard:
    scenario = loaded.scenario
    return ShelfCard(
        id=scenario.id,
        origin=_origin(loaded, desk),
        state="published",
        title=scenario.title,
        locale=scenario.locale,
        category=scenario.category,
        kind=scenario.kind,
        difficulty=scenario.difficulty,
        duration_sec=scenario.duration_sec,
        product=scenario.product.name,
        viewers=len(scenario.viewers),
        version=scenario.version,
        saved=None,
        changed_at=scenario.created.isoformat() if scenario.created else None,
        author=scenario.author,
        file=Path(loaded.name).name,
        loads=True,
    )


def _own_card(own: Own) -> ShelfCard:
    try:
        scenario = parse_scenario(own.text).scenario
    except BrokenScenario:
        scenario = None
    return ShelfCard(
        id=own.id,
        origin="own",
        state=_publishing(own),
        title=scenario.title if scenario else "",
        locale=scenario.locale if scenario else "",
        category=scenario.category if scenario else "",
        kind=scenario.kind if scenario else "rehearsal",
        difficulty=scenario.difficulty if scenario else None,
        duration_sec=scenario.duration_sec if scenario else None,
        product=scenario.product.name if scenario else "",
        viewers=len(scenario.viewers) if scenario else 0,
        version=scenario.version if scenario else None,
        saved=own.newest.number,
        changed_at=own.newest.saved_at,
        author=own.newest.author,
        file=f"{own.id}.yaml",
        loads=scenario is not None,
    )


def _publishing(own: Own) -> Publishing:
    if own.published is None:
        return "draft"
    return "published" if own.published == own.newest.number else "changed"


def _own_file(own: Own, desk: Authoring) -> ScenarioFile:
    versions = [
        SavedVersion(number=one.number, author=one.author, saved_at=one.saved_at, note=one.note)
        for one in desk.shelf.versions(own.id)
    ]
    return ScenarioFile(
        id=own.id,
        origin="own",
        state=_publishing(own),
        text=own.text,
        saved=own.newest.number,
        published=own.published,
        versions=versions,
    )
