"""Selling points: hit, partial, miss or misstated, each with the words that show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from coach.language import Language
from coach.room.sheet import sheet_of
from coach.scenario.model import Scenario, SellingPoint
from coach.score.bare import is_bare
from coach.score.point_states import (
    asserted_in,
    cleared,
    contradicted,
    in_doubt,
    missing_facts,
    most_likely,
    shares_of,
    signs_of,
    with_readings,
)
from coach.score.points_ruled import best_quotes, heard_by_rules
from coach.score.proposals import Proposals
from coach.score.readings import Reading, readings
from coach.score.rough import is_rough
from coach.score.rows_read import rows_contradicted
from coach.score.scorecard import CoveragePoint, Finding, Metric, NamedScore, Text
from coach.score.sightings import Seen
from coach.score.slips import FactErrors
from coach.score.timeline import Timeline
from coach.score.verdict import State
from coach.score.wording import NO_WORDS, NOTHING_SAID, both

Confidence = Literal["high", "medium", "low"]
WEIGHTS = {"P0": 2.0, "P1": 1.0, "P2": 0.5}
_SHARES = {"hit": 1.0, "partial": 0.5, "miss": 0.0, "misstated": 0.0}
_TO_CHECK = 0.5
"""What a point counts that may be misstated."""
_MISS_WEIGHT = {"P0": 0.7, "P1": 0.4, "P2": 0.2}

NAME = both("卖点覆盖", "Selling-point coverage")
METHOD = both(
    "Σ权重×(讲到 1，讲了一部分或待核对 0.5，漏讲或讲错 0) ÷ Σ权重；必讲 P0 权重 2，P1 权重 1，P2 权重 0.5。"
    "按名称、说法和事实匹配，数字带单位比对；学过的模型再读最接近每个卖点的几句话，两边一起定。",
    "Sum of weight × (hit 1, partial or to be checked 0.5, miss or misstated 0) over the sum of weights; P0 weighs 2, "
    "P1 1, P2 0.5. Matched by name, wording and facts; figures are compared with their units. A learned model reads "
    "the utterances closest to each point, and both together decide.",
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """All points with their score."""

    score: NamedScore
    points: list[CoveragePoint]
    seen: dict[str, list[Seen]]
    """What each worded utterance says about each point, in order."""
    findings: list[Finding]
    metrics: list[Metric]
    facts: FactErrors
    """What contradicts the product sheet, points and all."""
    proposed_by: str = ""
    """Model and prompt of the proposals, where one counted."""

    def unscored(self, why: Text) -> Coverage:
        """Return coverage without its score, and why there is none."""
        without = {"value": None, "not_measured": why}
        return replace(
            self,
            score=self.score.model_copy(update=without),
            metrics=[item.model_copy(update=without) if item.id == "coverage" else item for item in self.metrics],
        )


def measure_coverage(
    timeline: Timeline, scenario: Scenario, language: Language, proposals: Proposals | None = None
) -> Coverage:
    """Return coverage, or why there is none. The same records and proposals always give the same result.

    Args:
        timeline: What was said.
        scenario: With the selling points.
        language: Its language.
        proposals: What a language model thinks was asserted too; each is verified, only missed points take any.
    """
    points = scenario.product.selling_points
    ruled = heard_by_rules(timeline, scenario, proposals)
    counted = any(item.proposed for items in ruled.seen.values() for item in items)
    sheet = sheet_of(scenario)
    found = readings(sheet, ruled.turns)
    shares = shares_of(signs_of(points, ruled, found, language.code), ruled, found)
    states = {point: most_likely(of) for point, of in shares.items()}
    doubted = in_doubt(shares, ruled)
    facts = ruled.finder.judged(
        ruled.facts,
        contradicted(points, states, ruled.facts, found, doubted),
        rows_contradicted(sheet, ruled.turns, found),
        cleared=cleared(states, ruled.seen, found),
        asserted=asserted_in(ruled.seen, found),
        doubted=doubted,
    )
    states = {
        point: "misstated" if point in facts.misstated else most_likely(of, misstated=False)
        for point, of in shares.items()
    }
    for point in points:
        texts = [ruled.turns[item.at].text for item in found[point.id]]
        if states[point.id] == "hit" and is_rough(point, ruled.heard[point.id], texts, language):
            states[point.id] = "partial"
        told = [item.spoken.text for item in ruled.seen[point.id] if item.match.idea or item.match.facts_said]
        if states[point.id] == "hit" and is_bare(point, [*texts, *told], language):
            states[point.id] = "partial"
    seen = with_readings(ruled.seen, points, found, states)
    results = [_judged(point, seen[point.id], facts, found[point.id], states[point.id]) for point in points]
    reason = None if timeline.worded else NOTHING_SAID if not timeline.spoken else NO_WORDS
    value = None if reason else _value(results)
    return Coverage(
        score=NamedScore(id="coverage", name=NAME, value=value, not_measured=reason, method=_method(results)),
        points=[] if reason is NO_WORDS else results,
        seen=seen,
        findings=[] if reason else [*(_finding(result) for result in results), *facts.findings],
        metrics=_metrics(results, facts, timeline, value, reason),
        facts=facts,
        proposed_by=proposals.version if proposals is not None and counted else "",
    )


def _method(results: Sequence[CoveragePoint]) -> Text:
    """Return how coverage is measured, with what a language model had to do with it."""
    proposed = sum(any(item.proposed for item in result.evidence) for result in results)
    if not proposed:
        return METHOD
    return both(
        f"{METHOD.zh}其中 {proposed} 个卖点规则没认出来，由语言模型指出，程序核对了原话。",
        f"{METHOD.en} Rules did not find {proposed} of the points; a language model pointed "
        f"{'it' if proposed == 1 else 'them'} out, and code checked the words.",
    )


def _judged(
    point: SellingPoint, seen: Sequence[Seen], facts: FactErrors, found: Sequence[Reading], state: State
) -> CoveragePoint:
    quoted = facts.misstated[point.id] if state == "misstated" else best_quotes(seen)
    if not quoted:
        state = "miss"
    missing = missing_facts(point, seen, found, state)
    return CoveragePoint(
        point_id=point.id,
        title=point.title,
        priority=point.priority,
        state=state,
        missing_facts=missing,
        evidence=quoted if state != "miss" else [],
        doubtful=state == "misstated" and point.id in facts.doubted,
    )


def _value(results: Sequence[CoveragePoint]) -> float:
    total = sum(WEIGHTS[result.priority] for result in results)
    return round(100 * sum(WEIGHTS[result.priority] * _share(result) for result in results) / total, 1)


def _share(result: CoveragePoint) -> float:
    return _TO_CHECK if result.doubtful else _SHARES[result.state]


# --- what it shows ---------------------------------------------------------------------------------------------


def _finding(result: CoveragePoint) -> Finding:
    title, detail = _texts(result)
    tone, weight = _tone(result)
    return Finding.model_validate(
        {
            "id": f"coverage.{result.point_id}",
            "rule": f"coverage.{result.state}",
            "panel": "knowledge",
            "tone": tone,
            "title": title,
            "detail": detail,
            "evidence": result.evidence,
            "weight": weight,
        }
    )


def _tone(result: CoveragePoint) -> tuple[str, float]:
    miss = _MISS_WEIGHT[result.priority]
    if result.doubtful:
        return "neutral", 0.2
    match result.state:
        case "hit":
            return "strength", 0.9 if result.priority == "P0" else 0.6
        case "misstated":
            return "practise", 0.9 if result.priority == "P0" else 0.8
        case "partial":
            return "practise" if result.priority == "P0" else "neutral", miss * 0.7
        case "miss":
            return "practise" if result.priority != "P2" else "neutral", miss


def _texts(result: CoveragePoint) -> tuple[Text, Text]:
    name, missing = result.title, result.missing_facts
    facts_zh, facts_en = "、".join(missing), ", ".join(missing)
    match result.state:
        case "hit":
            return both(f"“{name}”讲清楚了", f"“{name}” came across"), both(
                "意思和要点都说到了。", "The idea and its facts were said."
            )
        case "partial" if not missing:
            return both(f"“{name}”只提了一句", f"“{name}” was only named"), both(
                "提到了，还没说它怎么样、好在哪里。", "It was mentioned; what it is like or good for was not said."
            )
        case "partial":
            return both(f"“{name}”讲了一半", f"“{name}” was half there"), both(
                f"意思说到了，还差：{facts_zh}。", f"The idea was said; still missing: {facts_en}."
            )
        case "misstated" if result.doubtful:
            return both(
                f"“{name}”可能说得和商品信息不一样，请核对",
                f"What was said on “{name}” may differ from the sheet: check it",
            ), both(
                "这几句听起来和商品信息对不上，但不够确定：先按一半算，不扣分。",
                "These words sound different from the sheet, but that is not certain: the point counts half, and "
                "nothing is taken off.",
            )
        case "misstated":
            return both(
                f"“{name}”说的和商品信息不一致", f"What was said on “{name}” differs from the product sheet"
            ), both(
                "说出的和商品信息对不上，观众会记住错的那个。",
                "What was said does not agree with the sheet, and viewers remember what they hear.",
            )
        case "miss":
            return both(f"“{name}”这次没讲到", f"“{name}” did not come up"), both(
                "整场没有听到这个卖点。", "This point was not heard in the rehearsal."
            )


def _metrics(
    results: Sequence[CoveragePoint], facts: FactErrors, timeline: Timeline, value: float | None, reason: Text | None
) -> list[Metric]:
    counts = Counter("check" if result.doubtful else result.state for result in results)
    misstated = {result.point_id for result in results if result.state == "misstated"}
    others = sum(error.stands and error.fact not in misstated for error in facts.errors)
    return [
        Metric(
            id="coverage",
            name=NAME,
            panel="knowledge",
            value=value,
            unit="%",
            not_measured=reason,
            method=both(
                f"讲到 {counts['hit']}、一部分 {counts['partial']}、漏讲 {counts['miss']}、讲错 {counts['misstated']}"
                + (f"、待核对 {counts['check']}" if counts["check"] else ""),
                f"{counts['hit']} hit, {counts['partial']} partial, {counts['miss']} missed, "
                f"{counts['misstated']} misstated" + (f", {counts['check']} to be checked" if counts["check"] else ""),
            ),
            confidence=word_confidence(timeline),
        ),
        Metric(
            id="misstatements",
            name=both("讲错的卖点", "Misstated selling points"),
            panel="knowledge",
            value=None if reason else counts["misstated"],
            unit="",
            band=(0, 0),
            verdict="none" if reason else "high" if counts["misstated"] else "in_band",
            not_measured=reason,
            method=both(
                "说法与商品信息相反（数字、材质、能不能……），且没有改口的卖点数",
                "Points that something said contradicts (a figure, a material, what it can do) and was not taken back",
            ),
            confidence=word_confidence(timeline),
        ),
        Metric(
            id="other_differences",
            name=both("其他和商品信息对不上的话", "Other differences from the product sheet"),
            panel="knowledge",
            value=None if reason else others,
            unit="",
            band=(0, 0),
            verdict="none" if reason else "high" if others else "in_band",
            not_measured=reason,
            method=both(
                "卖点没有讲错，但价格、数字或商品信息里的别的内容说得不一样的地方；当场改口的和待核对的不算",
                "Where a price, a figure or something else on the sheet was said differently though no selling point "
                "came out wrong; what was put right or is still to be checked is not counted",
            ),
            confidence=word_confidence(timeline),
        ),
    ]


def word_confidence(timeline: Timeline) -> Confidence:
    """Return how far the words can be trusted: typed high, recognised by the recogniser's own word confidence."""
    if all(item.heard.source == "typed" or item.heard.engine == "transcript" for item in timeline.worded):
        return "high"
    told = [word.confidence for item in timeline.worded for word in item.heard.words if word.confidence is not None]
    mean = sum(told) / len(told) if told else 0.7
    return "high" if mean >= 0.9 else "medium" if mean >= 0.6 else "low"
