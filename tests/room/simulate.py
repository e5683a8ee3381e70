"""A rehearsal without sound or clock: the audience driven by records, five minutes in milliseconds.

Danmaku appear at once, spoken lines take three seconds, the streamer says what the script says.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from coach.events import (
    Event,
    LinePosted,
    LineVoiced,
    LineVoicing,
    Record,
    RehearsalPaused,
    RehearsalResumed,
    RehearsalStarted,
    SpeechStarted,
    UtteranceHeard,
    ViewerLeft,
)
from coach.room.audience import Audience
from coach.room.request import Action, Dropped, LineRequest
from coach.scenario.load import load_scenario
from coach.scenario.model import Scenario

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SPEAKS_SEC = 3.0
TICK_SEC = 0.25
_START = RehearsalStarted(
    rehearsal_id="r",
    scenario_id="s",
    scenario_version=1,
    scenario_hash="",
    locale="en-US",
    difficulty=2,
    seed=7,
    input="voice",
    started_at="2026-11-22T00:00:00Z",
)


@cache
def shipped(name: str) -> Scenario:
    """Return a shipped scenario by file name."""
    return load_scenario(next(SCENARIOS.rglob(f"{name}.yaml"))).scenario


@dataclass
class Room:
    """Plays one rehearsal."""

    audience: Audience
    cut: Collection[str] = ()
    """Ids of spoken lines that the streamer cuts off after their first words."""
    deny_voice: bool = False
    """Whether the floor is never free."""
    records: list[Record] = field(default_factory=list)
    requests: list[LineRequest] = field(default_factory=list)
    now: float = 0.0
    _speaking: list[tuple[float, LineRequest]] = field(default_factory=list)

    def start(self) -> Room:
        """Begin."""
        self.note(_START)
        return self

    def note(self, event: Event) -> None:
        """Append one event, and do what follows from it, like the loop."""
        record = Record(seq=len(self.records), at=round(self.now, 4), event=event)
        self.records.append(record)
        self._act(self.audience.observe(record))

    def run(self, until: float, says: Sequence[tuple[float, str]] = ()) -> Room:
        """Let time pass; `says` holds (when it ends, text)."""
        script = [entry for entry in says if entry[0] > self.now]
        while self.now < until:
            self.now = round(self.now + TICK_SEC, 3)
            self._finish_voices()
            while script and script[0][0] <= self.now:
                self.say(script.pop(0)[1])
            self._act(self.audience.tick(self.now))
        return self

    def say(self, text: str) -> None:
        """Let the streamer say something that took three seconds."""
        number = sum(isinstance(record.event, UtteranceHeard) for record in self.records) + 1
        begun = max(0.0, self.now - SPEAKS_SEC)
        self.note(SpeechStarted(start=begun))
        self.note(UtteranceHeard(utterance_id=f"u{number}", text=text, start=begun, end=self.now))

    def pause(self, seconds: float) -> None:
        """Pause and resume: time passes on the rehearsal clock only."""
        self.note(RehearsalPaused(reason="streamer"))
        self.now = round(self.now + seconds, 3)
        self.note(RehearsalResumed(paused_sec=seconds))

    def events(self, *kinds: type[Event]) -> list[Event]:
        """Return the events of some classes."""
        return [record.event for record in self.records if isinstance(record.event, kinds)]

    def outcomes(self) -> dict[str, str]:
        """Return viewer id → outcome of those who left."""
        return {left.viewer_id: left.outcome for left in self.events(ViewerLeft) if isinstance(left, ViewerLeft)}

    def _act(self, actions: Sequence[Action]) -> None:
        for action in actions:
            if isinstance(action, LineRequest):
                self._deliver(action)
            else:
                self.note(action)

    def _deliver(self, request: LineRequest) -> None:
        self.requests.append(request)
        if request.channel == "chat":
            self.note(
                LinePosted(
                    line_id=request.line_id,
                    viewer_id=request.viewer_id,
                    text=request.text,
                    intent=request.intent,
                    pressure=request.pressure,
                    reply_to=request.reply_to,
                )
            )
        elif self.deny_voice:
            self.audience.dropped(Dropped(request.line_id, "its moment was over", self.now))
        else:
            self.note(
                LineVoicing(
                    line_id=request.line_id,
                    viewer_id=request.viewer_id,
                    text=request.text,
                    intent=request.intent,
                    start=self.now,
                    pressure=request.pressure,
                    reply_to=request.reply_to,
                )
            )
            self._speaking.append((self.now, request))

    def _finish_voices(self) -> None:
        for begun, request in [entry for entry in self._speaking if self.now >= entry[0] + SPEAKS_SEC]:
            self._speaking.remove((begun, request))
            cut = request.line_id in self.cut
            heard = request.text[: len(request.text) // 3] if cut else request.text
            self.note(
                LineVoiced(
                    line_id=request.line_id,
                    viewer_id=request.viewer_id,
                    text=request.text,
                    heard_text=heard,
                    cut_off=cut,
                    start=begun,
                    end=self.now,
                )
            )


def rehearse(
    scenario: Scenario,
    says: Sequence[tuple[float, str]] = (),
    *,
    seed: int | None = None,
    difficulty: int | None = None,
    until: float = 300.0,
    cut: Collection[str] = (),
    deny_voice: bool = False,
) -> Room:
    """Play one rehearsal from beginning to end."""
    room = Room(Audience(scenario, seed=seed, difficulty=difficulty), cut=cut, deny_voice=deny_voice)
    return room.start().run(until, says)
