"""How a viewer's line was handled by what the streamer said next: well, weakly, badly or not at all. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from coach.room.question import answers, question_of
from coach.room.reading import read
from coach.room.treatment import Treatment
from coach.scenario.model import Scenario

Handled = Literal["well", "weak", "badly", "unanswered"]


@dataclass(frozen=True, slots=True)
class Following:
    """One utterance of the streamer after a viewer's line."""

    text: str
    start: float
    end: float
    """Rehearsal seconds."""


@dataclass(frozen=True, slots=True)
class Handling:
    """What became of one line."""

    handled: Handled
    answered_by: tuple[int, ...] = ()
    """Which of the following utterances answer it, by index."""
    below_floor: bool = False
    """Whether a price under the floor was agreed to."""
    reasons: tuple[str, ...] = ()
    """What decided, such as `insults` or `names_fact`."""


def handling(
    line: str,
    viewer_type: str,
    treatment: Treatment,
    following: Sequence[Following],
    scenario: Scenario,
    *,
    said_at: float = 0.0,
    name: str = "",
) -> Handling:
    """Return how a line was handled.

    Args:
        line: The viewer's line as it was seen or heard.
        viewer_type: Type of the viewer.
        treatment: What would have been right: `right_treatment`.
        following: The streamer's next utterances, in order.
        scenario: Product, price and viewers.
        said_at: When the line was there, rehearsal seconds.
        name: What the viewer is called.
    """
    readings = [read(item.text, scenario) for item in following]
    below = any(not move.full for reading in readings for move in reading.of("concedes"))
    if any(reading.did("insults", "blames", "overclaims") for reading in readings[:1]) or below:
        return Handling("badly", (0,), below_floor=below)
    if treatment == "ignore":
        return Handling("well")
    question = question_of(line, scenario)
    hits = tuple(at for at, reading in enumerate(readings) if answers(reading, question))
    return Handling("well", hits) if hits else Handling("unanswered")
