"""Attacks by several at once: a pile-on behind a leader, a raid by a crowd that comes from elsewhere. Pure, seeded."""

from __future__ import annotations

import random
from collections.abc import Iterable

from coach.room.director import PLANNED, Director, Wish
from coach.room.passers_by import is_passer_by
from coach.room.tempo import HOSTILE
from coach.room.viewer import ViewerState
from coach.scenario.model import Intent, ScenarioEvent, ScenarioViewer

RAID_SEC = 20.0
"""Default of `for_sec`: how long a raid lasts. A design default."""
RAID_LINES = 12
"""Default of `count` of a raid. A design default."""
_PILE_ON_LINES = 3
"""Default of `count` of a pile-on, its leader's line included. A design default."""
_FOLLOW_SEC = (1.2, 3.0)
"""Time between two lines of a pile-on: as long as it takes to type one."""
_PATIENT_SEC = 12.0
"""After this long a line of an attack has missed it."""


def attackers(event: ScenarioEvent, here: list[ViewerState]) -> list[ViewerState]:
    """Return who joins in, the leader first: those named, else whoever is hostile."""
    by_id = {state.spec.id: state for state in here}
    named = [by_id[viewer_id] for viewer_id in dict.fromkeys((event.viewer, *event.viewers)) if viewer_id in by_id]
    if event.viewers:
        return named
    hostile = [state for state in here if state.spec.type in HOSTILE and state not in named]
    return [*named, *sorted(hostile, key=lambda state: -state.hostility)]


def pile_on_lines(event: ScenarioEvent) -> int:
    """Return how many lines a pile-on has, its leader's included; everybody says one."""
    return event.count or (len({event.viewer, *event.viewers} - {None}) if event.viewers else _PILE_ON_LINES)


def pile_on(event: ScenarioEvent, crew: list[ViewerState], director: Director, rng: random.Random, now: float) -> float:
    """Wish the lines of a pile-on, the first viewer's as its leader; return when the last of them is due."""
    at = now + rng.uniform(0.2, 0.8)
    for place, state in enumerate(crew[: pile_on_lines(event)]):
        intent: Intent = "pile_on" if place else event.intent or ("heckle" if state.spec.type in HOSTILE else "doubt")
        director.wish(_wish(state.spec.id, intent, at))
        at += rng.uniform(*_FOLLOW_SEC)
    return at


def raid_times(event: ScenarioEvent, rng: random.Random, now: float) -> list[float]:
    """Return when the lines of a raid come: a crowd that arrives fast and thins out."""
    count, length = event.count or RAID_LINES, event.for_sec or RAID_SEC
    return sorted(now + length * rng.random() ** 1.5 for _ in range(count))


def raid(mob: Iterable[ScenarioViewer], times: list[float], director: Director, rng: random.Random) -> dict[str, float]:
    """Wish one line for each of the mob; return when each of them goes again."""
    going = {}
    for spec, at in zip(mob, times, strict=False):
        director.wish(_wish(spec.id, "raid", at))
        going[spec.id] = at + rng.uniform(6.0, 14.0)
    return going


def _wish(viewer_id: str, intent: Intent, at: float) -> Wish:
    return Wish(
        viewer_id=viewer_id,
        intent=intent,
        rank=PLANNED,
        not_before=at,
        until=at + _PATIENT_SEC,
        channel="chat" if is_passer_by(viewer_id) else None,
        in_crowd=True,
    )
