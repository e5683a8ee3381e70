"""A clock, a streamer and a mouth that follow a script."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass

import numpy as np

from coach.clock import Clock
from coach.ports import (
    EAR_FRAME,
    EAR_RATE_HZ,
    FRAME_SEC,
    EarFrame,
    FrameSource,
    Int16Array,
    VadDecision,
)

LOUD = 8000
"""Sample value of scripted speech; silence is 0."""


class ManualClock:
    """A clock that stands still until told to move."""

    def __init__(self, now: float = 0.0) -> None:
        self.time = now

    def now(self) -> float:
        """Return the time last set."""
        return self.time

    async def sleep_until(self, at: float) -> None:
        """Move to `at` without waiting."""
        self.time = max(self.time, at)


@dataclass(frozen=True, slots=True)
class Say:
    """One stretch of scripted streamer speech."""

    start: float
    """Seconds after the ears open."""
    end: float
    text: str = ""
    """What the recogniser makes of it."""


class ScriptedEars:
    """Plays loud frames where the script speaks and silent ones elsewhere, in real time of the clock."""

    def __init__(self, clock: Clock, script: Sequence[Say], total_sec: float) -> None:
        self._clock = clock
        self._script = script
        self._frames = round(total_sec / FRAME_SEC)

    async def frames(self) -> AsyncGenerator[EarFrame, None]:
        """Yield one frame every 20 ms."""
        begun = self._clock.now()
        for number in range(self._frames):
            await self._clock.sleep_until(begun + (number + 1) * FRAME_SEC)
            at = number * FRAME_SEC
            loud = any(say.start <= at < say.end for say in self._script)
            yield EarFrame(_buzz(number) if loud else np.zeros(EAR_FRAME, dtype=np.int16), number * EAR_FRAME)


def _buzz(number: int) -> Int16Array:
    """Return a frame of a tone of 150 Hz, +-LOUD, whose colour changes every 80 ms as that of a voice does."""
    at = (np.arange(EAR_FRAME) + number * EAR_FRAME + 0.5) / EAR_RATE_HZ
    colour_hz = 150 * (2 + number // 4 % 6)
    sign = np.sign(np.sin(2 * np.pi * 150 * at)) * np.sign(np.sin(2 * np.pi * colour_hz * at))
    return np.asarray(LOUD * np.where(sign < 0, -1, 1)).astype(np.int16)


class LevelVad:
    """Calls loud frames speech; for scripted ears."""

    name = "level"

    def feed(self, pcm: Int16Array) -> VadDecision:
        """Compare the mean level with a fixed one."""
        if pcm.shape != (EAR_FRAME,):
            raise ValueError(f"expected {EAR_FRAME} samples, got shape {pcm.shape!r}")
        loud = float(np.abs(pcm.astype(np.int32)).mean()) > LOUD / 4
        return VadDecision(quick=loud, speech=0.95 if loud else 0.02)

    def reset(self) -> None:
        """Keep nothing."""


class ScriptedEcho:
    """Halves every frame, takes all for echo between two times, and keeps what it was told.

    Args:
        echo: Rehearsal seconds from and until when nothing but echo is heard.
        trouble: What it reports, once.
    """

    name = "scripted-echo"

    def __init__(self, echo: tuple[float, float] = (0.0, 0.0), *, trouble: str | None = None) -> None:
        self._echo = echo
        self._trouble = trouble
        self._is_echo = False
        self._last: Int16Array = np.zeros(EAR_FRAME, dtype=np.int16)
        self.played_at: list[float] = []
        self.cleaned = 0

    def played(self, pcm: Int16Array, at: float) -> None:
        """Keep when it was played."""
        self.played_at.append(at)

    def clean(self, frame: EarFrame, at: float) -> Int16Array:
        """Return half of it."""
        self.cleaned += 1
        self._is_echo = self._echo[0] <= at < self._echo[1]
        self._last = frame.pcm // 2
        return self._last

    def spoken(self) -> Int16Array:
        """Return half of the frame cleaned last."""
        return self._last

    def weigh(self, vad: VadDecision) -> VadDecision:
        """Believe in no speech during the scripted echo."""
        return VadDecision(quick=False, speech=0.0) if self._is_echo else vad

    def trouble(self) -> str | None:
        """Return the scripted trouble, once."""
        trouble, self._trouble = self._trouble, None
        return trouble


class MemoryMouth:
    """Pulls frames on the clock and keeps which of them sounded."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.played: list[tuple[float, int]] = []
        """(rehearsal seconds, peak) of every frame."""

    async def play(self, source: FrameSource) -> None:
        """Pull one frame every 20 ms until cancelled."""
        begun = self._clock.now()
        number = 0
        while True:
            frame = source.next_frame()
            self.played.append((self._clock.now(), int(np.abs(frame.astype(np.int32)).max())))
            number += 1
            await self._clock.sleep_until(begun + number * FRAME_SEC)
