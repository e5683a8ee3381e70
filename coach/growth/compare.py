"""Two attempts side by side: what moved, what is only scatter, and where numbers do not compare at all. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Literal

from pydantic import BaseModel, ConfigDict

from coach.growth.compare_rows import Row, rows_of
from coach.growth.compare_terms import Attempt, Obstacle, kind_of, obstacles_between
from coach.growth.result import Result, Score, score_of
from coach.score.focus_states import focus_states
from coach.score.scatter import least_change
from coach.score.scorecard import CoveragePoint, FocusState, NamedScore, PaceWindow, Scorecard, Text
from coach.score.wording import both

Verdict = Literal["better", "worse", "same", "unknown", "unmeasured", "not_comparable"]
_STATES = {"misstated": 0, "miss": 1, "partial": 2, "hit": 3}


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Side(_Value):
    """One of the two, as a heading needs it."""

    rehearsal_id: str
    scenario_id: str
    scenario_title: str
    locale: str
    started_at: datetime | None
    duration_sec: float | None
    kind: Literal["rehearsal", "drill", "moment"]
    exposure: Literal["calm", "easy", "full"] | None
    difficulty: int | None
    input: Literal["voice", "typed"] | None
    overall: float | None
    passed: bool | None


class ScoreRow(_Value):
    """A named score twice."""

    id: str
    name: Text
    before: Score
    after: Score
    change: float | None
    """After less before, points; null unless both were measured."""
    minimal_change: float | None
    """Points from which a change is more than scatter; null while repeats do not tell it: too few, or too far apart."""
    verdict: Verdict
    text: Text


class PointRow(_Value):
    """A selling point twice."""

    point_id: str
    title: str
    priority: str
    before: Literal["hit", "partial", "miss", "misstated"] | None
    after: Literal["hit", "partial", "miss", "misstated"] | None
    verdict: Literal["better", "worse", "same", "not_comparable"]
    quote: str
    """What was said last time it was said, in the scenario's language."""


class PaceSide(_Value):
    """Speech rate over one of them."""

    at_sec: float
    rate: float


class Comparison(_Value):
    """Two attempts, the earlier one first."""

    before: Side
    after: Side
    summary: Text
    obstacles: list[Obstacle]
    scores: list[ScoreRow]
    points: list[PointRow]
    """Empty where the products differ."""
    rows: list[Row]
    focus: list[FocusState]
    """What became of the earlier one's focus points."""
    pace_before: list[PaceSide]
    pace_after: list[PaceSide]
    pace_unit: str
    pace_band: tuple[float, float] | None


def compare(one: Attempt, other: Attempt, past: Sequence[Result] = ()) -> Comparison:
    """Return what differs between two rehearsals.

    Args:
        one: In any order.
        other: The other.
        past: Results of the same streamer, which tell how much repeats scatter.
    """
    before, after = sorted((one, other), key=_when)
    obstacles = list(obstacles_between(before, after))
    is_comparable = not obstacles
    scatter = _scatter(past, after)
    scores = [_score(name, before.card, after.card, scatter, is_comparable) for name in scatter]
    points = list(_points(before.card, after.card))
    return Comparison(
        before=_side(before),
        after=_side(after),
        summary=_summary(obstacles, scores, points),
        obstacles=obstacles,
        scores=scores,
        points=points,
        rows=list(rows_of(before.card, after.card, is_comparable=is_comparable)),
        focus=focus_states(before.card, after.card),
        pace_before=_pace(before.card.pace),
        pace_after=_pace(after.card.pace),
        pace_unit=after.card.pace_unit or before.card.pace_unit,
        pace_band=next((window.band for window in after.card.pace if window.band is not None), None),
    )


def _when(attempt: Attempt) -> tuple[float, str]:
    at = _started_at(attempt)
    return (at.timestamp() if at else 0.0, attempt.card.rehearsal_id)


def _started_at(attempt: Attempt) -> datetime | None:
    return datetime.fromisoformat(attempt.started.started_at) if attempt.started else None


