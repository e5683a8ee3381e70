"""Choosing what the streamer reads first: one strength with evidence, at most two things to work on."""

from __future__ import annotations

from collections.abc import Sequence

from coach.scenario.model import Scenario
from coach.score.advice import advice_for
from coach.score.scorecard import Finding, FocusPoint
from coach.score.timeline import Timeline
from coach.score.wording import both

_MOST = 2
_WORTH_IT = 0.3
"""Findings weighing less are left in the list."""


def choose_strength(findings: Sequence[Finding], timeline: Timeline) -> Finding | None:
    """Return the weightiest strength that has a quote; for anybody who spoke at all, at least that."""
    shown = [finding for finding in findings if finding.tone == "strength" and finding.evidence]
    if shown:
        return max(shown, key=lambda finding: finding.weight)
    longest = max(timeline.worded, key=lambda item: len(item.text), default=None)
    if longest is None:
        return None
    count = len(timeline.worded)
    return Finding(
        id="start.spoke",
        rule="start.spoke",
        panel="skill",
        tone="strength",
        title=both("你开口讲了", "You spoke up"),
        detail=both(f"说了 {count} 句，这是最长的一句。", f"{count} utterance(s); this was the longest."),
        evidence=[longest.evidence()],
        weight=0.3,
    )


def choose_focus(findings: Sequence[Finding], scenario: Scenario) -> list[FocusPoint]:
    """Return at most two points, the weightiest first and the second from another panel where there is one."""
    open_findings = [finding for finding in findings if finding.tone == "practise" and finding.weight >= _WORTH_IT]
    ranked = sorted(open_findings, key=lambda finding: (-finding.weight, finding.id))
    if not ranked:
        return []
    others = [finding for finding in ranked[1:] if finding.panel != ranked[0].panel]
    chosen = [ranked[0], *(others[:1] or ranked[1:_MOST])]
    return [_focus(finding, scenario) for finding in chosen]


def _focus(finding: Finding, scenario: Scenario) -> FocusPoint:
    advice = advice_for(finding, scenario)
    return FocusPoint(
        finding_id=finding.id,
        title=finding.title,
        evidence=finding.evidence[0] if finding.evidence else None,
        why=advice.why,
        better_line=advice.better_line,
        drill=advice.drill,
    )
