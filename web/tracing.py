"""OpenTelemetry spans of rehearsals, where an endpoint is set: another reader of the log.

One span a rehearsal; under it one a spoken answer with a child for every stage, and one for each time a viewer was
turned down or stopped. No word anybody said is in them.
"""

from __future__ import annotations

import logging
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol, Self

from coach.clock import wall_time
from coach.errors import MissingPart
from coach.event_log import EventLog
from coach.events import EngineFailed, Record, RehearsalEnded, RehearsalStarted, TurnTimed

logger = logging.getLogger(__name__)

STAGES = ("endpoint_ms", "recognize_ms", "floor_ms", "write_ms", "synthesize_ms", "playout_ms")
"""In the order in which an answer goes through them."""
COUNTS = ("foreseen", "dropped_finals", "dropped_answers", "dropped_chars", "dropped_sound_sec")
FLUSH_MS = 5000
"""Longest wait for the last spans to leave at the server's end."""


class Tracer(Protocol):
    """What is used of OpenTelemetry's tracer."""

    def start_span(
        self, name: str, context: Any = None, *, attributes: Any = None, start_time: int | None = None
    ) -> Any:
        """Begin a span at a time, ns."""
        ...


@dataclass(slots=True)
class _Rehearsal:
    """One rehearsal's open span."""

    origin_ns: int
    """Wall time of rehearsal second 0."""
    span: Any
    context: Any

    def ns(self, at: float) -> int:
        """Return the wall time of a rehearsal second."""
        return self.origin_ns + round(at * 1e9)


@dataclass(slots=True)
class Tracing:
    """Makes spans of records and sends them in the background. Use as a context: leaving it sends the last ones."""

    tracer: Tracer
    provider: Any = None
    """Flushed and shut down at the end; None: whoever made the tracer does that."""
    _open: dict[int, _Rehearsal] = field(default_factory=dict)

    @classmethod
    def to(cls, endpoint: str, version: str) -> Self:
        """Send spans by OTLP over HTTP.

        Args:
            endpoint: Where a collector takes traces, e.g. `http://127.0.0.1:4318/v1/traces`.
            version: Of the product.

        Raises:
            MissingPart: If OpenTelemetry is not installed.
        """
        try:
            from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
            from opentelemetry.sdk.resources import Resource
            from opentelemetry.sdk.trace import TracerProvider
            from opentelemetry.sdk.trace.export import BatchSpanProcessor
        except ImportError as error:
            raise MissingPart("Traces need OpenTelemetry. Install it with: uv sync --extra telemetry") from error
        resource = Resource.create({"service.name": "live-coach", "service.version": version})
        provider = TracerProvider(resource=resource, shutdown_on_exit=False)
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint, timeout=5)))
        return cls(provider.get_tracer("live-coach", version), provider)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.provider is not None:
            self.provider.force_flush(FLUSH_MS)
            self.provider.shutdown()

    async def follow(self, log: EventLog) -> None:
        """Read one rehearsal's log to its end."""
        key = id(log)
        try:
            async for record in log.follow():
                self.observe(key, record)
        finally:
            left = self._open.pop(key, None)
            if left is not None:
                left.span.end()

    def observe(self, key: int, record: Record) -> None:
        """Take one record of the rehearsal known as `key`."""
        event = record.event
        if isinstance(event, RehearsalStarted):
            self._open[key] = self._begin(event, record.at)
            return
        rehearsal = self._open.get(key)
        if rehearsal is None:
            return
        match event:
            case TurnTimed():
                self._turn(rehearsal, event, record.at)
            case EngineFailed():
                rehearsal.span.add_event(
                    "engine failed", {"port": event.port, "engine": event.engine}, rehearsal.ns(record.at)
                )
            case RehearsalEnded():
                rehearsal.span.set_attribute("reason", event.reason)
                rehearsal.span.end(rehearsal.ns(record.at))
                del self._open[key]
            case _:
                pass

    def _begin(self, event: RehearsalStarted, at: float) -> _Rehearsal:
        from opentelemetry.trace import set_span_in_context

        origin = round(wall_time().timestamp() * 1e9) - round(at * 1e9)
        attributes = {
            "rehearsal.id": event.rehearsal_id,
            "scenario.id": event.scenario_id,
            "scenario.locale": event.locale,
            "difficulty": event.difficulty,
            "input": event.input,
            **{f"engine.{port}": name for port, name in event.engines.items()},
        }
        span = self.tracer.start_span("rehearsal", attributes=attributes, start_time=origin)
        return _Rehearsal(origin, span, set_span_in_context(span))

    def _turn(self, rehearsal: _Rehearsal, turn: TurnTimed, at: float) -> None:
        from opentelemetry.trace import set_span_in_context

        began = rehearsal.ns(at - turn.total_ms / 1000)
        counts = {name: value for name in COUNTS if (value := getattr(turn, name)) is not None}
        attributes = {"line.id": turn.line_id, "total_ms": turn.total_ms, **counts}
        span = self.tracer.start_span(turn.kind, rehearsal.context, attributes=attributes, start_time=began)
        stage_began = began
        for name in STAGES:
            duration = getattr(turn, name)
            if duration is None:
                continue
            stage = self.tracer.start_span(name.removesuffix("_ms"), set_span_in_context(span), start_time=stage_began)
            stage_began += round(duration * 1e6)
            stage.end(stage_began)
        span.end(rehearsal.ns(at))


def tracing(endpoint: str | None, version: str) -> AbstractContextManager[Tracing | None]:
    """Return what traces, or nothing where no endpoint is set.

    Raises:
        MissingPart: If OpenTelemetry is not installed.
    """
    from contextlib import nullcontext

    return Tracing.to(endpoint, version) if endpoint else nullcontext()
