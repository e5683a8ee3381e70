"""The whole live rehearsal over given sound, faster than real time: real voice detection, real policies.

    played = rehearse(scenario, Scene([Sound(pcm, at=1.0, text="good morning everyone")]), seconds=20)

Time is virtual, so a run is the same every time and takes what its arithmetic takes. There is no wire in it: what a
browser would add (Opus, jitter buffer, pacing) is measured by `evals.latency`. Engines that work in an executor hold
the clock still while they do; engines in another process would need real time and do not belong here.

Times are rehearsal seconds: sample n of the microphone was spoken at `Played.origin + n / 16000`, and frame k of the
mouth is handed out at `Played.times[k]`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

import numpy as np

from coach.clock import Clock
from coach.events import Event, LineVoicing, Record
from coach.live.engines import Engines
from coach.live.rehearsal import LiveRehearsal
from coach.live.terms import Terms
from coach.live.tuning import LiveTuning
from coach.ports import (
    EAR_FRAME,
    EAR_RATE_HZ,
    FRAME_SEC,
    MOUTH_FRAME,
    EarFrame,
    FrameSource,
    Int16Array,
    Recognizer,
)
from coach.scenario.load import LoadedScenario
from coach.virtual_time import run_virtual


class Microphone(Protocol):
    """What the streamer's microphone picks up, made while the rehearsal runs: it may depend on what viewers did."""

    def frame(self, number: int, room: Room) -> Int16Array:
        """Return frame `number`, shape (320,), int16, 16 kHz. Frame n is spoken from n * 20 ms after `room.origin`."""
        ...


@dataclass(slots=True)
class Room:
    """What a microphone may look at."""

    rehearsal: LiveRehearsal
    mouth: KeptMouth
    origin: float
    """Rehearsal seconds at which the microphone's first sample was spoken."""

    def line_starts(self) -> list[float]:
        """Return when each spoken line so far began, rehearsal seconds."""
        events = (record.event for record in self.rehearsal.log.records)
        return [event.start for event in events if isinstance(event, LineVoicing)]


class KeptMouth:
    """Pulls a frame every 20 ms and keeps it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.frames: list[Int16Array] = []
        self.times: list[float] = []

    async def play(self, source: FrameSource) -> None:
        """Pull frames on absolute deadlines until cancelled."""
        begun = self._clock.now()
        while True:
            await self._clock.sleep_until(begun + len(self.frames) * FRAME_SEC)
            self.times.append(self._clock.now())
            self.frames.append(source.next_frame())


class _MadeEars:
    """Delivers a microphone's frames as they end; `phase_sec` sets them against the mouth's frames."""

    def __init__(self, microphone: Microphone, room: Callable[[float], Room], frames: int, phase_sec: float) -> None:
        self._microphone = microphone
        self._room = room
        self._frames = frames
        self._phase_sec = phase_sec
        self.heard: list[Int16Array] = []

    async def frames(self) -> AsyncGenerator[EarFrame, None]:
        """Yield one frame every 20 ms."""
        room = self._room(self._phase_sec)
        clock = room.rehearsal.clock
        room.origin = clock.now() + self._phase_sec
        for number in range(self._frames):
            await clock.sleep_until(room.origin + (number + 1) * FRAME_SEC)
            pcm = self._microphone.frame(number, room)
            self.heard.append(pcm)
            yield EarFrame(pcm, number * EAR_FRAME)


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a run."""

    records: list[Record]
    frames: list[Int16Array]
    """Every frame of the viewers' track, (960,) int16, 48 kHz."""
    times: list[float]
    """When each was handed out, rehearsal seconds."""
    microphone: Int16Array
    """All that was heard, 16 kHz."""
    origin: float
    """Rehearsal seconds of the microphone's first sample."""

    def events(self, *kinds: type[Event]) -> list[tuple[float, Event]]:
        """Return (time of the record, event) of the kinds asked for."""
        return [(record.at, record.event) for record in self.records if isinstance(record.event, kinds)]

    def sound(self) -> Int16Array:
        """Return the viewers' track as one array that begins at `times[0]`."""
        return np.concatenate(self.frames) if self.frames else np.zeros(MOUTH_FRAME, np.int16)


