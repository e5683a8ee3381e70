"""When the viewers of a scenario come in, as the room lets them in."""

from __future__ import annotations

from coach.events import Record, ViewerJoined
from coach.room.audience import Audience
from coach.room.simulated.stage import TICK_SEC, started
from coach.scenario.model import Scenario

_LONGEST_GAP_SEC = 3.0
"""Between two arrivals, as the door has it."""


def arrivals(scenario: Scenario) -> dict[str, float]:
    """Return viewer id to second of arrival with the scenario's own seed; those who stay away are left out."""
    audience = Audience(scenario)
    own = {viewer.id for viewer in scenario.viewers}
    found: dict[str, float] = {}
    actions = audience.observe(Record(seq=0, at=0.0, event=started(scenario, audience)))
    for tick in range(1, int((len(own) * _LONGEST_GAP_SEC + 1) / TICK_SEC)):
        for action in actions:
            if isinstance(action, ViewerJoined) and action.viewer_id in own:
                found.setdefault(action.viewer_id, round((tick - 1) * TICK_SEC, 1))
        if len(found) == len(own):
            break
        actions = audience.tick(tick * TICK_SEC)
    return found
