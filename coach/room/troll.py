"""T6: wants attention. Insults and pleading feed it, a light word or none at all starves it."""

from __future__ import annotations

from coach.room.reading import Reading
from coach.room.viewer import Deal, Reaction, ViewerState
from coach.scenario.model import Intent

_LONG_ANSWER_CHARS = {"zh": 40, "en": 110}
"""An answer longer than this defends: about ten seconds of speech."""


class Troll:
    """Rules of the troll."""

    def start(self, state: ViewerState, deal: Deal) -> None:
        """Begin mild at low difficulty, sharper at high; never above the scenario's cap."""
        state.trust = 10.0
        state.move(hostility=0.5 + 0.5 * deal.difficulty, cap=deal.intensity_cap)

    def hear(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """Escalate when fed, fade when starved."""
        cap = deal.intensity_cap
        if reading.did("insults", "blames"):
            state.move(hostility=1, patience=15, cap=cap)
            return Reaction("insults", "bait")
        if reading.did("pleads"):
            state.move(hostility=0.6, patience=10, cap=cap)
            return Reaction("pleads", "heckle")
        if reading.did("sets_boundary") or (aimed and reading.did("thanks", "acknowledges")):
            return self._calmed(state, reading, cap)
        if aimed:
            return self._answered(state, reading, cap)
        return self._ignored(state, reading, cap)

    def wants(self, state: ViewerState, deal: Deal) -> Intent:
        """Heckle, and now and then bait."""
        if not state.opened:
            return "open"
        if state.hostility < 0.5:  # calmed: says so once, then loses interest
            calmed = "calmed" in state.valued
            state.valued.add("calmed")
            return "leave" if calmed else "soften"
        return "bait" if state.lines % 4 == 3 else "heckle"

    def bears_silence(self) -> bool:
        """Dead air amuses it."""
        return True

    def _calmed(self, state: ViewerState, reading: Reading, cap: int) -> Reaction:
        state.boundaries += 1
        state.move(hostility=-0.8, patience=-10, cap=cap)
        reason = "sets_boundary" if reading.did("sets_boundary") else "thanks"
        return self._maybe_bored(state, reason, "soften" if state.boundaries > 1 else None)

    def _answered(self, state: ViewerState, reading: Reading, cap: int) -> Reaction:
        language = "zh" if any("\u4e00" <= char <= "\u9fff" for char in reading.text) else "en"
        if len(reading.text) > _LONG_ANSWER_CHARS[language]:
            state.move(hostility=0.4, patience=6, cap=cap)
            return Reaction("defends", "heckle")
        state.move(hostility=-0.2, patience=-3, cap=cap)
        return Reaction("answered")

    def _ignored(self, state: ViewerState, reading: Reading, cap: int) -> Reaction:
        thread = reading.did("mentions_point", "mentions_fact", "gives_price", "calls_to_action", "shows_evidence")
        if state.waiting_since is None or not thread:
            return Reaction()
        state.waiting_since = None  # one jab is ignored once, however long the streamer goes on
        state.move(hostility=-0.3, patience=-6, cap=cap)
        return self._maybe_bored(state, "ignored", None)

    def _maybe_bored(self, state: ViewerState, reason: str, wish: Intent | None) -> Reaction:
        if state.patience < 10 or (state.hostility <= 0.2 and state.boundaries > 1):
            return Reaction(reason, "leave", "lost_patience")
        return Reaction(reason, wish)
