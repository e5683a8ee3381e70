"""T13: the control. Asks plain questions, thanks, praises, buys when told how; treating it as an attacker loses it."""

from __future__ import annotations

from coach.room.manners import SUBSTANCE, Manners, agree
from coach.room.profile import Profile
from coach.room.reading import Reading
from coach.room.viewer import LEAVES_BELOW, Deal, Reaction, ViewerState
from coach.scenario.model import Intent

_LIKES_IT = 75.0
"""Trust from which it praises and would buy."""


class Friendly(Manners):
    """Rules of the friendly viewer."""

    profile = Profile(
        motive={
            "zh": "喜欢主播，有点小问题，答上了就下单。",
            "en": "Likes the stream, has a small question, orders once it is answered.",
        },
        right_way={
            "zh": "叫名字、答问题、给链接；别当成来找茬的。",
            "en": "Name them, answer, give the link; do not take it for an attack.",
        },
        treatment="answer",
        floor="waits",
        patience=(92, 88, 84, 80, 76),
        trust=(66, 64, 62, 60, 58),
        attention_sec=(28, 26, 24, 22, 20),
        topics=("mentions_fact", "gives_terms", "demonstrates", "shows_evidence", "thanks"),
        softened_by=("mentions_fact", "mentions_point", "demonstrates", "thanks", "gives_terms"),
        escalated_by=("insults", "blames", "sets_boundary"),
    )

    def weigh(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """Be glad of an answer; be taken aback by a rebuff it did not deserve."""
        if aimed and reading.did("sets_boundary", "declines") and not reading.did(*SUBSTANCE[:8]):
            return self._rebuffed(state)
        reason = self._pleased(state, reading, aimed)
        if self._would_buy(state, reading, deal):
            return agree(state, deal, reason or "calls_to_action")
        if not aimed:
            return Reaction(reason)
        if reading.did(*SUBSTANCE) and state.waiting_since is not None:
            state.first("answered", times=9)
            return Reaction("answers", "thank" if state.asked else "soften")
        if reading.did("thanks"):
            return Reaction("thanks", "praise" if state.first("praised_back") else None)
        return Reaction("answered")

    def wants(self, state: ViewerState, deal: Deal) -> Intent | None:
        """Ask, ask, praise; it does not hog the chat."""
        if not state.opened:
            return "open"
        if state.agreed:
            return "buy"
        if state.trust >= _LIKES_IT and state.lines % 2:
            return "praise"
        return "ask" if state.lines < 6 else None

    def lapse(self, state: ViewerState, deal: Deal) -> Reaction:
        """Overlooked: a little sad, no grudge."""
        state.move(patience=-8, trust=-8)
        return Reaction("ignored")

    def _rebuffed(self, state: ViewerState) -> Reaction:
        state.harmed = True
        state.move(patience=-30, trust=-25)
        if state.patience < LEAVES_BELOW:
            return Reaction("rebuffed", "leave", "offended")
        return Reaction("rebuffed", "doubt")

    def _pleased(self, state: ViewerState, reading: Reading, aimed: bool) -> str:
        reason = ""
        for point in reading.of("mentions_point"):
            if state.first(f"point{point.target}"):
                state.move(trust=4 if point.full else 1, patience=2)
                reason = "mentions_point"
        for kind in ("demonstrates", "shows_evidence", "gives_terms", "gives_price"):
            if reading.did(kind) and state.first(kind):
                state.move(trust=3, patience=2)
                reason = reason or kind
        if aimed:
            state.move(trust=2 if state.first("noticed", times=3) else 0, patience=4)
        return reason

    def _would_buy(self, state: ViewerState, reading: Reading, deal: Deal) -> bool:
        asked = reading.did("calls_to_action") and deal.offered is not None and state.opened
        knows = any(value.startswith(("point", "answered")) for value in state.valued)  # being nice sells nothing
        return asked and knows and state.trust >= _LIKES_IT and not state.unswayed
