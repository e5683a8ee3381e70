"""Finds the rehearsal before one, whose focus points the new scorecard looks back to."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from pydantic import ValidationError

from coach.errors import StorageError
from coach.events import RehearsalStarted
from coach.ports import RehearsalSummary
from coach.score.focus_states import with_marks
from coach.score.scorecard import Mark, Scorecard

logger = logging.getLogger(__name__)

_ROWS = 1000
"""Index rows looked through."""
_READ = 10
"""Scorecards opened before giving up: drills and rehearsals broken off in between are passed over."""


class Kept(Protocol):
    """What of a keeper is needed here."""

    def list(self, *, limit: int = 100, state: str | None = None) -> Sequence[RehearsalSummary]:
        """Return index rows, newest first."""
        ...

    def scorecard(self, rehearsal_id: str) -> str | None:
        """Return a scorecard's JSON, or None."""
        ...

    def marks(self, rehearsal_id: str) -> dict[str, Mark]:
        """Return what the streamer marked its findings as since."""
        ...


def previous_scorecard(keeper: Kept, started: RehearsalStarted, kind: str) -> Scorecard | None:
    """Return the scorecard of the rehearsal before, or None. Blocks.

    The latest earlier one of the same scenario; else the latest in the same language. Only one of the same kind
    (rehearsal or drill) in which something could be measured counts.

    Args:
        keeper: Folders and index.
        started: How the rehearsal began that is being scored.
        kind: `rehearsal` or `drill`.
    """
    for number, row in enumerate(_candidates(keeper.list(limit=_ROWS, state="scored"), started)):
        if number == _READ:
            return None
        card = _card(keeper, row.id)
        if card is not None and card.is_measured and card.scenario_kind == kind:
            return card
    return None


def recent_scorecards(keeper: Kept, started: RehearsalStarted, *, days: int = 30, most: int = 20) -> list[Scorecard]:
    """Return the scorecards of the latest earlier rehearsals in the same language, newest first. Blocks.

    Args:
        keeper: Folders and index.
        started: How the rehearsal began that is being scored.
        days: Older ones are left out.
        most: Scorecards read.
    """
    now = datetime.fromisoformat(started.started_at)
    rows = [
        row
        for row in keeper.list(limit=_ROWS, state="scored")
        if row.id != started.rehearsal_id
        and row.locale == started.locale
        and timedelta(0) < now - datetime.fromisoformat(row.started_at) <= timedelta(days=days)
    ]
    cards = (_card(keeper, row.id) for row in rows[:most])
    return [card for card in cards if card is not None]


def _candidates(rows: Sequence[RehearsalSummary], started: RehearsalStarted) -> Iterator[RehearsalSummary]:
    now = datetime.fromisoformat(started.started_at)
    earlier = [
        row
        for row in rows
        if row.id != started.rehearsal_id
        and row.locale == started.locale
        and datetime.fromisoformat(row.started_at) < now
    ]
    yield from (row for row in earlier if row.scenario_id == started.scenario_id)
    yield from (row for row in earlier if row.scenario_id != started.scenario_id)


def _card(keeper: Kept, rehearsal_id: str) -> Scorecard | None:
    """Read a scorecard; one that cannot be read costs the look back, never the new scorecard."""
    try:
        text = keeper.scorecard(rehearsal_id)
        if text is None:
            return None
        return with_marks(Scorecard.model_validate_json(text), keeper.marks(rehearsal_id))
    except (StorageError, ValidationError):
        logger.warning("an earlier scorecard could not be read: rehearsal=%s", rehearsal_id)
        return None
