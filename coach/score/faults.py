"""Which utterances hold something to find fault with, so that none of them is held up as done well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coach.language import language_for
from coach.room.reading import read_manner
from coach.scenario.model import Scenario
from coach.score.composure_language import slips_in
from coach.score.focus import at_fault
from coach.score.handling_findings import is_alike_only
from coach.score.scorecard import ComplianceFinding, FactError, Finding, HandledLine
from coach.score.timeline import Timeline

_FAILED = ("badly", "weak")


def faults(
    timeline: Timeline,
    scenario: Scenario,
    findings: Sequence[Finding],
    *,
    handled: Sequence[HandledLine],
    compliance: Sequence[ComplianceFinding],
    fact_errors: Sequence[FactError],
) -> set[int]:
    """Return the records whose words break a rule, are untrue, answer a viewer badly or slip.

    Findings quote two lines of a kind at most; here every answer, entry and utterance is asked.

    Args:
        timeline: The rehearsal.
        scenario: As it was used.
        findings: All observations.
        handled: How each viewer's line was handled.
        compliance: What must not be said, of whatever severity.
        fact_errors: What contradicts the sheet; what was put right at once is none.
    """
    records = at_fault(findings)
    records |= {seq for line in handled for seq in _answers(line) if line.handled in _FAILED or line.below_floor}
    records |= {seq for item in compliance if (seq := item.evidence.seq) is not None}
    records |= {seq for item in fact_errors if not item.corrected and (seq := item.evidence.seq) is not None}
    return records | _slipped(timeline, scenario, records)


def no_examples(timeline: Timeline, scenario: Scenario, handled: Sequence[HandledLine]) -> set[int]:
    """Return the records of retorts that are no fault, and yet no example: a troll may be sent away."""
    sent = {item.seq for item in timeline.worded if read_manner(item.text, scenario).did("dismisses")}
    return sent | {seq for line in handled if is_alike_only(line) for seq in _answers(line)}


def _answers(line: HandledLine) -> Iterator[int]:
    return (item.seq for item in line.evidence if item.speaker == "streamer" and item.seq is not None)


def _slipped(timeline: Timeline, scenario: Scenario, known: set[int]) -> set[int]:
    """Return the utterances with words that cost language control or complain, whatever they came after."""
    language = language_for(scenario.locale)
    return {
        item.seq
        for item in timeline.worded
        if item.seq not in known
        and (read_manner(item.text, scenario).did("complains") or slips_in(item, scenario, language, deserved=False))
    }
