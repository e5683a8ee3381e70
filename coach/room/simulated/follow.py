"""Follows the viewers of a rehearsal through its log: when each was there, what it asked, how that was handled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from coach.events import (
    LinePosted,
    LineVoiced,
    LineVoicing,
    Record,
    UtteranceHeard,
    ViewerChanged,
    ViewerJoined,
    ViewerLeft,
)
from coach.language import language_for
from coach.room.handling import Following, handling
from coach.room.passers_by import is_passer_by
from coach.room.question import question_of
from coach.room.reading import read
from coach.room.tempers import TEMPERS
from coach.room.treatment import right_treatment
from coach.room.viewer import Deal, new_state
from coach.scenario.model import Scenario, ScenarioViewer, ViewerType

DISRUPTIVE: frozenset[ViewerType] = frozenset({"troll", "spammer", "derailer"})
"""Nobody's customers: not counted among viewers kept, nor asked whether they want to buy."""
_OBJECTING = frozenset({"open", "ask", "push", "doubt", "bait", "cut_off_remark", "ignored_remark", "wrong_price"})
"""Intents that put something to the streamer."""
_LOOKED_AT_SEC = 25.0
"""How long after a line utterances are looked at; `handling` has a limit of its own."""
_WALKS_OUT_SEC = 30.0
"""An objection of somebody who leaves this soon after it was not resolved, however good the answer read."""
_CENT = 0.011


@dataclass(slots=True, kw_only=True)
class Stint:
    """One stay of one viewer."""

    viewer_id: str
    type: ViewerType
    name: str
    joined: float
    patience: float = 50.0
    trust: float = 50.0
    limit: float | None = None
    outcome: str = "here"
    left: float | None = None
    raised: int = 0
    resolved: int = 0
    """Handled well, and the viewer did not walk out within 30 s."""
    resolved_at: list[float] = field(default_factory=list)
    agreed: float | None = None
    """Price a piece that it was granted."""

    @property
    def is_own(self) -> bool:
        """Whether it is a viewer of the scenario."""
        return not is_passer_by(self.viewer_id)

    @property
    def counts_passing(self) -> bool:
        """Whether it is a passer-by with questions worth an answer."""
        return not self.is_own and self.type not in DISRUPTIVE

    def stayed(self, duration: float) -> float:
        """Return the share of the time from its coming to the end that it was there; 1 if it got what it wanted."""
        if self.left is None or self.outcome in ("bought", "satisfied", "ended"):
            return 1.0
        return (self.left - self.joined) / max(1.0, duration - self.joined)


@dataclass(slots=True)
class Room:
    """Everybody who was there."""

    stints: list[Stint] = field(default_factory=list)
    types: dict[str, ViewerType] = field(default_factory=dict)
    above_limit: list[str] = field(default_factory=list)
    """Bids and purchases at a price above what the viewer's state allowed."""


def follow(scenario: Scenario, records: Sequence[Record], difficulty: int) -> Room:
    """Return who was there and how they fared, from the log alone."""
    following = _Follow(scenario, records, difficulty)
    for record in records:
        following.take(record)
    return following.room


class _Follow:
    def __init__(self, scenario: Scenario, records: Sequence[Record], difficulty: int) -> None:
        self.room = Room()
        self._scenario = scenario
        self._deal = Deal(scenario.product.price, None, scenario.intensity_cap, difficulty)
        self._heard = [record.event for record in records if isinstance(record.event, UtteranceHeard)]
        self._now: dict[str, Stint] = {}
        self._intents: dict[str, str] = {}
        self._lowest = scenario.product.price.live

    def take(self, record: Record) -> None:
        """Take one record."""
        event = record.event
        match event:
            case UtteranceHeard():
                self._price_said(event.text)
            case ViewerJoined():
                self._join(event, record.at)
            case LinePosted():
                self._bid(event.viewer_id, event.intent, event.text)
                self._line(event.viewer_id, event.intent, event.text, record.at)
            case LineVoicing():
                self._bid(event.viewer_id, event.intent, event.text)
                self._intents[event.line_id] = event.intent
            case LineVoiced() if not event.cut_off:
                self._line(event.viewer_id, self._intents[event.line_id], event.text, record.at)
            case ViewerChanged():
                stint = self._now[event.viewer_id]
                stint.patience, stint.trust = event.patience, event.trust
                stint.limit = event.price_limit
            case ViewerLeft():
                self._leave(event, record.at)
            case _:
                pass

    def _join(self, event: ViewerJoined, at: float) -> None:
        kind = cast("ViewerType", event.viewer_type)
        stint = Stint(viewer_id=event.viewer_id, type=kind, name=event.name, joined=at)
        spec = self._scenario.viewer(event.viewer_id)
        if spec is not None:
            self._open(stint, spec)
        self._now[event.viewer_id] = stint
        self.room.types[event.viewer_id] = kind
        self.room.stints.append(stint)

    def _open(self, stint: Stint, spec: ScenarioViewer) -> None:
        state = new_state(spec)
        TEMPERS[spec.type].start(state, self._deal)
        stint.patience, stint.trust, stint.limit = state.patience, state.trust, state.price_limit

    def _line(self, viewer_id: str, intent: str, text: str, at: float) -> None:
        stint = self._now[viewer_id]
        if intent not in _OBJECTING or stint.type in DISRUPTIVE:
            return
        soon = [said for said in self._heard if at <= said.start <= at + _LOOKED_AT_SEC]
        treatment = right_treatment(stint.type, text, self._scenario.language)
        found = handling(
            text,
            stint.type,
            treatment,
            [Following(said.text, said.start, said.end) for said in soon],
            self._scenario,
            said_at=at,
            name=stint.name,
            agreed=stint.agreed,
        )
        stint.agreed = found.agreed if found.agreed is not None else stint.agreed
        stint.raised += 1
        if found.handled == "well":
            stint.resolved += 1
            stint.resolved_at.append(at)

    def _bid(self, viewer_id: str, intent: str, text: str) -> None:
        """Look whether a viewer offers more than it would pay."""
        stint = self._now[viewer_id]
        if stint.limit is None or intent not in ("open", "ask", "push"):
            return
        if all(span.value < 2 for span in language_for(self._scenario.locale).numbers(text)):
            return  # 便宜一大截 names no amount
        amount = question_of(text, self._scenario).amount
        if amount is not None and stint.limit + _CENT < amount < self._scenario.product.price.live - _CENT:
            self.room.above_limit.append(f"{viewer_id} offers {amount:g} above its limit {stint.limit:g}: {text}")

    def _price_said(self, text: str) -> None:
        reading = read(text, self._scenario)
        values = [move.value for kind in ("gives_price", "concedes") for move in reading.of(kind) if move.value]
        self._lowest = min([self._lowest, *values])

    def _leave(self, event: ViewerLeft, at: float) -> None:
        stint = self._now[event.viewer_id]
        stint.outcome, stint.left = event.outcome, at
        if event.outcome in ("lost_patience", "offended") and stint.is_own:
            stint.resolved -= sum(at - raised <= _WALKS_OUT_SEC for raised in stint.resolved_at)
        if event.outcome == "bought" and stint.limit is not None and self._lowest > stint.limit + _CENT:
            case = f"{event.viewer_id} bought at {self._lowest:g} above its limit {stint.limit:g}"
            self.room.above_limit.append(case)
