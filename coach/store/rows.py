"""Index rows to and from what the product knows them as."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, cast

from coach.ports import RehearsalSummary
from coach.store.tables import RehearsalRow


def to_row(summary: RehearsalSummary) -> RehearsalRow:
    """Return the row of a summary."""
    return RehearsalRow(
        id=summary.id,
        scenario_id=summary.scenario_id,
        scenario_title=summary.scenario_title,
        locale=summary.locale,
        state=summary.state,
        started_at=datetime.fromisoformat(summary.started_at),
        duration_sec=summary.duration_sec,
        end_reason=summary.end_reason,
        scores=dict(summary.scores),
        recovered=summary.recovered,
        kind=summary.kind,
    )


def to_summary(row: RehearsalRow) -> RehearsalSummary:
    """Return the summary that a row holds."""
    return RehearsalSummary(
        id=row.id,
        scenario_id=row.scenario_id,
        scenario_title=row.scenario_title,
        locale=row.locale,
        state=cast(Literal["running", "ended", "scored"], row.state),
        started_at=row.started_at.isoformat(),
        duration_sec=row.duration_sec,
        end_reason=row.end_reason,
        scores=dict(row.scores),
        recovered=row.recovered,
        kind=cast(Literal["rehearsal", "drill", "moment"], row.kind),
    )
