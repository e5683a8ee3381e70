"""Makes the index row of a rehearsal from its log and scorecard."""

from __future__ import annotations

from collections.abc import Sequence

from coach.events import Record, RehearsalEnded, RehearsalResumed, RehearsalStarted
from coach.ports import RehearsalSummary
from coach.score.scorecard import Scorecard


def summary_of_scorecard(
    scorecard: Scorecard, started: RehearsalStarted | str, *, recovered: bool = False
) -> RehearsalSummary:
    """Return the row of a scored rehearsal.

    Args:
        scorecard: Its scorecard.
        started: First event of its log; where there is none, the wall time to show.
        recovered: Whether a later start closed it.
    """
    begun = started if isinstance(started, RehearsalStarted) else None
    return RehearsalSummary(
        id=scorecard.rehearsal_id,
        scenario_id=scorecard.scenario_id,
        scenario_title=scorecard.scenario_title,
        locale=scorecard.locale,
        state="scored",
        started_at=begun.started_at if begun else str(started),
        duration_sec=scorecard.duration_sec,
        end_reason=scorecard.end_reason,
        scores={score.id: score.value for score in scorecard.scores},
        recovered=recovered,
        kind="moment" if begun is not None and begun.replay_of else scorecard.scenario_kind,
    )


def summary_of_log(rehearsal_id: str, records: Sequence[Record], started_at: str) -> RehearsalSummary:
    """Return the row of a rehearsal that has a log but no scorecard.

    Args:
        rehearsal_id: Name of its folder.
        records: The log; may be empty.
        started_at: Wall time to show where the log does not tell.
    """
    first = records[0].event if records else None
    started = first if isinstance(first, RehearsalStarted) else None
    last = records[-1].event if records else None
    ended = last if isinstance(last, RehearsalEnded) else None
    scenario_id = started.scenario_id if started else "unknown"
    return RehearsalSummary(
        id=rehearsal_id,
        scenario_id=scenario_id,
        scenario_title=scenario_id,
        locale=started.locale if started else "",
        state="ended" if ended else "running",
        started_at=started.started_at if started else started_at,
        duration_sec=duration_sec(records),
        end_reason=ended.reason if ended else None,
        kind="moment" if started is not None and started.replay_of else "rehearsal",
    )


def duration_sec(records: Sequence[Record]) -> float | None:
    """Return rehearsal seconds without pauses; None for an empty log."""
    if not records:
        return None
    paused = sum(record.event.paused_sec for record in records if isinstance(record.event, RehearsalResumed))
    return max(0.0, records[-1].at - paused)
