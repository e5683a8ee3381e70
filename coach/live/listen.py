"""From microphone frames to utterances: voice detection, end of utterance, recognition."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, field

import numpy as np

from coach.clock import Clock
from coach.errors import EngineError
from coach.events import UtteranceHeard, Word
from coach.language import Language
from coach.live.endpoint import Endpointer, Turn, TurnChange
from coach.live.finish import FinishEvidence
from coach.live.heard import HeardTurn, ListenerSink
from coach.live.sound_judge import SoundJudge
from coach.live.tuning import EndpointTimes
from coach.ports import (
    EAR_RATE_HZ,
    FRAME_SEC,
    EarFrame,
    Ears,
    EchoCanceller,
    Hearing,
    Hypothesis,
    Int16Array,
    RecognitionHints,
    Recognizer,
    TurnModel,
    Vad,
)

logger = logging.getLogger(__name__)

_GAP_SEC = 0.1
"""A jump in the ears' time line longer than this is a loss: the detectors start afresh."""
_STALLED_SEC = 1.0
"""Ears that give no frame for this long have lost their microphone or their network."""


@dataclass(slots=True)
class _Utterance:
    """The open utterance: its recognition and the final words computed ahead."""

    number: int
    hearing: Hearing | None
    base: float
    """Rehearsal time of the first sample fed."""
    answers: bool = False
    """Whether somebody was asking, or had just asked, as it began."""
    text: str = ""
    revision: int = 0
    ahead: asyncio.Task[Hypothesis | None] | None = None
    ahead_revision: int = -1
    trouble: EngineError | None = None  # why final words did not come; told only once they are wanted
    held: list[Int16Array] = field(default_factory=list)
    """Sound of the present pause: given to the recogniser only if speech resumes, as most pauses end utterances
    and engines start anew when sound follows a final."""


