"""Draws the records of a running rehearsal, one line each, for the terminal."""

from __future__ import annotations

from functools import singledispatchmethod

from rich.text import Text

from coach.events import (
    CueShown,
    EngineFailed,
    LineDucked,
    LineHeld,
    LinePosted,
    LineResumed,
    LineVoiced,
    LineVoicing,
    MicrophoneUsed,
    ModelUsed,
    Record,
    RehearsalEnded,
    RehearsalPaused,
    RehearsalResumed,
    RehearsalStarted,
    RoomChanged,
    StageEntered,
    TurnTimed,
    UtteranceHeard,
    ViewerJoined,
    ViewerLeft,
)
from commands.console import harmless
from commands.texts import Say

ROOM_EVENTS = (
    "pile_on",
    "raid",
    "raid_over",
    "link_failure",
    "link_restored",
    "zero_orders",
    "orders_back",
    "wrong_price",
    "price_corrected",
    "price_reset",
)
"""Reasons of a change that are told in words."""
_STREAMER, _VIEWER, _CUT, _QUIET, _TROUBLE = "bold cyan", "yellow", "bold red", "dim", "red"


class Timeline:
    """Remembers the viewers' names and the orders; otherwise each record is drawn by itself."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._names: dict[str, str] = {}
        self._orders = 0

    def draw(self, record: Record) -> Text | None:
        """Return the line for a record, or None for those that tell a reader nothing."""
        drawn = self._draw(record.event)
        if drawn is None:
            return None
        text, style = drawn
        minutes, seconds = divmod(record.at, 60)
        return Text.assemble((f"{int(minutes):02d}:{seconds:04.1f}  ", "dim"), (harmless(text), style))

    def _line(self, viewer_id: str, how: str, text: str, *, pressure: bool = False) -> tuple[str, str]:
        mark = " !" if pressure else ""
        return f"{self._names.get(viewer_id, viewer_id)} ({self._say(how)}{mark}): {text}", _VIEWER

    @singledispatchmethod
    def _draw(self, event: object) -> tuple[str, str] | None:
        return None

    @_draw.register
    def _(self, event: RehearsalStarted) -> tuple[str, str] | None:
        return self._say("line.started"), _QUIET

    @_draw.register
    def _(self, event: UtteranceHeard) -> tuple[str, str] | None:
        if not event.text:
            return f"{self._say('line.streamer')}: {self._say('line.no_words')}", _QUIET
        return f"{self._say('line.streamer')}: {event.text}", _STREAMER

    @_draw.register
    def _(self, event: ViewerJoined) -> tuple[str, str] | None:
        self._names[event.viewer_id] = event.name
        return None

    @_draw.register
    def _(self, event: ViewerLeft) -> tuple[str, str] | None:
        outcome = self._say(f"outcome.{event.outcome}")
        return f"{self._names.get(event.viewer_id, event.viewer_id)} {self._say('line.left', outcome=outcome)}", _QUIET

    @_draw.register
    def _(self, event: LinePosted) -> tuple[str, str] | None:
        return self._line(event.viewer_id, "line.chat", event.text, pressure=event.pressure)

    @_draw.register
    def _(self, event: LineVoicing) -> tuple[str, str] | None:
        return self._line(event.viewer_id, "line.voice", event.text, pressure=event.pressure)

    @_draw.register
    def _(self, event: LineDucked) -> tuple[str, str] | None:
        return self._say("line.ducked"), _QUIET

    @_draw.register
    def _(self, event: LineHeld) -> tuple[str, str] | None:
        return self._say("line.held"), _QUIET

    @_draw.register
    def _(self, event: LineResumed) -> tuple[str, str] | None:
        return self._say("line.resumed"), _QUIET

    @_draw.register
    def _(self, event: LineVoiced) -> tuple[str, str] | None:
        if not event.cut_off:
            return None
        heard = event.heard_text
        if not event.cut_by_streamer:
            what = self._say("line.stopped", heard=heard)
        else:
            what = self._say("line.cut_off", heard=heard) if heard else self._say("line.heard_nothing")
        return f"{self._names.get(event.viewer_id, event.viewer_id)} {what}", _CUT

    @_draw.register
    def _(self, event: RoomChanged) -> tuple[str, str] | None:
        # Viewers and likes drift every few seconds; only what matters interrupts the conversation.
        sold, self._orders = event.orders > self._orders, event.orders
        if event.reason in ROOM_EVENTS:
            return self._say(f"room.{event.reason}", price=event.shown_price or ""), _TROUBLE
        if not (sold or event.pressure):
            return None
        return self._say("line.room", viewers=event.viewers, orders=event.orders, likes=event.likes), _QUIET

    @_draw.register
    def _(self, event: StageEntered) -> tuple[str, str] | None:
        return self._say("line.stage", name=event.name), _QUIET

    @_draw.register
    def _(self, event: CueShown) -> tuple[str, str] | None:
        return event.text, _QUIET

    @_draw.register
    def _(self, event: TurnTimed) -> tuple[str, str] | None:
        return self._say(f"line.timed.{event.kind}", ms=round(event.total_ms)), _QUIET

    @_draw.register
    def _(self, event: EngineFailed) -> tuple[str, str] | None:
        error, fallback = self._say.sentence(event.error), self._say.sentence(event.fallback)
        values = {"engine": event.engine, "error": error, "fallback": fallback}
        return self._say("line.engine_failed", **values), _TROUBLE

    @_draw.register
    def _(self, event: ModelUsed) -> tuple[str, str] | None:
        cost = f", {event.cost:g} {event.currency}".rstrip() if event.cost is not None else ""
        total = event.prompt_tokens + event.completion_tokens
        values = {"model": event.model, "requests": event.requests, "tokens": total, "cost": cost}
        return self._say("line.model_used", **values), _QUIET

    @_draw.register
    def _(self, event: MicrophoneUsed) -> tuple[str, str] | None:
        return None

    @_draw.register
    def _(self, event: RehearsalPaused) -> tuple[str, str] | None:
        return self._say("line.paused"), _QUIET

    @_draw.register
    def _(self, event: RehearsalResumed) -> tuple[str, str] | None:
        return self._say("line.resumed_room"), _QUIET

    @_draw.register
    def _(self, event: RehearsalEnded) -> tuple[str, str] | None:
        return self._say("line.ended", reason=self._say(f"reason.{event.reason}")), _QUIET
