"""T1: wants it cheaper. Buys at or under its limit; what is included moves the limit, kind words do not."""

from __future__ import annotations

from coach.room.manners import SUBSTANCE, Manners, agree, gifts_named, has_talked_enough, new_values, walks_off
from coach.room.profile import Profile
from coach.room.reading import MoveKind, Reading
from coach.room.viewer import CENT, Deal, Reaction, ViewerState, is_affordable
from coach.scenario.model import Intent

_SHARE = {"gift": 0.25, "evidence": 0.2, "demo": 0.2, "point": 0.2, "terms": 0.15}
"""Part of the gap between limit and live price that each kind of value closes. A design default."""
_UNSWAYED_REACH = 0.5
"""Part of that gap which the limit of one who cannot be won may close at all: its reservation price."""
_WANTS_OFF = 0.9
"""Limit without one from the author, as a share of the live price."""
_COURTEOUS: tuple[MoveKind, ...] = (
    "acknowledges",
    "offers_gift",
    "thanks",
    "mentions_point",
    "shows_evidence",
    "demonstrates",
)
_ENOUGH_REFUSALS, _THIN = 4, 35.0
_LEAST = 0.8
"""Share of its first limit under which greed does not go."""
_GREEDY_FROM, _GREED = 2, -0.5
"""Level from which a discount whets the appetite, and the part of the gap by which the limit drops then."""


class Haggler(Manners):
    """Rules of the haggler."""

    profile = Profile(
        motive={
            "zh": "真想买，但总觉得价格还能再谈，谈下来才算赢。",
            "en": "Means to buy, but feels there is always something left to win on the price.",
        },
        right_way={
            "zh": "先接住，再讲清这个价包含什么，价格守住一次说死；给优惠要有来有往，不破底价。",
            "en": "Acknowledge, recall what is included, say the price once; trade, never go below the floor.",
        },
        treatment="answer",
        trust=(50, 50, 45, 42, 40),
        hostility=(0, 0, 0, 0.5, 1),
        topics=("gives_price", "concedes", "holds_price", "offers_gift", "gives_terms", "pleads"),
        softened_by=("offers_gift", "mentions_point", "shows_evidence", "demonstrates", "gives_terms"),
        escalated_by=("holds_price", "pleads", "insults", "blames"),
    )

    def start(self, state: ViewerState, deal: Deal) -> None:
        """Without a limit from the author it wants ten percent off."""
        super().start(state, deal)
        if state.price_limit is None:
            state.price_limit = round(deal.price.live * _WANTS_OFF, 2)

    def weigh(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """Weigh prices and value; accept at or under the limit."""
        reason = self._value(state, reading, aimed, deal)
        if self._would_buy(state, deal) and not self._wants_more(state, reading, deal):
            return agree(state, deal, "gives_price" if reading.did("gives_price") else reason or "value")
        if reading.did("pleads"):
            state.move(patience=2)
            return Reaction("pleads", "push")
        if aimed and reading.did("holds_price", "gives_price", "concedes"):
            return self._not_yet(state, reading, deal)
        if aimed and reading.did(*SUBSTANCE):
            state.move(patience=4)
        return Reaction(reason or ("answered" if aimed else ""), self._next(state) if aimed else None)

    def wants(self, state: ViewerState, deal: Deal) -> Intent:
        """Open with an offer, then ask, push, and near the end of its patience turn testy."""
        if not state.opened:
            return "open"
        if state.agreed:
            return "buy"
        if state.patience > 70 and state.trust > 60:
            return "soften"
        return "push" if state.lines % 3 else "ask"

    def _value(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> str:
        reason = ""
        for kind in new_values(state, reading):
            reason = kind
            self._raise_limit(state, _SHARE[kind] * (1.0 if aimed or state.opened else 0.6), deal)
            state.move(trust=4, patience=3)
        return reason

    def _raise_limit(self, state: ViewerState, share: float, deal: Deal) -> None:
        start = state.spec.price_limit or round(deal.price.live * _WANTS_OFF, 2)
        gap = deal.price.live - start
        if gap > 0:
            reach = start + gap * (_UNSWAYED_REACH if state.unswayed else 1.0)
            limit = max(start * _LEAST, (state.price_limit or start) + share * gap)
            state.price_limit = round(min(reach, limit), 2)

    def _would_buy(self, state: ViewerState, deal: Deal) -> bool:
        if deal.offered is None or not state.opened or gifts_named(state) < state.min_gift:
            return False
        cheap = deal.offered < deal.price.live - CENT
        return is_affordable(state, deal) and (cheap or has_talked_enough(state, deal))

    def _wants_more(self, state: ViewerState, reading: Reading, deal: Deal) -> bool:
        """Where it is meant to be hard, the first discount only shows that there is more to get: the limit drops."""
        if deal.difficulty < _GREEDY_FROM or not reading.did("concedes") or not state.first("greed"):
            return False
        self._raise_limit(state, _GREED, deal)
        return True

    def _not_yet(self, state: ViewerState, reading: Reading, deal: Deal) -> Reaction:
        """The price stands above the limit: a bare refusal costs patience, a courteous one much less.

        Whoever gives in a little is asked for more: pressing has worked.
        """
        if reading.did("concedes"):
            state.move(patience=5)
            return Reaction("concedes", "push")
        state.hold_count += 1
        kind = reading.did(*_COURTEOUS)
        state.move(patience=0.0 if kind else -8.0, hostility=0.0 if kind else 0.3)
        reason = "holds_price" if reading.did("holds_price") else "gives_price"
        if state.hold_count >= _ENOUGH_REFUSALS and state.patience < _THIN and not kind:
            return walks_off(reason)
        return Reaction(reason, "soften" if kind and state.hold_count > 1 else "push")

    def _next(self, state: ViewerState) -> Intent:
        return "ask" if state.lines % 2 else "push"
