"""T4: suspects a trick. Terms, dates, certificates and an admitted slip build trust; urgency and big words cost it."""

from __future__ import annotations

from coach.room.manners import SUBSTANCE, Manners, agree, has_said_its_piece, has_talked_enough, in_turn, think_it_over
from coach.room.profile import Profile
from coach.room.reading import MoveKind, Reading
from coach.room.viewer import Deal, Reaction, ViewerState
from coach.scenario.model import Intent

_CONVINCED = 60.0
_EARNS: tuple[tuple[MoveKind, float, int], ...] = (
    ("gives_terms", 16, 2),
    ("shows_evidence", 12, 2),
    ("corrects", 12, 1),
    ("refuses_claim", 10, 2),
    ("mentions_fact", 6, 3),
    ("demonstrates", 6, 1),
    ("routes_service", 6, 1),
)
"""Move, trust it earns, how many times. Design defaults: what can be checked later weighs most."""
_COSTS: tuple[tuple[MoveKind, float], ...] = (
    ("overclaims", 18),
    ("misstates", 18),
    ("deflects", 10),
    ("pleads", 8),
    ("concedes", 8),
)


class TrustSkeptic(Manners):
    """Rules of the trust skeptic."""

    profile = Profile(
        motive={
            "zh": "怀疑是假货、假库存、托儿，怕出了事找不到人。",
            "en": "Suspects fakes, planted comments and invented stock, and fears being left alone afterwards.",
        },
        right_way={
            "zh": "亮可查的东西：批次日期、资质、退换规则，库存说真数；说错就当场改口。",
            "en": "Show what can be checked: date, certificate, return terms, true stock; put a slip right at once.",
        },
        treatment="answer",
        trust=(22, 15, 10, 8, 5),
        hostility=(0, 0.5, 1, 1.5, 2),
        worst=3.0,
        topics=(
            "gives_terms",
            "shows_evidence",
            "corrects",
            "refuses_claim",
            "deflects",
            "demonstrates",
            "routes_service",
        ),
        softened_by=("gives_terms", "shows_evidence", "corrects", "refuses_claim", "mentions_fact"),
        escalated_by=("overclaims", "misstates", "deflects", "pleads", "concedes", "insults", "blames"),
        pressing=("push", "doubt", "open"),
        joins_attacks=True,
    )

    def weigh(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """Count what can be checked against what sounds like a trick."""
        for kind, cost in _COSTS:
            if reading.did(kind) and (aimed or kind != "deflects"):
                state.move(trust=-cost, hostility=0.4)
                return Reaction(kind, "doubt")
        reason = self._learn(state, reading)
        if self.is_won(state, deal):
            return agree(state, deal, reason or "gives_terms")
        if not aimed:
            return Reaction(reason)
        if reason:
            return Reaction(reason, "soften" if state.trust > 35 else "ask")
        if has_said_its_piece(state):
            return think_it_over(state)
        state.move(patience=0 if reading.did(*SUBSTANCE) else -3)
        return Reaction("not_answered", "push")

    def after(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """It has stopped asking, not listening."""
        self._learn(state, reading)
        return super().after(state, reading, aimed, deal)

    def wants(self, state: ViewerState, deal: Deal) -> Intent | None:
        """Accuse, ask, push."""
        return in_turn(state, "doubt", "ask", "push")

    def _learn(self, state: ViewerState, reading: Reading) -> str:
        reason = ""
        for need in [need for need in state.evidence_left if reading.mentions(need)]:
            state.evidence_left.remove(need)
            state.move(trust=12, patience=6)
            reason = "answers"
        for kind, trust, times in _EARNS:
            if reading.did(kind) and state.first(kind, times):
                state.move(trust=trust, patience=4, hostility=-0.3)
                reason = reason or kind
        return reason

    def is_won(self, state: ViewerState, deal: Deal) -> bool:
        """It wants to know how it gets out again, whatever else it was shown."""
        return (
            state.opened
            and "gives_terms" in state.valued
            and not state.evidence_left
            and state.trust >= _CONVINCED
            and has_talked_enough(state, deal)
            and not state.unswayed
        )
