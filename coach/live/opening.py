"""The first record of a rehearsal's log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from coach.events import RehearsalStarted
from coach.live.terms import Terms
from coach.scenario.load import LoadedScenario


def opening(
    rehearsal_id: str,
    loaded: LoadedScenario,
    terms: Terms,
    started_at: datetime,
    engines: Mapping[str, str],
    version: str,
    *,
    typed: bool,
) -> RehearsalStarted:
    """Return what is known of a rehearsal before anything happens."""
    scenario = loaded.scenario
    return RehearsalStarted(
        rehearsal_id=rehearsal_id,
        scenario_id=scenario.id,
        scenario_version=scenario.version,
        scenario_hash=loaded.hash,
        locale=scenario.locale,
        difficulty=scenario.difficulty if terms.difficulty is None else terms.difficulty,
        seed=scenario.seed,
        input="typed" if typed else "voice",
        intensity_cap=scenario.intensity_cap,
        exposure=terms.exposure,
        replay_of=terms.replay_of,
        prep_sec=terms.prep_sec,
        exam=terms.exam,
        started_at=started_at.isoformat(timespec="seconds"),
        engines=dict(engines),
        product_version=version,
    )