def _side(attempt: Attempt) -> Side:
    card, started = attempt.card, attempt.started
    return Side(
        rehearsal_id=card.rehearsal_id,
        scenario_id=card.scenario_id,
        scenario_title=card.scenario_title,
        locale=card.locale,
        started_at=_started_at(attempt),
        duration_sec=card.duration_sec,
        kind=kind_of(attempt),
        exposure=started.exposure if started else None,
        difficulty=started.difficulty if started else None,
        input=started.input if started else None,
        overall=card.overall.value if card.overall else None,
        passed=card.overall.passed if card.overall else None,
    )


# --- the named scores ------------------------------------------------------------------------------------------


def _scatter(past: Sequence[Result], after: Attempt) -> dict[str, float | None]:
    """Return per score the least difference that is more than scatter, by earlier repeats on the same terms."""
    until = _started_at(after)
    runs: dict[tuple[object, ...], list[Result]] = {}
    for one in sorted(past, key=lambda item: item.started_at):
        if one.kind == "rehearsal" and until is not None and one.started_at < until:
            runs.setdefault((one.scenario_id, one.exposure, one.difficulty, one.scorer), []).append(one)
    return {name: least_change([step for run in runs.values() for step in _steps(name, run)]) for name in _NAMES}


def _steps(name: str, run: Sequence[Result]) -> Iterator[float]:
    values = [score.value for one in run if (score := one.scores.get(name)) is not None and score.value is not None]
    yield from (after - before for before, after in pairwise(values))


def _score(
    name: str, was: Scorecard, now: Scorecard, scatter: Mapping[str, float | None], is_comparable: bool
) -> ScoreRow:
    before, after = (next((score for score in card.scores if score.id == name), None) for card in (was, now))
    change = None
    if before is not None and after is not None and before.value is not None and after.value is not None:
        change = round(after.value - before.value, 1)
    minimal = (after.minimal_change if after is not None else None) or scatter[name]
    verdict = _verdict(before, after, change, minimal, is_comparable)
    return ScoreRow(
        id=name,
        name=_NAMES[name],
        before=score_of(before),
        after=score_of(after),
        change=change,
        minimal_change=minimal,
        verdict=verdict,
        text=_told(verdict, change, minimal),
    )


_NAMES = {
    "pacing": both("节奏", "Pacing"),
    "coverage": both("卖点覆盖", "Coverage"),
    "composure": both("从容", "Composure"),
}


def _verdict(
    before: NamedScore | None,
    after: NamedScore | None,
    change: float | None,
    minimal: float | None,
    is_comparable: bool,
) -> Verdict:
    if change is None or before is None or after is None:
        return "unmeasured"
    if not is_comparable:
        return "not_comparable"
    if change == 0 or _overlap(before, after):
        return "same"
    if minimal is None:
        return "unknown"
    if abs(change) < minimal:
        return "same"
    return "better" if change > 0 else "worse"


def _overlap(before: NamedScore, after: NamedScore) -> bool:
    """Return whether both have intervals and these meet: then a difference may be chance whatever repeats say."""
    was, now = before.interval, after.interval
    return was is not None and now is not None and was.low <= now.high and now.low <= was.high


def _told(verdict: Verdict, change: float | None, minimal: float | None) -> Text:
    points = f"{abs(change or 0):.0f}"
    match verdict:
        case "unmeasured":
            return both("有一场没有测到，比不了。", "One of them was not measured.")
        case "not_comparable":
            return both("条件不同，只列出，不比较。", "On different terms: shown, not compared.")
        case "unknown":
            return both(
                f"差 {points} 分，还不知道是不是正常起伏：同一个场景要多练几遍才看得出。",
                f"{points} points apart; whether that is more than chance shows after a few more repeats.",
            )
        case "same":
            return _unclear(points, change or 0, minimal)
        case "better":
            return both(f"高了 {points} 分，超出正常起伏。", f"Up {points} points, more than the usual ups and downs.")
        case "worse":
            return both(
                f"低了 {points} 分，超出正常起伏。", f"Down {points} points, more than the usual ups and downs."
            )


