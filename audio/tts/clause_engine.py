"""What local engines share: one thread, one phrase at a time, nothing of a cancelled one."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from audio.priority import give_way
from audio.tts.phrase import Phrase, phrases
from audio.tts.stop import Stop
from coach.errors import EngineError
from coach.ports import MOUTH_RATE_HZ, SpeechChunk, VoiceSpec

Result = TypeVar("Result")
_ENOUGH_SEC = 0.4
"""Sound that bridges the making of a usual clause, 3.5 s of speech at a tenth of real time, on a busy machine."""


class ClauseEngine(ABC):
    """A synthesizer on a thread of its own. Texts of several speakers take turns phrase by phrase and never mix."""

    name: str
    first_words: tuple[int, int] | None = None
    """Least and most words of the first phrase, for engines slow enough to need it."""

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=self.name, initializer=give_way)
        self._closed = False
        self._stops: set[Stop] = set()
        self._plays_until: WeakKeyDictionary[asyncio.Task[Any], float] = WeakKeyDictionary()

    async def speak(self, text: str, voice: VoiceSpec) -> AsyncGenerator[SpeechChunk, None]:
        """Yield one chunk per phrase, 48 kHz, in order. Text without anything to say yields nothing.

        Closing the iterator stops the engine. The pause between phrases belongs to the sound; after the last one there
        is a pause only if the text ends with a comma or the like.

        Raises:
            EngineError: If the engine failed or is closed.
        """
        stop = Stop()
        self._stops.add(stop)
        position = 0
        try:
            for phrase in phrases(text, first_words=None if self._has_sound_ahead() else self.first_words):
                chunk = await self._on_thread(self._render, phrase, voice, position, stop)
                if chunk is not None:
                    self._note_sound(len(chunk.pcm) / MOUTH_RATE_HZ)
                    yield chunk
                    position += len(chunk.pcm)
        finally:
            self._stops.discard(stop)
            stop.set()

    async def aclose(self) -> None:
        """Stop the engine thread and what it speaks; speaking after this fails. Idempotent."""
        self._closed = True
        for stop in self._stops:
            stop.set()
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _has_sound_ahead(self) -> bool:
        """Return whether the task that speaks has sound to play while a whole clause is made.

        A line is spoken clause by clause in one task; only its first clause is worth breaking up.
        """
        until = self._plays_until.get(_speaking_task(), 0.0)
        return until - asyncio.get_running_loop().time() > _ENOUGH_SEC

    def _note_sound(self, seconds: float) -> None:
        now, task = asyncio.get_running_loop().time(), _speaking_task()
        self._plays_until[task] = max(now, self._plays_until.get(task, now)) + seconds

    @abstractmethod
    def _render(self, phrase: Phrase, voice: VoiceSpec, position: int, stop: Stop) -> SpeechChunk | None:
        """Speak one phrase on the engine thread; None if it was stopped or has no sound."""

    async def _on_thread(self, work: Callable[..., Result], *args: object) -> Result:
        if self._closed:
            raise EngineError(self.name, "the synthesizer is closed.")
        try:
            return await asyncio.get_running_loop().run_in_executor(self._executor, work, *args)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if self._closed and task is not None and not task.cancelling():
                # The thread was closed before this phrase had its turn; nobody cancelled the speaker.
                raise EngineError(self.name, "the synthesizer is closed.") from None
            raise


def _speaking_task() -> asyncio.Task[Any]:
    task = asyncio.current_task()
    if task is None:
        raise RuntimeError("expected to be called from a task")
    return task
