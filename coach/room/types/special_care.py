"""T14: must be protected before anything is sold to it. Which protection depends on why (`care`)."""

from __future__ import annotations

from dataclasses import dataclass

from coach.room.manners import Manners, agree, content, in_turn, settle
from coach.room.profile import Profile
from coach.room.reading import MoveKind, Reading
from coach.room.viewer import DEFAULT_CARE, Deal, Reaction, ViewerState
from coach.scenario.model import Care, Intent


@dataclass(frozen=True, slots=True)
class _Need:
    """What protects one kind of special-care viewer, and what harms it."""

    protects: tuple[MoveKind, ...]
    harms: tuple[MoveKind, ...]
    may_buy: bool
    """Whether it may buy once it is protected."""


_PUSHES: tuple[MoveKind, ...] = ("pushes", "calls_to_action", "concedes", "pleads")
_NEEDS: dict[Care, _Need] = {
    "minor": _Need(("protects", "declines"), (*_PUSHES, "offers_gift"), may_buy=False),
    "allergy": _Need(
        ("protects", "mentions_fact", "shows_evidence", "refuses_claim"),
        ("overclaims", "misstates", "pushes"),
        may_buy=True,
    ),
    "pregnancy": _Need(("protects", "refuses_claim", "declines"), ("overclaims", "misstates", *_PUSHES), may_buy=False),
    "money": _Need(("protects", "declines"), _PUSHES, may_buy=False),
    "elderly": _Need(("routes_service", "protects", "gives_terms", "demonstrates"), ("pushes",), may_buy=True),
    "distress": _Need(("protects", "acknowledges"), (*_PUSHES, "gives_price", "offers_gift"), may_buy=False),
}
"""From DOMAIN §3.7, T14, and list H of §3.8. Only harm aimed at this viewer counts."""


class SpecialCare(Manners):
    """Rules of the special-care viewer."""

    profile = Profile(
        motive={
            "zh": "未成年、过敏、孕哺期、手头紧、老人或情绪低落：想买，但要先被保护。",
            "en": "A minor, an allergy, pregnancy, short of money, elderly or low: wants to buy, and needs care first.",
        },
        right_way={
            "zh": "未成年请家长来拍；过敏念配料；孕哺问医生；手头紧和心情差不催单；老人慢慢教怎么拍。",
            "en": "Minor: a parent orders. Allergy: the label. Pregnancy: a doctor. Money, mood: no push. Old: slowly.",
        },
        treatment="protect",
        floor="waits",
        patience=(88, 84, 80, 76, 72),
        trust=(55, 55, 52, 50, 50),
        attention_sec=(26, 24, 22, 20, 18),
        topics=("protects", "declines", "mentions_fact", "refuses_claim", "routes_service"),
        softened_by=("protects", "declines", "mentions_fact", "refuses_claim", "routes_service", "acknowledges"),
        escalated_by=("pushes", "calls_to_action", "concedes", "overclaims", "insults", "blames"),
    )

    def weigh(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """Protection settles it; a push or an unsafe promise harms it. It never has to be sold to."""
        need = _NEEDS[state.spec.care or DEFAULT_CARE]
        if not (aimed and state.opened):
            return Reaction()
        if reading.did(*need.protects):
            kind = next(kind for kind in need.protects if reading.did(kind))
            return settle(state, kind, "thank") if need.may_buy else content(state, kind)
        if reading.did(*need.harms):
            return self._harmed(state, reading, need)
        return Reaction("not_answered", "push" if state.lines < 5 else None)

    def after(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """Once it knows it is safe it may order like anybody."""
        need = _NEEDS[state.spec.care or DEFAULT_CARE]
        if need.may_buy and reading.did("calls_to_action") and deal.offered is not None:
            return agree(state, deal, "calls_to_action")
        return super().after(state, reading, aimed, deal)

    def wants(self, state: ViewerState, deal: Deal) -> Intent | None:
        """Ask, and ask again."""
        return in_turn(state, "ask", "push")

    def lapse(self, state: ViewerState, deal: Deal) -> Reaction:
        """Overlooked."""
        state.move(patience=-8, trust=-8)
        return Reaction("ignored")

    def _harmed(self, state: ViewerState, reading: Reading, need: _Need) -> Reaction:
        state.harmed = True
        kind = next(kind for kind in need.harms if reading.did(kind))
        state.move(trust=-15, patience=-15)
        if state.spec.care == "distress":  # nobody argues here: it goes quietly
            return Reaction(kind, "leave", "lost_patience")
        return Reaction(kind, "doubt")