def _unclear(points: str, change: float, minimal: float | None) -> Text:
    """Say why a difference is no change yet; it is never called none where there is one."""
    if change == 0:
        return both("两场分数相同。", "The same score twice.")
    if minimal is not None and abs(change) < minimal:
        return both(
            f"差 {points} 分，在正常起伏之内（{minimal:.0f} 分以上才算变化）。",
            f"{points} points apart, within the usual ups and downs (a change counts from {minimal:.0f} points).",
        )
    return both(
        f"差 {points} 分，但两场测得都不够准，可能的范围有重叠，还说不上变化。",
        f"{points} points apart, but neither is measured closely enough: where they most likely lie overlaps.",
    )


# --- selling points --------------------------------------------------------------------------------------------


def _points(was: Scorecard, now: Scorecard) -> Iterator[PointRow]:
    """Compare point by point; of different products there is nothing to compare."""
    if was.scenario_id != now.scenario_id:
        return
    before = {point.point_id: point for point in was.coverage}
    after = {point.point_id: point for point in now.coverage}
    for point_id in dict.fromkeys([*before, *after]):
        old, new = before.get(point_id), after.get(point_id)
        yield _point(old, new)


def _point(old: CoveragePoint | None, new: CoveragePoint | None) -> PointRow:
    shown = new or old
    if shown is None:
        raise ValueError("expected a point on one side at least")
    verdict: Literal["better", "worse", "same", "not_comparable"] = "not_comparable"
    if old is not None and new is not None:
        step = _STATES[new.state] - _STATES[old.state]
        verdict = "better" if step > 0 else "worse" if step < 0 else "same"
    said = [item for side in (new, old) if side for item in side.evidence if not item.proposed]
    return PointRow(
        point_id=shown.point_id,
        title=shown.title,
        priority=shown.priority,
        before=old.state if old else None,
        after=new.state if new else None,
        verdict=verdict,
        quote=said[0].quote if said else "",
    )


def _pace(windows: Sequence[PaceWindow]) -> list[PaceSide]:
    return [
        PaceSide(at_sec=(window.start + window.end) / 2, rate=window.speaking_rate)
        for window in windows
        if window.speaking_rate is not None
    ]


# --- the first sentence ----------------------------------------------------------------------------------------


def _summary(obstacles: Sequence[Obstacle], scores: Sequence[ScoreRow], points: Sequence[PointRow]) -> Text:
    if obstacles:
        zh, en = "；".join(item.text.zh for item in obstacles), "; ".join(item.text.en for item in obstacles)
        return both(
            f"这两场的分数不能直接比较：{zh}。下面并排列出，不下结论。",
            f"The scores of these two do not compare: {en}. They stand side by side, without a verdict.",
        )
    parts = [*_moved(scores), *_points_moved(points)]
    if not parts:
        return both(
            "还说不上变化：没有哪个分数的变化超出正常起伏。",
            "Not a clear change yet: no score moved more than the usual ups and downs.",
        )
    zh, en = "；".join(part.zh for part in parts), "; ".join(part.en for part in parts)
    return both(f"{zh}。", f"{en[0].upper()}{en[1:]}.")


def _moved(scores: Sequence[ScoreRow]) -> Iterator[Text]:
    for row in scores:
        points = f"{abs(row.change or 0):.0f}"
        if row.verdict == "better":
            yield both(f"{row.name.zh}高了 {points} 分", f"{row.name.en.lower()} is up {points} points")
        elif row.verdict == "worse":
            yield both(f"{row.name.zh}低了 {points} 分", f"{row.name.en.lower()} is down {points} points")


def _points_moved(points: Sequence[PointRow]) -> Iterator[Text]:
    up = sum(row.verdict == "better" for row in points)
    down = sum(row.verdict == "worse" for row in points)
    if up:
        yield both(f"{up} 个卖点比上次讲得清楚", f"{_count(up)} came across better")
    if down:
        yield both(f"{down} 个卖点比上次少讲了", f"{_count(down)} came across less")


def _count(points: int) -> str:
    return "one selling point" if points == 1 else f"{points} selling points"
