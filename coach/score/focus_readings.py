"""How much of a trouble a scorecard shows: one number per rule, with words for it, so that two rehearsals compare."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

from coach.score.corrected import error_among
from coach.score.granted import BARGAINERS
from coach.score.scorecard import Finding, HandledLine, Metric, Scorecard, Text
from coach.score.units import counted, with_unit
from coach.score.wording import both, seconds


@dataclass(frozen=True, slots=True)
class Reading:
    """How much of a trouble there was."""

    amount: float | None
    """0 is none of it; null where it had no chance to show."""
    text: Text
    zone: float = 0.0
    """Changes up to this are no change."""


Read = Callable[[Scorecard, Finding, Scorecard], Reading]
"""Reads the first scorecard about a finding of the second."""

LINES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "handling.sold_to_vulnerable": (("badly",), ("protect",)),
    "handling.took_bait": (("badly",), ("refuse",)),
    "handling.badly_answered": (("badly",), ("answer",)),
    "handling.fed_the_troll": (("badly",), ("ignore",)),
    "handling.unanswered": (("unanswered",), ("answer", "refuse", "protect")),
    "handling.weak": (("weak",), ("answer", "refuse", "protect")),
    "handling.defensive": (("weak",), ("ignore",)),
}
"""Rule to how the lines were handled, and how they should have been."""
METRICS: Mapping[str, tuple[str, float]] = {
    "pacing.fillers": ("fillers_per_min", 0.5),
    "composure.return": ("return_median", 2.0),
    "genuine.read_aloud": ("read_aloud_share", 5.0),
    "genuine.repeated": ("repeated_share", 5.0),
}
"""Rule to the metric that tells it, and the change of it that is none. By design: about a tenth of its band."""
OTHER_PRODUCT = both("不是这件商品", "it was another product")
_NO_CHANCE = both("没有出现这样的情况", "it had no chance to come up")
WAITS: Mapping[str, str] = {"price.late": "price_answer", "price.rare": "price_gap"}
"""Rule to the metric whose seconds tell it: none of it within the metric's range."""
_NEVER_SEC = 3600.0
"""Stands for what never came: longer than any wait."""
_WAIT_ZONE_SEC = 2.0
_STATES = {"hit": 0.0, "partial": 1.0, "miss": 2.0, "misstated": 3.0}


def read(card: Scorecard, finding: Finding, before: Scorecard) -> Reading:
    """Return how much of a finding's trouble a scorecard shows.

    Args:
        card: The scorecard to read: the one before, or the one after.
        finding: The finding of the one before.
        before: The one before.
    """
    if not has_words(card):
        return Reading(None, both("没有可以比的话", "nothing was said that could be compared"))
    family = finding.rule.partition(".")[0]
    reader = _RULES.get(finding.rule) or _FAMILIES.get(family) or _again
    return reader(card, finding, before)


def has_words(card: Scorecard) -> bool:
    """Return whether the streamer said anything whose words are known."""
    return bool(card.coverage) and all(finding.rule != "start.nothing_said" for finding in card.findings)


def is_test(rule: str, amount: float | None) -> bool:
    """Return whether a reading tests a rule: what was told wrong is tested by telling it, not by leaving it out."""
    return amount is not None and not (rule == "coverage.misstated" and amount == _STATES["miss"])


def rule_of(finding_id: str, card: Scorecard) -> Finding | None:
    """Return a finding by its id."""
    return next((finding for finding in card.findings if finding.id == finding_id), None)


def metric_of(card: Scorecard, metric_id: str, panel: str | None = None) -> Metric | None:
    """Return a metric by its id, of a panel where two panels have one of that name."""
    return next((item for item in card.metrics if item.id == metric_id and panel in (None, item.panel)), None)


# --- one reader per kind of rule -------------------------------------------------------------------------------


