"""The recogniser that is always there: pocketsphinx with the en-US model of its wheel. English only, no download.

A scenario's and a general decoder read each utterance while it is spoken, and the more probable reading is taken
(`sphinx_decoders`), so that little is left to do at its end. The work is done in a process of its own
(`sphinx_process` says why), fed by one thread.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import cast

import numpy as np

from audio.asr.desk import Desk
from audio.asr.sphinx_process import NAME, Request, SphinxProcess
from coach.errors import EngineError
from coach.ports import EAR_RATE_HZ, Hearing, Hypothesis, Int16Array, RecognitionHints

logger = logging.getLogger(__name__)

PARTIAL_SAMPLES = EAR_RATE_HZ // 5
"""New audio that makes a further partial worth its while: 200 ms, about a syllable."""
PIECE_SAMPLES = EAR_RATE_HZ
"""Longest piece of partial work, 1 s of audio or some 0.1 s of work: the longest that a final waits for one."""
UTTERANCE_SAMPLES = 60 * EAR_RATE_HZ
"""Longest utterance. What comes after is not decoded: nobody speaks a minute without the pause of an endpoint."""
SPEAKERS_KEPT = 64
"""Speakers told apart; one more forgets the one longest silent."""
FINAL_LIMIT_SEC = 30.0
"""A final that takes longer means a hung decoder: twice the slowest one seen, for a minute of speech."""


class PocketsphinxRecognizer:
    """One engine for all rehearsals; utterances take turns. Implements `coach.ports.Recognizer`."""

    name = NAME

    def __init__(self) -> None:
        self._process = SphinxProcess()
        self._desk: Desk[Hypothesis | None] = Desk(NAME)
        self._numbers = itertools.count(1)
        self._over: deque[int] = deque()
        self._speakers: OrderedDict[int, tuple[RecognitionHints, int]] = OrderedDict()

    async def prepare(self, hints: RecognitionHints) -> None:
        """Start the process, load the model, build and warm the scenario's decoders. About 1 s, then 0.1 s.

        Raises:
            EngineError: For a language other than English, or if pocketsphinx is missing or does not load.
        """
        _require_english(hints)
        await self.ask(Request("prepare", hints))

    def open(self, hints: RecognitionHints, on_partial: Callable[[Hypothesis], None]) -> Hearing:
        """Begin one utterance. `on_partial` is called on the event loop with each newer partial.

        Utterances opened with the very same `hints` object are taken for one speaker's: the second is read faster
        and from its first syllable on, by the sound of the first.

        Raises:
            EngineError: For a language other than English.
        """
        _require_english(hints)
        blank = Request("final", hints, utterance=next(self._numbers), speaker=self._speaker(hints))
        return PocketsphinxHearing(self, blank, on_partial)

    async def aclose(self) -> None:
        """End the process. A decode in hand is broken off; a final that waits gets an EngineError. Idempotent."""
        self._process.kill()
        await self._desk.aclose(self._process.close)

    def ask(self, request: Request) -> asyncio.Future[Hypothesis | None]:
        """Queue a request that somebody waits for."""
        return self.submit(lambda: self.do(request))

    def submit(self, work: Callable[[], Hypothesis | None]) -> asyncio.Future[Hypothesis | None]:
        """Queue work that somebody waits for, to be done on the engine's thread."""
        return self._desk.submit(work)

    def call(self, hearing: PocketsphinxHearing) -> None:
        """Note that a hearing has partial work."""
        self._desk.call(hearing)

    def do(self, request: Request) -> Hypothesis | None:
        """Have a request answered, on the engine's thread."""
        return self._process.ask(self._with_news(request))

    def forget(self, utterance: int) -> None:
        """Note that an utterance is over; the process is told with the next request."""
        self._over.append(utterance)

    def break_off(self) -> None:
        """End a process that hangs; the next request starts another."""
        self._process.kill()

    def _speaker(self, hints: RecognitionHints) -> int:
        known = self._speakers.pop(id(hints), None)
        number = known[1] if known else next(self._numbers)
        self._speakers[id(hints)] = (hints, number)  # holding the object keeps its id from being used again
        if len(self._speakers) > SPEAKERS_KEPT:
            self._speakers.popitem(last=False)
        return number

    def _with_news(self, request: Request) -> Request:
        over = [self._over.popleft() for _ in range(len(self._over))]  # appended to on the loop's thread meanwhile
        return replace(request, forget=tuple(over))


