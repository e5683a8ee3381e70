"""T8: wants a private chat. Playing along feeds it; a light word and the product end it."""

from __future__ import annotations

from coach.room.manners import SUBSTANCE, THREAD, Manners, bored, settle
from coach.room.profile import Profile
from coach.room.reading import Reading
from coach.room.viewer import Deal, Reaction, ViewerState, is_stubborn
from coach.scenario.model import Intent


class Derailer(Manners):
    """Rules of the derailer."""

    profile = Profile(
        motive={
            "zh": "想跟主播聊私事、看热闹，不是来买东西的。",
            "en": "Wants to chat about the streamer, not the product.",
        },
        right_way={
            "zh": "笑着一句带过，不答私事、不照做，马上接回产品。",
            "en": "One friendly boundary, nothing personal, no stunt, straight back to the product.",
        },
        treatment="ignore",
        patience=(55, 55, 55, 60, 60),
        trust=(50, 45, 45, 40, 40),
        hostility=(0, 0, 0.5, 1, 1.5),
        attention_sec=(22, 20, 18, 16, 14),
        topics=("sets_boundary", "declines"),
        softened_by=("sets_boundary", "declines"),
        escalated_by=("insults", "blames", "complies", "asks_viewer"),
        pressing=("open", "ask", "push", "bait"),
        hostile=True,
        customer=False,
    )

    def weigh(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """Give up after a light deflection, go on when the streamer plays along."""
        if aimed and reading.did("complies"):
            return self._plays_along(state)
        if reading.did("sets_boundary", "declines") or (aimed and reading.did("refuses_claim")):
            return self._turned_down(state, deal)
        if aimed and reading.did(*SUBSTANCE):
            return bored(state, deal, "answered")
        if aimed:
            return self._plays_along(state)
        if state.waiting_since is not None and reading.did(*THREAD):
            state.waiting_since = None
            return bored(state, deal, "ignored")
        return Reaction()

    def after(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """Once turned down it only watches, unless the streamer starts to chat with it."""
        if aimed and not reading.did(*SUBSTANCE, "sets_boundary", "thanks", "acknowledges", "greets"):
            state.settled = False
            return Reaction("plays_along", "ask")
        return Reaction("answered" if aimed else "")

    def wants(self, state: ViewerState, deal: Deal) -> Intent | None:
        """Ask something personal, then dare."""
        if not state.opened:
            return "open"
        return None if state.settled else ("ask", "bait", "push")[state.lines % 3]

    def lapse(self, state: ViewerState, deal: Deal) -> Reaction:
        """No answer: it loses interest."""
        return bored(state, deal, "ignored")

    def _plays_along(self, state: ViewerState) -> Reaction:
        state.boundaries = state.starved = 0
        state.settled = False
        state.move(trust=-2, hostility=0.3)
        return Reaction("plays_along", "push")

    def _turned_down(self, state: ViewerState, deal: Deal) -> Reaction:
        state.boundaries += 1
        needed = 2 if is_stubborn(state, deal) or deal.difficulty >= 4 else 1
        state.move(hostility=-0.4)
        if state.boundaries < needed:
            return Reaction("sets_boundary", "push")
        return settle(state, "sets_boundary", "soften")
