"""The words of the browser's own speech recognition, sent by the page; timing and voice stay our own.

The page (`web/ui`, `rtc/page-speech.ts`) sends each result as it grows. Results know nothing of our utterances: one
may span two of them or come a second late. So all results form one tape, and each utterance takes what is new on it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from audio.asr.word_tape import WordTape
from coach.ports import EAR_RATE_HZ, HeardWord, Hearing, Hypothesis, Int16Array, RecognitionHints

NAME = "browser"
SETTLED_SEC = 0.3
"""Words that have not changed for this long are final: browsers send a newer guess every 100 to 250 ms."""
FIRST_WORDS_SEC = 1.2
"""Longest wait for the first words of an utterance after it paused; its sound was no speech then."""
LAST_WORDS_SEC = 1.5
"""Longest wait for words to settle after the pause."""


class BrowserRecognizer:
    """One per rehearsal: the tape of its page. Implements `coach.ports.PageRecognizer`."""

    name = NAME

    def __init__(self) -> None:
        self._tape = WordTape()
        self._hearing: BrowserHearing | None = None

    async def prepare(self, hints: RecognitionHints) -> None:
        """Set the language; what the page can understand shows when it speaks."""
        self._tape.language = hints.language

    def hear_page(self, result: int, text: str, *, is_final: bool) -> None:
        """Take a result of the page, new or grown.

        Args:
            result: Counts the page's results from 0; later guesses of one result carry its number.
            text: All of the result's words.
            is_final: Whether the browser will not change it again.
        """
        if self._tape.put(result, text, is_final=is_final) and self._hearing is not None:
            self._hearing.words_came()

    def open(self, hints: RecognitionHints, on_partial: Callable[[Hypothesis], None]) -> Hearing:
        """Begin one utterance. What came since the last one counts to it."""
        self._tape.language = hints.language
        self._hearing = BrowserHearing(self._tape, on_partial)
        return self._hearing

    async def aclose(self) -> None:
        """Hold nothing. Idempotent."""
        self._hearing = None


class BrowserHearing:
    """One utterance. Implements `coach.ports.Hearing`."""

    def __init__(self, tape: WordTape, on_partial: Callable[[Hypothesis], None]) -> None:
        self._tape = tape
        self._on_partial = on_partial
        self._samples = 0
        self._seen_sec: list[float] = []
        """Seconds of sound fed when each word was first seen: it ended before."""
        self._changed = asyncio.Event()
        self._taken: int | None = None
        self._is_closed = False

    def feed(self, pcm: Int16Array) -> None:
        """Count time: the sound itself stays here."""
        self._samples += len(pcm)

    def words_came(self) -> None:
        """Show what is new on the tape."""
        if self._is_closed:
            return
        self._see()
        self._changed.set()
        hypothesis = self._hypothesis()
        if hypothesis.text:
            self._on_partial(hypothesis)

    async def final(self) -> Hypothesis:
        """Wait until the words have settled, and return them; no words if none come in time."""
        try:
            async with asyncio.timeout(LAST_WORDS_SEC):
                await self._settled()
        except TimeoutError:
            pass  # what is there is what was understood so far
        self._see()
        self._taken = self._tape.length
        return self._hypothesis()

    async def aclose(self) -> None:
        """Let the next utterance begin after the words that this one took. Idempotent."""
        if not self._is_closed and self._taken is not None:
            self._tape.take(self._taken)
        self._is_closed = True

    async def _settled(self) -> None:
        while not (self._tape.is_final and self._tape.fresh()):
            self._changed.clear()
            wait_sec = SETTLED_SEC if self._tape.fresh() else FIRST_WORDS_SEC
            try:
                async with asyncio.timeout(wait_sec):
                    await self._changed.wait()
            except TimeoutError:
                return

    def _see(self) -> None:
        now = self._samples / EAR_RATE_HZ
        count = len(self._tape.fresh())
        self._seen_sec = (self._seen_sec + [now] * count)[:count]

    def _hypothesis(self) -> Hypothesis:
        words = self._tape.fresh()
        timed = tuple(
            HeardWord(word, start, end) for word, (start, end) in zip(words, self._times(len(words)), strict=True)
        )
        return Hypothesis(self._tape.joint.join(words), timed, NAME)

    def _times(self, count: int) -> list[tuple[float, float]]:
        """Spread the words over the sound, none ending after it was first seen."""
        heard = self._samples / EAR_RATE_HZ
        ends = [min(heard * (index + 1) / count, seen) for index, seen in enumerate(self._seen_sec[:count])]
        for index in range(len(ends) - 2, -1, -1):
            ends[index] = min(ends[index], ends[index + 1])
        starts = [0.0, *ends][:count]
        return [(round(start, 3), round(end, 3)) for start, end in zip(starts, ends, strict=True)]