@dataclass(slots=True)
class _Asked:
    """A final that somebody waits for."""

    answer: asyncio.Future[Hypothesis | None]
    samples: int
    """Audio that it is of."""
    waiting: int = 0


class PocketsphinxHearing:
    """One utterance. Implements `coach.ports.Hearing`."""

    def __init__(
        self,
        recognizer: PocketsphinxRecognizer,
        blank: Request,
        on_partial: Callable[[Hypothesis], None],
    ) -> None:
        self._recognizer = recognizer
        self._blank = blank
        self._on_partial = on_partial
        self._heard: list[Int16Array] = []
        self._samples = 0
        self._sent = 0
        """Samples that the engine has; set on its thread."""
        self._final: _Asked | None = None
        self._shown = ""
        self._is_closed = False

    def feed(self, pcm: Int16Array) -> None:
        """Take more audio. Nothing is ever dropped for being late: partial work merges, and finals read it all.

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
        if self._has_work():
            self._recognizer.call(self)

    async def final(self) -> Hypothesis:
        """Return the best reading of all that was fed; the last one again if nothing came since.

        If the engine's process dies of it, the next one is asked once more. Several may wait at a time; what nobody
        waits for any more and has not begun is taken back.

        Raises:
            EngineError: If the engine failed or was closed, or this utterance was given up meanwhile.
        """
        if self._is_closed:
            raise RuntimeError("final() after aclose() of the utterance.")
        if not self._samples:
            return Hypothesis("", engine=NAME)
        asked = self._ask_final()
        try:
            return await self._answer(asked)
        except EngineError as error:
            if not error.retryable or not asked.answer.done() or asked.answer.cancelled() or self._is_closed:
                raise
            logger.warning("Asking once more: %s", error)
            return await self._answer(self._ask_final())

    async def aclose(self) -> None:
        """Give up the utterance; a decode in hand runs out unheard. Idempotent."""
        if self._is_closed:
            return
        self._is_closed = True
        self._recognizer.forget(self._blank.utterance)
        if self._final and not self._final.answer.done():
            self._final.answer.set_exception(EngineError(NAME, "the utterance was given up."))
        self._heard.clear()

    def next_work(self) -> Callable[[], Hypothesis | None] | None:
        """Return the next piece of partial work: all that is new, at most a second of it."""
        if not self._has_work():
            return None
        pcm = self._all()[self._sent : self._sent + PIECE_SAMPLES]
        return partial(self._send, replace(self._blank, kind="partial", pcm=pcm, offset=self._sent))

    def work_done(self, result: Hypothesis | None) -> None:
        """Show a partial if it says something new."""
        if self._is_closed:
            return
        if result and result.text and result.text != self._shown:
            self._shown = result.text
            self._on_partial(result)
        if self._has_work():
            self._recognizer.call(self)

    def _has_work(self) -> bool:
        return not self._is_closed and self._samples - self._sent >= PARTIAL_SAMPLES

    def _all(self) -> Int16Array:
        self._heard = [np.concatenate(self._heard)]
        return self._heard[0]

    def _ask_final(self) -> _Asked:
        old = self._final
        if old and old.samples == self._samples and not _has_failed(old.answer):
            return old
        request = replace(self._blank, pcm=self._all())
        self._final = _Asked(self._recognizer.submit(partial(self._send, request)), self._samples)
        return self._final

    async def _answer(self, asked: _Asked) -> Hypothesis:
        asked.waiting += 1
        try:
            async with asyncio.timeout(FINAL_LIMIT_SEC):
                return await asyncio.shield(asked.answer) or Hypothesis("", engine=NAME)
        except TimeoutError as error:
            self._recognizer.break_off()
            raise EngineError(NAME, f"no answer within {FINAL_LIMIT_SEC:.0f} s.", retryable=True) from error
        finally:
            asked.waiting -= 1
            if not asked.waiting and not asked.answer.done():
                asked.answer.cancel()

    def _send(self, request: Request) -> Hypothesis | None:
        """Have a request answered, on the engine's thread. Only now its audio counts as sent: it was not taken back."""
        pcm = cast("Int16Array", request.pcm)
        try:
            return self._recognizer.do(request)
        finally:
            self._sent = max(self._sent, request.offset + len(pcm))


def _has_failed(answer: asyncio.Future[Hypothesis | None]) -> bool:
    return answer.cancelled() or (answer.done() and answer.exception() is not None)


def _require_english(hints: RecognitionHints) -> None:
    if hints.language != "en":
        raise EngineError(NAME, f"understands English only, not {hints.language!r}. Type instead of speaking.")
