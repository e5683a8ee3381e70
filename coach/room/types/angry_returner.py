"""T9: has been let down. Wants an apology, a concrete next step and no blame; then it calms, else it warns the room."""

from __future__ import annotations

from coach.room.manners import Manners, content
from coach.room.profile import Profile
from coach.room.reading import MoveKind, Reading
from coach.room.viewer import LEAVES_BELOW, Deal, Reaction, ViewerState, is_stubborn
from coach.scenario.model import Intent

_SORRY, _ROUTE, _PROMISE = "sorry", "route", "promise"
_OWED: tuple[tuple[MoveKind, str], ...] = (
    ("apologises", _SORRY),
    ("routes_service", _ROUTE),
    ("promises_followup", _PROMISE),
)


class AngryReturner(Manners):
    """Rules of the angry returner."""

    profile = Profile(
        motive={
            "zh": "买过出了问题，没人管，要个说法和下一步。",
            "en": "Bought before, got a problem and a runaround; wants to be heard and told what happens next.",
        },
        right_way={
            "zh": "先道歉，不怪顾客；让他把订单号发后台客服，说清几点前回复；不在公屏要电话。",
            "en": "Apologise, blame nobody; order number to support in private, and by when they hear back.",
        },
        treatment="answer",
        patience=(78, 70, 62, 56, 50),
        trust=(30, 25, 20, 15, 10),
        hostility=(0.5, 1, 1.5, 2, 2.5),
        worst=3.5,
        topics=("apologises", "routes_service", "promises_followup", "deflects", "blames", "acknowledges"),
        softened_by=("apologises", "routes_service", "promises_followup", "acknowledges"),
        escalated_by=("blames", "insults", "deflects", "dismisses", "calls_to_action"),
        pressing=("open", "push", "doubt", "heckle", "pile_on", "cut_off_remark", "ignored_remark"),
        joins_attacks=True,
        customer=False,
    )

    def hear(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """Blame makes it louder before it goes."""
        if reading.did("insults", "blames"):
            share = 1.0 if aimed else 0.6
            state.settled = False
            state.move(patience=-28 * share, trust=-25 * share, hostility=1.0 * share)
            if state.patience < LEAVES_BELOW:
                return Reaction("blames", "leave", "offended")
            return Reaction("blames", "push")
        return super().hear(state, reading, aimed, deal)

    def weigh(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """Tick off what is owed; a dodge or a sales pitch over its head makes it worse."""
        got = self._owed(state, reading, aimed)
        if self._has_all(state, deal):
            return content(state, got[0] if got else "routes_service")
        if got:
            return Reaction(got[0], "soften" if len(self._held(state)) > 1 else "push")
        if aimed and reading.did("deflects", "dismisses"):
            state.move(patience=-8, trust=-4, hostility=0.5)
            return Reaction("dismisses" if reading.did("dismisses") else "deflects", "push")
        if state.waiting_since is not None and not aimed and reading.did("calls_to_action"):
            state.move(patience=-4, hostility=0.2)
            return Reaction("sold_over", "push")
        if aimed and reading.did("acknowledges") and state.first("heard", times=2):
            state.move(patience=4, hostility=-0.2)
            return Reaction("acknowledges", "push")
        return Reaction("not_answered" if aimed else "", "push" if aimed else None)

    def wants(self, state: ViewerState, deal: Deal) -> Intent | None:
        """Tell what happened, then what is still missing."""
        if not state.opened:
            return "open"
        return None if state.settled else ("push", "ask", "doubt")[state.lines % 3]

    def lapse(self, state: ViewerState, deal: Deal) -> Reaction:
        """Passed over again: this is what made it angry."""
        state.move(patience=-8, trust=-5, hostility=0.6)
        return Reaction("ignored")

    def _owed(self, state: ViewerState, reading: Reading, aimed: bool) -> list[str]:
        if not aimed:
            return []
        found: list[str] = []
        for kind, key in _OWED:
            if reading.did(kind) and state.first(key):
                state.move(patience=10, trust=10, hostility=-0.6)
                found.append(kind)
        return found

    def _held(self, state: ViewerState) -> set[str]:
        return state.valued & {_SORRY, _ROUTE, _PROMISE}

    def _has_all(self, state: ViewerState, deal: Deal) -> bool:
        """An apology and a next step; who has given up on promises wants both the way and the hour."""
        held = self._held(state)
        steps = held - {_SORRY}
        return _SORRY in held and len(steps) >= (2 if is_stubborn(state, deal) else 1)
