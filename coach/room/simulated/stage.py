"""The loop of a simulated rehearsal: a scripted streamer and an audience, in virtual time, as the live loop ticks.

Danmaku appear at once. Spoken lines wait for the floor by their policy, take as long as their words, and can be
talked over; whoever cuts in makes the streamer break off.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from coach.events import (
    Event,
    LinePosted,
    LineVoiced,
    LineVoicing,
    Record,
    RehearsalEnded,
    RehearsalStarted,
    RoomChanged,
    SpeechPaused,
    SpeechStarted,
    StageEntered,
    UtteranceHeard,
    ViewerJoined,
)
from coach.language import language_for
from coach.room.audience import Audience
from coach.room.request import Action, Dropped, LineRequest
from coach.room.simulated.performer import Speech
from coach.scenario.model import Scenario

TICK_SEC = 0.2
"""As the live loop's default."""
_VIEWER_RATE = {"zh": 280.0, "en": 165.0}
"""Units a minute of a viewer's voice at normal speed (synthesised speech)."""
_GAP_SEC = {"needs_gap": 0.35, "waits": 1.2, "cuts_in": 0.0}
"""Silence of the streamer after which a viewer may begin, by floor policy (the live loop's defaults)."""
_ENDPOINT_SEC = 0.2
"""From the last sound to the finished utterance."""
_BREAKS_OFF_SEC = 0.8
"""How long a streamer goes on talking when a viewer cuts in."""
_TALKED_OVER_SEC = 1.2
"""How much of a line is heard before a streamer talks over it."""


@dataclass(slots=True)
class _Voice:
    request: LineRequest
    start: float
    end: float
    whole_sec: float
    """How long all of it would take."""
    cut: bool


class OnStage(Protocol):
    """Somebody who streams."""

    def sees(self, line_id: str, viewer: str, text: str, at: float, *, aloud: bool) -> None:
        """Take a line that a viewer typed or said aloud."""
        ...

    def room_changed(self, reason: str) -> None:
        """Take what happened to the room."""
        ...

    def stage(self, name: str) -> None:
        """Take the next stage of the plan on the wall."""
        ...

    def talks_over(self) -> bool:
        """Return whether the viewer who has just begun to speak is cut off."""
        ...

    def pause(self) -> float:
        """Return how long to stay silent now, seconds."""
        ...

    def speak(self, now: float) -> Speech:
        """Return what to say now."""
        ...

    def cut_short(self, speech: Speech) -> None:
        """Take note that an utterance was broken off."""
        ...


