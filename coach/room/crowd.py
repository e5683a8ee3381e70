"""All viewers of a rehearsal: who is here, who an utterance speaks to, what it does to each."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from coach.events import UtteranceHeard, ViewerChanged, ViewerJoined, ViewerLeft
from coach.language import Language
from coach.room.answered import Answered, passes_over
from coach.room.attack import Attack
from coach.room.heard import content_tokens
from coach.room.manners import THREAD, says_nothing
from coach.room.passers_by import is_passer_by
from coach.room.question import Question, answers, question_of
from coach.room.reading import MoveKind, Reading
from coach.room.tempers import TEMPERS
from coach.room.told import told
from coach.room.viewer import REMEMBERS, Deal, Reaction, Temper, ViewerState, new_state, wait
from coach.scenario.model import Intent, Scenario, ScenarioEvent, ScenarioViewer, ViewerType

_ANSWERS_WITHIN_SEC = 30.0
"""After this long an utterance no longer answers a viewer's line by its topic alone."""
_DIALOGUE_SEC = 8.0
"""An utterance begun this soon after a viewer spoke aloud is taken as said to them."""
_NO_SHOW_SEC = 15.0
"""Dead air this long lets anybody go, whatever the plan."""
_TO_WHO_SPOKE: tuple[MoveKind, ...] = ("acknowledges", "apologises", "promises_followup", "protects")
"""What is said to somebody, whatever the words are of."""
_DEFAULT_EVIDENCE = 2
"""Must-say points a skeptic wants to see proven if the author names nothing."""
_ASKS_PLAINLY: tuple[ViewerType, ...] = ("friendly", "impatient", "low_room")
"""Types whose question is what it says, and not an opening for whatever they have come for."""
_SKEPTICS = ("product_skeptic",)


@dataclass(frozen=True, slots=True)
class Heed:
    """What one utterance did to one viewer."""

    state: ViewerState
    reaction: Reaction
    aimed: bool
    by_name: bool


