"""The audience of one rehearsal: records in, actions out. Pure, seeded, deterministic to the event.

The same seed and the same records and ticks give the same actions. It learns of its own lines through their
records (`LinePosted`, `LineVoicing`, `LineVoiced`) like everybody else, so it knows what was heard and what was cut.
"""

from __future__ import annotations

import copy
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
    RoomChanged,
    StageEntered,
    UtteranceHeard,
)
from coach.language import language_for
from coach.room.beats import Beats, Seen
from coach.room.crowd import Crowd
from coach.room.cut_ins import CutIns
from coach.room.dice import Dice
from coach.room.director import PLANNED, Director, Wish
from coach.room.door import Door
from coach.room.history import History
from coach.room.ledger import Ledger
from coach.room.pack import line_pack
from coach.room.passers_by import PassersBy, is_passer_by
from coach.room.reading import Reading, read
from coach.room.request import Action, Dropped
from coach.room.room_events import RoomEvents
from coach.room.room_time import RoomTime
from coach.room.scribe import OpenLine, Scribe
from coach.room.second_time import TAKES_BREATH_SEC, planned_again, said_again
from coach.room.streamer import Streamer
from coach.room.tempo import tempo_of
from coach.room.turns import Turns
from coach.room.viewer import Deal
from coach.room.wishing import Wishing, presses
from coach.scenario.exposure import Exposure, exposed_scenario
from coach.scenario.model import Intent, Scenario

_FRESH_CHANGE, _SLOW_CHANGE = 1.0, 5.0
"""Points a state must move to be told at once after an utterance, and while time passes."""
_CUT_IN_FOR_SEC = 5.0
"""After this long the moment to cut in is over."""


