"""T12: the quiet room itself. A lurker that says next to nothing; what it sees decides whether it stays."""

from __future__ import annotations

from coach.room.manners import Manners, agree
from coach.room.profile import Profile
from coach.room.reading import MoveKind, Reading
from coach.room.viewer import Deal, Reaction, ViewerState
from coach.scenario.model import Intent

_STIRS: tuple[tuple[MoveKind, float, int], ...] = (
    ("asks_room", 7, 3),
    ("demonstrates", 8, 2),
    ("shows_evidence", 6, 2),
    ("greets", 3, 2),
    ("gives_price", 4, 1),
    ("offers_gift", 4, 1),
    ("gives_terms", 4, 1),
    ("calls_to_action", 2, 2),
)
"""What brings a quiet room back (DOMAIN §3.7, T12), by how much, how many times. Design defaults."""
_SPEAKS_UP, _WOULD_BUY = 55.0, 78.0
"""Interest, kept as trust, from which it says a word, from which it would buy."""
_FEW_LINES = 2


class LowRoom(Manners):
    """Rules of the lurker."""

    profile = Profile(
        motive={
            "zh": "路过看看，没被勾住就划走，不会告诉你为什么。",
            "en": "Passing by; scrolls on unless something catches, and will not say why.",
        },
        right_way={
            "zh": "别抱怨没人，给刚进来的人重讲一遍，抛个小问题，当场演示。",
            "en": "Never complain about the numbers: restart the loop, ask one small question, show something.",
        },
        treatment="answer",
        floor="waits",
        patience=(74, 66, 58, 52, 46),
        trust=(32, 28, 25, 22, 20),
        attention_sec=(30, 28, 26, 24, 22),
        topics=("asks_room", "mentions_fact"),
        softened_by=("asks_room", "demonstrates", "shows_evidence", "mentions_point", "greets"),
        escalated_by=("pleads", "complains", "blames", "insults"),
    )

    def weigh(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """Interest rises with what is new, and falls with complaints and begging."""
        if reading.did("pleads", "complains"):
            state.move(trust=-8, patience=-8)
            return Reaction("pleads" if reading.did("pleads") else "complains")
        reason = self._stirred(state, reading)
        called = aimed or reading.did("asks_room")
        if deal.offered is not None and reading.did("calls_to_action") and self._would_buy(state, deal):
            return agree(state, deal, reason or "calls_to_action")
        if called and (state.trust >= _SPEAKS_UP or reading.did("asks_room")) and state.lines < 2 * _FEW_LINES:
            return Reaction(reason or "asks_room", "ask" if state.opened else "open")
        return Reaction(reason)

    def wants(self, state: ViewerState, deal: Deal) -> Intent | None:
        """Nearly always nothing."""
        if state.agreed:
            return "buy"
        if state.trust >= _SPEAKS_UP and state.lines < _FEW_LINES:
            return "ask" if state.opened else "open"
        return None

    def lapse(self, state: ViewerState, deal: Deal) -> Reaction:
        """It asked for once and was not noticed."""
        state.move(trust=-10, patience=-10)
        return Reaction("ignored")

    def _stirred(self, state: ViewerState, reading: Reading) -> str:
        reason = ""
        for kind, gain, times in _STIRS:
            if reading.did(kind) and state.first(kind, times):
                state.move(trust=gain, patience=3)
                reason = reason or kind
        for point in reading.of("mentions_point"):
            if state.first(f"point{point.target}"):
                state.move(trust=6 if point.full else 2, patience=4)
                reason = reason or "mentions_point"
        return reason

    def _would_buy(self, state: ViewerState, deal: Deal) -> bool:
        return state.trust >= _WOULD_BUY and not state.unswayed
