"""How a viewer's line was handled by what the streamer said next: well, weakly, badly or not at all. Pure.

Rules judge first (`judgement`); a small learned judge (`answer_judge`) overrules them where it is sure.

What is right depends on the line (`treatment`): an answer needs substance, a troll needs none, bait needs a refusal,
somebody in need of care needs care. Whatever the line, insults, banned claims, a price under the floor and brushing
off are bad.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from coach.room.answer_judge import is_as_advised, second_opinion, told_reasons
from coach.room.answer_signs import Judged, is_cut
from coach.room.concession import granted_by
from coach.room.exchange import Exchange
from coach.room.grant_figures import LEAST
from coach.room.grant_judge import settled
from coach.room.heard import flatten
from coach.room.judgement import judge
from coach.room.reading import read
from coach.room.treatment import Treatment, viewer_type_of
from coach.scenario.model import Scenario

Handled = Literal["well", "weak", "badly", "unanswered"]

ANSWER_SEC = 20.0
"""A line taken up later than this counts as not answered (DOMAIN §3.6)."""
_OVERLAP_SEC = 0.3
"""People begin to answer a moment early; what began before that was on its way anyhow."""
_GOES_ON_SEC = 2.0
"""A pause in the middle of a clause up to which the next utterance goes on with it."""
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
    is_sure: bool = False
    """Whether what answers it names the viewer or tells what was asked."""
    is_as_advised: bool = False
    """Whether it is what this product teaches to answer: no reader finds that weak."""


def handling(
    line: str,
    viewer_type: str,
    treatment: Treatment,
    following: Sequence[Following],
    scenario: Scenario,
    *,
    said_at: float = 0.0,
    name: str = "",
    others: Iterable[str] = (),
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
        others: What others in the room are called.
        agreed: Price a piece this viewer was already granted, if any.
        within: Seconds after the line in which an answer may begin.
    """
    exchange = Exchange(line, viewer_type_of(viewer_type), treatment, scenario, name, others)
    found = ruled(exchange, following, said_at=said_at, agreed=agreed, within=within)
    if found is None:
        return Handling("well" if treatment == "ignore" else "unanswered", reasons=("no_reply",))
    if _may_haggle(found.judged):
        haggled = Exchange(line, "haggler", treatment, scenario, name, others)
        found = _lower(ruled(haggled, following, said_at=said_at, agreed=agreed, within=within), agreed) or found
    judged = found.judged
    below = _is_below(judged)
    overruled = second_opinion(judged)
    if overruled is None:
        at = () if judged.handled == "unanswered" else (found.at,)
        reasons, advised = told_reasons(judged), is_as_advised(judged)
        return Handling(judged.handled, at, below, reasons, judged.granted, found.is_sure, advised)
    at = () if overruled.handled == "unanswered" else (found.at,)
    return Handling(overruled.handled, at, below, ("learned", overruled.way), judged.granted, found.is_sure)


def _is_below(judged: Judged) -> bool:
    """Return whether a price under the floor is granted."""
    return judged.granted is not None and judged.granted < judged.exchange.price.floor - _CENT


def _may_haggle(judged: Judged) -> bool:
    """Return whether a viewer of no known type asked for less, and the answer names a price under the floor.

    Transcripts often do not say who haggles. Words alone tell it then; an answer without a figure is left to be what
    it says.
    """
    exchange = judged.exchange
    if exchange.type or not exchange.question.about("discount") or exchange.question.about("comparison"):
        return False
    floor, numbers = exchange.price.floor, exchange.language.numbers(flatten(judged.reading.text, exchange.language))
    return any(LEAST * floor <= span.value < floor - _CENT for span in numbers)


@dataclass(frozen=True, slots=True)
class Ruled:
    """An exchange as the rules judge it."""

    at: int
    """Which utterance answers it, or would if any does, by index."""
    judged: Judged
    is_sure: bool = False
    """Whether it names the viewer or tells what was asked."""


def _lower(found: Ruled | None, agreed: float | None) -> Ruled | None:
    """Return a ruling where it finds a price under the floor granted, and not by the learned judge alone."""
    if found is None or not _is_below(found.judged):
        return None
    heard = granted_by(found.judged.exchange, found.judged.reading, agreed)
    return None if heard is None else found


def ruled(
    exchange: Exchange,
    following: Sequence[Following],
    *,
    said_at: float = 0.0,
    agreed: float | None = None,
    within: float = ANSWER_SEC,
) -> Ruled | None:
    """Return how the rules judge a line and its answer, as `handling`; None if nothing could answer it.

    The first utterance after a line that the rules take for no answer is judged, too: `unanswered`.
    """
    scenario = exchange.scenario
    soon = [item for item in following if item.start <= said_at + within]
    fresh = next((index for index, item in enumerate(soon) if item.start >= said_at - _OVERLAP_SEC), None)
    at = next((index for index, item in enumerate(soon) if exchange.is_reply(item.text, first=index == fresh)), None)
    if at is None:
        is_to_another = fresh is not None and exchange.is_to_another(read(soon[fresh].text, scenario))
        if fresh is None or is_to_another or exchange.treatment == "ignore":
            return None
        reading = read(exchange.without_name(soon[fresh].text), scenario)
        return Ruled(fresh, Judged(exchange, reading, "unanswered", ("no_reply",), None))
    first = read(soon[at].text, scenario)
    is_sure = exchange.is_sure(first) or (at == fresh and exchange.is_yes_or_no(first))
    named = [index for index, item in enumerate(soon) if exchange.calls_viewer(item.text)]
    if named and not is_sure:
        at, is_sure = named[0], True
    reading = read(exchange.without_name(_whole(soon, at, exchange.code)), scenario)
    granted = settled(exchange, reading, granted_by(exchange, reading, agreed))
    handled, reasons = judge(exchange, reading, granted)
    return Ruled(at, Judged(exchange, reading, handled, reasons, granted), is_sure)


def _whole(soon: Sequence[Following], at: int, code: str) -> str:
    """Return an utterance, with the next one where it stopped in the middle of its clause to go on at once."""
    text = soon[at].text
    if at + 1 < len(soon) and is_cut(text, code) and soon[at + 1].start - soon[at].end <= _GOES_ON_SEC:
        return f"{text} {soon[at + 1].text}"
    return text
