"""One utterance at an engine that works on threads of its own: sound in at once, readings out in the desk's order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np

from audio.asr.desk import Desk
from coach.errors import EngineError
from coach.ports import EAR_RATE_HZ, Hypothesis, Int16Array

logger = logging.getLogger(__name__)

UTTERANCE_SAMPLES = 60 * EAR_RATE_HZ
"""Longest utterance. What comes after is not read: nobody speaks a minute without the pause of an endpoint."""


Early = Callable[[Hypothesis], None]
"""Told a final's words before their times are known, on the engine's thread; the last one ends where the sound does."""


class Reader(Protocol):
    """Reads one utterance, on the engine's threads. Each call is given the sound from its first sample on."""

    def partial(self, pcm: Int16Array) -> Hypothesis | None:
        """Return what is understood so far, None where there is nothing new."""
        ...

    def final(self, pcm: Int16Array, early: Early) -> Hypothesis:
        """Return the best reading; tell its words early where times take long.

        Raises:
            EngineError: If the engine failed.
        """
        ...


@dataclass(frozen=True, slots=True)
class Terms:
    """How an engine is used."""

    engine: str
    pace: Callable[[], int]
    """Returns how many new samples make a further partial worth its while."""
    limit_sec: float
    """A final that takes longer means an engine that hangs."""
    piece: int = UTTERANCE_SAMPLES
    """Most new samples in a partial: what a final may have to wait for."""
    asks_again: bool = False
    """Whether a final is asked a second time after a failure that may pass."""
    hung: Callable[[], None] = lambda: None
    """Told when a final took longer than the limit."""


@dataclass(slots=True)
class _Asked:
    """A final that somebody waits for."""

    answer: asyncio.Future[Hypothesis | None]
    samples: int
    """Sound that it is of."""
    waiting: int = 0


class DeskHearing:
    """One utterance. Implements `coach.ports.Hearing` and `audio.asr.desk.Listener`.

    Args:
        desk: Where the engine's work is queued.
        reader: Reads this utterance.
        on_partial: Told each newer partial, on the event loop.
        terms: How the engine is used.
        over: Told once when the utterance is given up.
    """

    def __init__(
        self,
        desk: Desk[Hypothesis | None],
        reader: Reader,
        on_partial: Callable[[Hypothesis], None],
        terms: Terms,
        over: Callable[[], None] = lambda: None,
    ) -> None:
        self._desk = desk
        self._reader = reader
        self._on_partial = on_partial
        self._terms = terms
        self._over = over
        self._heard: list[Int16Array] = []
        self._samples = 0
        self._read = 0
        """Samples that the last partial was made of."""
        self._is_reading = False
        self._final: _Asked | None = None
        self._shown = ""
        self._is_closed = False

    def feed(self, pcm: Int16Array) -> None:
        """Take more audio. Nothing is dropped for being late: partials merge, and finals read it all.

        Raises:
            ValueError: If `pcm` is not a row of int16.
        """
        if pcm.ndim != 1 or pcm.dtype != np.int16:
            raise ValueError(f"Expected a row of int16, got {pcm.dtype} of shape {pcm.shape}.")
        if self._is_closed:
            return
        pcm = pcm[: UTTERANCE_SAMPLES - self._samples].copy()
        self._heard.append(pcm)
        self._samples += len(pcm)
        self._ask_partial()

    async def final(self) -> Hypothesis:
        """Return the best reading of all that was fed; the last one again if nothing came since.

        Several may wait at a time; what nobody waits for any more and has not begun is taken back.

        Raises:
            EngineError: If the engine failed or was closed, or this utterance was given up meanwhile.
        """
        if self._is_closed:
            raise RuntimeError("final() after aclose() of the utterance.")
        if not self._samples:
            return Hypothesis("", engine=self._terms.engine)
        asked = self._ask_final()
        try:
            return await self._answer(asked)
        except EngineError as error:
            if not self._may_pass(error, asked):
                raise
            logger.warning("Asking once more: %s", error)
            return await self._answer(self._ask_final())

    async def aclose(self) -> None:
        """Give up the utterance; a reading in hand runs out unheard. Idempotent."""
        if self._is_closed:
            return
        self._is_closed = True
        if self._final and not self._final.answer.done():
            self._final.answer.set_exception(EngineError(self._terms.engine, "the utterance was given up."))
        self._heard.clear()
        self._over()

    def next_work(self) -> Callable[[], Hypothesis | None] | None:
        """Return the next partial: of what is there when its turn comes, at most a piece more than the last."""
        if not self._has_news():
            return None
        self._read, self._is_reading = min(self._samples, self._read + self._terms.piece), True
        return partial(self._reader.partial, self._all()[: self._read])

    def work_done(self, result: Hypothesis | None) -> None:
        """Show a partial if it says something new."""
        self._is_reading = False
        if self._is_closed:
            return
        if result:
            self._show(result)
        self._ask_partial()

    def _ask_partial(self) -> None:
        if self._has_news():
            self._desk.call(self)

    def _has_news(self) -> bool:
        if self._is_closed or self._is_reading:
            return False
        return self._samples - self._read >= self._terms.pace()

    def _all(self) -> Int16Array:
        self._heard = [np.concatenate(self._heard)]
        return self._heard[0]

    def _ask_final(self) -> _Asked:
        old = self._final
        if old and old.samples == self._samples and not _has_failed(old.answer):
            return old
        loop, samples = asyncio.get_running_loop(), self._samples

        def early(words: Hypothesis) -> None:
            loop.call_soon_threadsafe(self._show_early, words, samples)

        answer = self._desk.submit(partial(self._reader.final, self._all(), early))
        self._final = _Asked(answer, samples)
        return self._final

    def _show_early(self, words: Hypothesis, samples: int) -> None:
        """Show the words of a final that is still wanted."""
        if not self._is_closed and samples == self._samples:
            self._show(words)

    def _show(self, heard: Hypothesis) -> None:
        """Show words that are news."""
        if heard.text and heard.text != self._shown:
            self._shown = heard.text
            self._on_partial(heard)

    async def _answer(self, asked: _Asked) -> Hypothesis:
        asked.waiting += 1
        try:
            async with asyncio.timeout(self._terms.limit_sec):
                return await asyncio.shield(asked.answer) or Hypothesis("", engine=self._terms.engine)
        except TimeoutError as error:
            self._final = None
            self._terms.hung()
            raise EngineError(
                self._terms.engine, "no answer within {seconds:g} s", retryable=True, seconds=self._terms.limit_sec
            ) from error
        finally:
            asked.waiting -= 1
            if not asked.waiting and not asked.answer.done():
                asked.answer.cancel()

    def _may_pass(self, error: EngineError, asked: _Asked) -> bool:
        """Return whether asking again is worth it: not where the engine hung, or nobody wants to know any more."""
        was_answered = asked.answer.done() and not asked.answer.cancelled()
        return self._terms.asks_again and error.retryable and was_answered and not self._is_closed


def _has_failed(answer: asyncio.Future[Hypothesis | None]) -> bool:
    return answer.cancelled() or (answer.done() and answer.exception() is not None)
