"""T3: wants to see it. Evidence and honest limits build trust, big words cost it, kind words are no evidence."""

from __future__ import annotations

from coach.room.manners import (
    SUBSTANCE,
    Manners,
    agree,
    has_said_its_piece,
    has_talked_enough,
    in_turn,
    is_brief,
    think_it_over,
)
from coach.room.profile import Profile
from coach.room.reading import MoveKind, Reading
from coach.room.viewer import Deal, Reaction, ViewerState
from coach.scenario.model import Intent

_CONVINCED = 65.0
"""Trust at which the skeptic would buy."""
_PROOFS: tuple[tuple[MoveKind, float], ...] = (("demonstrates", 8.0), ("shows_evidence", 6.0))


class ProductSkeptic(Manners):
    """Rules of the product skeptic."""

    profile = Profile(
        motive={
            "zh": "被坑过，要亲眼看到证据才信。",
            "en": "Has been burned before and believes only what it is shown.",
        },
        right_way={
            "zh": "问什么答什么，当场演示或亮报告，把适用范围说清楚，不打包票。",
            "en": "Answer the exact question, show or test it now, say the limits, promise nothing you cannot prove.",
        },
        treatment="answer",
        patience=(80, 72, 64, 58, 52),
        trust=(30, 20, 20, 16, 12),
        topics=(
            "shows_evidence",
            "demonstrates",
            "refuses_claim",
            "overclaims",
            "deflects",
            "gives_terms",
            "misstates",
        ),
        softened_by=("shows_evidence", "demonstrates", "mentions_fact", "refuses_claim", "corrects"),
        escalated_by=("overclaims", "misstates", "deflects", "insults", "blames"),
    )

    def weigh(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """Look for evidence; be put off by promises and dodging."""
        if reading.did("overclaims", "misstates"):
            state.move(trust=-15)
            return Reaction("overclaims" if reading.did("overclaims") else "misstates", "doubt")
        shown = self._shown(state, reading)
        reason = self._learn(state, reading, shown, aimed)
        if self.is_won(state, deal):
            return agree(state, deal, reason or "shows_evidence")
        if shown or (aimed and reading.did("refuses_claim")):
            return Reaction(reason, "soften")
        return self._unmoved(state, reading, reason) if aimed else Reaction(reason)

    def after(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """It has stopped asking, not looking."""
        self._learn(state, reading, self._shown(state, reading), aimed)
        return super().after(state, reading, aimed, deal)

    def wants(self, state: ViewerState, deal: Deal) -> Intent | None:
        """Open with its question, then doubt and ask; a convinced one says so."""
        if state.trust > _CONVINCED:
            return in_turn(state, "soften")
        return in_turn(state, "doubt", "ask", "push")

    def _shown(self, state: ViewerState, reading: Reading) -> list[str]:
        return [need for need in state.evidence_left if reading.mentions(need) and not is_brief(reading)]

    def _learn(self, state: ViewerState, reading: Reading, shown: list[str], aimed: bool) -> str:
        reason = ""
        for need in shown:
            state.evidence_left.remove(need)
            state.move(trust=12, patience=8)
            reason = "answers"
        for kind, trust in _PROOFS:
            if reading.did(kind) and state.first(kind, times=2):
                state.move(trust=trust, patience=4)
                reason = reason or kind
        if reading.did("refuses_claim", "corrects") and state.first("honest", times=2):
            state.move(trust=10)
            reason = reason or ("refuses_claim" if reading.did("refuses_claim") else "corrects")
        if aimed and reading.did("acknowledges"):
            state.move(patience=3)
            reason = reason or "acknowledges"
        for point in reading.of("mentions_point"):
            if point.full and state.first(point.target):
                state.move(trust=4)
                reason = reason or "mentions_point"
        for fact in reading.of("mentions_fact"):
            if state.first(f"fact{fact.target}"):
                state.move(trust=3)
                reason = reason or "mentions_fact"
        return reason

    def is_won(self, state: ViewerState, deal: Deal) -> bool:
        """It has what it wanted to know."""
        seen = not state.evidence_left and state.trust >= _CONVINCED
        return seen and has_talked_enough(state, deal) and not state.unswayed

    def _unmoved(self, state: ViewerState, reading: Reading, reason: str) -> Reaction:
        """Spoken to, but not answered: a dodge costs more than an honest try."""
        if has_said_its_piece(state):
            return think_it_over(state)
        dodged = reading.did("deflects")
        tried = reading.did(*SUBSTANCE)
        state.move(trust=-8 if dodged else 0, patience=-8 if dodged else 0 if tried else -2)
        return Reaction("deflects" if dodged else reason or "not_answered", "push" if dodged else "doubt")
