"""T5: wants to be right. Argument feeds it, one short fact or an admitted exaggeration leaves it nothing to say."""

from __future__ import annotations

from coach.room.manners import ANSWER_SEC, SUBSTANCE, THREAD, Manners, bored, is_long, settle
from coach.room.profile import Profile
from coach.room.reading import Reading
from coach.room.viewer import Deal, Reaction, ViewerState, is_stubborn
from coach.scenario.model import Intent


class Contrarian(Manners):
    """Rules of the contrarian."""

    profile = Profile(
        motive={
            "zh": "抠字眼，就想证明主播说得不对。",
            "en": "Picks at words, because being right is the point.",
        },
        right_way={
            "zh": "一句事实或一句“我说大了，改一下”，不辩第二轮，接着讲产品。",
            "en": "One fact, or one 'fair, that was too broad', no second round, and back to the product.",
        },
        treatment="answer",
        patience=(60, 60, 60, 60, 60),
        trust=(30, 25, 25, 20, 20),
        hostility=(0.5, 1, 1, 1.5, 2),
        worst=3.0,
        attention_sec=(22, 20, 18, 16, 14),
        topics=("corrects", "acknowledges", "mentions_fact", "refuses_claim", "insults", "blames", "pleads"),
        softened_by=("corrects", "acknowledges", "mentions_fact", "refuses_claim"),
        escalated_by=("overclaims", "misstates", "insults", "blames", "pleads"),
        pressing=("open", "push", "doubt", "heckle", "bait", "cut_off_remark"),
        hostile=True,
        customer=False,
        joins_attacks=True,
    )

    def hear(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """An insult does not drive it away: it proves its point."""
        if reading.did("insults", "blames", "pleads"):
            state.settled = False
            return self._fed(state, "pleads" if reading.did("pleads") else "insults", "heckle")
        state.answered += aimed
        if reading.did("overclaims", "misstates"):
            state.settled = False
            return self._fed(state, "overclaims" if reading.did("overclaims") else "misstates", "push")
        return self.after(state, reading, aimed, deal) if state.settled else self.weigh(state, reading, aimed, deal)

    def weigh(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """Long answers are an argument; short ones end it."""
        if not aimed:
            return self._passed_over(state, reading, deal)
        if is_long(reading, ANSWER_SEC) and not reading.did("corrects"):
            return self._fed(state, "defends", "push")
        if reading.did("corrects", "acknowledges", "refuses_claim"):
            return self._granted(state, reading, deal)
        if reading.did(*SUBSTANCE):
            state.boundaries += 1
            state.move(hostility=-0.4)
            return bored(state, deal, "answered", "push" if state.boundaries < 2 else None)
        return Reaction("not_answered", "push")

    def wants(self, state: ViewerState, deal: Deal) -> Intent | None:
        """Pick at the next word; a settled one keeps quiet."""
        if not state.opened:
            return "open"
        return None if state.settled else ("push", "doubt", "heckle")[state.lines % 3]

    def lapse(self, state: ViewerState, deal: Deal) -> Reaction:
        """Nobody took it up: less fun."""
        state.move(hostility=-0.3)
        return bored(state, deal, "ignored")

    def bears_silence(self) -> bool:
        """Dead air amuses it."""
        return True

    def _fed(self, state: ViewerState, reason: str, wish: Intent) -> Reaction:
        state.boundaries = state.starved = 0
        state.move(hostility=0.6, trust=-4)
        return Reaction(reason, wish)

    def _granted(self, state: ViewerState, reading: Reading, deal: Deal) -> Reaction:
        """It was right, or told so. Who cannot be won needs it twice."""
        state.boundaries += 1
        state.move(hostility=-0.8, trust=6)
        reason = "corrects" if reading.did("corrects") else "acknowledges"
        if is_stubborn(state, deal) and state.boundaries < 2:
            return Reaction(reason, "push")
        return settle(state, reason, "soften")

    def _passed_over(self, state: ViewerState, reading: Reading, deal: Deal) -> Reaction:
        if state.waiting_since is None or not reading.did(*THREAD):
            return Reaction()
        state.waiting_since = None
        state.move(hostility=-0.2)
        return bored(state, deal, "ignored")
