"""What became of the focus points of the rehearsal before: solved, better, unchanged, worse or not seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from coach.score.focus_readings import Reading, read, rule_of
from coach.score.scorecard import Finding, FocusState, Mark, Scorecard

State = Literal["solved", "better", "unchanged", "worse", "not_seen"]


def focus_states(before: Scorecard, now: Scorecard) -> list[FocusState]:
    """Return the state of each focus point of `before`, by what `now` measured. Pure.

    A point that the streamer marked as wrong was none, and nothing became of it.
    """
    return [
        _state(finding, before, now)
        for point in with_marks(before, before.marks).focus
        if (finding := rule_of(point.finding_id, before)) is not None
    ]


def with_states(now: Scorecard, before: Scorecard | None) -> Scorecard:
    """Return a scorecard that looks back to the rehearsal before, if there was one with focus points."""
    if before is None or not with_marks(before, before.marks).focus:
        return now
    return now.model_copy(update={"compared_with": before.rehearsal_id, "focus_states": focus_states(before, now)})


def with_marks(card: Scorecard, marks: Mapping[str, Mark]) -> Scorecard:
    """Return a scorecard with the streamer's marks of today; what is marked as wrong is no focus point any more."""
    focus = [point for point in card.focus if marks.get(point.finding_id) != "wrong"]
    return card.model_copy(update={"marks": dict(marks), "focus": focus})


def _state(finding: Finding, before: Scorecard, now: Scorecard) -> FocusState:
    then, today = read(before, finding, before), read(now, finding, before)
    return FocusState(
        finding_id=finding.id,
        title=finding.title,
        state=_judge(finding, then, today, now),
        before=then.text,
        now=today.text,
    )


def _judge(finding: Finding, then: Reading, today: Reading, now: Scorecard) -> State:
    if today.amount is None:
        return "not_seen"
    if today.amount == 0 or _is_remarked_no_more(finding, now):
        return "solved"
    if then.amount is None or abs(today.amount - then.amount) <= then.zone:
        return "unchanged"
    return "better" if today.amount < then.amount else "worse"


def _is_remarked_no_more(finding: Finding, now: Scorecard) -> bool:
    """Return whether what is measured on a scale (delivery, returns) needs no practice any more."""
    family = finding.rule.partition(".")[0]
    if family not in {"pacing", "structure", "genuine", "composure"}:
        return False
    return all(item.rule != finding.rule or item.tone != "practise" for item in now.findings)
