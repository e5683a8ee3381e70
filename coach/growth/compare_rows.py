"""Counts and measures of two attempts, row by row, with what would be better."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from coach.score.focus_readings import metric_of
from coach.score.granted import granted_under_floor
from coach.score.scorecard import Metric, Scorecard, Text
from coach.score.wording import both

_SAME = 0.1
"""Measures that differ by less than a tenth are the same, as for focus points."""

Group = Literal["viewers", "wording", "delivery", "sale"]


class Row(BaseModel):
    """One count or measure twice."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    group: Group
    name: Text
    unit: str
    before: float | None
    after: float | None
    of_before: int | None = None
    """Of how many, for counts of viewers' lines."""
    of_after: int | None = None
    band: tuple[float, float] | None = None
    """No remark inside it."""
    verdict: Literal["better", "worse", "same", "none"]
    """`none`: not measured twice, not comparable, or neither way is better."""


@dataclass(frozen=True, slots=True)
class _Measure:
    id: str
    group: Group
    panel: str | None = None
    more_is_better: bool | None = None
    """Where the metric has no band; None: neither."""


_MEASURES = (
    _Measure("answer_latency", "viewers", "persuasion", more_is_better=False),
    _Measure("price_answer", "viewers"),
    _Measure("return_median", "viewers", more_is_better=False),
    _Measure("speaking_rate", "delivery"),
    _Measure("fillers_per_min", "delivery"),
    _Measure("pause_median", "delivery"),
    _Measure("dead_air", "delivery"),
    _Measure("longest_dead_air", "delivery", more_is_better=False),
    _Measure("read_aloud_share", "delivery"),
    _Measure("stages", "sale"),
    _Measure("core_repeats", "sale"),
    _Measure("calls_to_order", "sale"),
    _Measure("price_mentions", "sale"),
)


def rows_of(was: Scorecard, now: Scorecard, *, is_comparable: bool) -> Iterator[Row]:
    """Return the rows in which at least one of the two has a value."""
    for row in (*_handling(was, now), *_wording(was, now), *_measures(was, now)):
        if row.before is not None or row.after is not None:
            yield row if is_comparable else row.model_copy(update={"verdict": "none"})


def _handling(was: Scorecard, now: Scorecard) -> Iterator[Row]:
    kinds: tuple[tuple[Literal["well", "weak", "badly", "unanswered"], Text, bool], ...] = (
        ("well", both("接得好", "Handled well"), True),
        ("weak", both("接得弱", "Handled weakly"), False),
        ("badly", both("接得不好", "Handled badly"), False),
        ("unanswered", both("没有接", "Left unanswered"), False),
    )
    for handled, name, more in kinds:
        yield _lines(f"handled.{handled}", name, was, now, handled, more)
    floor = both("答应低于底价", "Under the floor")
    yield _counted(
        "below_floor",
        "viewers",
        floor,
        len(granted_under_floor(was.handled)),
        len(granted_under_floor(now.handled)),
        bool(was.handled),
        bool(now.handled),
    )


def _lines(name: str, title: Text, was: Scorecard, now: Scorecard, handled: str, more: bool) -> Row:
    """Count lines; shares decide, because two attempts seldom have as many."""
    counts = [sum(line.handled == handled for line in card.handled) for card in (was, now)]
    totals = [len(card.handled) for card in (was, now)]
    shares = [count / total if total else None for count, total in zip(counts, totals, strict=True)]
    return Row(
        id=name,
        group="viewers",
        name=title,
        unit="",
        before=counts[0] if totals[0] else None,
        after=counts[1] if totals[1] else None,
        of_before=totals[0],
        of_after=totals[1],
        verdict=_by_direction(shares[0], shares[1], more, zone=_SAME),
    )


def _wording(was: Scorecard, now: Scorecard) -> Iterator[Row]:
    for severity, name in (
        ("H", both("严重违规用语", "Serious wording")),
        ("M", both("一般违规用语", "Lesser wording")),
    ):
        counts = [sum(item.severity == severity for item in card.compliance) for card in (was, now)]
        known = [bool(card.coverage) for card in (was, now)]
        yield _counted(f"compliance.{severity}", "wording", name, counts[0], counts[1], known[0], known[1])
    wrong = [sum(item.stands for item in card.fact_errors) for card in (was, now)]
    name = both("与商品卡不符", "Facts said wrong")
    yield _counted("facts", "wording", name, wrong[0], wrong[1], bool(was.coverage), bool(now.coverage))


def _counted(row_id: str, group: Group, name: Text, was: int, now: int, was_known: bool, now_known: bool) -> Row:
    before, after = (float(was) if was_known else None), (float(now) if now_known else None)
    return Row(
        id=row_id,
        group=group,
        name=name,
        unit="",
        before=before,
        after=after,
        verdict=_by_direction(before, after, more_is_better=False),
    )


def _measures(was: Scorecard, now: Scorecard) -> Iterator[Row]:
    for measure in _MEASURES:
        old, new = (metric_of(card, measure.id, measure.panel) for card in (was, now))
        shown = new or old
        if shown is None:
            continue
        before, after = (metric.value if metric else None for metric in (old, new))
        yield Row(
            id=measure.id,
            group=measure.group,
            name=shown.name,
            unit=shown.unit,
            before=before,
            after=after,
            band=shown.band,
            verdict=_of_measure(measure, shown, before, after),
        )


def _of_measure(
    measure: _Measure, metric: Metric, before: float | None, after: float | None
) -> Literal["better", "worse", "same", "none"]:
    if metric.band is None and measure.more_is_better is None:
        return "none"
    if metric.band is None:
        return _by_direction(before, after, measure.more_is_better is True, zone=_zone(before, after))
    off = [None if value is None else _off(value, metric.band) for value in (before, after)]
    return _by_direction(off[0], off[1], more_is_better=False, zone=_zone(before, after))


def _zone(before: float | None, after: float | None) -> float:
    return _SAME * max(abs(before or 0), abs(after or 0))


def _off(value: float, band: tuple[float, float]) -> float:
    return max(band[0] - value, value - band[1], 0.0)


def _by_direction(
    before: float | None, after: float | None, more_is_better: bool, zone: float = 0.0
) -> Literal["better", "worse", "same", "none"]:
    if before is None or after is None:
        return "none"
    if abs(after - before) <= zone:
        return "same"
    return "better" if (after > before) == more_is_better else "worse"
