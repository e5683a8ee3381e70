"""T7: wants the room's people. Hears nothing that is said; goes when the room is warned or nobody bites."""

from __future__ import annotations

from coach.room.manners import SUBSTANCE, THREAD, Manners, walks_off
from coach.room.profile import Profile
from coach.room.reading import Reading
from coach.room.viewer import LEAVES_BELOW, Deal, Reaction, ViewerState
from coach.scenario.model import Intent

_WARNINGS = 2
"""Warnings of the room after which it gives up, at most."""


class Spammer(Manners):
    """Rules of the spammer."""

    profile = Profile(
        motive={
            "zh": "把人引走、把公屏刷满，主播说什么都不听。",
            "en": "Floods the chat to draw people away, and listens to nothing.",
        },
        right_way={
            "zh": "不念不回，提醒大家别点站外链接，交给场控，继续讲。",
            "en": "Do not read it out or reply; remind the room to use the cart only, leave it to a moderator, go on.",
        },
        treatment="ignore",
        floor="waits",
        patience=(40, 50, 55, 60, 70),
        trust=(0, 0, 0, 0, 0),
        hostility=(0.5, 1, 1.5, 2, 2.5),
        worst=3.0,
        topics=("insults", "blames", "sets_boundary"),
        softened_by=("sets_boundary", "protects"),
        escalated_by=("insults", "blames", "pleads", "addresses"),
        pressing=("open", "push", "bait", "heckle", "pile_on"),
        hostile=True,
        customer=False,
        joins_attacks=True,
    )

    def hear(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """A warning costs it the room, an argument gives it the room."""
        if reading.did("sets_boundary", "protects"):
            state.boundaries += 1
            state.settled = True
            state.move(hostility=-0.5, patience=-25)
            return walks_off("sets_boundary") if self._is_out(state) else Reaction("sets_boundary")
        if aimed and (reading.did("insults", "blames", "pleads") or not reading.did(*SUBSTANCE)):
            state.answered += 1
            state.settled = False
            state.move(hostility=0.4, patience=12)
            return Reaction("fed", "push")
        if state.waiting_since is not None and reading.did(*THREAD):
            state.waiting_since = None
            state.move(patience=-7)
            return walks_off("ignored") if self._is_out(state) else Reaction("ignored")
        return Reaction()

    def wants(self, state: ViewerState, deal: Deal) -> Intent:
        """Post the same thing again, worded otherwise."""
        return ("push", "bait", "heckle")[state.lines % 3] if state.opened else "open"

    def lapse(self, state: ViewerState, deal: Deal) -> Reaction:
        """Nobody bit."""
        state.settled = True
        state.move(patience=-10)
        return walks_off("ignored") if self._is_out(state) else Reaction("ignored")

    def bears_silence(self) -> bool:
        """An idle streamer leaves it the chat."""
        return True

    def _is_out(self, state: ViewerState) -> bool:
        return state.patience < LEAVES_BELOW or state.boundaries >= _WARNINGS
