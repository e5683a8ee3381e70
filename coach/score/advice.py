"""What to say instead, and how to practise it: why, a better line in the streamer's own material, a drill.

One module per family of rules. A rule that none of them names would get a wrong lesson, so a test walks all rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from coach.room.treatment import right_treatment
from coach.scenario.model import Scenario
from coach.score.advice_compliance import compliance_advice
from coach.score.advice_composure import COMPOSURE
from coach.score.advice_coverage import COVERAGE
from coach.score.advice_facts import facts_advice
from coach.score.advice_genuine import GENUINE
from coach.score.advice_pacing import PACING
from coach.score.advice_told import Maker, Told
from coach.score.answer_line import answer_line, apology_line
from coach.score.drills import drill_for
from coach.score.handling_advice import handling_advice
from coach.score.material import Advice, Material
from coach.score.scorecard import Finding, Text
from coach.score.structure_advice import structure_advice

__all__ = ["Advice", "Material", "advice_for", "is_advised"]

_RULES: Mapping[str, Maker] = {**COVERAGE, **COMPOSURE, **PACING, **GENUINE}
_ENTRIES: Mapping[str, Maker] = {"compliance": compliance_advice, "facts": facts_advice}
"""Families in which the advice comes from the entry itself, whatever its rule."""
_POINTS: Mapping[str, Callable[[str, Scenario, str], tuple[Text, str, Text]]] = {
    "handling": handling_advice,
    "structure": structure_advice,
}
"""Families that know their own rules and take a selling point as one spoken line."""


_ASKED = frozenset({"handling.badly_answered", "handling.weak", "handling.unanswered"})
"""Rules for which the better line is the answer to what was asked, not any selling point."""


def advice_for(finding: Finding, material: Material) -> Advice:
    """Return advice for a finding, by its rule; an unknown rule gets the least that is never wrong."""
    told, drill = _told(finding, material), drill_for(finding.rule)
    return Advice(told.why, material.sentence(told.better_line), told.drill or drill.text, drill.id)


def is_advised(rule: str) -> bool:
    """Return whether some family has advice of its own for a rule."""
    family = rule.partition(".")[0]
    return rule in _RULES or family in _ENTRIES or family in _POINTS


def _told(finding: Finding, material: Material) -> Told:
    family = finding.rule.partition(".")[0]
    if finding.rule in _ASKED:
        return _answered(finding, material)
    if family in _POINTS:
        return Told(*_POINTS[family](finding.rule, material.scenario, material.lead_line()))
    maker = _RULES.get(finding.rule) or _ENTRIES.get(family)
    return maker(finding, material) if maker else Told(finding.detail, material.lead_line())


def _answered(finding: Finding, material: Material) -> Told:
    """Return the sheet's own answer to the viewer; where it has none, an honest promise of one.

    A complaint is first apologised for.
    """
    cared = _owed(finding, material)
    if cared is not None:
        return cared
    sorry = apology_line(finding, material)
    found = answer_line(finding, material)
    why, line, drill = handling_advice(finding.rule, material.scenario, found or material.lead_line())
    if sorry:
        line = sorry
    elif not found and any(item.speaker == "viewer" for item in finding.evidence):
        line = material.say(
            "这个我现在说不准，我去确认，两分钟内当着大家回你。",
            "I don't want to guess on that one. I'll check and answer you right here in two minutes.",
        )
    return Told(why, line, drill)


def _owed(finding: Finding, material: Material) -> Told | None:
    """Return what is owed to a viewer who needs care, or a refusal, whatever the sheet answers; None for all others."""
    asked = next((item.quote for item in finding.evidence if item.speaker == "viewer"), "")
    owed = _OWED.get(right_treatment("", asked, material.scenario.language))
    if owed is None:
        return None
    why, line, _ = handling_advice(owed, material.scenario, material.lead_line())
    return Told(why, line, handling_advice(finding.rule, material.scenario, line)[2])


_OWED = {"protect": "handling.sold_to_vulnerable", "refuse": "handling.took_bait"}
"""What would have been right → the rule whose better line says so."""