class Crowd:
    """Keeps the viewers' states. All times room seconds."""

    def __init__(self, scenario: Scenario, deal: Deal, language: Language, seed: int = 0) -> None:
        self._scenario = scenario
        self._seed = seed
        self._language = language
        self._questions: dict[str, Question] = {}
        """What each viewer's last line asked."""
        self._product = content_tokens(scenario.product.name, language)
        self.states = [self._new(spec) for spec in scenario.viewers]
        self.attack = Attack()
        self._reported: dict[str, tuple[float, float, float, float | None]] = {}
        for state in self.states:
            self.temper(state).start(state, deal)
            self._reported[state.spec.id] = _numbers(state)
        self._last_voice: tuple[str, float] | None = None
        self._needed_until = _last_planned(scenario)
        self._opens_at = {event.viewer: event.at_sec for event in reversed(scenario.events) if _is_opening(event)}

    def _new(self, spec: ScenarioViewer) -> ViewerState:
        """Return the state somebody enters with; how easily it is won differs by seed, scenario and viewer."""
        give = random.Random(f"{self._scenario.id}:{self._seed}:{spec.id}").random()
        return new_state(spec, _evidence(spec, self._scenario), give)

    @property
    def here(self) -> list[ViewerState]:
        """Viewers in the room who are not on their way out."""
        return [state for state in self.states if state.present and not state.is_leaving]

    def state(self, viewer_id: str) -> ViewerState:
        """Return one viewer's state."""
        return next(state for state in self.states if state.spec.id == viewer_id)

    def find(self, viewer_id: str) -> ViewerState | None:
        """Return one viewer's state, or None if there is nobody of that id (any more)."""
        return next((state for state in self.states if state.spec.id == viewer_id), None)

    @staticmethod
    def temper(state: ViewerState) -> Temper:
        """Return the rules of a viewer's type."""
        return TEMPERS[state.spec.type]

    def join(self, viewer_id: str) -> ViewerJoined:
        """Let a viewer in."""
        state = self.state(viewer_id)
        state.present = True
        spec = state.spec
        return ViewerJoined(viewer_id=spec.id, name=spec.name, viewer_type=spec.type, channel=spec.channel)

    def admit(self, spec: ScenarioViewer, deal: Deal) -> ViewerJoined:
        """Let somebody in whom the scenario does not list, or a viewer anew with nothing remembered."""
        state = self._new(spec)
        self.temper(state).start(state, deal)
        self.states = [*(other for other in self.states if other.spec.id != spec.id), state]
        self._reported[spec.id] = _numbers(state)
        return self.join(spec.id)

    def forget(self, viewer_id: str) -> None:
        """Drop the state of somebody who is gone for good."""
        self.states = [state for state in self.states if state.spec.id != viewer_id]
        self._reported.pop(viewer_id, None)
        self._questions.pop(viewer_id, None)

    def leave(self, state: ViewerState) -> ViewerLeft:
        """Let a viewer go for good."""
        state.present = False
        state.outcome = state.outcome or "ended"
        return ViewerLeft(viewer_id=state.spec.id, outcome=state.outcome)

    def needed(self, state: ViewerState, now: float) -> bool:
        """Return whether the author still has a line for this viewer, or it is a troll with the room to itself."""
        alone = state.spec.type == "troll" and self.here == [state] and self._scenario.kind != "drill"
        return alone or now <= max(self._needed_until.get(state.spec.id, -1.0), state.planned_until)

    def keeps(self, state: ViewerState, intent: Intent, since: float) -> bool:
        """Return whether the author has such a line for this viewer after `since`: said before, it would be used up."""
        mine = [event for event in self._scenario.events if event.viewer == state.spec.id and event.intent == intent]
        return any(event.at_sec is not None and since < event.at_sec for event in mine)

    def keeps_opening(self, state: ViewerState, now: float) -> bool:
        """Return whether a viewer has its first line still to come by the author's plan: it opens once, not twice."""
        return not state.opened and now < (self._opens_at.get(state.spec.id) or 0.0)

    def spoke(self, state: ViewerState, heard: str, now: float, *, aloud: bool) -> None:
        """Note a line of a viewer that is out, as it was heard; `now` is when it ended."""
        state.lines += 1
        state.last_said, state.last_line_at = heard, now
        question = self._questions[state.spec.id] = question_of(heard, self._scenario)
        state.asked = question.asks
        if aloud:
            self._last_voice = (state.spec.id, now)

    def hear(self, utterance: UtteranceHeard, reading: Reading, now: float, deal: Deal) -> list[Heed]:
        """Let everybody in the room take one utterance."""
        begun = now - max(0.0, utterance.end - utterance.start)
        named = {move.target for move in reading.of("addresses")}
        empty = says_nothing(reading)
        heeds = []
        for state in self.here:
            by_name = state.spec.id in named
            state.heard = (*state.heard, reading)[-REMEMBERS:]
            aimed = by_name or (not named and not empty and self._answers(state, reading, begun, now))
            reaction = self._stay(state, self.temper(state).hear(state, reading, aimed, deal), now, 0.0)
            if (aimed and not empty) or (named and not by_name and self._overhears(state, reading)):
                state.waiting_since = None
            heeds.append(Heed(state, reaction, aimed, by_name))
        self.attack.heard(reading, [heed.state for heed in heeds if heed.reaction.reason == "defends"], self.here, now)
        return heeds

    def wait(self, seconds: float, now: float, silent_sec: float, deal: Deal) -> list[Heed]:
        """Let time pass for everybody; return those whom it moved."""
        found = []
        queue = sum(state.waiting_since is not None for state in self.here)
        for state in self.here:
            reaction = wait(state, self.temper(state), seconds, now, silent_sec, deal, queue)
            reaction = self._stay(state, reaction, now, silent_sec)
            if reaction.reason:
                found.append(Heed(state, reaction, False, False))
        return found

    def change(self, state: ViewerState, reason: str, *, least: float) -> ViewerChanged | None:
        """Return the state as an event if it moved by `least` points or more since it was last told."""
        before, after = self._reported[state.spec.id], _numbers(state)
        moved = max(abs(after[0] - before[0]), abs(after[1] - before[1]), 20 * abs(after[2] - before[2]))
        if after == before or (moved < least and after[3] == before[3]):
            return None
        self._reported[state.spec.id] = after
        patience, trust, hostility, limit = after
        return ViewerChanged(
            viewer_id=state.spec.id,
            patience=patience,
            trust=trust,
            hostility=hostility,
            price_limit=limit,
            reason=reason,
        )

    def _stay(self, state: ViewerState, reaction: Reaction, now: float, silent_sec: float) -> Reaction:
        """Keep a bored or content viewer while the author still has a line for it, as long as there is a show."""
        may_stay = reaction.outcome in ("lost_patience", "satisfied") and silent_sec <= _NO_SHOW_SEC
        if not may_stay or not self.needed(state, now):
            return reaction
        return Reaction(reaction.reason, reaction.wish if reaction.outcome == "satisfied" else None)

    def _answers(self, state: ViewerState, reading: Reading, begun: float, now: float) -> bool:
        """Return whether an utterance without a name speaks to this viewer: by its turn, or by its topic."""
        if self._is_on_topic(state, reading, now):
            return True
        if self._last_voice is None:
            return False
        viewer_id, until = self._last_voice
        is_next = viewer_id == state.spec.id and begun - until < _DIALOGUE_SEC
        return is_next and not self._is_passed_over(state, reading)

    def _is_on_topic(self, state: ViewerState, reading: Reading, now: float) -> bool:
        """Return whether an utterance is of what a viewer waits for an answer to."""
        if state.waiting_since is None or now - state.waiting_since > _ANSWERS_WITHIN_SEC:
            return False
        question = self._questions.get(state.spec.id)
        if question is not None and answers(reading, question):
            return True
        # Who asks one plain thing is not answered by another (return terms are no answer to what colours there are).
        says_else = question is not None and question.asks_one_thing and state.spec.type in _ASKS_PLAINLY
        on_topic = not says_else and reading.did(*self.temper(state).profile.topics)
        if on_topic or any(reading.mentions(need) for need in state.evidence_left):
            return True
        said = content_tokens(state.last_said, self._language) - self._product
        return bool(said & (content_tokens(reading.text, self._language) - self._product))

    def _overhears(self, state: ViewerState, reading: Reading) -> bool:
        """Return whether what is said to somebody else tells a viewer the very thing it is waiting for."""
        waits = state.waiting_since is not None and self.temper(state).profile.treatment == "answer"
        return waits and told(self._questions.get(state.spec.id), [reading])

    def _is_passed_over(self, state: ViewerState, reading: Reading) -> bool:
        """Return whether who speaks next after a viewer does not speak to it."""
        treatment = self.temper(state).profile.treatment
        if treatment == "ignore":
            return reading.did(*THREAD)
        if reading.did(*_TO_WHO_SPOKE):
            return False
        answered = Answered(state.last_said, state.spec.type, treatment, (reading.text,))
        return passes_over(answered, self._scenario.product)