class Listener:
    """Hears one connection. Owns the open utterance; every recognition it opens it also closes.

    Args:
        recognizer: None where no engine knows the language: utterances then have times but no words.
        next_id: Gives utterance ids that stay unique over reconnections.
        final_limit_sec: Longest wait for final words after an utterance ended.
        echo: Takes the viewers out of what is detected and recognised; the sink still gets what came.
        turn_model: Judges each pause by the utterance's sound; None: words, pitch and level alone do.
        is_asked: Tells whether an utterance that began then (rehearsal seconds) may be an answer.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        vad: Vad,
        recognizer: Recognizer | None,
        hints: RecognitionHints,
        language: Language,
        times: EndpointTimes,
        sink: ListenerSink,
        next_id: Callable[[], int],
        final_limit_sec: float = 6.0,
        echo: EchoCanceller | None = None,
        turn_model: TurnModel | None = None,
        is_asked: Callable[[float], bool] = lambda onset: False,
    ) -> None:
        self._clock = clock
        self._vad = vad
        self._recognizer = recognizer
        self._hints = hints
        self._language = language
        self._sink = sink
        self._next_id = next_id
        self._final_limit_sec = final_limit_sec
        self._echo = echo
        self._is_asked = is_asked
        self._times = times
        self._endpointer = Endpointer(times)
        self._preroll: deque[Int16Array] = deque(maxlen=max(1, round(times.preroll_ms / 1000 / FRAME_SEC)))
        self._utterance: _Utterance | None = None
        self._evidence = FinishEvidence(language.code)
        name = turn_model.name if turn_model is not None else ""
        self._judge = SoundJudge(turn_model, lambda error: sink.turn_model_failed(name, error))
        self._finals: asyncio.Queue[tuple[_Utterance, TurnChange, float] | None] = asyncio.Queue(maxsize=32)
        self._position = 0
        self._anchor: float | None = None
        self._frame_at = clock.now()

    async def run(self, ears: Ears, *, deaf: Callable[[], bool], done: Callable[[], bool]) -> None:
        """Listen until the ears end or `done()`; what was being said then is still finished.

        While `deaf()` (the rehearsal is paused), frames are dropped unheard and unrecorded.
        """
        try:
            async with asyncio.TaskGroup() as group:
                finishing = group.create_task(self._finish_utterances(), name="finals")
                watching = group.create_task(self._watch_silence_of_ears(), name="stalled ears")
                await self._listen(ears, deaf, done, group)
                watching.cancel()
                await self._finals.put(None)
                await finishing
        finally:
            if self._utterance is not None:
                await self._discard(self._utterance)

    async def _listen(
        self, ears: Ears, deaf: Callable[[], bool], done: Callable[[], bool], group: asyncio.TaskGroup
    ) -> None:
        async with aclosing(ears.frames()) as frames:
            async for frame in frames:
                if done():
                    break
                self._frame_at = self._clock.now()
                if deaf():
                    await self._end_open()
                    self._anchor = None
                else:
                    await self._hear(frame, group)
        await self._end_open()

    async def _watch_silence_of_ears(self) -> None:
        """End what was being said when no more frames come: a pulled plug must not hold the floor for ever."""
        while True:
            await self._clock.sleep_until(max(self._frame_at + _STALLED_SEC, self._clock.now() + _STALLED_SEC / 4))
            if self._endpointer.open and self._clock.now() - self._frame_at >= _STALLED_SEC:
                await self._end_open()
                self._vad.reset()

    async def _hear(self, frame: EarFrame, group: asyncio.TaskGroup) -> None:
        start = self._time_of(frame)
        at = start + FRAME_SEC
        pcm = self._echo.clean(frame, start) if self._echo is not None else frame.pcm
        vad = self._vad.feed(pcm)
        if self._echo is not None:
            vad = self._echo.weigh(vad)
        self._sink.frame_heard(frame.pcm, pcm, start, vad)
        evidence, endpointer = self._evidence, self._endpointer
        evidence.hear(pcm, is_speech=vad.speech >= self._times.keep_threshold)
        is_silent = endpointer.open and at - endpointer.last_voiced > 1.5 * FRAME_SEC
        finished = evidence.finished(endpointer.last_voiced) if is_silent else None
        change = endpointer.hear(
            vad.speech, at, finished, loud=evidence.loudness.is_loud, is_judged=self._judge.is_asked
        )
        self._feed(pcm if self._echo is None else self._echo.spoken())
        if change is not None:
            await self._act(change, at, group)
        if is_silent and endpointer.wants_opinion(*evidence.bounds(endpointer.last_voiced), at):
            self._judge.ask(evidence.learned, group)

    def _time_of(self, frame: EarFrame) -> float:
        """Place a frame on the rehearsal clock.

        The least delayed frame so far is taken for one without delay, since no frame can come before it was spoken:
        a burst after a slow start would otherwise put everything later than it was.
        """
        jump = (frame.position - self._position) / EAR_RATE_HZ
        if self._anchor is not None and abs(jump) > _GAP_SEC:
            self._vad.reset()
            self._evidence.forget()
        self._position = frame.position + len(frame.pcm)
        latest = self._clock.now() - self._position / EAR_RATE_HZ
        self._anchor = latest if self._anchor is None else min(self._anchor, latest)
        return max(0.0, self._anchor + frame.position / EAR_RATE_HZ)

    def _feed(self, pcm: Int16Array) -> None:
        self._preroll.append(pcm)
        self._judge.hear(pcm)
        utterance = self._utterance
        if utterance is None or utterance.hearing is None:
            return
        utterance.held.append(pcm)
        if self._endpointer.speaking:
            utterance.hearing.feed(np.concatenate(utterance.held))
            utterance.held.clear()

    async def _act(self, change: TurnChange, at: float, group: asyncio.TaskGroup) -> None:
        self._judge.drop()
        match change.turn:
            case Turn.STARTED:
                self._open(at)
                self._sink.turn_changed(change)
            case Turn.PAUSED:
                self._sink.turn_changed(change)
                self._recognize_ahead(change, group)
            case Turn.RESUMED:
                self._evidence.resumed()
                self._drop_ahead()
                self._sink.turn_changed(change)
            case Turn.DISCARDED:
                self._sink.turn_changed(change)
                await self._drop_open()
            case Turn.ENDED:
                self._sink.turn_changed(change)
                await self._queue_final(change, at)

    def _open(self, at: float) -> None:
        """Begin an utterance with the sound from just before its onset."""
        number = self._next_id()
        held = list(self._preroll)
        base = at - len(held) * FRAME_SEC
        utterance = _Utterance(number, None, base, self._is_asked(at))
        self._utterance = utterance
        self._evidence.begin()
        self._judge.begin(held)
        if self._recognizer is None:
            return
        utterance.hearing = self._recognizer.open(self._hints, lambda partial: self._partial(utterance, partial))
        utterance.hearing.feed(np.concatenate(held))

    def _partial(self, utterance: _Utterance, partial: Hypothesis) -> None:
        if utterance is not self._utterance or not partial.text or partial.text == utterance.text:
            return
        utterance.text = partial.text
        until = utterance.base + partial.words[-1].end_sec if partial.words else 0.0
        self._evidence.words(self._language.finished(partial.text, answers=utterance.answers), until)
        self._sink.words_heard(partial.text, utterance.base)

    def _recognize_ahead(self, change: TurnChange, group: asyncio.TaskGroup) -> None:
        """Compute the final words inside the hangover, so that they are there when the utterance ends."""
        utterance = self._utterance
        if utterance is None:
            return
        utterance.ahead_revision = utterance.revision
        if utterance.hearing is None:
            self._sink.turn_foreseen(self._as_event(utterance, change, Hypothesis("")))
        else:
            ahead = self._ahead(utterance, utterance.hearing, change)
            utterance.ahead = group.create_task(ahead, name="recognize-ahead")

    def _drop_ahead(self) -> None:
        """Give up the final words of a pause that was none."""
        if self._utterance is None:
            return
        self._utterance.revision += 1
        if self._utterance.ahead is not None:
            self._utterance.ahead.cancel()

    async def _ahead(self, utterance: _Utterance, hearing: Hearing, change: TurnChange) -> Hypothesis | None:
        """Return the final words, None if the engine failed; tell what they make of the pause while it lasts."""
        try:
            hypothesis = await hearing.final()
        except EngineError as error:
            utterance.trouble = error
            return None
        utterance.trouble = None
        if utterance is self._utterance and utterance.ahead_revision == utterance.revision and hypothesis.text:
            finished = self._language.finished(hypothesis.text, answers=utterance.answers)
            self._evidence.words(finished, self._endpointer.last_voiced)
            self._sink.turn_foreseen(self._as_event(utterance, change, hypothesis))
        return hypothesis

    async def _queue_final(self, change: TurnChange, at: float) -> None:
        utterance, self._utterance = self._utterance, None
        if utterance is not None:
            await self._finals.put((utterance, change, at))

    async def _finish_utterances(self) -> None:
        """Deliver finished utterances one after the other."""
        while (item := await self._finals.get()) is not None:
            utterance, change, at = item
            try:
                await self._deliver(utterance, change, at)
            finally:
                await self._discard(utterance)

    async def _deliver(self, utterance: _Utterance, change: TurnChange, at: float) -> None:
        asked = self._clock.now()
        hypothesis = await self._final_words(utterance, change)
        if hypothesis is None and utterance.trouble is not None:
            self._sink.recognizer_failed(utterance.trouble.engine, utterance.trouble.message)
        if hypothesis is not None and not hypothesis.text:
            return  # the engine heard no words in it: a cough, a door
        heard = self._as_event(utterance, change, hypothesis or Hypothesis(""))
        waited_ms = (self._clock.now() - asked) * 1000
        self._sink.turn_heard(HeardTurn(heard, (at - change.last_voiced) * 1000, waited_ms, utterance.revision))

    async def _final_words(self, utterance: _Utterance, change: TurnChange) -> Hypothesis | None:
        """Return the final words; None where speech was heard but nobody could tell the words."""
        if utterance.hearing is None:
            return None
        try:
            async with asyncio.timeout(self._final_limit_sec):
                if utterance.ahead is not None and utterance.ahead_revision == utterance.revision:
                    return await utterance.ahead
                return await self._ahead(utterance, utterance.hearing, change)
        except TimeoutError:
            engine = self._recognizer.name if self._recognizer else ""
            utterance.trouble = EngineError(engine, "no words within {seconds:g} s.", seconds=self._final_limit_sec)
            return None

    def _as_event(self, utterance: _Utterance, change: TurnChange, hypothesis: Hypothesis) -> UtteranceHeard:
        words = tuple(
            Word(
                text=word.text,
                start=round(utterance.base + word.start_sec, 3),
                end=round(utterance.base + word.end_sec, 3),
                confidence=word.confidence,
            )
            for word in hypothesis.words
        )
        return UtteranceHeard(
            utterance_id=f"u{utterance.number}",
            text=hypothesis.text,
            start=round(change.start, 3),
            end=round(change.last_voiced, 3),
            words=words,
            voiced_sec=round(change.voiced_sec, 3),
            engine=hypothesis.engine,
        )

    async def _drop_open(self) -> None:
        self._endpointer.forget()
        utterance, self._utterance = self._utterance, None
        if utterance is not None:
            await self._discard(utterance)

    async def _end_open(self) -> None:
        """Finish what was being said when the ears ended."""
        self._judge.drop()
        change = self._endpointer.close()
        if change is None:
            return
        self._sink.turn_changed(change)
        if change.turn is Turn.ENDED:
            await self._queue_final(change, change.last_voiced)
        else:
            await self._drop_open()

    async def _discard(self, utterance: _Utterance) -> None:
        if utterance.ahead is not None and not utterance.ahead.done():
            utterance.ahead.cancel()
            await asyncio.wait({utterance.ahead})
        if utterance.hearing is not None:
            await utterance.hearing.aclose()
