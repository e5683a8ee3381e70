"""Scripted fakes for every port, public. A script says what happens; what it did not foresee fails the test.

`assert_complete()` fails if steps of a script were not used.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from coach.clock import Clock
from coach.errors import EngineError, StorageError
from coach.events import Record, dump_record
from coach.ports import (
    EAR_FRAME,
    EAR_RATE_HZ,
    FRAME_SEC,
    MOUTH_RATE_HZ,
    ChatMessage,
    ChatUsage,
    EarFrame,
    FrameSource,
    Hearing,
    Hypothesis,
    Int16Array,
    RecognitionHints,
    RehearsalSummary,
    SpeechChunk,
    VadDecision,
    VoiceSpec,
    WordMark,
)

LOUD = 8000
"""Sample value of scripted speech; silence is 0."""


class ScriptError(AssertionError):
    """Something happened that the script did not foresee, or a step was not used."""


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


class ScriptedRecognizer:
    """Gives one text per utterance, in order. A step that is an EngineError is raised by `final`.

    Args:
        texts: One step per utterance that is asked for its final words.
        partials: Whether growing prefixes are reported as sound comes in.
    """

    name = "scripted-recognizer"

    def __init__(self, texts: Sequence[str | EngineError], *, partials: bool = True) -> None:
        self._texts = list(texts)
        self._partials = partials
        self._hearings: list[_ScriptedHearing] = []
        self.opened = 0

    async def prepare(self, hints: RecognitionHints) -> None:
        """Need nothing."""

    def open(self, hints: RecognitionHints, on_partial: Callable[[Hypothesis], None]) -> Hearing:
        """Open the next utterance of the script."""
        if self.opened >= len(self._texts):
            raise ScriptError(f"unexpected utterance number {self.opened + 1}; the script has {len(self._texts)}")
        step = self._texts[self.opened]
        self.opened += 1
        hearing = _ScriptedHearing(self.name, step, on_partial if self._partials else None)
        self._hearings.append(hearing)
        return hearing

    @property
    def fed_sec(self) -> list[float]:
        """Seconds of sound each utterance was given."""
        return [hearing.samples / EAR_RATE_HZ for hearing in self._hearings]

    async def aclose(self) -> None:
        """Hold nothing."""

    def assert_complete(self) -> None:
        """Fail if an utterance of the script was never heard."""
        if self.opened != len(self._texts):
            raise ScriptError(f"expected {len(self._texts)} utterances, heard {self.opened}")


class _ScriptedHearing:
    """One scripted utterance: a word more for every 200 ms of sound."""

    def __init__(self, engine: str, step: str | EngineError, on_partial: Callable[[Hypothesis], None] | None) -> None:
        self._engine = engine
        self._step = step
        self._on_partial = on_partial
        self.samples = 0
        self._shown = 0
        self._closed = False

    def feed(self, pcm: Int16Array) -> None:
        self.samples += len(pcm)
        if self._on_partial is None or isinstance(self._step, EngineError):
            return
        words = self._step.split()
        shown = min(len(words), self.samples // 3200)
        if shown > self._shown:
            self._shown = shown
            self._on_partial(Hypothesis(" ".join(words[:shown]), engine=self._engine))

    async def final(self) -> Hypothesis:
        if self._closed:
            raise ScriptError("final() after aclose()")
        if isinstance(self._step, EngineError):
            raise self._step
        return Hypothesis(self._step, engine=self._engine)

    async def aclose(self) -> None:
        self._closed = True


class ScriptedTurnModel:
    """Gives one opinion a question, in order; the last one stands for all further ones.

    Args:
        steps: Log-odds, or what is raised in their place.
        delay_sec: How long each takes.
    """

    name = "scripted-turn-model"

    def __init__(self, steps: Sequence[float | EngineError], *, delay_sec: float = 0.05) -> None:
        self._steps = list(steps)
        self._delay_sec = delay_sec
        self.heard_sec: list[float] = []
        """Length of the sound of each question."""
        self.given = 0
        """Questions answered."""

    async def prepare(self) -> None:
        """Need nothing."""

    async def judge(self, pcm: Int16Array) -> float:
        """Return the next opinion."""
        self.heard_sec.append(len(pcm) / EAR_RATE_HZ)
        step = self._steps[min(len(self.heard_sec), len(self._steps)) - 1]
        await asyncio.sleep(self._delay_sec)
        if isinstance(step, EngineError):
            raise step
        self.given += 1
        return step

    async def aclose(self) -> None:
        """Hold nothing."""


class ScriptedSynthesizer:
    """Speaks every word as 200 ms of tone. `fail_on` raises when a text holds it; `delay_sec` comes before sound."""

    name = "scripted-synthesizer"
    WORD_SEC = 0.2

    def __init__(self, *, fail_on: str | None = None, delay_sec: float = 0.0) -> None:
        self._fail_on = fail_on
        self._delay_sec = delay_sec
        self.spoken: list[str] = []

    async def prepare(self, language: str) -> None:
        """Need nothing."""

    async def speak(self, text: str, voice: VoiceSpec) -> AsyncGenerator[SpeechChunk, None]:
        """Yield one chunk per word."""
        if self._delay_sec:
            await asyncio.sleep(self._delay_sec)
        if self._fail_on is not None and self._fail_on in text:
            raise EngineError(self.name, "scripted failure")
        self.spoken.append(text)
        samples = round(self.WORD_SEC * MOUTH_RATE_HZ)
        offset = 0
        for number, word in enumerate(text.split()):
            offset = text.index(word, offset)
            mark = WordMark(offset, len(word), number * samples)
            offset += len(word)
            yield SpeechChunk(np.full(samples, LOUD, dtype=np.int16), (mark,))

    async def aclose(self) -> None:
        """Hold nothing."""


@dataclass(slots=True)
class Answer:
    """One scripted answer of a chat model."""

    pieces: tuple[str, ...]
    first_after_sec: float = 0.0
    each_after_sec: float = 0.0
    error: str | None = None
    """If set, raised after the pieces."""


class ScriptedChat:
    """Gives one answer per request, in order."""

    name = "scripted-chat"

    def __init__(self, answers: Sequence[Answer]) -> None:
        self._answers = list(answers)
        self.asked: list[list[ChatMessage]] = []

    async def stream(
        self,
        messages: Sequence[ChatMessage],
        *,
        max_tokens: int = 120,
        on_usage: Callable[[ChatUsage], None] | None = None,
    ) -> AsyncGenerator[str, None]:
        """Yield the pieces of the next answer; never says what it took."""
        if len(self.asked) >= len(self._answers):
            raise ScriptError(f"unexpected request number {len(self.asked) + 1}; the script has {len(self._answers)}")
        answer = self._answers[len(self.asked)]
        self.asked.append(list(messages))
        await asyncio.sleep(answer.first_after_sec)
        for piece in answer.pieces:
            yield piece
            await asyncio.sleep(answer.each_after_sec)
        if answer.error is not None:
            raise EngineError(self.name, answer.error, retryable=True)

    async def aclose(self) -> None:
        """Hold nothing."""

    def assert_complete(self) -> None:
        """Fail if an answer of the script was never asked for."""
        if len(self.asked) != len(self._answers):
            raise ScriptError(f"expected {len(self._answers)} requests, got {len(self.asked)}")


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


@dataclass(slots=True)
class MemoryFiles:
    """A rehearsal's folder in memory. `refuse` makes the next writes fail as a full disk does."""

    path: Path
    lines: list[bytes] = field(default_factory=list)
    scorecard: str | None = None
    refuse: int = 0
    closed: bool = False

    def append(self, records: Sequence[Record]) -> None:
        """Keep whole lines."""
        if self.refuse:
            self.refuse -= 1
            raise StorageError("No space left on the device.")
        self.lines += [dump_record(record) for record in records]

    def save_scorecard(self, text: str) -> None:
        """Keep the scorecard."""
        self.scorecard = text

    def close(self) -> None:
        """Note the close."""
        self.closed = True


