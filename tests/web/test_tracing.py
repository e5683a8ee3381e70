"""Spans of a rehearsal as a collector gets them: over real HTTP, and none of the words in them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from coach.events import (
    EngineFailed,
    Event,
    Record,
    RehearsalEnded,
    TurnTimed,
    UtteranceHeard,
)
from tests.started import started
from web.tracing import Tracing, tracing

STARTED = started(engines={"vad": "level"})
ANSWER = TurnTimed(
    kind="answer",
    line_id="l1",
    total_ms=200.0,
    endpoint_ms=120.0,
    recognize_ms=0.0,
    floor_ms=0.0,
    write_ms=30.0,
    synthesize_ms=40.0,
    playout_ms=10.0,
    foreseen=True,
    dropped_answers=2,
)


@contextmanager
def collector() -> Iterator[tuple[str, list[bytes]]]:
    """A server that takes traces as an OpenTelemetry collector does."""
    bodies: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/traces", bodies
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def sent(events: list[tuple[float, Event]]) -> dict[str, Span]:
    """Send a rehearsal to a collector; return what it got, by name."""
    with collector() as (url, bodies):
        with Tracing.to(url, "1.2.3") as traces:
            for seq, (at, event) in enumerate(events):
                traces.observe(1, Record(seq=seq, at=at, event=event))
        assert b"secret" not in b"".join(bodies)
        requests = [ExportTraceServiceRequest.FromString(body) for body in bodies]
    scopes = [scope for request in requests for group in request.resource_spans for scope in group.scope_spans]
    return {span.name: span for scope in scopes for span in scope.spans}


@pytest.mark.slow
def test_a_collector_gets_the_rehearsal_its_answers_and_their_stages() -> None:
    said = UtteranceHeard(utterance_id="u1", text="a secret price", start=1.0, end=2.0, source="voice")
    failed = EngineFailed(port="chat_model", engine="x", error="secret words", fallback="scripted line")
    stop = TurnTimed(kind="stop", line_id="l1", total_ms=140.0)
    spans = sent(
        [(0.0, STARTED), (2.1, said), (2.2, ANSWER), (3.0, failed), (4.0, stop), (9.0, RehearsalEnded(reason="time"))]
    )
    stages = {"endpoint", "recognize", "floor", "write", "synthesize", "playout"}
    assert set(spans) == {"rehearsal", "answer", "stop", *stages}
    rehearsal, answer = spans["rehearsal"], spans["answer"]
    assert {span.parent_span_id for span in (answer, spans["stop"])} == {rehearsal.span_id}
    assert {spans[name].parent_span_id for name in stages} == {answer.span_id}
    assert answer.end_time_unix_nano - answer.start_time_unix_nano == pytest.approx(200e6)
    assert spans["playout"].end_time_unix_nano == pytest.approx(answer.end_time_unix_nano, abs=1e3)
    assert rehearsal.end_time_unix_nano - rehearsal.start_time_unix_nano == pytest.approx(9e9)
    values = {attribute.key: attribute.value for attribute in answer.attributes}
    assert values["foreseen"].bool_value
    assert values["dropped_answers"].int_value == 2
    assert [event.name for event in rehearsal.events] == ["engine failed"]


def test_without_an_endpoint_nothing_is_traced() -> None:
    with tracing(None, "1.2.3") as traces:
        assert traces is None
