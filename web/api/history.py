"""What all kept rehearsals tell together: the list, the trends, the focus points, what to do next."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from coach.clock import wall_time
from coach.errors import CoachError
from coach.growth.issues import Issue, issues_of
from coach.growth.next_step import NextStep, Offer, Running, next_step
from coach.growth.result import Result
from coach.growth.trend import Trends, trends
from coach.ports import RehearsalQuery, RehearsalSummary, Sort
from coach.score.drills import DRILLS
from coach.score.scorecard import Text
from coach.store.keeper import is_rehearsal_id
from web.state import AppState, State

router = APIRouter(prefix="/api", tags=["history"])

Locale = Annotated[str, Query(max_length=20, pattern=r"^[A-Za-z-]*$")]
"""`zh`, `en-US`, …; empty: any."""
Named = Annotated[str, Query(max_length=200)]
_MOST_DELETED = 500


class HistoryFocus(BaseModel):
    """A focus point of one rehearsal."""

    finding_id: str
    title: Text


class HistoryItem(BaseModel):
    """One rehearsal of the list."""

    summary: RehearsalSummary
    running: bool
    """Whether it goes on in this room, so that it can be rejoined."""
    shared: bool
    """Whether mentors may see it."""
    unseen: int
    """Remarks of mentors that the streamer has not seen."""
    exposure: Literal["calm", "easy", "full"] | None
    """Null, like the next two, where there is no scorecard that can be read."""
    difficulty: int | None
    reasons: dict[str, Text]
    """Why a score has no value, by its name."""
    focus: list[HistoryFocus]


class RehearsedScenario(BaseModel):
    """A scenario that was rehearsed, by its latest title."""

    id: str
    title: str
    locale: str


class HistoryPage(BaseModel):
    """Some rehearsals, and how many there are."""

    items: list[HistoryItem]
    total: int
    """How many fit the filters."""
    kept: int
    """How many there are at all."""
    scenarios: list[RehearsedScenario]
    """All that were rehearsed, the latest first: what can be filtered by."""


class FocusStep(BaseModel):
    """One rehearsal in which a focus point was found or tested."""

    rehearsal_id: str
    at: datetime
    found: bool
    text: Text | None
    """With its number; null where it has none."""


class FocusCourse(BaseModel):
    """One focus point and what became of it."""

    title: Text
    rule: str
    state: Literal["open", "better", "solved"]
    quote: str
    """Said where it was last found, in the language of `locale`."""
    better_line: str
    locale: str
    scenario_id: str
    scenario_title: str
    rehearsal_id: str
    """Where it was last found."""
    drill_id: str
    """Empty where no drill of this version trains it."""
    drill_name: Text | None
    drills: int
    """Drills on it since."""
    tested: int
    """Later rehearsals in which it had a chance to show."""
    steps: list[FocusStep]
    """Oldest first."""


class ToDelete(BaseModel):
    """Rehearsals to delete."""

    model_config = ConfigDict(extra="forbid")

    ids: list[Annotated[str, Field(min_length=1, max_length=64)]] = Field(min_length=1, max_length=_MOST_DELETED)


class Deleted(BaseModel):
    """What became of each."""

    deleted: list[str]
    stayed: list[str]
    """They run, or the disk refused."""


@router.get("/history")
def read_history(
    state: State,
    q: Named = "",
    language: Annotated[Literal["", "zh", "en"], Query()] = "",
    scenario: Named = "",
    status: Annotated[Literal["", "running", "ended", "scored"], Query()] = "",
    kind: Annotated[Literal["", "rehearsal", "drill", "moment"], Query()] = "",
    sort: Annotated[Sort, Query()] = "newest",
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 25,
) -> HistoryPage:
    """Return kept rehearsals by search, filters and order."""
    keeper = state.composition.keeper
    query = RehearsalQuery(
        text=q, language=language, scenario_id=scenario, state=status, kind=kind, sort=sort, offset=offset, limit=limit
    )
    page = keeper.find(query)
    ids = [row.id for row in page.rows]
    results = {result.rehearsal_id: result for result in keeper.results(ids)}
    shared, unseen = keeper.store.reviews.shared_among(ids), keeper.store.reviews.unseen()
    return HistoryPage(
        items=[
            _item(state, row, results.get(row.id), shared=row.id in shared, unseen=unseen.get(row.id, 0))
            for row in page.rows
        ],
        total=page.total,
        kept=keeper.find(RehearsalQuery(limit=0)).total,
        scenarios=[
            RehearsedScenario(id=name, title=title, locale=locale) for name, title, locale in keeper.store.scenarios()
        ],
    )


@router.get("/history/trends")
def read_trends(
    state: State,
    language: Annotated[Literal["zh", "en"], Query()],
    scenario: Named = "",
    weeks: Annotated[int | None, Query(ge=1, le=520)] = None,
) -> Trends:
    """Return how the named scores move in one language, over some weeks back from now; left out: over all."""
    past = [
        result
        for result in state.composition.keeper.results()
        if result.locale.startswith(language) and scenario in ("", result.scenario_id)
    ]
    return trends(past, now=wall_time(), weeks=weeks)


@router.get("/history/focus")
def read_focus(state: State, language: Annotated[Literal["", "zh", "en"], Query()] = "") -> list[FocusCourse]:
    """Return every focus point with what became of it: open ones first."""
    keeper = state.composition.keeper
    past = [result for result in keeper.results() if result.locale.startswith(language)]
    return [_course(issue) for issue in issues_of(past, keeper.wrong())]


@router.post("/history/delete")
def delete_several(order: ToDelete, state: State) -> Deleted:
    """Remove rehearsals for good: log, recordings, scorecard and index row. What runs stays."""
    deleted: list[str] = []
    stayed: list[str] = []
    for rehearsal_id in dict.fromkeys(order.ids):
        (deleted if _delete(state, rehearsal_id) else stayed).append(rehearsal_id)
    return Deleted(deleted=deleted, stayed=stayed)


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


def _item(state: AppState, row: RehearsalSummary, result: Result | None, *, shared: bool, unseen: int) -> HistoryItem:
    scores = result.scores if result else {}
    return HistoryItem(
        summary=row,
        running=state.running(row.id) is not None,
        shared=shared,
        unseen=unseen,
        exposure=result.exposure if result else None,
        difficulty=result.difficulty if result else None,
        reasons={name: score.reason for name, score in scores.items() if score.reason is not None},
        focus=[HistoryFocus(finding_id=point.finding_id, title=point.title) for point in result.focus]
        if result
        else [],
    )


def _course(issue: Issue) -> FocusCourse:
    drill = DRILLS.get(issue.point.drill_id)
    return FocusCourse(
        title=issue.point.title,
        rule=issue.point.rule,
        state=issue.state,
        quote=issue.point.quote,
        better_line=issue.point.better_line,
        locale=issue.locale,
        scenario_id=issue.scenario_id,
        scenario_title=issue.scenario_title,
        rehearsal_id=issue.rehearsal_id,
        drill_id=drill.id if drill else "",
        drill_name=drill.name if drill else None,
        drills=issue.drills,
        tested=issue.tested,
        steps=[
            FocusStep(rehearsal_id=step.rehearsal_id, at=step.at, found=step.found, text=step.text)
            for step in issue.steps
        ],
    )


def _delete(state: AppState, rehearsal_id: str) -> bool:
    """Return whether nothing of it is left."""
    composition = state.composition
    if not is_rehearsal_id(rehearsal_id):
        return True
    if composition.host.get(rehearsal_id) is not None:
        return False
    try:
        composition.keeper.delete(rehearsal_id)
    except CoachError:
        return False
    return True


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