class MemoryKeeper:
    """Folders and index in memory."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.files: dict[str, MemoryFiles] = {}
        self.index: dict[str, RehearsalSummary] = {}

    def open(self, summary: RehearsalSummary, scenario_text: str) -> MemoryFiles:
        """Open a folder in memory."""
        self.index[summary.id] = summary
        self.files[summary.id] = MemoryFiles(self._root / summary.id)
        return self.files[summary.id]

    def update(self, summary: RehearsalSummary) -> None:
        """Replace the row."""
        self.index[summary.id] = summary


class MemoryRecorder:
    """Keeps how much was recorded of each side."""

    def __init__(self, failure: str | None = None) -> None:
        self._failure = failure
        self.streamer_sec = 0.0
        self.viewers_sec = 0.0
        self.closed = False

    def streamer(self, pcm: Int16Array, at: float) -> None:
        """Count microphone sound."""
        self.streamer_sec += FRAME_SEC

    def viewers(self, pcm: Int16Array, at: float) -> None:
        """Count viewers' sound."""
        self.viewers_sec += FRAME_SEC

    def failure(self) -> str | None:
        """Return the scripted failure, once."""
        failure, self._failure = self._failure, None
        return failure

    async def aclose(self) -> None:
        """Note the close."""
        self.closed = True
