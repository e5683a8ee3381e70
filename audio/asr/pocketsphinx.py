"""The recogniser that is always there: pocketsphinx with the en-US model of its wheel. English only, no download.

A scenario's and a general decoder read each utterance while it is spoken, and the more probable reading is taken
(`sphinx_decoders`), so that little is left to do at its end. The work is done in a process of its own
(`sphinx_process` says why), fed by one thread.
"""

from __future__ import annotations

import asyncio
import itertools
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import cast

from audio.asr.desk import Desk
from audio.asr.desk_hearing import DeskHearing, Early, Terms
from audio.asr.sphinx_process import NAME, Request, SphinxProcess
from coach.errors import EngineError
from coach.ports import EAR_RATE_HZ, Hearing, Hypothesis, Int16Array, RecognitionHints

PARTIAL_SAMPLES = EAR_RATE_HZ // 5
"""New audio that makes a further partial worth its while: 200 ms, about a syllable."""
PIECE_SAMPLES = EAR_RATE_HZ
"""Longest piece of partial work, 1 s of audio or some 0.1 s of work: the longest that a final waits for one."""
SPEAKERS_KEPT = 64
"""Speakers told apart; one more forgets the one longest silent."""
FINAL_LIMIT_SEC = 30.0
"""A final that takes longer means a hung decoder: twice the slowest one seen, for a minute of speech."""


def _never() -> int:
    """Return more new audio than an utterance can have."""
    return 1 << 60


class PocketsphinxRecognizer:
    """One engine for all rehearsals; utterances take turns. Implements `coach.ports.Recognizer`."""

    name = NAME

    def __init__(self) -> None:
        self._process = SphinxProcess()
        self._desk: Desk[Hypothesis | None] = Desk(NAME)
        self._numbers = itertools.count(1)
        self._over: deque[int] = deque()
        self._speakers: OrderedDict[int, tuple[RecognitionHints, int]] = OrderedDict()
        self._terms = Terms(
            NAME,
            pace=lambda: PARTIAL_SAMPLES,
            limit_sec=FINAL_LIMIT_SEC,
            piece=PIECE_SAMPLES,
            asks_again=True,
            hung=self.break_off,
        )

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
        over = partial(self._over.append, blank.utterance)  # the process is told with the next request
        terms = self._terms if hints.partials else replace(self._terms, pace=_never)
        return DeskHearing(self._desk, _SphinxReader(self._do, blank), on_partial, terms, over)

    async def aclose(self) -> None:
        """End the process. A decode in hand is broken off; a final that waits gets an EngineError. Idempotent."""
        self._process.kill()
        await self._desk.aclose(self._process.close)

    def ask(self, request: Request) -> asyncio.Future[Hypothesis | None]:
        """Queue a request that somebody waits for."""
        return self._desk.submit(partial(self._do, request))

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

    def _do(self, request: Request) -> Hypothesis | None:
        """Have a request answered, on the engine's thread."""
        return self._process.ask(self._with_news(request))

    def _with_news(self, request: Request) -> Request:
        over = [self._over.popleft() for _ in range(len(self._over))]  # appended to on the loop's thread meanwhile
        return replace(request, forget=tuple(over))


class _SphinxReader:
    """One utterance. Implements `audio.asr.desk_hearing.Reader`: the process is sent what it has not had yet.

    Args:
        do: Has a request answered.
        blank: The utterance's request for final words, without sound.
    """

    def __init__(self, do: Callable[[Request], Hypothesis | None], blank: Request) -> None:
        self._do = do
        self._blank = blank
        self._sent = 0
        """Samples that the process has."""

    def partial(self, pcm: Int16Array) -> Hypothesis | None:
        """Return what is understood so far; None if the process has all of it."""
        fresh = pcm[self._sent :]
        return self._send(replace(self._blank, kind="partial", pcm=fresh, offset=self._sent)) if len(fresh) else None

    def final(self, pcm: Int16Array, early: Early) -> Hypothesis:
        """Return the best reading. All of the sound goes along: a new process knows none of it."""
        return self._send(replace(self._blank, pcm=pcm)) or Hypothesis("", engine=NAME)

    def _send(self, request: Request) -> Hypothesis | None:
        pcm = cast("Int16Array", request.pcm)
        try:
            return self._do(request)
        finally:
            self._sent = max(self._sent, request.offset + len(pcm))


def _require_english(hints: RecognitionHints) -> None:
    if hints.language != "en":
        raise EngineError(
            NAME, "understands English only, not {language!r}. Type instead of speaking.", language=hints.language
        )
