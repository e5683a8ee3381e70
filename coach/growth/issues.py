"""Focus points over time: found, drilled, tried again, closed or still open (DOMAIN rows R122, R124).

A later rehearsal tests a point where its trouble had a chance to show. The latest such rehearsal decides; drills are
counted, and test nothing: nobody presses in them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from coach.growth.result import Point, Read, Result, is_read_always
from coach.score.focus_readings import is_test
from coach.score.scorecard import Text

State = Literal["open", "better", "solved"]
_SCALES = frozenset({"pacing", "structure", "genuine", "composure"})
"""Families measured on a scale: solved once nothing is remarked any more, as in `coach.score.focus_states`."""
_NEEDS_SCORE = ("pacing", "composure")
"""Families that tell nothing where their score was not measured: a typed rehearsal has no pace."""
NOT_AGAIN = Text(zh="没有再出现", en="did not come up again")


@dataclass(frozen=True, slots=True)
class Step:
    """One rehearsal in which an issue was found or tested."""

    rehearsal_id: str
    at: datetime
    amount: float | None
    text: Text | None
    found: bool
    """Whether it was a focus point there."""


@dataclass(slots=True)
class Issue:
    """One focus point and what became of it."""

    key: str
    point: Point
    """As it was last found."""
    scenario_id: str
    scenario_title: str
    locale: str
    rehearsal_id: str
    """Where it was last found: its product is the one a drill uses."""
    steps: list[Step] = field(default_factory=list)
    """Oldest first; the first is where it was first found."""
    drills: int = 0
    """Drills on it since it was last found."""
    state: State = "open"

    @property
    def tested(self) -> int:
        """Rehearsals since it was first found in which it had a chance to show."""
        return len(self.steps) - 1


def issues_of(past: Sequence[Result], wrong: Mapping[str, Collection[str]] | None = None) -> list[Issue]:
    """Return every focus point of a streamer: open ones first, each group by when it was last found or tested.

    Args:
        past: In any order; of one streamer.
        wrong: Rehearsal id to the findings that the streamer marked as wrong: those are no issues.
    """
    issues: dict[tuple[str, str], Issue] = {}
    for result in sorted(past, key=lambda one: (one.started_at, one.kind != "rehearsal")):
        if result.kind == "drill":
            _count_drill(issues.values(), result)
        elif result.kind == "rehearsal":
            _test(issues.values(), result)
            _find(issues, result, (wrong or {}).get(result.rehearsal_id, ()))
    order: dict[State, int] = {"open": 0, "better": 1, "solved": 2}
    return sorted(issues.values(), key=lambda one: (order[one.state], -one.steps[-1].at.timestamp(), one.key))


def _count_drill(issues: Collection[Issue], drill: Result) -> None:
    for issue in issues:
        if issue.point.drill_id == drill.skill and issue.locale == drill.locale:
            issue.drills += 1


def _test(issues: Collection[Issue], result: Result) -> None:
    for issue in issues:
        reading = reading_of(issue, result)
        if reading is None:
            continue
        issue.steps.append(Step(result.rehearsal_id, result.started_at, reading.amount, reading.text, found=False))
        issue.state = _judge(issue, reading, result)


def reading_of(issue: Issue, result: Result) -> Read | None:
    """Return how much of an issue a rehearsal showed; None where it had no chance to."""
    if issue.locale != result.locale or not result.has_words:
        return None
    found = result.readings.get(issue.key)
    if found is not None or is_read_always(issue.key):
        return found if found is not None and is_test(issue.point.rule, found.amount) else None
    family = issue.point.rule.partition(".")[0]
    if family in _NEEDS_SCORE and (family not in result.scores or result.scores[family].value is None):
        return None
    return None if issue.point.rule in result.remarked else Read(amount=0.0, text=NOT_AGAIN)


def _judge(issue: Issue, reading: Read, result: Result) -> State:
    family = issue.point.rule.partition(".")[0]
    if reading.amount == 0 or (family in _SCALES and issue.point.rule not in result.remarked):
        return "solved"
    first = issue.steps[0].amount
    if first is None or reading.amount is None or reading.amount >= first - reading.zone:
        return "open"
    return "better"


def _find(issues: dict[tuple[str, str], Issue], result: Result, wrong: Collection[str]) -> None:
    for point in result.focus:
        if point.finding_id in wrong:
            continue
        issue = issues.get((result.locale, point.key))
        if issue is None:
            issue = issues[result.locale, point.key] = Issue(
                point.key, point, result.scenario_id, result.scenario_title, result.locale, result.rehearsal_id
            )
        reading = result.readings.get(point.key)
        step = Step(
            result.rehearsal_id,
            result.started_at,
            reading.amount if reading else None,
            reading.text if reading else None,
            found=True,
        )
        # The test of a moment ago and this are one step.
        if issue.steps and issue.steps[-1].rehearsal_id == result.rehearsal_id:
            issue.steps.pop()
        issue.steps.append(step)
        issue.point, issue.rehearsal_id, issue.drills = point, result.rehearsal_id, 0
        issue.scenario_id, issue.scenario_title = result.scenario_id, result.scenario_title
        issue.state = "better" if issue.state == "better" else "open"
