"""The next thing to do, from what was kept: one thing, with the finding and the rule it follows from (row R142)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict

from coach.growth.issues import Issue, issues_of
from coach.growth.result import Point, Result
from coach.scenario.exposure import EXPOSURES, Exposure
from coach.score.drills import DRILL_SEC, DRILLS
from coach.score.scorecard import Text
from coach.score.wording import both

BREAK_DAYS = 30
"""After so long the streamer's own baselines have run out too (DOMAIN §4.2), and one begins gently (row R140)."""
_HARDEST = 5


@dataclass(frozen=True, slots=True)
class Offer:
    """A whole rehearsal of the library."""

    id: str
    title: str
    locale: str
    difficulty: int
    duration_sec: float
    is_drawn: bool = False
    """Whether the product is drawn at the start: nothing to begin with."""


@dataclass(frozen=True, slots=True)
class Running:
    """A rehearsal that goes on at this moment."""

    id: str
    scenario_id: str
    title: str
    locale: str


class NextStep(BaseModel):
    """One thing to do now, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["rejoin", "drill", "again", "onwards", "first"]
    """`rejoin` a running rehearsal; `drill` the open focus point; the scenario `again`; `onwards` to a scenario not
    rehearsed yet; a newcomer's `first`."""
    title: Text
    reason: Text
    """Which finding, which rehearsal."""
    rule: str = ""
    """Rule id of the finding it follows from; empty where none is open."""
    finding: Text | None = None
    """Title of that finding."""
    quote: str = ""
    """What was said, in the language of `locale`."""
    rehearsal_id: str = ""
    """The rehearsal it follows from: a drill's product, or the one to rejoin."""
    rehearsed_at: datetime | None = None
    scenario_id: str
    scenario_title: str
    locale: str
    drill_id: str = ""
    """With `rehearsal_id`, what `POST /api/rehearsals {drill}` takes."""
    exposure: Exposure | None = None
    """For a whole rehearsal: how much pressure to begin with."""
    difficulty: int | None = None
    duration_sec: float | None = None


def next_step(
    past: Sequence[Result],
    offers: Sequence[Offer],
    *,
    now: datetime,
    locale: str = "",
    running: Running | None = None,
    wrong: Mapping[str, Collection[str]] | None = None,
) -> NextStep | None:
    """Decide what to do next.

    Args:
        past: Kept results of one streamer, in any order.
        offers: Whole rehearsals of the library.
        now: Aware.
        locale: `zh`, `en-US`, …: only rehearsals and scenarios of that language; empty: that of the last rehearsal.
        running: A rehearsal that goes on.
        wrong: Rehearsal id to findings marked as wrong.

    Returns:
        None if there is neither a past nor an offer in that language.
    """
    if running is not None:
        return _rejoin(running)
    language = locale.partition("-")[0]
    mine = [one for one in past if not language or one.locale.partition("-")[0] == language]
    last = max((one for one in mine if one.kind == "rehearsal"), key=lambda one: one.started_at, default=None)
    fitting = sorted(
        (offer for offer in offers if not language or offer.locale.partition("-")[0] == language),
        key=lambda offer: (offer.is_drawn, offer.difficulty, offer.duration_sec, offer.id),
    )
    if last is None:
        return _first(fitting[0], len(mine) < len(past)) if fitting else None
    same = [offer for offer in fitting if offer.locale == last.locale]
    away = now - max(one.started_at for one in mine)
    if away > timedelta(days=BREAK_DAYS) and _is_offered(last, same):
        return _back(last, away.days)
    return _follow_up(last, mine, same, wrong or {})


def _follow_up(
    last: Result, past: Sequence[Result], offers: Sequence[Offer], wrong: Mapping[str, Collection[str]]
) -> NextStep | None:
    issues = {(issue.locale, issue.key): issue for issue in issues_of(past, wrong)}
    for point in last.focus:
        issue = issues.get((last.locale, point.key))
        if issue is None or issue.state == "solved" or point.finding_id in wrong.get(last.rehearsal_id, ()):
            continue
        if issue.drills and _is_offered(last, offers):
            return _again(last, point, issue)
        if point.drill_id in DRILLS:
            return _drill(last, point)
        if _is_offered(last, offers):
            return _again(last, point, issue)
    return _step_up(last, past, offers)


def _is_offered(last: Result, offers: Sequence[Offer]) -> bool:
    """Return whether the scenario is still in the library; a drill needs only the one kept with the rehearsal."""
    return any(offer.id == last.scenario_id for offer in offers)


def _rejoin(running: Running) -> NextStep:
    return NextStep(
        kind="rejoin",
        title=both("回到正在进行的排练", "Go back to the rehearsal that is running"),
        reason=both("这场还没有结束，观众在等你。", "It has not ended yet; the viewers are waiting."),
        rehearsal_id=running.id,
        scenario_id=running.scenario_id,
        scenario_title=running.title,
        locale=running.locale,
    )