class Audience:
    """Plays all viewers of a scenario.

    Args:
        scenario: What is played.
        seed: Makes the rehearsal repeatable; default the scenario's.
        difficulty: 1 to 5; default the scenario's.
        exposure: How much of the scenario's pressure is played; `full` plays it as it is given.
    """

    def __init__(
        self,
        scenario: Scenario,
        *,
        seed: int | None = None,
        difficulty: int | None = None,
        exposure: Exposure = "full",
    ) -> None:
        scenario, self.difficulty = exposed_scenario(scenario, difficulty, exposure)
        self.scenario = scenario
        self.seed = scenario.seed if seed is None else seed
        language = self._language = language_for(scenario.locale)
        pack = line_pack(language.code)
        tempo = tempo_of(scenario, self.difficulty)
        self._deal = Deal(scenario.product.price, None, scenario.intensity_cap, self.difficulty)
        self._time = RoomTime()
        self._streamer = Streamer()
        self._crowd = Crowd(scenario, self._deal, language, self.seed)
        self._rng = Dice(self.seed)
        self._director = Director(tempo, Dice(self.seed + 1))
        self._scribe = Scribe(scenario, language, pack, Dice(self.seed + 2))
        self._ledger = Ledger(Dice(self.seed + 3))
        self._wishing = Wishing(self._crowd, self._director, self._scribe, self._rng, self.difficulty)
        taken = {viewer.name for viewer in scenario.viewers}
        self._guests = PassersBy(tempo, language, pack.types, taken, Dice(self.seed + 4))
        self._door = Door(scenario, self._crowd, self._director, self._scribe, self._guests, self._rng)
        self._events = RoomEvents(
            self._crowd, self._director, self._scribe, self._ledger, self._door, Dice(self.seed + 5)
        )
        self._cut_ins = CutIns(tempo, scenario.duration_sec, Dice(self.seed + 6))
        self._turns = turns = Turns(self._crowd, self._director, self._scribe, self._wishing, self._time)
        self._history = History(self._crowd, self._door, turns, self._ledger, self._events)
        self._beats = Beats(scenario)
        self._seen = Seen()
        self._goes_on = False
        self._last_tick = 0.0
        self._running = False
        read("", scenario)  # packs and sheet are made ready before anybody speaks

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
                self._out(self._turns.out(event.line_id, event.text, event.text, now))
            case LineVoicing() if event.line_id in self._scribe.open:
                self._scribe.open[event.line_id].voicing = True
            case LineVoiced():
                self._out(self._turns.voiced(event, now))
            case _:
                pass
        return []

    def tick(self, at: float) -> list[Action]:
        """Let time pass until `at` (rehearsal seconds); return what the viewers do."""
        now = self._time.of(at)
        seconds, self._last_tick = max(0.0, now - self._last_tick), max(now, self._last_tick)
        if not self._running:
            return []
        silent = self._seen.silent_sec = self._streamer.silent_sec(now)
        actions: list[Action] = [*self._door.expected(now), *self._stages(now), *self._back(now)]
        actions += self._door.passing(now, silent, self._deal)
        actions += self._waited(seconds, now)
        actions += self._planned(now)
        actions += self._events.tick(now)
        self._unplanned(now)
        actions += self._turns.speak(now, self._deal)
        actions += self._gone(now)
        drift = self._ledger.drift(now, seconds, silent, self._crowd.states)
        return [*actions, drift] if drift else actions

    def dropped(self, dropped: Dropped) -> None:
        """Learn that a line was never delivered: its viewer may try again."""
        if self._running:
            self._turns.dropped(dropped, self._last_tick)

    def answers(self, utterance: UtteranceHeard, at: float) -> list[Action]:
        """Return what the viewers would do if this utterance were heard now; nothing of the audience changes.

        One to two milliseconds, the more the fuller the room: the states are copied, scenario and packs are shared.
        Where no tick comes in between, `observe` of the same utterance then does the very same.
        """
        shared: dict[int, object] = {id(self._language): self._language}
        return copy.deepcopy(self, shared).observe(Record(seq=0, at=at, event=utterance))

    # --- going on from an earlier rehearsal -----------------------------------------------------------------

    def recall(self, record: Record) -> None:
        """Take one record of an earlier rehearsal: what happened then has happened, and nothing is asked for."""
        event, now = record.event, self._time.of(record.at)
        match event:
            case RehearsalPaused():
                self._time.pause(record.at)
            case RehearsalResumed():
                self._time.resume(event.paused_sec)
            case StageEntered():
                self._seen.stage = event.name
            case UtteranceHeard():
                reading = self._guests.called(read(event.text, self.scenario))
                self._scribe.remember("streamer", event.text)
                self._learn(reading)
                self._crowd.hear(event, reading, now, self._deal)
            case _:
                self._history.recall(event, now, self._deal)

    def take_up(self, beginning: LinePosted | LineVoicing | RoomChanged, at: float, *, milder: bool = False) -> None:
        """Go on from here: the next rehearsal begins with that line or room event, which happened at `at`.

        `milder`: with less hostility than then, so the line is worded anew.
        """
        now = self._time.of(at)
        self._time.go_on(now)
        self._streamer.restart(now)
        self._director.pace.restart(now)
        self._guests.stay_on(now)
        self._director.hold(now + 2 * TAKES_BREATH_SEC)
        self._goes_on = True
        event = planned_again(beginning, now + TAKES_BREATH_SEC)
        self._beats = Beats(self.scenario.model_copy(update={"stages": [], "events": [event] if event else []}))
        if not isinstance(beginning, RoomChanged):
            wish = said_again(beginning, now + TAKES_BREATH_SEC)
            self._director.wish(replace(wish, text="") if milder else wish)

    # --- coming and going -----------------------------------------------------------------------------------

    def _start(self, now: float) -> list[Action]:
        self._running, self._last_tick = True, now
        if self._goes_on:
            here = [self._crowd.join(state.spec.id) for state in self._crowd.states if state.present]
            return [self._ledger.change("start"), *here]
        self._door.open(now)
        return [self._ledger.change("start"), *self._stages(now), *self._door.expected(now)]

    def _back(self, now: float) -> list[Event]:
        """Let the viewer of a drill come back; whatever price was named before, it begins anew."""
        back = self._door.returning(now, self._deal)
        if back:
            self._deal = replace(self._deal, offered=None)
        return list(back)

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
            state = self._crowd.find(viewer_id)
            if state is None or not state.present:
                continue
            if state.outcome == "bought":
                actions += [self._ledger.bought(), *self._events.sold(now)]
            if not is_passer_by(viewer_id):  # plans wait for the scenario's own
                (self._seen.bought if state.outcome == "bought" else self._seen.left).add(viewer_id)
            actions.append(self._door.out(state, now))
        return actions

    # --- hearing --------------------------------------------------------------------------------------------

    def _heard(self, utterance: UtteranceHeard, now: float) -> list[Action]:
        reading = self._guests.called(read(utterance.text, self.scenario))
        self._scribe.remember("streamer", utterance.text)
        self._learn(reading)
        ended = self._events.heard(reading, now, self._deal)
        heeds = self._crowd.hear(utterance, reading, now, self._deal)
        self._ledger.heard(reading, self._crowd.states)
        self._wishing.answer(heeds, reading, utterance.utterance_id, now, self._deal)
        changes = (
            self._crowd.change(heed.state, heed.reaction.reason or "time", least=_FRESH_CHANGE) for heed in heeds
        )
        return [*ended, *(change for change in changes if change), *self._turns.speak(now, self._deal)]

    def _learn(self, reading: Reading) -> None:
        """Keep the lowest price named as payable, what has been covered, and what else plans wait for."""
        self._seen.moves.update(move.kind for move in reading.moves)
        self._seen.conceded = self._seen.conceded or reading.did("concedes")
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
            if event.kind == "line":
                self._wishing.plan(event, now)
            else:
                actions += self._events.begin(event, now, self._deal)
        return actions

    def _unplanned(self, now: float) -> None:
        """Let somebody speak up unprompted, or over the streamer; not while a raid drowns everything."""
        if self._events.is_raided:
            return
        if self._cut_ins.is_due(now, self._streamer.speaking_sec(now)) and not self._director.is_airing(now):
            self._cut_in(now)
        self._wishing.unasked(now, self._seen, self._deal)

    def _cut_in(self, now: float) -> None:
        state = self._cut_ins.who(now, self._crowd.here)
        if state is None or self._scribe.voice_busy:
            return
        intent: Intent | None = self._crowd.temper(state).wants(state, self._deal)
        if intent is None or intent in ("leave", "buy", "accept"):
            return
        self._director.wish(
            Wish(
                viewer_id=state.spec.id,
                intent=intent,
                rank=PLANNED,
                not_before=now,
                until=now + _CUT_IN_FOR_SEC,
                pressure=presses(state, intent),
                channel="voice",
                floor=self._cut_ins.over,
                in_crowd=True,
            )
        )

    def _out(self, line: OpenLine | None) -> None:
        if line is None:
            return
        self._events.line_out(line.request.intent)
        if line.wish.floor is not None:
            self._cut_ins.done()
