"""T11: wants the forbidden word said. A refusal with a lawful wording disarms it; the claim itself is its triumph."""

from __future__ import annotations

from coach.room.manners import THREAD, Manners, bored, settle
from coach.room.profile import Profile
from coach.room.reading import MoveKind, Reading
from coach.room.viewer import Deal, Reaction, ViewerState, hurt, is_stubborn
from coach.scenario.model import Intent

_REFUSALS: tuple[MoveKind, ...] = ("refuses_claim", "declines", "denies", "protects")
_REWRITES = (*THREAD, "corrects", "acknowledges", "protects")
"""What makes a refusal one with a lawful wording beside it."""


class Bait(Manners):
    """Rules of the bait."""

    profile = Profile(
        motive={
            "zh": "引主播说违规的话，说了就截图举报。",
            "en": "Tempts the streamer into a banned claim, screenshot at the ready.",
        },
        right_way={
            "zh": "明确不承诺，换成合规的说法；涉及健康请看医生；别为了促单接他的话。",
            "en": "Refuse the claim out loud, say what you may say instead, health goes to a doctor; never play along.",
        },
        treatment="refuse",
        patience=(60, 60, 58, 56, 55),
        trust=(40, 35, 30, 25, 20),
        hostility=(0, 0.5, 1, 1, 1.5),
        worst=3.0,
        topics=("refuses_claim", "declines", "overclaims", "deflects", "corrects", "protects"),
        softened_by=("refuses_claim", "declines", "denies"),
        escalated_by=("overclaims", "confirms", "deflects", "insults", "blames"),
        pressing=("open", "bait", "push", "heckle"),
        hostile=True,
        customer=False,
        joins_attacks=True,
    )

    def hear(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """The claim, once made, counts whoever it was made to."""
        if (hurtful := hurt(state, reading, aimed)) is not None:
            return hurtful
        state.answered += aimed
        yes = aimed and reading.did("confirms") and not reading.did(*_REFUSALS)
        if yes or (reading.did("overclaims") and (aimed or state.opened)):
            return self._triumph(state, "overclaims" if reading.did("overclaims") else "confirms")
        return self.after(state, reading, aimed, deal) if state.settled else self.weigh(state, reading, aimed, deal)

    def weigh(self, state: ViewerState, reading: Reading, aimed: bool, deal: Deal) -> Reaction:
        """Try again after a bare refusal; give up after one with a lawful wording."""
        if aimed and reading.did(*_REFUSALS):  # what is refused to others, or said not to be in it, is no answer
            return self._refused(state, reading, deal)
        if aimed and reading.did("deflects"):
            return Reaction("deflects", "push")
        if aimed and reading.did(*_REWRITES):  # neither yes nor no: it asks for the word itself
            return bored(state, deal, "not_answered", "push")
        if aimed:
            return Reaction("not_answered", "push")
        return Reaction()

    def wants(self, state: ViewerState, deal: Deal) -> Intent | None:
        """Lay the bait, press, dare."""
        if not state.opened:
            return "open"
        return None if state.settled else ("bait", "push")[state.lines % 2]

    def lapse(self, state: ViewerState, deal: Deal) -> Reaction:
        """Left hanging: the claim was not made, but not refused either."""
        state.move(patience=-8)
        return Reaction("ignored")

    def _triumph(self, state: ViewerState, reason: str) -> Reaction:
        state.harmed, state.settled = True, False
        state.move(hostility=1, trust=-20)
        return Reaction(reason, "heckle")

    def _refused(self, state: ViewerState, reading: Reading, deal: Deal) -> Reaction:
        state.boundaries += 1
        rewritten = reading.did(*_REWRITES)
        state.move(trust=8 if rewritten else 4, patience=-4, hostility=-0.4)
        reason = next(kind for kind in _REFUSALS if reading.did(kind))
        needed = 1 if rewritten else 2
        if state.boundaries < needed + is_stubborn(state, deal):
            return Reaction(reason, "push")
        return settle(state, reason, "soften")