def _coverage(card: Scorecard, finding: Finding, before: Scorecard) -> Reading:
    point = next((item for item in card.coverage if f"coverage.{item.point_id}" == finding.id), None)
    if point is None:
        return Reading(None, OTHER_PRODUCT)
    missing = len(point.missing_facts)
    texts = {
        "hit": both("讲清楚了", "came across"),
        "partial": both(f"讲了一半，还差 {missing} 个事实", f"half there, {counted(missing, 'fact')} missing")
        if missing
        else both("只提了一句", "only named"),
        "miss": both("没讲到", "was not said"),
        "misstated": both("讲错了", "it was said wrong"),
    }
    if point.state == "miss" and _is_unscored(card):
        return Reading(None, texts["miss"])
    part = min(9, missing) / 10 if point.state == "partial" else 0.0
    amount = _STATES[point.state] + part
    return Reading(amount if is_test(finding.rule, amount) else None, texts[point.state])


def _is_unscored(card: Scorecard) -> bool:
    """Return whether too little was said, or heard, for what is missing to tell anything."""
    return any(score.id == "coverage" and score.value is None for score in card.scores)


def _facts(card: Scorecard, finding: Finding, before: Scorecard) -> Reading:
    if card.scenario_id != before.scenario_id:
        return Reading(None, OTHER_PRODUCT)
    fact = fact_of(finding, before)
    count = sum(item.stands and item.fact == fact for item in card.fact_errors)
    if not count and not _came_up(fact, card):
        return Reading(None, both("这次没提到", "it did not come up"))
    return Reading(count, both(f"说错 {count} 次", f"wrong {count}×") if count else both("没有说错", "nothing wrong"))


def fact_of(finding: Finding, card: Scorecard) -> str:
    """Return which fact of its sheet a `facts` finding is about; what only asks for a reading names it itself."""
    error = error_among(finding, card.fact_errors) if finding.evidence else None
    return error.fact if error is not None else finding.id.partition(".")[2]


def _came_up(fact: str, card: Scorecard) -> bool:
    """Return whether something was said of what was told wrong, so that it could go wrong again.

    What the sheet only rules out is right where it is left out.
    """
    point = next((item for item in card.coverage if item.point_id == fact), None)
    if point is not None:
        return point.state != "miss"
    if fact == "price":
        said = metric_of(card, "price_mentions")
        return said is None or said.value != 0
    return card.facts_said.get(fact, True)


def _compliance(card: Scorecard, finding: Finding, before: Scorecard) -> Reading:
    kinds = {item.category for item in before.compliance if item.id == finding.id or item.rule == finding.rule}
    count = sum(not kinds or item.category in kinds for item in card.compliance)
    return Reading(count, both(f"{count} 处", f"{count}×"))


def _handling(card: Scorecard, finding: Finding, before: Scorecard) -> Reading:
    if finding.rule not in LINES:
        return _again(card, finding, before)
    handled, should = LINES[finding.rule]
    # How somebody is answered shows only in an answer; to ignore is right where it is right.
    told = "ignore" not in should and "unanswered" not in handled
    due = [line for line in card.handled if line.should in should and (line.noticed or not told)]
    return _share_of(due, sum(line.handled in handled and not line.below_floor for line in due))


def _below_floor(card: Scorecard, finding: Finding, before: Scorecard) -> Reading:
    due = [line for line in card.handled if line.below_floor or (line.noticed and line.viewer_type in BARGAINERS)]
    return _share_of(due, sum(line.below_floor for line in due))


def _share_of(due: list[HandledLine], count: int) -> Reading:
    if not due:
        return Reading(None, _NO_CHANCE)
    return Reading(count / len(due), both(f"{len(due)} 条里 {count} 条", f"{count} of {len(due)} lines"), zone=0.1)


def _dead_air(card: Scorecard, finding: Finding, before: Scorecard) -> Reading:
    count, longest = metric_of(card, "dead_air"), metric_of(card, "longest_dead_air")
    if count is None or count.value is None or not card.duration_sec:
        return Reading(None, _unmeasured(count))
    most = longest.value if longest is not None and longest.value is not None else 0.0
    zh, en = (f"，最长 {seconds(most)} 秒", f", the longest {seconds(most)} s") if most else ("", "")
    text = both(f"{count.value:g} 次{zh}", f"{count.value:g}×{en}")
    return Reading(count.value * 300 / max(60.0, card.duration_sec), text, zone=0.5)


