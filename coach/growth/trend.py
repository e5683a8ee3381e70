"""How the named scores move over weeks, saying only what the numbers allow (DOMAIN rows R39, R44, R127, R135, R140).

Skills take four to eight weeks to show, and not in a straight line: a robust line, never the last score; no verdict of
standing still before the fourth week; nothing at all from a handful of rehearsals. Eased rehearsals, drills and
replayed moments are shown and do not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median, quantiles
from typing import Literal

from pydantic import BaseModel, ConfigDict

from coach.growth.result import SCORES, Result
from coach.growth.theil_sen import Line, theil_sen
from coach.score.scorecard import Text
from coach.score.wording import both

LEAST = 6
"""Rehearsals from which a trend is told: under six, Sen's interval is nearly the whole range of slopes."""
WEEK_FOUR_DAYS = 21
"""First day of the fourth week."""
SPAN_DAYS = 7
"""A slope a week needs a week."""
BREAK_DAYS = 30
"""A longer break begins anew, as the streamer's own baselines do (DOMAIN §4.2)."""
_STEPS = 24
"""Places at which the band is drawn."""
_NAMES = {
    "pacing": both("节奏", "Pacing"),
    "coverage": both("卖点覆盖", "Coverage"),
    "composure": both("从容", "Composure"),
}

Group = Literal["counted", "eased", "drill", "moment", "before_break"]
Verdict = Literal["none", "too_few", "too_early", "rising", "falling", "steady"]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TrendPoint(_Value):
    """One rehearsal's score."""

    rehearsal_id: str
    title: str
    at: datetime
    value: float
    low: float | None = None
    high: float | None = None
    group: Group
    """Only `counted` ones make the trend. `eased`: with less pressure than written."""
    difficulty: int | None = None


class TrendPlace(_Value):
    """The line and its band at one moment."""

    at: datetime
    value: float
    low: float
    high: float


class TrendWeek(_Value):
    """One week (from Monday, UTC) of counted rehearsals."""

    begins: date
    median: float
    rehearsals: int


class Trend(_Value):
    """One named score over time."""

    id: str
    name: Text
    verdict: Verdict
    text: Text
    """What the numbers allow to say."""
    usual: Text | None = None
    """Where the score usually is."""
    counted: int
    a_week: float | None = None
    """Points a week; null unless `verdict` is of a trend."""
    a_week_low: float | None = None
    a_week_high: float | None = None
    points: list[TrendPoint]
    line: list[TrendPlace]
    """Empty where no trend can be told."""
    weeks: list[TrendWeek]


class Trends(_Value):
    """The three named scores over the same time."""

    since: datetime | None
    """Where the counting begins; null without any rehearsal."""
    until: datetime
    after_break_days: int | None = None
    """How long nobody rehearsed before `since`, if that is why it begins there."""
    notes: list[Text]
    """What makes rehearsals less comparable."""
    trends: list[Trend]


def trends(past: Sequence[Result], *, now: datetime, weeks: int | None = 8) -> Trends:
    """Return the trends of one streamer's results, which the caller has narrowed to one language.

    Args:
        past: In any order.
        now: Aware.
        weeks: How far back; None: all.
    """
    begins = now - timedelta(weeks=weeks) if weeks is not None else None
    ordered = sorted(past, key=lambda one: one.started_at)
    shown = [one for one in ordered if (begins is None or one.started_at >= begins) and one.started_at <= now]
    counted = [one for one in shown if _group(one) == "counted"]
    start, away = _start(counted)
    fresh = [one for one in counted if start is None or one.started_at >= start]
    return Trends(
        since=start,
        until=now,
        after_break_days=away,
        notes=list(_notes(fresh)),
        trends=[_trend(name, shown, start) for name in SCORES],
    )


def _group(result: Result) -> Group:
    if result.kind != "rehearsal":
        return result.kind
    return "counted" if result.exposure == "full" else "eased"


def _start(counted: Sequence[Result]) -> tuple[datetime | None, int | None]:
    """Return when counting begins, and how long a break before it was."""
    if not counted:
        return None, None
    for before, after in zip(counted[-2::-1], counted[:0:-1], strict=True):
        away = (after.started_at - before.started_at).days
        if away > BREAK_DAYS:
            return after.started_at, away
    return counted[0].started_at, None


def _notes(counted: Sequence[Result]) -> Iterable[Text]:
    levels = {one.difficulty for one in counted if one.difficulty is not None}
    if len(levels) > 1:
        yield both(
            f"这里有难度 {min(levels)} 到 {max(levels)} 的排练；更难的场景分数可能低一些。可以只看一个场景。",
            f"These rehearsals are of level {min(levels)} to {max(levels)}; a harder one may score lower. "
            "Choose one scenario to compare like with like.",
        )
    if len({one.scorer for one in counted}) > 1:
        yield both(
            "这些分数由不同版本的评分程序打出。运行 run_coach.py rescore --all --write 之后才好比较。",
            "Different versions of the scorer made these scores. `run_coach.py rescore --all --write` makes them "
            "comparable.",
        )


def _trend(name: str, shown: Sequence[Result], start: datetime | None) -> Trend:
    points = [point for result in shown if (point := _point(name, result, start)) is not None]
    counted = [point for point in points if point.group == "counted"]
    weeks = list(_weeks(counted))
    told = _told(counted, len(points) - len(counted))
    return Trend(
        id=name,
        name=_NAMES[name],
        verdict=told.verdict,
        text=told.text,
        usual=_usual(counted),
        counted=len(counted),
        a_week=_rounded(told.line.slope) if told.line else None,
        a_week_low=_rounded(told.line.low) if told.line else None,
        a_week_high=_rounded(told.line.high) if told.line else None,
        points=points,
        line=_places(told.line, counted) if told.line else [],
        weeks=weeks,
    )


