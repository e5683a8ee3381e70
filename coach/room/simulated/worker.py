"""Simulated rehearsals in a process of their own: an order on standard input, a JSON line each on standard output.

Playing is pure computing: beside a live rehearsal it would hold up the sound, and a process can be stopped at any
moment. Run with `python -m coach.room.simulated.worker`.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from coach.room.simulated.manner import StreamerName
from coach.room.simulated.outcome import Outcome
from coach.room.simulated.simulate import simulate
from coach.room.simulated.summary import disorder, row
from coach.room.simulated.transcript import transcript
from coach.scenario.load import parse_scenario

_NICER_BY = 10
"""Steps of niceness under the process that asks, where the system knows such a thing."""


@dataclass(frozen=True, slots=True)
class SimulationOrder:
    """What to play."""

    text: str
    """The scenario file."""
    streamers: tuple[StreamerName, ...]
    seeds: tuple[int, ...]
    difficulty: int | None = None
    want: Literal["outcomes", "transcript"] = "outcomes"
    """For a transcript the first streamer and seed are played."""


def lines(order: SimulationOrder) -> Iterator[dict[str, Any]]:
    """Yield `played` for each rehearsal, seed by seed so that all streamers fill up alike, then `finished`.

    For a transcript: its lines, each as `line`.

    Raises:
        BrokenScenario: If the text is no scenario.
    """
    scenario = parse_scenario(order.text).scenario
    if order.want == "transcript":
        outcome = simulate(scenario, order.streamers[0], order.seeds[0], order.difficulty)
        yield from ({"kind": "line", **line} for line in transcript(outcome.records))
        return
    found: dict[str, list[Outcome]] = {name: [] for name in order.streamers}
    for seed in order.seeds:
        for name in order.streamers:
            outcome = simulate(scenario, name, seed, order.difficulty)
            found[name].append(outcome)
            yield {"kind": "played", "streamer": name, **row(outcome)}
    wrong = [{"measure": measure, "better": better, "worse": worse} for measure, better, worse in disorder(found)]
    yield {"kind": "finished", "disorder": wrong}


def main() -> None:
    """Read the order, play it, write a line as soon as it is known."""
    if hasattr(os, "nice"):
        os.nice(_NICER_BY)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever asks, who then ends this process
    order = SimulationOrder(**json.loads(sys.stdin.buffer.read()))
    with suppress(BrokenPipeError):  # nobody reads any more
        for line in lines(order):
            sys.stdout.buffer.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
