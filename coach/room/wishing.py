"""What viewers come to want to say: answers, last words, planned lines, and lines nobody asked for."""

from __future__ import annotations

import random
from dataclasses import replace

from coach.room.beats import Seen
from coach.room.company import company_intent, mark_said, minds_ignoring
from coach.room.crowd import Crowd, Heed, speakers
from coach.room.director import LAST_WORDS, PLANNED, REPLY, UNASKED, Director, Wish
from coach.room.reading import Reading
from coach.room.scribe import Scribe
from coach.room.tempers import profile_of
from coach.room.viewer import Deal, Reaction, ViewerState
from coach.scenario.model import Intent, ScenarioEvent

PLANNED_FOR_SEC = 25.0
"""How long a planned line may wait for its turn."""
LEAVES_WITHIN_SEC = 25.0
"""After this long a leaving viewer goes without its last words."""
_TYPING_SEC = (1.2, 3.0)
"""How long a viewer types an answer."""
_REPLY_FOR_SEC = 9.0
"""After this long an answer is no answer any more."""
_REMARKS_ON_SILENCE_SEC = 8.0
"""Dead air that viewers remark on."""
_PRESSES_FROM = 1.0
"""Hostility from which lines of viewers who are not hostile by nature test composure too."""
_JOINERS = {1: 0, 2: 1, 3: 1, 4: 2, 5: 2}
"""Who joins an attack at once when it is fed, by difficulty. A design default."""
_ULTIMATUM_BELOW = 35.0
"""Patience under which a haggler's push is an ultimatum."""
_IDLE_REASONS = ("", "answered", "not_answered")
"""An answer that neither gave nor refused anything; a viewer lets every other one stand."""


