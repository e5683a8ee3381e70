"""Who comes in and who goes: the scenario's viewers, passers-by, and in a drill the one viewer who comes back."""

from __future__ import annotations

import random

from coach.events import ViewerJoined, ViewerLeft
from coach.room.crowd import Crowd
from coach.room.director import Director
from coach.room.passers_by import PassersBy, is_passer_by
from coach.room.scribe import Scribe
from coach.room.tempo import HOSTILE
from coach.room.viewer import Deal, ViewerState
from coach.scenario.model import Scenario, ScenarioViewer

_ARRIVE_EVERY_SEC = (1.0, 3.0)
_BACK_SEC = (4.0, 8.0)
"""Room to breathe before the viewer of a drill comes back with a fresh approach."""
_FRESH = (0.85, 1.15)
"""How much more or less patience it then has."""
_WORTHWHILE_SEC = 15.0
"""A viewer does not come back for less than this."""


class Door:
    """Keeps who is expected and who is going. All times room seconds.

    Args:
        scenario: Whose viewers come.
        crowd: Takes them in.
        director: Forgets the wishes of those who go.
        scribe: Knows who has a line on its way.
        guests: Passers-by.
        rng: Decides.
    """

    def __init__(
        self,
        scenario: Scenario,
        crowd: Crowd,
        director: Director,
        scribe: Scribe,
        guests: PassersBy,
        rng: random.Random,
    ) -> None:
        self._scenario = scenario
        self._crowd = crowd
        self._director = director
        self._scribe = scribe
        self._rng = rng
        self._joins: list[tuple[float, str]] = []
        self._returns: list[tuple[float, ScenarioViewer]] = []
        self.guests = guests

    def open(self, now: float) -> None:
        """Expect the scenario's viewers, one after another; hostile ones only where there is room for them."""
        at = now
        for spec in self._scenario.viewers:
            if spec.type in HOSTILE and not self._director.tempo.hostile_come:
                continue
            self._joins.append((at, spec.id))
            at += self._rng.uniform(*_ARRIVE_EVERY_SEC)

    def expected(self, now: float) -> list[ViewerJoined]:
        """Let in those whose time has come."""
        due = [viewer_id for at, viewer_id in self._joins if at <= now]
        self._joins = [(at, viewer_id) for at, viewer_id in self._joins if at > now]
        return [self._crowd.join(viewer_id) for viewer_id in due]

    def returning(self, now: float, deal: Deal) -> list[ViewerJoined]:
        """Let the viewer of a drill in again, with nothing remembered."""
        due = [spec for at, spec in self._returns if at <= now]
        self._returns = [(at, spec) for at, spec in self._returns if at > now]
        return [self._crowd.admit(spec, deal) for spec in due]

    def passing(self, now: float, silent_sec: float, deal: Deal) -> list[ViewerJoined | ViewerLeft]:
        """Let passers-by come and go."""
        events: list[ViewerJoined | ViewerLeft] = []
        for viewer_id in self.guests.going(now):
            if not self._scribe.waits_for(viewer_id):
                events.append(self.out(self._crowd.state(viewer_id), now))
        spec = self.guests.arrival(
            now,
            self._crowd.here,
            silent_sec,
            more=self._director.pace.starved,
            hostile=self._director.too_friendly,
        )
        return [*events, self._crowd.admit(spec, deal)] if spec is not None else events

    def mob(self, now: float, count: int, deal: Deal) -> list[ViewerJoined]:
        """Let a crowd of attackers in."""
        return [self._crowd.admit(spec, deal) for spec in self.guests.mob(now, count)]

    def out(self, state: ViewerState, now: float) -> ViewerLeft:
        """Let somebody go; the one viewer of a drill will be back."""
        spec = state.spec
        self._director.withdraw(spec.id)
        event = self._crowd.leave(state)
        if is_passer_by(spec.id):
            self.guests.gone(spec.id)
            self._crowd.forget(spec.id)
            self._director.forget(spec.id)
            self._scribe.forget(spec.id)
        elif self._scenario.kind == "drill" and len(self._scenario.viewers) == 1:
            back = now + self._rng.uniform(*_BACK_SEC)
            if back + _WORTHWHILE_SEC < self._scenario.duration_sec:
                usual = self._scenario.viewers[0].patience
                patience = min(100.0, max(15.0, usual * self._rng.uniform(*_FRESH)))
                self._returns.append((back, spec.model_copy(update={"patience": round(patience, 1)})))
        return event
