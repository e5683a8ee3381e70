"""What became of each viewer. Practice numbers, never a sales forecast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coach.language import Language
from coach.room.passers_by import is_passer_by
from coach.room.plain_lines import asks_nothing
from coach.scenario.model import Scenario
from coach.score.scorecard import HandledLine, ViewerOutcome
from coach.score.timeline import Timeline


def viewer_outcomes(
    timeline: Timeline, scenario: Scenario, language: Language, handled: Sequence[HandledLine]
) -> list[ViewerOutcome]:
    """Return one row per viewer who joined or wrote, in the scenario's order; passers-by are no one's outcome.

    Only lines that wait for an answer are counted as answered or not: a greeting, thanks and what is rightly left alone
    wait for none. A line counts as answered if the reading of handled lines says that words took it up.
    """
    rows = {line.seq: line for line in handled}
    order = [viewer.id for viewer in scenario.viewers]
    order += [viewer_id for viewer_id in timeline.joined if viewer_id not in order]
    order += [line.viewer_id for line in timeline.lines if line.viewer_id not in order]
    everybody = {line.viewer_id for line in timeline.lines} | set(timeline.joined)
    present = {viewer_id for viewer_id in everybody if not is_passer_by(viewer_id)}
    return [
        _row(viewer_id, timeline, scenario, language, rows)
        for viewer_id in dict.fromkeys(order)
        if viewer_id in present and not is_passer_by(viewer_id)
    ]


def _row(
    viewer_id: str, timeline: Timeline, scenario: Scenario, language: Language, rows: Mapping[int, HandledLine]
) -> ViewerOutcome:
    authored, joined = scenario.viewer(viewer_id), timeline.joined.get(viewer_id)
    name = joined.name if joined else authored.name if authored else viewer_id
    kind = joined.viewer_type if joined else authored.type if authored else ""
    lines = [line for line in timeline.lines if line.viewer_id == viewer_id]
    judged = [rows[line.seq] for line in lines if line.seq in rows]
    waiting = [row for row in judged if _waits(row, language)]
    return ViewerOutcome(
        viewer_id=viewer_id,
        name=name,
        type=kind,
        outcome=_outcome(viewer_id, timeline),
        lines=len(lines),
        answered=None if timeline.is_wordless else sum(row.noticed for row in waiting),
        waiting=len(waiting) if timeline.worded else None,
    )


def _waits(row: HandledLine, language: Language) -> bool:
    """Return whether a judged line waits for an answer, or got one all the same."""
    return row.noticed or (row.should != "ignore" and not asks_nothing(row.text, language.code, row.viewer_type))


def _outcome(viewer_id: str, timeline: Timeline) -> str:
    """Return how it ended with a viewer; a transcript does not say who stays."""
    left = timeline.left.get(viewer_id)
    if left is None or left.outcome == "ended":
        return "unknown" if timeline.is_transcript else "stayed"
    return left.outcome
