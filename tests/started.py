"""The first record of a log in a test."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from coach.events import RehearsalStarted

_PLAIN = RehearsalStarted(
    rehearsal_id="r1",
    scenario_id="s1",
    scenario_version=1,
    scenario_hash="0" * 64,
    locale="en-US",
    difficulty=2,
    seed=7,
    input="voice",
    started_at="2026-11-22T00:00:00+00:00",
)


def started(**changes: Any) -> RehearsalStarted:
    """Return the beginning of a plain rehearsal with some fields changed."""
    return replace(_PLAIN, **changes)
