"""Advice on what rule packs forbid: the rule's own reason and its rewrite."""

from __future__ import annotations

from collections.abc import Sequence

from coach.score.advice_told import Told
from coach.score.material import Material
from coach.score.scorecard import ComplianceFinding, Finding
from coach.score.wording import both

_WHY = both(
    "这句话可能被平台判违规，也让观众有理由不信。", "It can cost the room, and gives viewers a reason to doubt."
)


def compliance_advice(finding: Finding, material: Material) -> Told:
    """Return advice for a `compliance.*` rule."""
    entry = entry_of(finding, material.compliance)
    if entry is None:
        return Told(_WHY, material.lead_line())
    return Told(entry.why, entry.rewrite or material.lead_line())


def entry_of(finding: Finding, entries: Sequence[ComplianceFinding]) -> ComplianceFinding | None:
    """Return the entry behind a finding: of the same id, else the gravest one of the same words or rule."""
    seqs = {item.seq for item in finding.evidence if item.seq is not None}
    near = [item for item in entries if item.rule == finding.rule or item.evidence.seq in seqs]
    same = [item for item in entries if item.id == finding.id]
    return next(iter(same + sorted(near, key=lambda item: "HML".index(item.severity))), None)
