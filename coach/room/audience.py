"""The audience of one rehearsal: records in, actions out. Pure, seeded, deterministic to the event.

The same seed and the same records and ticks give the same actions. It learns of its own lines through their
records (`LinePosted`, `LineVoicing`, `LineVoiced`) like everybody else, so it knows what was heard and what was cut.
"""

from __future__ import annotations

import copy
import random
from dataclasses import replace

from coach.events import (
    Event,
    LinePosted,
    LineVoiced,
    LineVoicing,
    Record,
    RehearsalEnded,
    RehearsalPaused,
    RehearsalResumed,
    RehearsalStarted,
    StageEntered,
    UtteranceHeard,
)
from coach.language import language_for
from coach.room.beats import Beats, Seen
from coach.room.crowd import Crowd
from coach.room.director import LAST_WORDS, PLANNED, Director
from coach.room.ledger import Ledger
from coach.room.pack import line_pack
from coach.room.reading import Reading, read
from coach.room.request import Action, Dropped
from coach.room.room_time import RoomTime
from coach.room.scribe import Scribe
from coach.room.streamer import Streamer
from coach.room.viewer import Deal, opens_question
from coach.room.wishing import PLANNED_FOR_SEC, Wishing, after_cut
from coach.scenario.model import Scenario

_LOST_AFTER_SEC = 30.0
"""A line of which nothing was ever heard again is given up, so that it cannot block the voice for ever."""
_FRESH_CHANGE, _SLOW_CHANGE = 1.0, 5.0
"""Points a state must move to be told at once after an utterance, and while time passes."""