class Stage:
    """Plays one rehearsal. Afterwards `records`, `requests` and `dropped` hold what happened."""

    def __init__(self, scenario: Scenario, audience: Audience, performer: OnStage, rng: random.Random) -> None:
        self.scenario = scenario
        self.difficulty = audience.difficulty
        self.records: list[Record] = []
        self.requests: list[LineRequest] = []
        self.dropped: list[Dropped] = []
        self._audience = audience
        self._performer = performer
        self._rng = rng
        self._language = language_for(scenario.locale)
        self._names: dict[str, str] = {}
        self._now = 0.0
        self._pending: list[LineRequest] = []
        self._voice: _Voice | None = None
        self._speech: tuple[float, float, Speech] | None = None
        self._free_at = 1.5
        self._silent_since = 0.0
        self._utterances = 0

    def run(self) -> None:
        """Play from the start to the planned end."""
        self._note(started(self.scenario, self._audience))
        ticks = int(self.scenario.duration_sec / TICK_SEC)
        for number in range(1, ticks + 1):
            self._now = round(number * TICK_SEC, 3)
            self._end_voice()
            self._end_speech()
            self._act(self._audience.tick(self._now))
            self._offer_floor()
            self._begin_speech()
        self._note(RehearsalEnded(reason="time"))

    def _note(self, event: Event) -> None:
        record = Record(seq=len(self.records), at=self._now, event=event)
        self.records.append(record)
        self._perceive(event)
        self._act(self._audience.observe(record))

    def _perceive(self, event: Event) -> None:
        """Show the streamer what the screen shows and the loudspeaker plays."""
        match event:
            case ViewerJoined():
                self._names[event.viewer_id] = event.name
            case LinePosted():
                name = self._names[event.viewer_id]
                self._performer.sees(event.line_id, name, event.text, self._now, aloud=False)
            case LineVoiced() if event.heard_text and not event.cut_off:
                name = self._names[event.viewer_id]
                self._performer.sees(event.line_id, name, event.heard_text, self._now, aloud=True)
            case RoomChanged():
                self._performer.room_changed(event.reason)
            case StageEntered():
                self._performer.stage(event.name)
            case _:
                pass

    def _act(self, actions: Sequence[Action]) -> None:
        for action in actions:
            if not isinstance(action, LineRequest):
                self._note(action)
                continue
            self.requests.append(action)
            if action.channel == "voice":
                self._pending.append(action)
            else:
                self._post(action)

    def _post(self, request: LineRequest) -> None:
        self._note(
            LinePosted(
                line_id=request.line_id,
                viewer_id=request.viewer_id,
                text=request.text,
                intent=request.intent,
                pressure=request.pressure,
                reply_to=request.reply_to,
            )
        )

    # --- viewers' voices ------------------------------------------------------------------------------------

    def _offer_floor(self) -> None:
        for request in list(self._pending):
            if self._now > request.expires_at:
                self._pending.remove(request)
                drop = Dropped(request.line_id, "its moment was over", self._now)
                self.dropped.append(drop)
                self._audience.dropped(drop)
            elif self._voice is None and self._may_speak(request):
                self._pending.remove(request)
                self._begin_voice(request)

    def _may_speak(self, request: LineRequest) -> bool:
        if request.floor == "cuts_in":
            return True
        if self._speech is not None:
            return False
        return request.reply_to is not None or self._now - self._silent_since >= _GAP_SEC[request.floor]

    def _begin_voice(self, request: LineRequest) -> None:
        units = self._language.count_units(request.text)
        seconds = max(0.6, units * 60 / (_VIEWER_RATE[self._language.code] * request.voice.rate))
        cut = seconds > _TALKED_OVER_SEC + 0.5 and self._performer.talks_over()
        end = self._now + (_TALKED_OVER_SEC if cut else seconds)
        self._voice = _Voice(request, self._now, round(end, 3), seconds, cut)
        self._note(
            LineVoicing(
                line_id=request.line_id,
                viewer_id=request.viewer_id,
                text=request.text,
                intent=request.intent,
                start=self._now,
                pressure=request.pressure,
                reply_to=request.reply_to,
                cuts_in=request.floor == "cuts_in",
            )
        )
        if self._speech is not None:
            start, end, speech = self._speech
            self._speech = (start, min(end, self._now + _BREAKS_OFF_SEC), speech)

    def _end_voice(self) -> None:
        voice = self._voice
        if voice is None or self._now < voice.end:
            return
        text = voice.request.text
        self._voice = None
        self._free_at = min(self._free_at, self._now) if voice.cut else self._now + self._rng.uniform(0.3, 0.9)
        self._silent_since = self._now
        self._note(
            LineVoiced(
                line_id=voice.request.line_id,
                viewer_id=voice.request.viewer_id,
                text=text,
                heard_text=self._beginning(text, _TALKED_OVER_SEC / voice.whole_sec) if voice.cut else text,
                cut_off=voice.cut,
                start=voice.start,
                end=self._now,
            )
        )

    # --- the streamer ---------------------------------------------------------------------------------------

    def _begin_speech(self) -> None:
        if self._speech is not None or self._voice is not None or self._now < self._free_at:
            return
        speech = self._performer.speak(self._now)
        self._speech = (self._now, round(self._now + speech.seconds, 3), speech)
        self._note(SpeechStarted(start=self._now))

    def _end_speech(self) -> None:
        if self._speech is None or self._now < self._speech[1] + _ENDPOINT_SEC:
            return
        start, end, speech = self._speech
        self._speech = None
        self._utterances += 1
        share = (end - start) / speech.seconds
        text = speech.text
        if share < 0.95:
            text = self._beginning(text, share)
            self._performer.cut_short(speech)
        self._free_at = end + self._performer.pause()
        self._silent_since = end
        self._note(SpeechPaused(start=end))
        if text:
            heard = UtteranceHeard(
                utterance_id=f"u{self._utterances}", text=text, start=start, end=end, voiced_sec=round(end - start, 3)
            )
            self._note(heard)

    def _beginning(self, text: str, share: float) -> str:
        """Return the first part of a text, whole words."""
        share = min(1.0, share)
        if self._language.code == "zh":
            return text[: round(len(text) * share)]
        words = text.split()
        return " ".join(words[: round(len(words) * share)])


def started(scenario: Scenario, audience: Audience) -> RehearsalStarted:
    """Return the first event of a simulated rehearsal."""
    return RehearsalStarted(
        rehearsal_id=f"simulated-{scenario.id}-{audience.seed}",
        scenario_id=scenario.id,
        scenario_version=scenario.version,
        scenario_hash="",
        locale=scenario.locale,
        difficulty=audience.difficulty,
        seed=audience.seed,
        input="voice",
        started_at="2026-01-01T00:00:00+00:00",
        engines={"streamer": "scripted"},
    )
