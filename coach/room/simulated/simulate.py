"""One rehearsal of a scripted streamer, from seed to outcome."""

from __future__ import annotations

import random

from coach.room.audience import Audience
from coach.room.simulated.manner import MANNERS, STREAMERS, StreamerName
from coach.room.simulated.outcome import Outcome, outcome_of
from coach.room.simulated.performer import Performer
from coach.room.simulated.stage import Stage
from coach.scenario.model import Scenario


def simulate(scenario: Scenario, streamer: StreamerName, seed: int, difficulty: int | None = None) -> Outcome:
    """Play a scenario with a scripted streamer; the same arguments give the same outcome, to the event.

    Args:
        scenario: What is played, for its whole planned time.
        streamer: Who plays it.
        seed: Of the audience; the streamer has a seed of its own that follows from it.
        difficulty: 1 to 5; default the scenario's.
    """
    stage = staged(scenario, streamer, seed, difficulty)
    return outcome_of(
        scenario,
        stage.records,
        stage.requests,
        streamer=streamer,
        seed=seed,
        difficulty=stage.difficulty,
        dropped=len(stage.dropped),
    )


def staged(scenario: Scenario, streamer: StreamerName, seed: int, difficulty: int | None = None) -> Stage:
    """Play as `simulate` does; return the stage with its records and the lines that were asked for."""
    audience = Audience(scenario, seed=seed, difficulty=difficulty)
    rng = random.Random(seed * len(STREAMERS) + STREAMERS.index(streamer))
    stage = Stage(scenario, audience, Performer(scenario, MANNERS[streamer], rng), rng)
    stage.run()
    return stage
