"""On which terms two attempts were made: what keeps their numbers from comparing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from coach.events import RehearsalStarted
from coach.growth.result import Kind, is_scored_alike
from coach.score.scorecard import Scorecard, Text
from coach.score.wording import both

Barrier = Literal["language", "kind", "scenario", "edited", "exposure", "difficulty", "input", "scorer"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One rehearsal."""

    card: Scorecard
    started: RehearsalStarted | None
    """First event of its log; None where the log does not tell."""


class Obstacle(BaseModel):
    """Why numbers of the two do not compare."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Barrier
    text: Text


def kind_of(attempt: Attempt) -> Kind:
    """Return what was rehearsed: a whole scenario, a drill, or a moment of an earlier one."""
    return "moment" if attempt.started is not None and attempt.started.replay_of else attempt.card.scenario_kind


_WHY: Mapping[Barrier, Text] = {
    "language": both("语言不同", "they are in different languages"),
    "kind": both("一场是完整排练，另一场不是", "one is a whole rehearsal, the other is not"),
    "scenario": both("场景不同", "the scenarios differ"),
    "edited": both("场景在两次之间改过", "the scenario was edited in between"),
    "exposure": both("压力程度不同", "the pressure chosen differs"),
    "difficulty": both("难度不同", "the levels differ"),
    "input": both("一场是说话，另一场是打字", "one was spoken, the other typed"),
    "scorer": both("评分程序或词库的版本不同", "different versions of the scorer or its packs scored them"),
}


def obstacles_between(before: Attempt, after: Attempt) -> Iterator[Obstacle]:
    """Return every reason, the gravest first; none where numbers compare."""
    for code in _barriers(before, after):
        yield Obstacle(code=code, text=_WHY[code])


def _barriers(before: Attempt, after: Attempt) -> Iterator[Barrier]:
    was, now = before.card, after.card
    if was.locale != now.locale:
        yield "language"
    if kind_of(before) != kind_of(after):
        yield "kind"
    if was.scenario_id != now.scenario_id:
        yield "scenario"
    if before.started is not None and after.started is not None:
        yield from _terms(before.started, after.started)
    if not is_scored_alike(was, now):
        yield "scorer"


def _terms(was: RehearsalStarted, now: RehearsalStarted) -> Iterator[Barrier]:
    if was.scenario_id == now.scenario_id and was.scenario_hash != now.scenario_hash:
        yield "edited"
    if was.exposure != now.exposure:
        yield "exposure"
    elif was.difficulty != now.difficulty:
        yield "difficulty"
    if was.input != now.input:
        yield "input"
