"""T2: has seen it cheaper elsewhere. Wants a reason for the difference; a sudden discount is none."""

from __future__ import annotations

from coach.room.manners import Manners, agree, has_said_its_piece, has_talked_enough, in_turn, new_values, think_it_over
from coach.room.profile import Profile
from coach.room.reading import Reading
from coach.room.viewer import Deal, Reaction, ViewerState
from coach.scenario.model import Intent

_REASONS = {1: 2, 2: 2, 3: 3, 4: 3, 5: 4}
"""Different kinds of reason (value, proof, terms, gift, an honest comparison) it wants. A design default."""
_TRUSTS = 50.0
_WHY = "why:"


class PriceComparer(Manners):
    """Rules of the price comparer."""

    profile = Profile(
        motive={
            "zh": "怕买贵了当冤大头，要一个多花钱的理由。",
            "en": "Afraid of being the one who paid more, and wants a reason for the difference.",
        },
        right_way={
            "zh": "请他比同规格，只讲自己的克重、售后、赠品；别家真便宜就直说，不拉踩。",
            "en": "Same spec? Compare your own facts and terms, say plainly if another is cheaper, name no rival.",
        },
        treatment="answer",
        trust=(38, 35, 32, 28, 24),
        hostility=(0, 0, 0.5, 1, 1),
        topics=(
            "gives_price",
            "concedes",
            "holds_price",
            "offers_gift",
            "gives_terms",
            "mentions_fact",
            "demonstrates",
        ),
        softened_by=("mentions_fact", "gives_terms", "shows_evidence", "demonstrates", "offers_gift", "acknowledges"),
        escalated_by=("overclaims", "concedes", "deflects", "insults", "blames"),
    )

    def weigh(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """Collect reasons; be put off by big words about others and by a price that gives way for nothing."""
        if reading.did("overclaims"):
            state.move(trust=-15, patience=-4)
            return Reaction("overclaims", "doubt")
        reason = self._reasons(state, reading, aimed)
        if reading.did("concedes") and state.first("conceded", times=3):  # so the price was never real
            state.move(trust=-8, patience=-2)
            return Reaction("concedes", "push" if aimed else None)
        if self.is_won(state, deal):
            if state.price_limit is not None:  # the difference is explained: it is worth it now
                state.price_limit = max(state.price_limit, deal.price.live)
            return agree(state, deal, reason or "value")
        return self._unmoved(state, reading, reason) if aimed else Reaction(reason)

    def after(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """It has stopped asking, not comparing."""
        self._reasons(state, reading, aimed)
        return super().after(state, reading, aimed, deal)

    def wants(self, state: ViewerState, deal: Deal) -> Intent | None:
        """Compare, then push, then ask what the difference is."""
        return in_turn(state, "push", "ask", "doubt")

    def _reasons(self, state: ViewerState, reading: Reading, aimed: bool) -> str:
        found = new_values(state, reading)
        if reading.did("mentions_fact") and state.first("fact"):
            found.append("fact")
        if aimed and reading.did("acknowledges", "refuses_claim", "corrects") and state.first("honest"):
            found.append("honest")
        for kind in found:
            state.move(trust=5, patience=2)
            state.first(_WHY + kind)  # two gifts are one reason
        return found[0] if found else ""

    def is_won(self, state: ViewerState, deal: Deal) -> bool:
        """It has what it wanted to know."""
        ready = state.opened and deal.offered is not None and has_talked_enough(state, deal)
        if not ready or state.unswayed:
            return False
        reasons = sum(value.startswith(_WHY) for value in state.valued)
        return reasons >= _REASONS[deal.difficulty] and state.trust >= _TRUSTS

    def _unmoved(self, state: ViewerState, reading: Reading, reason: str) -> Reaction:
        if reason:
            return Reaction(reason, "soften" if state.trust >= _TRUSTS else "push")
        if has_said_its_piece(state):
            return think_it_over(state)
        bare = not reading.did("acknowledges")
        state.move(patience=-7 if bare else -2, hostility=0.3 if bare else 0.0)
        if reading.did("deflects"):
            state.move(trust=-6)
            return Reaction("deflects", "doubt")
        return Reaction("holds_price" if reading.did("holds_price") else "not_answered", "push")