class Audience:
    """Plays all viewers of a scenario.

    Args:
        scenario: What is played.
        seed: Makes the rehearsal repeatable; default the scenario's.
        difficulty: 1 to 5; default the scenario's.
    """

    def __init__(self, scenario: Scenario, *, seed: int | None = None, difficulty: int | None = None) -> None:
        self.scenario = scenario
        self.seed = scenario.seed if seed is None else seed
        self.difficulty = scenario.difficulty if difficulty is None else difficulty
        language = language_for(scenario.locale)
        self._deal = Deal(scenario.product.price, None, scenario.intensity_cap, self.difficulty)
        self._time = RoomTime()
        self._streamer = Streamer()
        self._crowd = Crowd(scenario, self._deal, language, self.seed)
        self._rng = random.Random(self.seed)
        self._director = Director(self.difficulty, random.Random(self.seed + 1))
        self._scribe = Scribe(scenario, language, line_pack(language.code), random.Random(self.seed + 2))
        self._ledger = Ledger(random.Random(self.seed + 3))
        self._wishing = Wishing(self._crowd, self._director, self._scribe, self._rng, self.difficulty)
        self._beats = Beats(scenario)
        self._seen = Seen()
        self._joins: list[tuple[float, str]] = []
        self._last_tick = 0.0
        self._running = False

    # --- the interface --------------------------------------------------------------------------------------

    def observe(self, record: Record) -> list[Action]:
        """Take one record of the log; return what the viewers do at once."""
        event = record.event
        now = self._time.of(record.at)
        self._streamer.note(event, now)
        match event:
            case RehearsalStarted():
                return self._start(now)
            case RehearsalPaused():
                self._time.pause(record.at)
            case RehearsalResumed():
                self._time.resume(event.paused_sec)
            case RehearsalEnded():
                self._running = False
            case UtteranceHeard() if self._running:
                return self._heard(event, now)
            case LinePosted():
                return self._out(event.line_id, event.text, event.text, now, voiced=False)
            case LineVoicing() if event.line_id in self._scribe.open:
                self._scribe.open[event.line_id].voicing = True
            case LineVoiced():
                return self._voiced(event, now)
            case _:
                pass
        return []

    def tick(self, at: float) -> list[Action]:
        """Let time pass until `at` (rehearsal seconds); return what the viewers do."""
        now = self._time.of(at)
        seconds, self._last_tick = max(0.0, now - self._last_tick), max(now, self._last_tick)
        if not self._running:
            return []
        self._seen.silent_sec = self._streamer.silent_sec(now)
        actions: list[Action] = [*self._arrivals(now), *self._stages(now)]
        actions += self._waited(seconds, now)
        actions += self._planned(now)
        self._wishing.unasked(now, self._seen, self._deal)
        actions += self._speak(now)
        actions += self._gone(now)
        drift = self._ledger.drift(now, seconds, self._seen.silent_sec, self._crowd.states)
        return [*actions, drift] if drift else actions

    def dropped(self, dropped: Dropped) -> None:
        """Learn that a line was never delivered: its viewer may try again."""
        line = self._scribe.lost(dropped.line_id)
        if line is None or not self._running:
            return
        state = self._crowd.state(line.wish.viewer_id)
        if line.wish.rank == LAST_WORDS:
            self._wishing.unsaid(state, line.wish.intent, self._last_tick)
            return
        again = self._last_tick + 2.0
        if state.spec.channel != "voice":  # no gap to speak in: type it instead
            retry = replace(line.wish, channel="chat", reply_to=None, not_before=again, until=again + 10.0)
            self._director.wish(retry)
        elif line.wish.rank >= PLANNED:
            self._director.wish(replace(line.wish, reply_to=None, not_before=again, until=again + PLANNED_FOR_SEC))

    def answers(self, utterance: UtteranceHeard, at: float) -> list[Action]:
        """Return what the viewers would do if this utterance were heard now; nothing of the audience changes.

        A little over a millisecond: the states are copied, scenario and packs are shared. Where no tick comes in
        between, `observe` of the same utterance then does the very same.
        """
        return copy.deepcopy(self).observe(Record(seq=0, at=at, event=utterance))

    # --- coming and going -----------------------------------------------------------------------------------

    def _start(self, now: float) -> list[Action]:
        self._running, self._last_tick = True, now
        at = now
        for spec in self.scenario.viewers:
            self._joins.append((at, spec.id))
            at += self._rng.uniform(1.0, 3.0)
        return [self._ledger.change("start"), *self._stages(now), *self._arrivals(now)]

    def _arrivals(self, now: float) -> list[Event]:
        due = [viewer_id for at, viewer_id in self._joins if at <= now]
        self._joins = [(at, viewer_id) for at, viewer_id in self._joins if at > now]
        return [self._crowd.join(viewer_id) for viewer_id in due]

    def _stages(self, now: float) -> list[Event]:
        entered = self._beats.stages_due(now)
        if entered:
            self._seen.stage = entered[-1].name
        back = self._time.rehearsal
        return [
            StageEntered(name=stage.name, until=back(stage.until_sec) if stage.until_sec is not None else None)
            for stage in entered
        ]

    def _gone(self, now: float) -> list[Action]:
        due = [viewer_id for viewer_id, at in self._wishing.departures.items() if at <= now]
        actions: list[Action] = []
        for viewer_id in due:
            del self._wishing.departures[viewer_id]
            self._director.withdraw(viewer_id)
            state = self._crowd.state(viewer_id)
            if state.present:
                actions += [self._ledger.bought()] if state.outcome == "bought" else []
                actions.append(self._crowd.leave(state))
        return actions

    # --- hearing --------------------------------------------------------------------------------------------

    def _heard(self, utterance: UtteranceHeard, now: float) -> list[Action]:
        reading = read(utterance.text, self.scenario)
        self._scribe.remember("streamer", utterance.text)
        self._learn(reading)
        heeds = self._crowd.hear(utterance, reading, now, self._deal)
        self._ledger.heard(reading, self._crowd.states)
        self._wishing.answer(heeds, reading, utterance.utterance_id, now, self._deal)
        changes = (
            self._crowd.change(heed.state, heed.reaction.reason or "time", least=_FRESH_CHANGE) for heed in heeds
        )
        return [*(change for change in changes if change), *self._speak(now)]

    def _learn(self, reading: Reading) -> None:
        """Keep the lowest price named as payable, and what has been covered."""
        values = [move.value for kind in ("gives_price", "concedes") for move in reading.of(kind) if move.value]
        if values:
            self._seen.price_said = True
            lowest = min(values)
            offered = self._deal.offered
            self._deal = replace(self._deal, offered=lowest if offered is None else min(offered, lowest))
        for move in reading.of("mentions_point"):
            self._seen.points.add(move.target)
            point = next(point for point in self.scenario.product.selling_points if point.id == move.target)
            self._scribe.point_said(point.title)

    # --- time passes ----------------------------------------------------------------------------------------

    def _waited(self, seconds: float, now: float) -> list[Action]:
        actions: list[Action] = []
        for heed in self._crowd.wait(seconds, now, self._seen.silent_sec, self._deal):
            change = self._crowd.change(heed.state, heed.reaction.reason, least=_SLOW_CHANGE)
            if change:
                actions.append(change)
            if heed.reaction.outcome is not None:
                self._wishing.last_words(heed, None, now)
        return actions

    def _planned(self, now: float) -> list[Action]:
        actions: list[Action] = []
        for event in self._beats.events_due(now, self._seen):
            if event.kind != "line":
                actions.append(self._ledger.jump(event.to or 0, event.kind, pressure=event.pressure))
                if event.pressure:
                    self._director.pressed(now)
            else:
                self._wishing.plan(event, now)
        return actions

    # --- speaking -------------------------------------------------------------------------------------------

    def _speak(self, now: float) -> list[Action]:
        for line in [line for line in self._scribe.open.values() if now - line.asked_at > _LOST_AFTER_SEC]:
            if not line.voicing:
                self._scribe.lost(line.request.line_id)
        chosen = self._director.next(now, self._crowd.states, voice_busy=self._scribe.voice_busy)
        if chosen is None:
            return []
        state, channel = self._crowd.state(chosen[0].viewer_id), chosen[1]
        wish = after_cut(chosen[0], state)
        floor = self._director.floor(state)
        expires_at = self._time.rehearsal(now + self._director.expiry(floor, channel))
        request = self._scribe.ask(wish, channel, state, self._deal, now, expires_at, floor=floor)
        if wish.rank == LAST_WORDS:
            if request is None:
                self._wishing.unsaid(state, wish.intent, now)
            else:
                self._wishing.saying(state, wish.intent, now)
        return [request] if request else []

    def _out(
        self, line_id: str, text: str, heard: str, now: float, *, voiced: bool, cut_off: bool = False
    ) -> list[Action]:
        """A line is out: its viewer now waits for an answer, has bought, or goes."""
        line = self._scribe.out(line_id, text, heard, cut_off=cut_off)
        if line is None:
            return []
        state = self._crowd.state(line.wish.viewer_id)
        self._crowd.spoke(state, heard, now, aloud=voiced)
        state.opened = state.opened or line.wish.intent not in ("greet", "silence")
        if line.wish.intent == "cut_off_remark":
            state.cut_off_at = None
        if line.wish.rank == LAST_WORDS:
            self._wishing.said(state, line.wish.intent, now)
        elif opens_question(line.wish.intent):
            state.waiting_since = now
        return []

    def _voiced(self, event: LineVoiced, now: float) -> list[Action]:
        actions = self._out(event.line_id, event.text, event.heard_text, now, voiced=True, cut_off=event.cut_off)
        state = next((state for state in self._crowd.states if state.spec.id == event.viewer_id), None)
        minds = state is not None and not state.is_leaving and not state.agreed
        if state is not None and minds and event.cut_by_streamer and state.cut_offs < 2:
            state.cut_off_at = event.heard_text
            state.cut_offs += 1
        return actions