class Wishing:
    """Fills the director's list. All times room seconds.

    Args:
        crowd: The viewers.
        director: Takes the wishes.
        scribe: Knows who has a line on its way.
        rng: Decides where there is a choice.
        difficulty: 1 to 5.
    """

    def __init__(self, crowd: Crowd, director: Director, scribe: Scribe, rng: random.Random, difficulty: int) -> None:
        self._crowd = crowd
        self._director = director
        self._scribe = scribe
        self._rng = rng
        self._difficulty = difficulty
        self.departures: dict[str, float] = {}
        """Viewer on its way out → when it is gone at the latest."""
        self._joining: set[str] = set()
        """Viewers about to join an attack."""

    def answer(self, heeds: list[Heed], reading: Reading, utterance_id: str, now: float, deal: Deal) -> None:
        """Let last words through, and of the other answers at most one, two where it is meant to be hard."""
        left = 1 if self._difficulty < 4 else 2
        moved = False
        for heed in speakers(heeds):
            moved = True
            if heed.reaction.outcome is not None or heed.reaction.wish == "accept":
                self.last_words(heed, utterance_id, now)
            elif left and not self._lets_stand(heed):
                aside = left < (1 if self._difficulty < 4 else 2)
                self._reply(heed.state, heed.reaction.wish or "ask", utterance_id, now, aside=aside)
                left -= 1
        self._follow_attack(now)
        if not moved:
            self._answer_anyway(heeds, reading, utterance_id, now, deal)
        for heed in heeds:
            self._recall_cut(heed, now)

    def last_words(self, heed: Heed, utterance_id: str | None, now: float) -> None:
        """A viewer will buy or go: say so and, unless it only agreed, be gone after."""
        state = heed.state
        state.outcome = heed.reaction.outcome
        delay = 0.0 if state.spec.channel != "chat" else self._rng.uniform(*_TYPING_SEC)
        self._director.wish(
            Wish(
                viewer_id=state.spec.id,
                intent=heed.reaction.wish or "leave",
                rank=LAST_WORDS,
                not_before=now + delay,
                until=now + 30.0,
                reply_to=utterance_id,
            )
        )
        if state.outcome is not None:
            self.departures[state.spec.id] = now + LEAVES_WITHIN_SEC

    def buy_soon(self, state: ViewerState, now: float) -> None:
        """A viewer who agreed orders a little later."""
        self._director.wish(
            Wish(viewer_id=state.spec.id, intent="buy", rank=LAST_WORDS, not_before=now + 6.0, until=now + 60.0)
        )

    def saying(self, state: ViewerState, intent: Intent, now: float) -> None:
        """Last words are on their way: a buyer has decided, nothing can make it say so again."""
        if intent == "buy":
            state.outcome = "bought"
            self.departures[state.spec.id] = now + LEAVES_WITHIN_SEC

    def said(self, state: ViewerState, intent: Intent, now: float) -> None:
        """Last words are out: a buyer or leaver goes, one who agreed orders next."""
        if intent == "accept" and state.outcome is None:
            self.buy_soon(state, now)
            return
        state.outcome = state.outcome or "bought"
        self.departures[state.spec.id] = now + 1.5

    def unsaid(self, state: ViewerState, intent: Intent, now: float) -> None:
        """Last words could not be said: what they announced happens all the same."""
        self.said(state, intent, now - 1.5)

    def plan(self, event: ScenarioEvent, now: float) -> None:
        """Take a line the author planned; whoever is gone or has agreed to buy is left alone."""
        state = self._crowd.state(event.viewer or "")
        if state.is_leaving or state.agreed or event.intent is None:
            return
        # Who has had to open before goes on from there: a second opening would begin another story.
        intent: Intent = "ask" if event.intent == "open" and state.opened else event.intent
        not_before = now if event.at_sec is not None else now + 0.8
        if event.at_sec is not None:
            state.planned_until = now + PLANNED_FOR_SEC
        self._director.wish(
            Wish(
                viewer_id=state.spec.id,
                intent=intent,
                rank=PLANNED,
                not_before=not_before,
                until=now + PLANNED_FOR_SEC,
                pressure=event.pressure or presses(state, intent),
            )
        )

    def unasked(self, now: float, seen: Seen, deal: Deal) -> None:
        """Let somebody speak up unprompted, if it is time."""
        able = [state for state in self._crowd.here if self._has_something(state, now, deal)]
        state = self._director.unasked(now, able)
        if state is None or self._scribe.waits_for(state.spec.id):
            return
        intent, about = self._intent(state, now, deal)
        if intent == "leave":
            if not self._crowd.needed(state, now):
                self.last_words(Heed(state, Reaction("bored", "leave", "lost_patience"), False, False), None, now)
                return
            state.move(hostility=0.7)  # a second wind: the show is not over
            intent = "heckle"
        if seen.silent_sec >= _REMARKS_ON_SILENCE_SEC and state.opened and self._rng.random() < 0.5:
            intent = "silence"
        if intent is not None:
            self._speak_up(state, intent, about, UNASKED, now, now + 15.0)

    def _speak_up(
        self, state: ViewerState, intent: Intent, about: str | None, rank: int, now: float, until: float
    ) -> None:
        mark_said(state, intent)
        self._director.wish(
            Wish(
                viewer_id=state.spec.id,
                intent=intent,
                rank=rank,
                not_before=now,
                until=until,
                pressure=presses(state, intent),
                about=about,
            )
        )

    def _has_something(self, state: ViewerState, now: float, deal: Deal) -> bool:
        if self._crowd.keeps_opening(state, now):
            return False
        joins = state.opened and self._crowd.attack.joins(state, now)
        return joins or minds_ignoring(state) or self._wants(state, deal) is not None

    def _intent(self, state: ViewerState, now: float, deal: Deal) -> tuple[Intent | None, str | None]:
        wanted = self._wants(state, deal)
        return company_intent(state, wanted, self._crowd.here, self._crowd.attack, now, self._rng)

    def _follow_attack(self, now: float) -> None:
        """Let others join an attack that has just been fed; call those off whose moment is over."""
        attack = self._crowd.attack
        if not attack.heat:
            for viewer_id in self._joining:
                self._director.withdraw(viewer_id)
            self._joining.clear()
            return
        able = [state for state in self._crowd.here if attack.joins(state, now) and state.opened]
        able = [state for state in able if not self._busy(state)]
        for state in able[: _JOINERS[self._difficulty]]:
            self._joining.add(state.spec.id)
            begin = now + self._rng.uniform(*_TYPING_SEC)
            self._speak_up(state, "pile_on", attack.leader, REPLY, begin, begin + _REPLY_FOR_SEC)

    def _busy(self, state: ViewerState) -> bool:
        return self._scribe.waits_for(state.spec.id) or self._director.has_wish(state.spec.id)

    def _lets_stand(self, heed: Heed) -> bool:
        if self._director.is_quiet and not heed.by_name:
            return True
        idle = heed.reaction.reason in _IDLE_REASONS and not heed.by_name and heed.state.cut_off_at is None
        return idle and self._rng.random() < 0.5

    def _answer_anyway(self, heeds: list[Heed], reading: Reading, utterance_id: str, now: float, deal: Deal) -> None:
        """Nobody was moved to speak, yet somebody was called, greeted or asked."""
        named = [heed.state for heed in heeds if heed.by_name]
        if named:
            if not _is_hostile(named[0]) or self._rng.random() < 0.5:
                self._reply(named[0], self._wants(named[0], deal), utterance_id, now)
            return
        friendly = [heed.state for heed in heeds if not _is_hostile(heed.state) and not heed.state.agreed]
        if not friendly or not reading.did("greets", "asks_room"):
            return
        state = self._rng.choice(friendly)
        if reading.did("asks_room") and self._rng.random() < 0.6:
            self._reply(state, self._wants(state, deal), utterance_id, now)
        elif reading.did("greets") and not state.greeted and self._difficulty < 4:
            state.greeted = True
            self._reply(state, "greet", utterance_id, now, aside=True)

    def _reply(
        self, state: ViewerState, intent: Intent | None, utterance_id: str, now: float, *, aside: bool = False
    ) -> None:
        if intent is None or self._scribe.waits_for(state.spec.id):
            return
        mark_said(state, intent)
        typed = aside or state.spec.channel == "chat"
        delay = self._rng.uniform(*_TYPING_SEC) * (1.6 if aside else 1.0) if typed else 0.0
        self._director.wish(
            Wish(
                viewer_id=state.spec.id,
                intent=intent,
                rank=REPLY,
                not_before=now + delay,
                until=now + delay + _REPLY_FOR_SEC,
                pressure=presses(state, intent),
                reply_to=utterance_id,
                channel="chat" if aside and state.spec.channel != "voice" else None,
            )
        )

    def _recall_cut(self, heed: Heed, now: float) -> None:
        """A viewer who was cut off comes back to it once the streamer is done, if nothing else made it speak."""
        state = heed.state
        if state.cut_off_at is None or state.is_leaving or self._director.has_wish(state.spec.id):
            return
        self._director.wish(
            Wish(
                viewer_id=state.spec.id,
                intent="cut_off_remark",
                rank=REPLY,
                not_before=now + 1.0,
                until=now + PLANNED_FOR_SEC,
                pressure=presses(state, "cut_off_remark"),
            )
        )

    def _wants(self, state: ViewerState, deal: Deal) -> Intent | None:
        return self._crowd.temper(state).wants(state, deal)


def presses(state: ViewerState, intent: Intent) -> bool:
    """Return whether such a line tests composure: a hostile one's jabs, an angry one's too, a haggler's ultimatum."""
    if intent == "pile_on":
        return True
    if state.spec.type == "haggler":
        return intent == "push" and state.patience < _ULTIMATUM_BELOW
    profile = profile_of(state.spec.type)
    return intent in profile.pressing and (profile.hostile or state.hostility >= _PRESSES_FROM)


def _is_hostile(state: ViewerState) -> bool:
    return profile_of(state.spec.type).hostile


def after_cut(wish: Wish, state: ViewerState) -> Wish:
    """Return the wish, turned into a remark on having been cut off where one is due."""
    if state.cut_off_at is None or wish.rank == LAST_WORDS:
        return wish
    pressure = wish.pressure or presses(state, "cut_off_remark")
    return replace(wish, intent="cut_off_remark", pressure=pressure)