def speakers(heeds: Sequence[Heed]) -> list[Heed]:
    """Return heeds with a wish: those spoken to by name, then those answered, then the rest; passers-by come last."""
    return sorted(
        (heed for heed in heeds if heed.reaction.wish is not None),
        key=lambda heed: (not heed.by_name, is_passer_by(heed.state.spec.id), not heed.aimed),
    )


def _evidence(spec: ScenarioViewer, scenario: Scenario) -> tuple[str, ...]:
    if spec.type not in _SKEPTICS:
        return ()
    points = scenario.product.selling_points
    must = [point.id for point in points if point.priority == "P0"]
    return tuple((must or [points[0].id])[:_DEFAULT_EVIDENCE])


def _is_opening(event: ScenarioEvent) -> bool:
    return event.viewer is not None and event.at_sec is not None and event.intent == "open"


def _last_planned(scenario: Scenario) -> dict[str, float]:
    planned: dict[str, float] = {}
    for event in scenario.events:
        if event.viewer and event.at_sec is not None:
            planned[event.viewer] = max(planned.get(event.viewer, 0.0), event.at_sec)
    return planned


def _numbers(state: ViewerState) -> tuple[float, float, float, float | None]:
    return round(state.patience, 1), round(state.trust, 1), round(state.hostility, 2), state.price_limit
