"""T10: wants the number, the link, the size, now. Gets it and orders; a lecture or a second wait and it is gone."""

from __future__ import annotations

from coach.room.manners import KEY_FACT_SEC, Manners, agree, is_long
from coach.room.profile import Profile
from coach.room.reading import Reading
from coach.room.viewer import Deal, Reaction, ViewerState
from coach.scenario.model import Intent


class Impatient(Manners):
    """Rules of the impatient viewer."""

    profile = Profile(
        motive={
            "zh": "想买，但没空听，只要价格、链接、尺码。",
            "en": "Ready to buy and out of time: price, link, size.",
        },
        right_way={
            "zh": "十秒内直接给：几号链接、多少钱、什么码，再往下讲。",
            "en": "Give the key fact within ten seconds: which item, how much, what size; then go on.",
        },
        treatment="answer",
        patience=(58, 52, 46, 40, 36),
        trust=(55, 55, 50, 50, 50),
        hostility=(0, 0.5, 0.5, 1, 1.5),
        attention_sec=(14, 13, 12, 11, 10),
        topics=("gives_price", "calls_to_action", "mentions_fact"),
        softened_by=("gives_price", "calls_to_action", "mentions_fact"),
        escalated_by=("deflects", "asks_room", "insults", "blames"),
        pressing=("push", "ignored_remark"),
    )

    def weigh(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """Take the facts in, whoever they were meant for."""
        got = self._facts(state, reading)
        if self._knows_enough(state, deal):
            return agree(state, deal, got or "calls_to_action")
        if got:
            state.move(patience=6)
            return Reaction(got, "ask" if aimed and state.opened else None)
        if not aimed:
            return Reaction()
        lectured = is_long(reading, KEY_FACT_SEC) or reading.did("deflects")
        state.move(patience=-9 if lectured else -4, hostility=0.4 if lectured else 0.2)
        return Reaction("lectured" if lectured else "not_answered", "push")

    def wants(self, state: ViewerState, deal: Deal) -> Intent:
        """Ask, then press."""
        if not state.opened:  # who was told price and link before it asked goes on to the next thing
            return "ask" if {"price", "link"} <= state.valued else "open"
        return "buy" if state.agreed else "push" if state.lines % 2 else "ask"

    def lapse(self, state: ViewerState, deal: Deal) -> Reaction:
        """Asked and not told: the next time it is gone."""
        state.move(patience=-12, hostility=0.5)
        return Reaction("ignored")

    def _facts(self, state: ViewerState, reading: Reading) -> str:
        got = ""
        if reading.did("gives_price") and state.first("price"):
            got = "gives_price"
        if reading.did("calls_to_action") and state.first("link"):
            got = got or "calls_to_action"
        if reading.did("mentions_fact", "mentions_point") and state.first("fact"):
            got = got or "mentions_fact"
        return got

    def _knows_enough(self, state: ViewerState, deal: Deal) -> bool:
        knows = {"price", "link"} <= state.valued and state.opened
        return knows and deal.offered is not None and not state.unswayed
