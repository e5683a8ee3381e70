"""Engines that follow a script."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass

import numpy as np

from coach.errors import EngineError
from coach.ports import (
    EAR_RATE_HZ,
    MOUTH_RATE_HZ,
    ChatMessage,
    ChatUsage,
    Hearing,
    Hypothesis,
    Int16Array,
    RecognitionHints,
    SpeechChunk,
    VoiceSpec,
    WordMark,
)
from coach.testing.script import ScriptError
from coach.testing.sound import LOUD


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
