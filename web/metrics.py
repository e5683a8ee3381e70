"""Counters, gauges and histograms for Prometheus, in a registry of this server's own."""

from __future__ import annotations

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from coach.event_log import EventLog
from coach.events import EngineFailed, Event, RehearsalEnded, TurnTimed

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
TURN_BUCKETS_MS = (80, 120, 160, 220, 300, 450, 600, 900, 1500, 3000)
"""Upper bounds; the targets of the design (120, 220, 300, 450) are among them."""
STAGE_BUCKETS_MS = (5, 10, 20, 40, 80, 120, 160, 220, 300, 450, 900)
LAG_BUCKETS_MS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
"""Upper bounds; 20 is one frame."""

_COUNTERS = {
    "coach_rehearsals_started_total": ("Rehearsals opened since the start.", ()),
    "coach_rehearsals_ended_total": ("Rehearsals ended since the start, by reason.", ("reason",)),
    "coach_rehearsals_refused_total": ("Rehearsals refused because the room was full.", ()),
    "coach_engine_failures_total": ("Engine failures, by port and engine.", ("port", "engine")),
    "coach_answers_foreseen_total": ("Answers that had been computed in the pause before the utterance ended.", ()),
    "coach_work_dropped_total": ("Work computed ahead and thrown away: finals, answers, chars, sound_sec.", ("what",)),
}
_GAUGES = {
    "coach_rehearsals_running": "Rehearsals that run now.",
    "coach_rehearsals_limit": "Rehearsals that may run at a time.",
    "coach_connections": "Browsers connected by WebRTC now.",
}
_STAGES = ("endpoint", "recognize", "write", "synthesize", "floor", "playout")
_DROPPED = ("finals", "answers", "chars", "sound_sec")


class Metrics:
    """A reader of every log, and a few numbers of the server."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._counters = {
            name: Counter(name, text, labels, registry=self._registry) for name, (text, labels) in _COUNTERS.items()
        }
        self._gauges = {name: Gauge(name, text, registry=self._registry) for name, text in _GAUGES.items()}
        self._turns = Histogram(
            "coach_turn_ms",
            "Reaction times of the loop as the server sees them, ms, by kind.",
            ("kind",),
            buckets=TURN_BUCKETS_MS,
            registry=self._registry,
        )
        self._stages = Histogram(
            "coach_answer_stage_ms",
            "What an answer waited for, ms, by stage.",
            ("stage",),
            buckets=STAGE_BUCKETS_MS,
            registry=self._registry,
        )
        self._lag = Histogram(
            "coach_loop_lag_ms",
            "How late the event loop ran what was due, ms.",
            buckets=LAG_BUCKETS_MS,
            registry=self._registry,
        )

    def count(self, name: str, by: float = 1, **labels: str) -> None:
        """Add to a counter, one unless said otherwise."""
        counter = self._counters[name]
        (counter.labels(**labels) if labels else counter).inc(by)

    def lag(self, late_ms: float) -> None:
        """Take how late the event loop was, ms."""
        self._lag.observe(late_ms)

    async def follow(self, log: EventLog) -> None:
        """Read one rehearsal's log to its end."""
        async for record in log.follow():
            self.observe(record.event)

    def observe(self, event: Event) -> None:
        """Take one event into account."""
        match event:
            case EngineFailed():
                self.count("coach_engine_failures_total", port=event.port, engine=event.engine)
            case RehearsalEnded():
                self.count("coach_rehearsals_ended_total", reason=event.reason)
            case TurnTimed():
                self._turn(event)
            case _:
                pass

    def render(self, gauges: Mapping[str, float]) -> str:
        """Return all numbers in Prometheus' text format; `gauges` are those read at this moment."""
        for name, value in gauges.items():
            self._gauges[name].set(value)
        return generate_latest(self._registry).decode()

    def _turn(self, turn: TurnTimed) -> None:
        self._turns.labels(kind=turn.kind).observe(turn.total_ms)
        for stage in _STAGES:
            took_ms = getattr(turn, f"{stage}_ms")
            if took_ms is not None:
                self._stages.labels(stage=stage).observe(took_ms)
        if turn.foreseen:
            self.count("coach_answers_foreseen_total")
        for what in _DROPPED:
            dropped = getattr(turn, f"dropped_{what}")
            if dropped:
                self.count("coach_work_dropped_total", dropped, what=what)
