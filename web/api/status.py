"""What runs here, for people, probes and Prometheus."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from web.api.models import EngineStatus, Health, RoomStatus, Status
from web.metrics import CONTENT_TYPE
from web.state import State

router = APIRouter(tags=["status"])


@router.get("/api/status")
def read_status(state: State) -> Status:
    """Return version, engines, room, and what the last start repaired."""
    composition = state.composition
    if composition.settle is not None:
        composition.settle()
    return Status(
        version=composition.version,
        engines=[
            EngineStatus(
                port=engine.port, name=engine.name, ready=engine.ready, note=engine.note, arriving=engine.arriving
            )
            for engine in (composition.arrival.reports() if composition.arrival else composition.engines)
        ],
        rehearsals=RoomStatus(running=len(composition.host.active()), limit=composition.host.limit),
        recovered=list(composition.recovered),
        browser_words=composition.host.engines.page_recognizer is not None,
    )


@router.get("/healthz")
async def read_health(state: State, response: Response) -> Health:
    """Answer at once; 503 while the server shuts down, so that balancers send nobody here."""
    if state.closing:
        response.status_code = 503
        return Health(status="closing")
    return Health(status="ok")


@router.get("/metrics", response_class=PlainTextResponse)
async def read_metrics(state: State) -> PlainTextResponse:
    """Return counters and gauges in Prometheus' text format."""
    host = state.composition.host
    gauges = {
        "coach_rehearsals_running": float(len(host.active())),
        "coach_rehearsals_limit": float(host.limit),
        "coach_connections": float(state.switchboard.connections),
    }
    return PlainTextResponse(state.metrics.render(gauges), media_type=CONTENT_TYPE)
