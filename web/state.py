"""What every request of one server shares."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, NoReturn

from fastapi import Depends, Request

from coach.clock import LoopClock
from coach.errors import CoachError
from coach.live.lag import LoopLag
from coach.live.rehearsal import LiveRehearsal
from coach.ports import RehearsalSummary
from coach.store.keeper import is_rehearsal_id
from web.composition import Composition
from web.metrics import Metrics
from web.problems import rehearsal_over, unknown_rehearsal
from web.simulating import Simulations
from web.switchboard import Switchboard
from web.tracing import Tracing

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class AppState:
    """The composition, and what the app adds while it runs."""

    composition: Composition
    metrics: Metrics = field(default_factory=Metrics)
    stop: Callable[[], None] = lambda: None
    """Ends the server; set by whoever runs it."""
    fault: CoachError | None = None
    """Why the server ended itself."""
    closing: bool = False
    """Set when the server is told to stop, so that long polls answer at once."""
    is_checking: bool = False
    """Whether a hearing check is under way; there is one at a time."""
    lag: LoopLag | None = None
    """How late this server's event loop runs; None outside the app's lifespan."""
    simulations: Simulations = field(default_factory=Simulations)
    """Scripted streamers that play texts being written."""
    _switchboard: Switchboard | None = None
    _tasks: asyncio.TaskGroup | None = None

    def open(self, tasks: asyncio.TaskGroup) -> LoopLag:
        """Enter the app's life; what the server does on its own runs in `tasks`. Returns the lag watcher, to be run."""
        self._tasks = tasks
        self._switchboard = Switchboard(tasks)
        self.lag = LoopLag(LoopClock(), self.metrics.lag)
        return self.lag

    @property
    def switchboard(self) -> Switchboard:
        """Who is connected.

        Raises:
            RuntimeError: Outside the app's lifespan.
        """
        if self._switchboard is None:
            raise RuntimeError("expected a running app; enter its lifespan first")
        return self._switchboard

    def fail(self, error: CoachError) -> None:
        """End the server for a reason that its user must know."""
        self.fault = error
        self.stop()

    def watch(self, rehearsal: LiveRehearsal) -> None:
        """Count what happens in a new rehearsal."""
        self.metrics.count("coach_rehearsals_started_total")
        if self._tasks is not None:
            self._tasks.create_task(self._count(rehearsal), name=f"metrics {rehearsal.id}")
            if self.composition.tracing is not None:
                self._tasks.create_task(self._trace(self.composition.tracing, rehearsal), name=f"traces {rehearsal.id}")

    async def _count(self, rehearsal: LiveRehearsal) -> None:
        """Read one rehearsal into the numbers; a fault costs them, never what runs beside it."""
        try:
            await self.metrics.follow(rehearsal.log)
        except Exception:
            logger.exception("metrics failed: rehearsal=%s", rehearsal.id)

    async def _trace(self, tracing: Tracing, rehearsal: LiveRehearsal) -> None:
        """Make spans of one rehearsal; a fault costs them, never what runs beside it."""
        try:
            await tracing.follow(rehearsal.log)
        except Exception:
            logger.exception("traces failed: rehearsal=%s", rehearsal.id)

    def running(self, rehearsal_id: str) -> LiveRehearsal | None:
        """Return a rehearsal that can still do something, or None."""
        rehearsal = self.composition.host.get(rehearsal_id)
        return rehearsal if rehearsal is not None and not rehearsal.ended else None

    def why_not_running(self, rehearsal_id: str) -> NoReturn:
        """Say why `running` gave nothing. Blocks.

        Raises:
            ApiProblem: 410 if it has ended, 404 if there never was one.
        """
        if self.composition.host.get(rehearsal_id) is not None or self.kept(rehearsal_id) is not None:
            raise rehearsal_over(rehearsal_id)
        raise unknown_rehearsal(rehearsal_id)

    def kept(self, rehearsal_id: str) -> RehearsalSummary | None:
        """Return the index row of a rehearsal, or None. Blocks."""
        return self.composition.keeper.get(rehearsal_id) if is_rehearsal_id(rehearsal_id) else None


def state_of(request: Request) -> AppState:
    """Return the state of the app that handles a request."""
    state = request.app.state.coach
    if not isinstance(state, AppState):
        raise RuntimeError(f"expected the app's state, got {type(state).__name__}")
    return state


State = Annotated[AppState, Depends(state_of)]