def _rate(card: Scorecard, finding: Finding, before: Scorecard) -> Reading:
    metric = metric_of(card, "speaking_rate")
    rates = [window.speaking_rate for window in card.pace if window.speaking_rate is not None]
    if metric is None or metric.value is None or metric.band is None or not rates:
        return Reading(None, _unmeasured(metric))
    low, high = metric.band
    fast = finding.rule == "pacing.too_fast"
    out = sum(rate > high if fast else rate < low for rate in rates)
    middle = with_unit(f"{median(rates):.0f}", metric.unit)
    text = both(
        f"{len(rates)} 段里 {out} 段偏{'快' if fast else '慢'}，中位 {middle.zh}",
        f"{out} of {len(rates)} windows too {'fast' if fast else 'slow'}, median {middle.en}",
    )
    return Reading(out / len(rates), text, zone=0.1)


def _slips(card: Scorecard, finding: Finding, before: Scorecard) -> Reading:
    known = [item for item in card.pressure if item.language_control is not None]
    if not known:
        return Reading(None, both("没有压力时刻", "there was no pressure moment"))
    count = sum(bool(item.slips) for item in known)
    return Reading(
        count / len(known), both(f"{len(known)} 次里 {count} 次", f"{count} of {len(known)} moments"), zone=0.1
    )


def _metric(card: Scorecard, finding: Finding, before: Scorecard) -> Reading:
    metric_id, zone = METRICS[finding.rule]
    metric = metric_of(card, metric_id)
    if metric is None or metric.value is None:
        return Reading(None, _unmeasured(metric))
    return Reading(metric.value, with_unit(f"{metric.value:g}", metric.unit), zone)


def _wait(card: Scorecard, finding: Finding, before: Scorecard) -> Reading:
    metric = metric_of(card, WAITS[finding.rule])
    is_again = any(item.rule == finding.rule and item.tone == "practise" for item in card.findings)
    if is_again and (metric is None or metric.value is None):
        return Reading(_NEVER_SEC, both("有一次问了价，一直没有报", "one question never got the price"))
    if metric is None or metric.verdict == "none":
        return Reading(None, _unmeasured(metric))
    top = metric.band[1] if metric.band is not None else 0.0
    if metric.verdict == "high" and (metric.value is None or metric.value <= top):
        return Reading(_NEVER_SEC, both("有一次问了价，一直没有报", "one question never got the price"))
    value = metric.value or 0.0
    return Reading(0.0 if value <= top else value, with_unit(f"{value:g}", metric.unit), _WAIT_ZONE_SEC)


def _again(card: Scorecard, finding: Finding, before: Scorecard) -> Reading:
    """Any other rule: whether it was found again, and how weighty."""
    same = [item for item in card.findings if item.rule == finding.rule and item.tone == "practise"]
    if not same:
        return Reading(0.0, both("没有再出现", "did not come up again"))
    worst = max(same, key=lambda item: item.weight)
    return Reading(worst.weight, worst.title, zone=0.05)


def _unmeasured(metric: Metric | None) -> Text:
    reason = metric.not_measured if metric is not None else None
    return reason or both("没有测到", "it was not measured")


_RULES: Mapping[str, Read] = {
    "handling.below_floor": _below_floor,
    "pacing.dead_air": _dead_air,
    "pacing.too_fast": _rate,
    "pacing.too_slow": _rate,
    "composure.language": _slips,
    **dict.fromkeys(METRICS, _metric),
    **dict.fromkeys(WAITS, _wait),
}
_FAMILIES: Mapping[str, Read] = {
    "coverage": _coverage,
    "facts": _facts,
    "compliance": _compliance,
    "handling": _handling,
}
