"""The log, the audience and what is delivered: an event in, what the viewers make of it out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from coach.clock import Clock
from coach.event_log import EventLog
from coach.events import EngineFailed, Event, Port, UtteranceHeard
from coach.live.asked import Asked
from coach.live.cues import Cues
from coach.live.delivery import Delivery
from coach.live.engines import Engines
from coach.live.tuning import LiveTuning
from coach.ports import Recorder
from coach.room.audience import Audience
from coach.room.request import Action, Dropped, LineRequest

logger = logging.getLogger(__name__)


_TOLD_FAULTS = 20
"""Faults of the audience that the program's log is told of; one that comes back with every tick would fill it."""


class Scene:
    """Owns the audience and its delivery. One per rehearsal; every call is on the event loop.

    A fault in a rule of the audience costs what it would have done then, never the rehearsal.

    Args:
        log: Every event goes here first; only then the audience learns of it.
        voiced: False in a typed rehearsal.
        is_running: Whether lines may still be asked for.
        can_speak: Whether somebody is there to hear a voice.
        cues: Who decides on words of advice; None where there are none.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        log: EventLog,
        audience: Audience,
        engines: Engines,
        tuning: LiveTuning,
        recorder: Recorder | None,
        voiced: bool,
        is_running: Callable[[], bool],
        can_speak: Callable[[], bool],
        cues: Cues | None = None,
    ) -> None:
        self._clock = clock
        self._log = log
        self._audience = audience
        self._is_running = is_running
        self._can_speak = can_speak
        self._cues = cues
        self._faults = 0
        self.asked = Asked()
        """Whether a viewer waits for an answer."""
        self.group: asyncio.TaskGroup | None = None
        """Where replies live; None before the rehearsal runs and after it ended."""
        self.delivery = Delivery(
            clock=clock,
            engines=engines,
            tuning=tuning,
            recorder=recorder,
            voiced=voiced,
            note=self.note,
            dropped=self._dropped,
            model_failed=self._model_failed,
        )

    @property
    def is_over(self) -> bool:
        """Whether the log is closed: nothing is noted any more."""
        return self._log.closed

    def note(self, event: Event) -> None:
        """Append an event and do what the audience makes of it."""
        if self._log.closed:
            return
        record = self._log.append(event)
        self.asked.observe(event, record.at)
        if self._cues is not None:
            self._cues.observe(record)
        self._act(self._asked(lambda: self._audience.observe(record)))

    def tick(self, at: float) -> None:
        """Let time pass for the viewers until `at` (rehearsal seconds)."""
        self._act(self._asked(lambda: self._audience.tick(at)))
        cue = self._cues.due(at) if self._cues is not None else None
        if cue is not None:
            self.note(cue)
        self.offer_floor()

    def foresee(self, utterance: UtteranceHeard) -> None:
        """Compute the answer to an utterance that may be over; the audience and the log stay as they are."""
        if not self._is_running() or self.group is None or not self._can_speak():
            return
        at = round(self._clock.now(), 3)
        for action in self._asked(lambda: self._audience.answers(utterance, at)):
            if isinstance(action, LineRequest) and action.channel == "voice":
                self.delivery.foresee(action, self.group)
                return

    def offer_floor(self) -> None:
        """Let a waiting viewer speak if it may."""
        if self.group is not None and self._can_speak():
            self.delivery.offer_floor(self.group)

    def engine_failed(self, port: Port, error: str, fallback: str, engine: str = "") -> None:
        """Log that an engine failed and what is done instead."""
        logger.warning("engine failed: port=%s engine=%s", port, engine)
        self.note(EngineFailed(port=port, engine=engine or port, error=error, fallback=fallback))

    def _dropped(self, dropped: Dropped) -> None:
        def tell() -> list[Action]:
            self._audience.dropped(dropped)
            return []

        self._asked(tell)

    def _asked(self, question: Callable[[], list[Action]]) -> list[Action]:
        """Return what the audience does; nothing where one of its rules fails."""
        try:
            return question()
        except Exception:
            self._faults += 1
            if self._faults <= _TOLD_FAULTS:
                logger.exception("a viewer's rule failed")
            return []

    def _act(self, actions: list[Action]) -> None:
        for action in actions:
            if isinstance(action, LineRequest):
                self._request(action)
            else:
                self.note(action)

    def _request(self, request: LineRequest) -> None:
        if self._is_running() and self.group is not None:
            self.delivery.request(request, self.group)
        else:
            self.delivery.drop(request, "the rehearsal has ended")

    def _model_failed(self, engine: str, error: str) -> None:
        self.engine_failed("chat_model", error, "scripted line", engine)
