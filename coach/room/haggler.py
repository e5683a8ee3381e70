"""T1: wants it cheaper. Buys at or under its limit; value, not only price, moves the limit."""

from __future__ import annotations

from coach.room.reading import Reading
from coach.room.viewer import Deal, Reaction, ViewerState, hurt
from coach.scenario.model import Intent

_SHARE = {"gift": 0.25, "evidence": 0.15, "point": 0.15, "terms": 0.1, "respect": 0.1}
"""Part of the gap between limit and live price that each kind of value closes. A design default."""
_CENT = 0.005


class Haggler:
    """Rules of the haggler."""

    def start(self, state: ViewerState, deal: Deal) -> None:
        """Without a limit from the author it wants ten percent off."""
        if state.price_limit is None:
            state.price_limit = round(deal.price.live * 0.9, 2)

    def hear(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """Weigh prices and value; accept at or under the limit."""
        if (hurtful := hurt(state, reading, aimed)) is not None:
            return hurtful
        if state.agreed:
            return Reaction("calls_to_action", "buy", "bought") if reading.did("calls_to_action") else Reaction()
        reason = self._weigh(state, reading, aimed, deal)
        if self._would_buy(state, deal):
            state.agreed = True
            state.move(trust=10, patience=10)
            return Reaction("gives_price" if reading.did("gives_price") else reason or "value", "accept")
        if reading.did("pleads"):
            return Reaction("pleads", "push")
        if aimed and reading.did("holds_price", "gives_price", "concedes"):
            return self._not_yet(state, reading)
        if aimed:
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

    def bears_silence(self) -> bool:
        """Dead air costs it patience."""
        return False

    def _weigh(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> str:
        reason = ""
        for kind, value in _values(reading):
            if kind + value in state.valued:
                continue
            state.valued.add(kind + value)
            reason = kind
            self._raise_limit(state, _SHARE[kind] * (1.0 if aimed or state.opened else 0.6), deal)
            state.move(trust=4, patience=3)
        return reason

    def _raise_limit(self, state: ViewerState, share: float, deal: Deal) -> None:
        limit = state.price_limit or deal.price.floor
        gap = deal.price.live - (state.spec.price_limit or deal.price.live * 0.9)
        if gap > 0:
            state.price_limit = round(min(deal.price.live, limit + share * gap), 2)

    def _would_buy(self, state: ViewerState, deal: Deal) -> bool:
        known = deal.offered is not None and state.opened and state.price_limit is not None
        return known and (deal.offered or 0) <= (state.price_limit or 0) + _CENT

    def _not_yet(self, state: ViewerState, reading: Reading) -> Reaction:
        """The price stands above the limit: a bare refusal costs patience, a courteous one much less."""
        state.hold_count += 1
        kind = reading.did("acknowledges", "offers_gift", "thanks", "mentions_point", "shows_evidence")
        state.move(patience=-2.0 if kind else -8.0)
        reason = "holds_price" if reading.did("holds_price") else "gives_price"
        if state.hold_count >= 4 and state.patience < 35:
            return Reaction(reason, "leave", "lost_patience")
        return Reaction(reason, "soften" if kind and state.hold_count > 1 else "push")

    def _next(self, state: ViewerState) -> Intent:
        return "ask" if state.lines % 2 else "push"


def _values(reading: Reading) -> list[tuple[str, str]]:
    """Return the kinds of value an utterance adds, with what tells one from another."""
    found = [("gift", "") for _ in reading.of("offers_gift")]
    found += [("evidence", "") for _ in reading.of("shows_evidence")]
    found += [("point", move.target) for move in reading.of("mentions_point") if move.full]
    found += [("terms", "") for _ in reading.of("gives_terms")]
    found += [("respect", "") for _ in reading.of("acknowledges")]
    return found