def rehearse(
    scenario: LoadedScenario,
    microphone: Microphone,
    *,
    seconds: float,
    engines: Engines,
    recognizer: Recognizer | None = None,
    tuning: LiveTuning | None = None,
    phase_ms: float = 7.0,
    difficulty: int | None = None,
) -> Played:
    """Run one rehearsal of so many seconds of microphone and return all of it.

    Args:
        scenario: What is played.
        microphone: What the streamer does.
        seconds: How long the streamer stays; the rehearsal ends then.
        engines: Detector and synthesiser; the recogniser is given apart, as the host does.
        recognizer: None: utterances have times and no words, as where no engine knows the language.
        tuning: Times and thresholds; default the product's.
        phase_ms: How much later than a mouth's frame an ear's frame comes, 0 to 20 ms.
        difficulty: 1 to 5; default the scenario's.
    """
    run = _run(scenario, microphone, seconds, engines, recognizer, tuning or LiveTuning(), phase_ms / 1000, difficulty)
    return run_virtual(run)


async def _run(
    scenario: LoadedScenario,
    microphone: Microphone,
    seconds: float,
    engines: Engines,
    recognizer: Recognizer | None,
    tuning: LiveTuning,
    phase_sec: float,
    difficulty: int | None,
) -> Played:
    rehearsal = LiveRehearsal(
        rehearsal_id="bench",
        scenario=scenario,
        engines=engines,
        recognizer=recognizer,
        recorder=None,
        started_at=datetime(2026, 1, 1, tzinfo=UTC),
        tuning=tuning,
        typed=False,
        terms=Terms(difficulty=difficulty),
        product_version="",
    )
    mouth = KeptMouth(rehearsal.clock)
    room = Room(rehearsal, mouth, 0.0)
    ears = _MadeEars(microphone, lambda _: room, round(seconds / FRAME_SEC), phase_sec)
    async with asyncio.TaskGroup() as group:
        group.create_task(rehearsal.run(), name="rehearsal")
        await rehearsal.converse(ears, mouth)
        rehearsal.end("stopped")
    heard = np.concatenate(ears.heard) if ears.heard else np.zeros(0, np.int16)
    return Played(list(rehearsal.log.records), mouth.frames, mouth.times, heard, room.origin)


# --- a scripted streamer ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Sound:
    """Something the microphone picks up once."""

    pcm: Int16Array
    """16 kHz, int16."""
    at: float = 0.0
    """Seconds after the microphone opens, or after the line named by `line` began to sound."""
    line: int | None = None
    """Counts spoken lines from 1; None: `at` counts from the microphone's start."""
    text: str = ""
    """Words said in it, told to `SceneRecognizer`; they are spread evenly over its loud part."""
    begun: float | None = field(default=None, init=False)
    """Rehearsal seconds of its first sample, once known."""


class Scene:
    """A microphone that mixes sounds as they fall due, over a background.

    Args:
        sounds: What is heard, in any order.
        background: Repeated for the whole run, 16 kHz; None: digital silence.
    """

    def __init__(self, sounds: Sequence[Sound], background: Int16Array | None = None) -> None:
        self.sounds = list(sounds)
        self._background = background

    def frame(self, number: int, room: Room) -> Int16Array:
        """Return the mix of one frame, clipped to int16."""
        mix = self._under(number)
        now = room.origin + number * FRAME_SEC
        starts = room.line_starts()
        for sound in self.sounds:
            if sound.begun is None:
                sound.begun = _due(sound, starts, room.origin, now)
            if sound.begun is not None:
                _add(mix, sound.pcm, round((sound.begun - now) * EAR_RATE_HZ))
        return np.clip(mix, -32768, 32767).astype(np.int16)

    def _under(self, number: int) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
        if self._background is None or not len(self._background):
            return np.zeros(EAR_FRAME, np.int32)
        positions = np.arange(number * EAR_FRAME, (number + 1) * EAR_FRAME) % len(self._background)
        return self._background[positions].astype(np.int32)


def _due(sound: Sound, line_starts: Sequence[float], origin: float, now: float) -> float | None:
    """Return when a sound's first sample falls, once it is known; never before `now`, which has been heard already."""
    if sound.line is None:
        return origin + sound.at
    if len(line_starts) < sound.line:
        return None
    return max(now, line_starts[sound.line - 1] + sound.at)


def _add(mix: np.ndarray[tuple[int], np.dtype[np.int32]], pcm: Int16Array, offset: int) -> None:
    """Add the part of a sound that falls into a frame; `offset` is its first sample's place in the frame."""
    first, last = max(0, offset), min(len(mix), offset + len(pcm))
    if first < last:
        mix[first:last] += pcm[first - offset : last - offset]
