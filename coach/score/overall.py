"""The overall number and the pass rule. The number stands beside the panels and never instead of them.

Weights say what a mentor would miss most: what viewers learned first, then how they were treated, then delivery.
What breaks trust is taken off the whole, so that fluency cannot buy it back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach.scenario.model import Scenario
from coach.score.granted import granted_under_floor
from coach.score.scorecard import ComplianceFinding, FactError, HandledLine, NamedScore, Overall, Text
from coach.score.wording import NOTHING_SAID, both, under

WEIGHTS: Mapping[str, float] = {"knowledge": 0.35, "persuasion": 0.25, "skill": 0.2, "composure": 0.2}
"""Shares of the panels; those not measured are left out and the rest weigh more."""
HANDLED: Mapping[str, float] = {"well": 100.0, "weak": 50.0, "unanswered": 20.0, "badly": 0.0}
OFF: Mapping[str, float] = {"compliance_h": 8.0, "compliance_m": 2.0, "fact_error": 6.0, "below_floor": 8.0}
"""Points off the whole for each."""
MOST_OFF: Mapping[str, float] = {"compliance_h": 40.0, "compliance_m": 10.0, "fact_error": 24.0, "below_floor": 16.0}
PASS = 60.0
"""Points to pass where a scenario names none."""
MOST_NOT_GENUINE = 40.0
"""Points that talk which is none (read, repeated, listed, hardly any) can get."""
LEAST_KNOWLEDGE = 50.0
"""Coverage below which nobody passes: more than half of what viewers should learn was never said."""

METHOD = both(
    "知识 35%（卖点覆盖）、应对观众 25%（每条：好 100，一般 50，没回应 20，不当 0）、技能 20%（节奏）、心态 20%，"
    "没测到的不算，其余按比例放大；再扣：严重违规每处 8 分（最多 40），一般违规 2 分（最多 10），"
    "与商品卡不符且没更正 6 分（最多 24），低于底价成交 8 分（最多 16）；照念、重复、堆词或说得太少，最多 40。",
    "Knowledge 35% (coverage), handling viewers 25% (each line: well 100, weak 50, unanswered 20, badly 0), skill 20% "
    "(pacing), composure 20%; what was not measured is left out and the rest weigh more. Then off: 8 for each serious "
    "compliance finding (at most 40), 2 for each lesser one (10), 6 for each fact wrong and not taken back (24), "
    "8 for each price agreed under the floor (16). Reading aloud, repeating, listing words or hardly talking gets "
    "40 at most.",
)


@dataclass(frozen=True, slots=True)
class Results:
    """What the overall number is made of."""

    coverage: NamedScore
    pacing: NamedScore
    composure: NamedScore
    handled: Sequence[HandledLine]
    fact_errors: Sequence[FactError]
    compliance: Sequence[ComplianceFinding]
    not_genuine: Sequence[Text]
    """Why the talk cannot pass whatever its points."""


def overall(scenario: Scenario, results: Results) -> Overall:
    """Return the overall number and whether the scenario's rule is met.

    It is not met where nobody said anything. Where what was said is not known it cannot be judged, but for what was
    heard that may never be said.
    """
    panels = _panels(results)
    if panels["knowledge"] is None:
        reason = results.coverage.not_measured or NOTHING_SAID
        if reason != NOTHING_SAID:
            heard = _said_blockers(scenario, results)
            return Overall(passed=False if heard else None, blockers=heard, not_measured=reason, method=METHOD)
        return Overall(passed=False, blockers=[reason], not_measured=reason, method=METHOD)
    measured = {name: value for name, value in panels.items() if value is not None}
    whole = sum(WEIGHTS[name] for name in measured)
    value = sum(WEIGHTS[name] * points for name, points in measured.items()) / whole - _off(results)
    value = round(min(max(0.0, value), MOST_NOT_GENUINE if results.not_genuine else 100.0), 1)
    blockers = [*_blockers(scenario, results, value), *results.not_genuine]
    return Overall(value=value, passed=not blockers, blockers=blockers, method=METHOD)


def counts(results: Results) -> dict[str, int]:
    """Return how often each thing happened that points are taken off for."""
    return {
        "compliance_h": sum(item.severity == "H" for item in results.compliance),
        "compliance_m": sum(item.severity == "M" for item in results.compliance),
        "fact_error": sum(item.stands for item in results.fact_errors),
        "below_floor": len(granted_under_floor(results.handled)),
    }


def _panels(results: Results) -> dict[str, float | None]:
    lines = [HANDLED[line.handled] for line in results.handled]
    return {
        "knowledge": results.coverage.value,
        "persuasion": sum(lines) / len(lines) if lines else None,
        "skill": results.pacing.value,
        "composure": results.composure.value,
    }


def _off(results: Results) -> float:
    return sum(min(MOST_OFF[name], OFF[name] * count) for name, count in counts(results).items())


# --- the pass rule ---------------------------------------------------------------------------------------------


def _blockers(scenario: Scenario, results: Results, value: float) -> list[Text]:
    rule = scenario.pass_
    wanted = rule.overall if rule.overall is not None else PASS
    blockers = _said_blockers(scenario, results)
    if (results.coverage.value or 0.0) < LEAST_KNOWLEDGE:
        blockers.append(_LITTLE_COVERED)
    blockers += _goals(scenario, results)
    if value < wanted:
        got, line = under(value, wanted)
        blockers.append(both(f"总分 {got}，通过线 {line}。", f"{got} points; {line} pass."))
    return blockers


def _said_blockers(scenario: Scenario, results: Results) -> list[Text]:
    """Return what was said that stops a pass, however much else is not known."""
    asked, found = {"compliance_h", *scenario.pass_.blockers}, counts(results)
    names = ("compliance_h", "below_floor", "fact_error", "compliance_m")
    return [_COUNTED[name] for name in names if name in asked and found[name]]


def _goals(scenario: Scenario, results: Results) -> list[Text]:
    """Return the named goals that were not reached; one that could not be measured is not reached."""
    named = {"coverage": results.coverage, "pacing": results.pacing, "composure": results.composure}
    missed = []
    for goal in scenario.goals:
        score = named.get(goal.kind)
        if score is None or goal.pass_ is None:
            continue
        if score.value is None:
            missed.append(
                both(
                    f"{score.name.zh}没有测到，目标 {goal.pass_:.0f}。",
                    f"{score.name.en} was not measured; the goal is {goal.pass_:.0f}.",
                )
            )
        elif score.value < goal.pass_:
            got, line = under(score.value, goal.pass_)
            missed.append(both(f"{score.name.zh} {got}，目标 {line}。", f"{score.name.en} {got}; the goal is {line}."))
    return missed


_COUNTED = {
    "compliance_h": both("有严重违规用语，改掉才能通过。", "There are serious compliance findings; they stop a pass."),
    "compliance_m": both(
        "有违规用语，这个场景不允许。", "There are compliance findings, which this scenario rules out."
    ),
    "below_floor": both("答应了低于底价的价格。", "A price under the floor was agreed to."),
    "fact_error": both(
        "有与商品卡不符、没有更正的说法。", "Something contradicts the product sheet and was not taken back."
    ),
}
_LITTLE_COVERED = both("卖点覆盖不到一半。", "Less than half of the selling points came across.")
