"""From a kept rehearsal to one of its moments, ready to be opened."""

from __future__ import annotations

from collections.abc import Sequence

from coach.errors import InputError, ScenarioError
from coach.events import Record, RehearsalStarted
from coach.live.terms import Terms
from coach.room.replay import replay
from coach.scenario.consent import agreed
from coach.scenario.load import LoadedScenario, parse_scenario


def retake(
    rehearsal_id: str,
    scenario_text: str,
    records: Sequence[Record],
    at_sec: float,
    *,
    intensity: int | None,
    consent: bool,
) -> tuple[LoadedScenario, Terms]:
    """Return what is played and on which terms: no harsher than it was then.

    Args:
        rehearsal_id: The kept rehearsal.
        scenario_text: Its scenario.
        records: Its log.
        at_sec: The moment, rehearsal seconds.
        intensity: Wished cap, 0 to 4; None: that of then.
        consent: Whether the streamer agreed to intensity 3 and 4.

    Raises:
        InputError: If its scenario can no longer be read, or nothing had been said by then.
        ConsentNeeded: If it would be 3 or 4 and the streamer has not agreed.
    """
    try:
        loaded = parse_scenario(scenario_text, rehearsal_id)
    except ScenarioError as error:
        raise InputError(
            "The scenario kept with rehearsal {rehearsal_id} can no longer be read.", rehearsal_id=rehearsal_id
        ) from error
    started = records[0].event if records and isinstance(records[0].event, RehearsalStarted) else None
    caps = [cap for cap in (intensity, started.intensity_cap if started else None) if cap is not None]
    author = loaded.scenario.intensity_cap
    loaded = agreed(loaded, intensity=min(caps, default=None), consent=consent)
    then = started.intensity_cap if started is not None and started.intensity_cap is not None else author
    found = replay(loaded, records, at_sec, milder=loaded.scenario.intensity_cap < then)
    return found.scenario, Terms(
        difficulty=found.difficulty,
        exposure=started.exposure if started else "full",
        audience=found.audience,
        replay_of=rehearsal_id,
    )