def _point(name: str, result: Result, start: datetime | None) -> TrendPoint | None:
    score = result.scores.get(name)
    if score is None or score.value is None:
        return None
    group = _group(result)
    return TrendPoint(
        rehearsal_id=result.rehearsal_id,
        title=result.scenario_title,
        at=result.started_at,
        value=score.value,
        low=score.low,
        high=score.high,
        group="before_break" if group == "counted" and start is not None and result.started_at < start else group,
        difficulty=result.difficulty,
    )


@dataclass(frozen=True, slots=True)
class _Told:
    verdict: Verdict
    text: Text
    line: Line | None = None


def _told(counted: Sequence[TrendPoint], uncounted: int) -> _Told:
    """Return what may be said. The line is per week, from the first counted rehearsal."""
    if not counted and not uncounted:
        return _Told("none", both("这段时间没有测到这一项。", "This was not measured in this time."))
    if len(counted) < LEAST:
        return _Told("too_few", _too_few(len(counted), uncounted))
    line = theil_sen(_in_weeks(counted), [point.value for point in counted])
    days = (counted[-1].at - counted[0].at) / timedelta(days=1)
    if line is None or days < SPAN_DAYS:
        return _Told("too_early", _TOO_EARLY)
    if line.low > 0:
        return _Told("rising", _moving(line, "上升", "Rising"), line)
    if days < WEEK_FOUR_DAYS:
        return _Told("too_early", _TOO_EARLY)
    if line.high < 0:
        return _Told("falling", _moving(line, "下降", "Falling"), line)
    return _Told("steady", _steady(line), line)


_TOO_EARLY = both(
    "还看不出趋势，属于正常：能力一般要练四到八周才看得出变化。",
    "Too early to tell, and that is normal: skills usually take four to eight weeks to show.",
)


def _too_few(count: int, uncounted: int) -> Text:
    """Return that too few count; the chart beside it also draws those that do not."""
    zh, en = f"，另有 {uncounted} 场不计入", f", {uncounted} more not counted"
    return both(
        f"计入 {count} 场{zh if uncounted else ''}：还看不出趋势（{LEAST} 场起）。",
        f"{count} rehearsal{'' if count == 1 else 's'} counted{en if uncounted else ''}: "
        f"too few to tell a trend (from {LEAST} on).",
    )


def _moving(line: Line, zh: str, en: str) -> Text:
    least, most = sorted((abs(line.low), abs(line.high)))
    about, low, high = _amount(abs(line.slope)), _amount(least), _amount(most)
    span = (
        both("", "") if low == high else both(f"（很可能在 {low} 到 {high} 之间）", f" (most likely {low} to {high})")
    )
    return both(
        f"每周大约{zh} {about} 分{span.zh}。",
        f"{en} by about {about} point{'' if about == '1' else 's'} a week{span.en}.",
    )


def _steady(line: Line) -> Text:
    low, high = _signed(line.low), _signed(line.high)
    span = both("", "") if low == high else both(f"（每周 {low} 到 {high} 分）", f" ({low} to {high} points a week)")
    return both(
        f"变化没有超出正常起伏{span.zh}，停一段很常见。",
        f"No change beyond the usual ups and downs{span.en}, as is common.",
    )


def _usual(counted: Sequence[TrendPoint]) -> Text | None:
    if len(counted) < LEAST:
        return None
    values = [point.value for point in counted]
    low, middle, high = (round(value) for value in quantiles(values, n=4, method="inclusive"))
    if low == high:
        return both(f"多数时候是 {middle} 分。", f"{middle} most of the time.")
    return both(
        f"通常在 {middle} 分左右，一半的排练在 {low} 到 {high} 之间。",
        f"Usually around {middle}; half of the rehearsals lie between {low} and {high}.",
    )


def _amount(points: float) -> str:
    """Return points for a sentence: whole from 1.5 on, else one decimal."""
    return f"{points:.0f}" if points >= 1.5 else f"{points:.1f}".removesuffix(".0")


def _signed(points: float) -> str:
    told = _amount(abs(points))
    return told if told == "0" else f"{'+' if points > 0 else '−'}{told}"


def _rounded(value: float) -> float:
    return round(value, 2)


def _in_weeks(points: Sequence[TrendPoint]) -> list[float]:
    return [(point.at - points[0].at) / timedelta(weeks=1) for point in points]


def _places(line: Line, counted: Sequence[TrendPoint]) -> list[TrendPlace]:
    """Return the line and its band from the first rehearsal to the last, within 0 and 100."""
    first, last = counted[0].at, counted[-1].at
    moments = [first + (last - first) * step / _STEPS for step in range(_STEPS + 1)]
    weeks = [(moment - first) / timedelta(weeks=1) for moment in moments]
    return [
        TrendPlace(at=moment, value=_within(line.at(week)), low=_within(low), high=_within(high))
        for moment, week, (low, high) in zip(moments, weeks, line.band(weeks), strict=True)
    ]


def _within(score: float) -> float:
    return round(min(100.0, max(0.0, score)), 1)


def _weeks(counted: Sequence[TrendPoint]) -> Iterable[TrendWeek]:
    weeks: dict[date, list[float]] = {}
    for point in counted:
        day = point.at.date()
        weeks.setdefault(day - timedelta(days=day.weekday()), []).append(point.value)
    for begins, values in weeks.items():
        yield TrendWeek(begins=begins, median=round(median(values), 1), rehearsals=len(values))
