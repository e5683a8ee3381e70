"""Counters and gauges in the text format that Prometheus scrapes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from coach.event_log import EventLog
from coach.events import EngineFailed, Event, RehearsalEnded, TurnTimed

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
TURN_BUCKETS_MS = (80, 120, 160, 220, 300, 450, 600, 900, 1500, 3000)
"""Upper bounds; the targets of the design (120, 220, 300, 450) are among them."""

_HELP = {
    "coach_rehearsals_running": ("gauge", "Rehearsals that run now."),
    "coach_rehearsals_limit": ("gauge", "Rehearsals that may run at a time."),
    "coach_connections": ("gauge", "Browsers connected by WebRTC now."),
    "coach_rehearsals_started_total": ("counter", "Rehearsals opened since the start."),
    "coach_rehearsals_ended_total": ("counter", "Rehearsals ended since the start, by reason."),
    "coach_rehearsals_refused_total": ("counter", "Rehearsals refused because the room was full."),
    "coach_engine_failures_total": ("counter", "Engine failures, by port and engine."),
    "coach_turn_ms": ("histogram", "Reaction times of the loop as the server sees them, ms, by kind."),
}

Labels = tuple[tuple[str, str], ...]


class Metrics:
    """A reader of every log, and a few numbers of the server."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, Labels]] = Counter()
        self._turn_sums: Counter[str] = Counter()

    def count(self, name: str, **labels: str) -> None:
        """Add one to a counter."""
        self._counts[name, tuple(sorted(labels.items()))] += 1

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
                self._turn(event.kind, event.total_ms)
            case _:
                pass

    def render(self, gauges: Mapping[str, float]) -> str:
        """Return all numbers; `gauges` are those read at this moment."""
        samples: dict[str, list[str]] = {name: [] for name in _HELP}
        for name, value in gauges.items():
            samples[name].append(f"{name} {value:g}")
        for (name, labels), count in sorted(self._counts.items()):
            family = name.removesuffix("_bucket").removesuffix("_count") if name.startswith("coach_turn_ms") else name
            samples[family].append(f"{name}{_labels(labels)} {count}")
        samples["coach_turn_ms"].extend(
            f"coach_turn_ms_sum{_labels((('kind', kind),))} {total:g}"
            for kind, total in sorted(self._turn_sums.items())
        )
        return "".join(_family(name, lines) for name, lines in samples.items())

    def _turn(self, kind: str, total_ms: float) -> None:
        for bound in TURN_BUCKETS_MS:
            if total_ms <= bound:
                self.count("coach_turn_ms_bucket", kind=kind, le=str(bound))
        self.count("coach_turn_ms_bucket", kind=kind, le="+Inf")
        self.count("coach_turn_ms_count", kind=kind)
        self._turn_sums[kind] += total_ms  # type: ignore[assignment]  # a Counter of floats


def _family(name: str, lines: Iterable[str]) -> str:
    kind, text = _HELP[name]
    return "\n".join((f"# HELP {name} {text}", f"# TYPE {name} {kind}", *lines)) + "\n"


def _labels(labels: Labels) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
