"""Choosing what the streamer reads first: one strength with evidence, at most two things to work on.

What breaks trust or the law comes before what is only less good; the second point is of another panel, so that both
are not the same weakness seen twice.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from coach.scenario.model import Scenario
from coach.score.advice import Material, advice_for
from coach.score.clip import clip_of
from coach.score.scorecard import ComplianceFinding, FactError, Finding, FocusPoint
from coach.score.timeline import Timeline
from coach.score.wording import both

_WORTH_IT = 0.3
"""Findings weighing less are left in the list."""
_BADLY = frozenset(
    {
        "handling.sold_to_vulnerable",
        "handling.took_bait",
        "handling.badly_answered",
        "handling.fed_the_troll",
        "composure.language",
    }
)
"""Rules for lines handled badly, and words that should not have been said."""
_MUMBLED = frozenset({"pacing.fillers", "genuine.read_aloud", "genuine.repeated", "genuine.word_list"})
"""Rules for talk in which nothing is wrong and that is yet no example."""
_NO_TALK = frozenset({"genuine.read_aloud", "genuine.repeated", "genuine.word_list"})


def choose_strength(findings: Sequence[Finding], timeline: Timeline, faulty: Collection[int]) -> Finding | None:
    """Return the weightiest strength that has a quote, else that there was talk; None where no words deserve it.

    Args:
        findings: All observations.
        timeline: The rehearsal.
        faulty: Records that are found fault with; none of them is praised.
    """
    shown = [
        finding
        for finding in findings
        if finding.tone == "strength" and finding.evidence and finding.evidence[0].seq not in faulty
    ]
    if shown:
        return max(shown, key=lambda finding: finding.weight)
    mumbled = {item.seq for finding in findings if finding.rule in _MUMBLED for item in finding.evidence}
    clean = [item for item in timeline.worded if item.seq not in faulty and item.seq not in mumbled]
    longest = max(clean, key=lambda item: len(item.text), default=None)
    if longest is None:
        return None
    count = len(timeline.worded)
    return Finding(
        id="start.spoke",
        rule="start.spoke",
        panel="skill",
        tone="strength",
        title=both("你开口讲了", "You spoke up"),
        detail=both(
            f"说了 {count} 句，开口就是第一步。这一句没有查出问题。",
            f"{count} utterance{'' if count == 1 else 's'}: a start. Nothing was found to correct in this one.",
        ),
        evidence=[longest.evidence()],
        weight=0.3,
    )


def at_fault(findings: Sequence[Finding]) -> set[int]:
    """Return the records whose words break a rule, are untrue or met a viewer badly."""
    return {
        item.seq
        for finding in findings
        if finding.tone == "practise" and (finding.panel == "compliance" or severity(finding) < 4)
        for item in finding.evidence
        if item.seq is not None
    }


def choose_focus(
    findings: Sequence[Finding],
    scenario: Scenario,
    *,
    compliance: Sequence[ComplianceFinding] = (),
    fact_errors: Sequence[FactError] = (),
    wrong: Collection[str] = (),
    end_sec: float | None = None,
) -> list[FocusPoint]:
    """Return at most two points, the gravest first and the second from another panel where there is one.

    Args:
        findings: All observations.
        scenario: The streamer's material, for the better lines.
        compliance: For severity and rewrites.
        fact_errors: For what is true.
        wrong: Ids of findings that the streamer marked as wrong; they are never chosen.
        end_sec: Where the recordings end; null without times.
    """
    material = Material(scenario, tuple(compliance), tuple(fact_errors))
    ranked = sorted(
        (
            finding
            for finding in findings
            if finding.tone == "practise" and finding.weight >= _WORTH_IT and finding.id not in wrong
        ),
        key=lambda finding: (severity(finding, compliance), -finding.weight, finding.id),
    )
    if not ranked:
        return []
    chosen = [ranked[0], *_second(ranked)]
    return [_focus(finding, material, end_sec) for finding in chosen]


def _second(ranked: list[Finding]) -> list[Finding]:
    """Return the second point: of another panel and about other words, or the next best of these."""
    first = ranked[0]
    rest = [item for item in ranked[1:] if _point_of(item) is None or _point_of(item) != _point_of(first)]
    said = {item.seq for item in first.evidence[:1] if item.seq is not None}
    elsewhere = [item for item in rest if not said & {one.seq for one in item.evidence[:1]}]
    other_panel = [item for item in rest if item.panel != first.panel]
    both_other = [item for item in elsewhere if item.panel != first.panel]
    return (both_other or other_panel or elsewhere or rest)[:1]


def _point_of(finding: Finding) -> str | None:
    """Return the selling point that a finding is about, if it is about one."""
    for family in ("coverage.", "cadence.core."):
        if finding.id.startswith(family):
            return finding.id.removeprefix(family)
    return None


def severity(finding: Finding, compliance: Sequence[ComplianceFinding] = ()) -> int:
    """Return how grave a finding is, 0 the gravest; within one degree the weight decides.

    0 words that stop a pass, or talk that is none; 1 a price under the floor; 2 a fact said wrong; 3 a viewer handled
    badly; 4 all else.
    """
    family = finding.rule.partition(".")[0]
    if finding.rule in _NO_TALK or (finding.panel == "compliance" and _is_h(finding, compliance)):
        return 0
    if finding.rule == "handling.below_floor":
        return 1
    if family == "facts" or finding.rule == "coverage.misstated":
        return 2
    return 3 if finding.rule in _BADLY else 4


def _is_h(finding: Finding, compliance: Sequence[ComplianceFinding]) -> bool:
    """Return whether an H-severity entry is behind a finding: the same id, or one of its records."""
    seqs = {item.seq for item in finding.evidence if item.seq is not None}
    return any(
        item.severity == "H" and (item.id == finding.id or (item.rule == finding.rule and item.evidence.seq in seqs))
        for item in compliance
    )


def _focus(finding: Finding, material: Material, end_sec: float | None) -> FocusPoint:
    advice = advice_for(finding, material)
    start, end = clip_of(finding.evidence, end_sec)
    return FocusPoint(
        finding_id=finding.id,
        title=finding.title,
        evidence=finding.evidence[0] if finding.evidence else None,
        why=advice.why,
        better_line=advice.better_line,
        drill=advice.drill,
        drill_id=advice.drill_id,
        clip_start=start,
        clip_end=end,
    )
