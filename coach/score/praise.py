"""Praise of what deserves it: words that are found fault with anywhere are no example of a thing done well."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from coach.score.scorecard import Finding

_EXAMPLES = frozenset({"handling.well"})
"""Rules that hold up one answer of several good ones, given best first: the first that deserves it is kept."""
_MEASURED = frozenset({"pacing.steady"})
"""Rules that praise how, not what, was said: they stand without a quote."""


def praised(findings: Sequence[Finding], faulty: Collection[int]) -> list[Finding]:
    """Return the findings; of the strengths only what is said in records without fault.

    A strength all of whose quotes are at fault is left out.

    Args:
        findings: All observations.
        faulty: Records that are found fault with.
    """
    kept: list[Finding] = []
    shown: set[str] = set()
    for finding in findings:
        clean = _clean(finding, faulty) if finding.tone == "strength" else finding
        if clean is None or (finding.tone == "strength" and finding.rule in shown & _EXAMPLES):
            continue
        if finding.tone == "strength":
            shown.add(finding.rule)
        kept.append(clean)
    return kept


def _clean(finding: Finding, faulty: Collection[int]) -> Finding | None:
    """Return a strength without what is at fault; None where nothing of it is left."""
    rest = [item for item in finding.evidence if item.speaker != "streamer" or item.seq not in faulty]
    if len(rest) == len(finding.evidence):
        return finding
    if not any(item.speaker == "streamer" for item in rest):
        return finding.model_copy(update={"evidence": []}) if finding.rule in _MEASURED else None
    return finding.model_copy(update={"evidence": rest})
