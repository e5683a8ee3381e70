"""How a viewer's line was handled by what the streamer said next: well, weakly, badly or not at all. Pure.

What is right depends on the line (`treatment`): an answer needs substance, a troll needs none, bait needs a refusal,
somebody in need of care needs care. Whatever the line, insults, banned claims, a price under the floor and brushing
off are bad.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from coach.room.concession import granted_by
from coach.room.exchange import Exchange
from coach.room.judgement import judge
from coach.room.reading import read
from coach.room.treatment import Treatment, viewer_type_of
from coach.scenario.model import Scenario

Handled = Literal["well", "weak", "badly", "unanswered"]

ANSWER_SEC = 20.0
"""A line taken up later than this counts as not answered (DOMAIN §3.6)."""
_OVERLAP_SEC = 0.3
"""People begin to answer a moment early; what began before that was on its way anyhow."""
_CENT = 0.011


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
    agreed: float | None = None
    """Lowest price a piece that was agreed to here."""


def handling(
    line: str,
    viewer_type: str,
    treatment: Treatment,
    following: Sequence[Following],
    scenario: Scenario,
    *,
    said_at: float = 0.0,
    name: str = "",
    agreed: float | None = None,
    within: float = ANSWER_SEC,
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
        agreed: Price a piece this viewer was already granted, if any.
        within: Seconds after the line in which an answer may begin.
    """
    exchange = Exchange(line, viewer_type_of(viewer_type), treatment, scenario, name)
    soon = [item.text for item in following if item.start <= said_at + within]
    fresh = next((index for index, item in enumerate(following) if item.start >= said_at - _OVERLAP_SEC), None)
    at = next((index for index, text in enumerate(soon) if exchange.is_reply(text, first=index == fresh)), None)
    if at is None:
        return Handling("well" if treatment == "ignore" else "unanswered", reasons=("no_reply",))
    reply = read(exchange.without_name(soon[at]), scenario)
    granted = granted_by(exchange, reply, agreed)
    below = granted is not None and granted < scenario.product.price.floor - _CENT
    handled, reasons = judge(exchange, reply, granted)
    return Handling(handled, (at,), below, reasons, granted)
