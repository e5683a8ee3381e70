"""T3: wants to see it. Evidence and honest limits build trust, big words cost it."""

from __future__ import annotations

from coach.room.reading import Reading
from coach.room.viewer import Deal, Reaction, ViewerState, hurt
from coach.scenario.model import Intent

_CONVINCED = 65.0
"""Trust at which the skeptic would buy."""


class Skeptic:
    """Rules of the product skeptic."""

    def start(self, state: ViewerState, deal: Deal) -> None:
        """Begin with little trust."""
        state.trust = 20.0

    def hear(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """Look for evidence; be put off by promises and dodging."""
        if (hurtful := hurt(state, reading, aimed)) is not None:
            return hurtful
        if state.agreed:
            done = reading.did("calls_to_action", "gives_price")
            return Reaction("calls_to_action", "buy", "bought") if done else Reaction()
        if reading.did("overclaims"):
            state.move(trust=-15)
            return Reaction("overclaims", "doubt")
        shown = [need for need in state.evidence_left if reading.mentions(need)]
        reason = self._learn(state, reading, shown, aimed)
        if not state.evidence_left and state.trust >= _CONVINCED:
            return self._convinced(state, deal, reason or "shows_evidence")
        if shown or (aimed and reading.did("refuses_claim")):
            return Reaction(reason, "soften")
        return self._unmoved(state, reading, reason) if aimed else Reaction(reason)

    def wants(self, state: ViewerState, deal: Deal) -> Intent:
        """Open with its question, then doubt and ask; a convinced one says so."""
        if not state.opened:
            return "open"
        if state.agreed:
            return "buy"
        if state.trust > _CONVINCED:
            return "soften"
        return ("doubt", "ask", "push")[state.lines % 3]

    def bears_silence(self) -> bool:
        """Dead air costs it patience."""
        return False

    def _learn(self, state: ViewerState, reading: Reading, shown: list[str], aimed: bool) -> str:
        reason = ""
        for need in shown:
            state.evidence_left.remove(need)
            state.move(trust=12, patience=8)
            reason = "answers"
        if reading.did("shows_evidence") and "evidence" not in state.valued:
            state.valued.add("evidence")
            state.move(trust=6, patience=4)
            reason = reason or "shows_evidence"
        if reading.did("refuses_claim"):
            state.move(trust=10)
            reason = reason or "refuses_claim"
        if aimed and reading.did("acknowledges"):
            state.move(trust=3, patience=3)
            reason = reason or "acknowledges"
        for point in reading.of("mentions_point"):
            if point.full and point.target not in state.valued:
                state.valued.add(point.target)
                state.move(trust=3)
                reason = reason or "mentions_point"
        return reason

    def _convinced(self, state: ViewerState, deal: Deal, reason: str) -> Reaction:
        limit = state.price_limit
        if limit is not None and (deal.offered or deal.price.live) > limit:
            return Reaction(reason, "soften", "satisfied")
        state.agreed = True
        return Reaction(reason, "accept")

    def _unmoved(self, state: ViewerState, reading: Reading, reason: str) -> Reaction:
        """Spoken to, but not answered: a dodge costs more than an honest try."""
        dodged = reading.did("deflects")
        state.move(trust=-8 if dodged else 0, patience=-8 if dodged else -2)
        return Reaction("deflects" if dodged else reason or "not_answered", "push" if dodged else "doubt")