def _first(offer: Offer, knows_another: bool) -> NextStep:
    """Return the easiest rehearsal; `knows_another`: whether something was rehearsed in another language."""
    minutes = max(1, round(offer.duration_sec / 60))
    spoken = both("中文", "Chinese") if offer.locale.startswith("zh") else both("英文", "English")
    zh, en = (f"用{spoken.zh}", f" in {spoken.en}") if knows_another else ("", "")
    return NextStep(
        kind="first",
        title=both("从这一场开始", "Start with this one"),
        reason=both(
            f"还没有{zh}排练过，先来最容易的一场：难度 {offer.difficulty}，{minutes} 分钟，没有人为难你。",
            f"Nothing has been rehearsed{en} yet, so the easiest comes first: level {offer.difficulty}, {minutes} "
            "minutes, and nobody gives you a hard time.",
        ),
        scenario_id=offer.id,
        scenario_title=offer.title,
        locale=offer.locale,
        exposure="calm",
        difficulty=1,
        duration_sec=offer.duration_sec,
    )


def _drill(last: Result, point: Point) -> NextStep:
    drill = DRILLS[point.drill_id]
    return _after(
        last,
        point,
        kind="drill",
        title=both(f"三分钟小练习：{drill.name.zh}", f"Three-minute drill: {drill.name.en}"),
        reason=both(
            f"上一场最先要练的是：{_plain(point.title.zh)}。这个小练习专门练它。",
            f"Your last rehearsal’s first point to work on: {_plain(point.title.en)}. This drill trains exactly that.",
        ),
        drill_id=drill.id,
        duration_sec=DRILL_SEC,
    )


def _again(last: Result, point: Point, issue: Issue) -> NextStep:
    if issue.drills:
        reason = both(
            f"已经做了 {issue.drills} 次小练习：{_plain(point.title.zh)}。回到同一个场景，看看现在怎么样。",
            f"You have drilled this {_times(issue.drills)}: {_plain(point.title.en)}. The same scenario shows where it "
            "stands now.",
        )
    else:
        reason = both(
            f"上一场最先要练的是：{_plain(point.title.zh)}。在同一个场景里再试一次。",
            f"Your last rehearsal’s first point to work on: {_plain(point.title.en)}. Try it in the same scenario.",
        )
    return _after(last, point, kind="again", title=_AGAIN, reason=reason, exposure=last.exposure)


def _plain(title: str) -> str:
    """Return a title without its full stop, to stand inside a sentence. Not in quotes: titles quote on their own."""
    return title.rstrip("。. ")


_AGAIN = both("同一个场景，再来一遍", "The same scenario once more")


def _step_up(last: Result, past: Sequence[Result], offers: Sequence[Offer]) -> NextStep | None:
    """Nothing is open: more pressure in the same scenario, then another one, then a harder level."""
    if last.exposure != "full" and _is_offered(last, offers):
        harder = EXPOSURES[EXPOSURES.index(last.exposure) + 1]
        told = both("上一场没有留下要练的重点，压力可以加一点。", "Nothing is left open, so a bit more pressure fits.")
        return _after(last, None, kind="again", title=_AGAIN, reason=told, exposure=harder)
    known = {one.scenario_id for one in past if one.kind == "rehearsal"}
    level = last.difficulty or 1
    fresh = [offer for offer in offers if offer.id not in known]
    offer = min(fresh, key=lambda one: (abs(one.difficulty - level), one.is_drawn, one.difficulty), default=None)
    if offer is not None:
        return NextStep(
            kind="onwards",
            title=both("换一个新场景", "A scenario you have not tried"),
            reason=both(
                f"上一场没有留下要练的重点。这一场难度 {offer.difficulty}，还没有练过。",
                f"Nothing is left open from last time. This one is level {offer.difficulty} and new to you.",
            ),
            rehearsal_id=last.rehearsal_id,
            rehearsed_at=last.started_at,
            scenario_id=offer.id,
            scenario_title=offer.title,
            locale=offer.locale,
            exposure="easy" if offer.difficulty > level else "full",
            difficulty=offer.difficulty,
            duration_sec=offer.duration_sec,
        )
    if not _is_offered(last, offers):
        return None
    harder_level = min(_HARDEST, level + 1)
    told = both(
        f"场景都练过了，也没有留下要练的重点。难度 {harder_level} 会更密。",
        f"You know every scenario and nothing is left open. Level {harder_level} is busier.",
    )
    step = _after(last, None, kind="again", title=_AGAIN, reason=told, exposure="full")
    return step.model_copy(update={"difficulty": harder_level})


def _back(last: Result, days: int) -> NextStep:
    told = both(
        f"有 {days} 天没练了。从熟悉的场景、没有压力的版本开始，找回手感。",
        f"It has been {days} days. Begin with a scenario you know, without pressure, and find your feet again.",
    )
    return _after(last, None, kind="again", title=both("欢迎回来", "Welcome back"), reason=told, exposure="calm")


def _after(
    last: Result,
    point: Point | None,
    *,
    kind: Literal["drill", "again"],
    title: Text,
    reason: Text,
    drill_id: str = "",
    exposure: Exposure | None = None,
    duration_sec: float | None = None,
) -> NextStep:
    return NextStep(
        kind=kind,
        title=title,
        reason=reason,
        rule=point.rule if point else "",
        finding=point.title if point else None,
        quote=point.quote if point else "",
        rehearsal_id=last.rehearsal_id,
        rehearsed_at=last.started_at,
        scenario_id=last.scenario_id,
        scenario_title=last.scenario_title,
        locale=last.locale,
        drill_id=drill_id,
        exposure=exposure,
        difficulty=None if drill_id else last.difficulty,
        duration_sec=duration_sec,
    )


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
