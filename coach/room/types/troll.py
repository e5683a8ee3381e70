"""T6: wants attention. Insults and pleading feed it, a light word or none at all starves it."""

from __future__ import annotations

from coach.room.manners import KEY_FACT_SEC, THREAD, Manners, is_long, walks_off
from coach.room.profile import Profile
from coach.room.reading import Reading
from coach.room.viewer import Deal, Reaction, ViewerState
from coach.scenario.model import Intent


class Troll(Manners):
    """Rules of the troll."""

    profile = Profile(
        motive={
            "zh": "要的是关注，主播失态就是他的乐子。",
            "en": "Wants attention; a streamer losing composure is the show.",
        },
        right_way={
            "zh": "当没看见，或一句轻轻带过，谢谢别的观众；过分就交给场控，十秒内回到产品。",
            "en": "Let it pass or one light line; the worst is the moderator's; back to selling in ten seconds.",
        },
        treatment="ignore",
        floor="cuts_in",
        patience=(45, 50, 55, 60, 65),
        trust=(10, 10, 10, 10, 10),
        hostility=(1.0, 1.5, 2.0, 2.5, 3.0),
        worst=4.0,
        topics=("insults", "blames", "pleads", "sets_boundary", "thanks"),
        softened_by=("sets_boundary", "thanks", "acknowledges"),
        escalated_by=("insults", "blames", "pleads", "complains", "threatens"),
        pressing=("open", "ask", "push", "doubt", "heckle", "bait", "silence", "cut_off_remark", "echo"),
        hostile=True,
        customer=False,
        joins_attacks=True,
    )

    def hear(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """Escalate when fed, fade when starved."""
        state.answered += aimed
        if reading.did("insults", "blames"):
            state.move(hostility=1, patience=15)
            return Reaction("insults", "bait")
        if reading.did("pleads", "complains", "threatens"):
            state.move(hostility=0.6, patience=10)
            return Reaction("pleads" if reading.did("pleads") else "complains", "heckle")
        if reading.did("sets_boundary") or (aimed and reading.did("thanks", "acknowledges")):
            return self._calmed(state, reading)
        return self._answered(state, reading) if aimed else self._passed_over(state, reading)

    def wants(self, state: ViewerState, deal: Deal) -> Intent:
        """Heckle, and now and then bait."""
        if not state.opened:
            return "open"
        if state.hostility < 0.5:  # calmed: says so once, then loses interest
            return "leave" if "said:soften" in state.valued else "soften"
        return "bait" if state.lines % 4 == 3 else "heckle"

    def lapse(self, state: ViewerState, deal: Deal) -> Reaction:
        """No answer starves it."""
        state.move(hostility=-0.3, patience=-6)
        return self._maybe_bored(state, "ignored", None)

    def bears_silence(self) -> bool:
        """Dead air amuses it."""
        return True

    def _calmed(self, state: ViewerState, reading: Reading) -> Reaction:
        state.boundaries += 1
        state.move(hostility=-0.8, patience=-10)
        reason = "sets_boundary" if reading.did("sets_boundary") else "thanks"
        return self._maybe_bored(state, reason, "soften" if state.boundaries > 1 else None)

    def _answered(self, state: ViewerState, reading: Reading) -> Reaction:
        if is_long(reading, KEY_FACT_SEC):
            state.move(hostility=0.4, patience=6)
            return Reaction("defends", "heckle")
        state.move(hostility=-0.2, patience=-3)
        return Reaction("answered")

    def _passed_over(self, state: ViewerState, reading: Reading) -> Reaction:
        if state.waiting_since is None or not reading.did(*THREAD):
            return Reaction()
        state.waiting_since = None  # one jab is ignored once, however long the streamer goes on
        state.move(hostility=-0.3, patience=-6)
        return self._maybe_bored(state, "ignored", None)

    def _maybe_bored(self, state: ViewerState, reason: str, wish: Intent | None) -> Reaction:
        state.settled = state.hostility < 1.0
        if state.patience < 10 or (state.hostility <= 0.2 and state.boundaries > 1):
            return walks_off(reason)
        return Reaction(reason, wish)
