"""Speaks one viewer line at a time and lets the streamer cut it off at any word."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from coach.clock import Clock
from coach.errors import EngineError
from coach.events import (
    CutBy,
    EngineFailed,
    Event,
    LineDucked,
    LineHeld,
    LineResumed,
    LineVoiced,
    LineVoicing,
    TurnTimed,
)
from coach.live.barge import Alarms, Barge, BargeIn
from coach.live.breath import breath_after
from coach.live.danmaku import posted
from coach.live.deadline import in_time
from coach.live.foresight import Waste, same_words
from coach.live.gate import Gate
from coach.live.playout import Heard, Playout
from coach.live.tuning import BargeTimes, ReplyTimes
from coach.live.writer import SCRIPTED, LineWriter
from coach.ports import FRAME_SEC, MOUTH_RATE_HZ, Int16Array, Recorder, Synthesizer, VadDecision, WordMark
from coach.room.request import LineRequest

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AnswerTiming:
    """When the utterance that a line answers ended, and what had been waited for before the line was asked for."""

    utterance_end: float
    """Rehearsal seconds."""
    endpoint_ms: float
    recognize_ms: float
    requested_at: float
    """When the audience asked for the line, rehearsal seconds."""
    dropped_finals: int = 0


@dataclass(slots=True)
class _Line:
    """The line on the track, or one that is foreseen: then its gate is shut."""

    request: LineRequest
    barge: BargeIn
    gate: Gate = field(default_factory=Gate)
    timing: AnswerTiming | None = None
    began_at: float = 0.0
    """When it got the track, rehearsal seconds."""
    task: asyncio.Task[None] | None = None
    foreseen: bool = False
    samples: int = 0
    """Sound synthesised, 48 kHz."""
    words_at: float | None = None
    sound_at: float | None = None
    writer: str = SCRIPTED
    text: str = ""
    start: float | None = None
    silent_at: float = 0.0
    """When its last sound so far was over, rehearsal seconds."""
    drained: asyncio.Event = field(default_factory=asyncio.Event)


class Speaker:
    """The viewers' voice. Also the `FrameSource` of the mouth.

    Invariant: every LineVoicing is followed by exactly one LineVoiced with the same line id.

    Args:
        note: Takes each event to be logged.
        over: Told (request, whether it was delivered) when the track is free again.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        synthesizer: Synthesizer | None,
        writer: LineWriter,
        times: BargeTimes,
        reply_times: ReplyTimes,
        recorder: Recorder | None,
        note: Callable[[Event], None],
        over: Callable[[LineRequest, bool], None],
    ) -> None:
        self._clock = clock
        self._synthesizer = synthesizer
        self._writer = writer
        self._times = times
        self._reply_times = reply_times
        self._recorder = recorder
        self._note = note
        self._over = over
        self._playout = Playout(times)
        self._line: _Line | None = None
        self._foreseen: _Line | None = None
        self._alarms = Alarms()
        self._waste = Waste()
        self.silenced_at: float | None = None
        """When a viewer was last held, rehearsal seconds."""

    @property
    def busy(self) -> bool:
        """Whether a line is being prepared or spoken."""
        return self._line is not None

    @property
    def sounding(self) -> bool:
        """Whether a viewer can be heard now."""
        return self._line is not None and self._line.start is not None

    @property
    def saying(self) -> str:
        """The words of the line that is heard now, as far as they are known; empty while no viewer speaks."""
        return self._whole_text(self._line) if self._line is not None and self.sounding else ""

    def next_frame(self) -> Int16Array:
        """Hand out the next 20 ms of the viewers' track."""
        sounding = self.sounding
        if self._line is not None:
            self._apply(self._line, self._line.barge.unheard(self._clock.now()))
        frame = self._playout.next_frame()
        if self._line is not None and not self._playout.silent:
            self._line.silent_at = self._clock.now() + FRAME_SEC
        if self._recorder is not None and (sounding or self.sounding):
            self._recorder.viewers(frame, self._clock.now())
        return frame

    def begin(
        self, request: LineRequest, group: asyncio.TaskGroup, *, timing: AnswerTiming | None, over_streamer: bool
    ) -> None:
        """Start the one reply task.

        Raises:
            RuntimeError: If a line is on the track.
        """
        if self._line is not None:
            raise RuntimeError(f"expected a free track for {request.line_id!r}, got {self._line.request.line_id!r}")
        line = self._take_foreseen(request) or _Line(request, BargeIn(self._times))
        line.request, line.timing, line.began_at = request, timing, self._clock.now()
        line.barge = BargeIn(self._times, streamer_was_talking=over_streamer, alarms=self._alarms)
        self._line = line
        if self._synthesizer is not None:
            self._playout.begin(request.line_id, lambda: self._started(line), line.drained.set)
        line.gate.open()
        if line.task is None:
            line.task = group.create_task(self._guarded(line), name=f"reply {request.line_id}")

    def foresee(self, request: LineRequest, group: asyncio.TaskGroup) -> None:
        """Word and synthesise the first clause of a line that may be asked for in a moment; nobody learns of it."""
        self.drop_foreseen()
        if self._line is not None or self._synthesizer is None:
            return
        line = _Line(request, BargeIn(self._times), foreseen=True)
        self._foreseen = line
        line.task = group.create_task(self._guarded(line), name=f"ahead {request.line_id}")

    def drop_foreseen(self) -> None:
        """Throw the line that was foreseen away: speech went on, or another line is said."""
        line, self._foreseen = self._foreseen, None
        if line is None:
            return
        if line.task is not None:
            line.task.cancel()
        self._waste.add(len(line.text), line.samples / MOUTH_RATE_HZ)

    def _take_foreseen(self, request: LineRequest) -> _Line | None:
        """Return the line foreseen if it is the one asked for; any other is dropped."""
        line = self._foreseen
        if line is None or not same_words(line.request, request, by_model=not self._writer.instant):
            self.drop_foreseen()
            return None
        self._foreseen = None
        return line

    def yield_floor(self) -> None:
        """Give up a line that is still being prepared: the streamer began to talk first."""
        line = self._line
        if line is not None and line.start is None and line.request.floor != "cuts_in":
            self.stop("streamer")

    def stop(self, by: CutBy) -> None:
        """Cut the line off now."""
        line = self._line
        if line is None:
            return
        if line.task is not None:
            line.task.cancel()
        self._end(line, self._playout.flush(), by)

    def hear(self, pcm: Int16Array, vad: VadDecision, at: float) -> None:
        """Watch the streamer while a viewer can be heard. `at` is the end of the frame, rehearsal seconds."""
        line = self._line
        if line is not None and line.start is not None:
            self._apply(line, line.barge.hear(vad, pcm, at))

    def words(self, backchannel: bool, *, final: bool) -> None:
        """Take what the streamer's words say about the intent to talk over the viewer."""
        line = self._line
        if line is not None and line.start is not None:
            self._apply(line, line.barge.words(backchannel, final=final))

    def _apply(self, line: _Line, decision: Barge | None) -> None:
        match decision:
            case Barge.DUCK:
                self._playout.duck()
                self._note(LineDucked(line_id=line.request.line_id, speech_start=round(line.barge.onset, 3)))
                self._note_reaction("duck", line)
            case Barge.HOLD:
                self._playout.hold()
                self.silenced_at = self._clock.now()
                heard = self._playout.heard().text
                onset = round(line.barge.onset, 3)
                self._note(LineHeld(line_id=line.request.line_id, speech_start=onset, heard_text=heard))
            case Barge.RESTORE:
                self._playout.restore()
                self._note(LineResumed(line_id=line.request.line_id))
            case Barge.STOP:
                self.stop("streamer")
                self._note_reaction("stop", line)
            case None:
                pass

    async def _guarded(self, line: _Line) -> None:
        """Deliver the line; a fault in doing so costs the line, not the rehearsal."""
        try:
            await self._deliver(line)
        except Exception:
            logger.exception("reply failed")
            if self._foreseen is line:
                self._foreseen = None
            if self._line is line:
                self._end(line, self._playout.flush(), "failure")

    async def _deliver(self, line: _Line) -> None:
        """Word the line, synthesise it clause by clause, and wait until it was played."""
        if self._synthesizer is None:
            await self._write_instead(line)
            return
        failed = await self._failing(line, self._synthesizer)
        await line.gate.opened()
        self._playout.finish(line.request.line_id)
        if line.sound_at is None:
            if self._line is line:
                self._playout.flush()
            await self._write_instead(line)
            return
        await line.drained.wait()
        whole = Heard(line.text.strip(), 0, complete=True)
        self._end(line, self._playout.heard_words() if failed else whole, "failure" if failed else "none")

    async def _failing(self, line: _Line, synthesizer: Synthesizer) -> bool:
        """Speak the line; return whether the synthesiser failed on the way."""
        try:
            await self._speak(line, synthesizer)
        except EngineError as error:
            fallback = "line goes to chat" if line.sound_at is None else "the line ends early"
            event = EngineFailed(port="synthesizer", engine=error.engine, error=error.message, fallback=fallback)
            line.gate.do(partial(self._note, event))
            return True
        return False

    async def _speak(self, line: _Line, synthesizer: Synthesizer) -> None:
        async with aclosing(self._writer.clauses(line.request, line.gate)) as clauses:
            async for clause in clauses:
                line.words_at = line.words_at or self._clock.now()
                line.writer = clause.writer
                if line.sound_at is not None:
                    await line.gate.opened()  # only the first clause is spoken ahead
                    self._playout.push(line.request.line_id, breath_after(line.text), ())
                await self._speak_clause(line, synthesizer, clause.text)

    async def _speak_clause(self, line: _Line, synthesizer: Synthesizer, text: str) -> None:
        offset, line_id = len(line.text), line.request.line_id
        line.text += text
        line.gate.do(partial(self._playout.add_text, line_id, text))
        done = 0
        async with aclosing(synthesizer.speak(text, line.request.voice)) as chunks:
            async for chunk in in_time(chunks, synthesizer.name, self._reply_times):
                marks = [WordMark(offset + mark.offset, mark.length, mark.sample - done) for mark in chunk.words]
                line.sound_at = line.sound_at or self._clock.now()
                line.gate.do(partial(self._playout.push, line_id, chunk.pcm, marks))
                done += len(chunk.pcm)
                line.samples += len(chunk.pcm)
        line.gate.do(partial(self._playout.end_text, line_id))

    async def _write_instead(self, line: _Line) -> None:
        """Post the line as danmaku: nobody can speak it."""
        text, writer = line.request.text, line.writer
        if writer != SCRIPTED or not line.text:
            # What had come of a model's line is its first clause; nobody wants to read half a sentence.
            worded = await self._writer.whole(line.request)
            text, writer = worded.text, worded.writer
        self._note(posted(line.request, text, writer))
        self._forget(line, delivered=True)

    def _started(self, line: _Line) -> None:
        """Log the line as its first frame is handed out, and what it took to get here."""
        request = line.request
        line.start = self._clock.now()
        self._note(
            LineVoicing(
                line_id=request.line_id,
                viewer_id=request.viewer_id,
                text=self._whole_text(line),
                intent=request.intent,
                start=round(line.start, 3),
                pressure=request.pressure,
                reply_to=request.reply_to,
                writer=line.writer,
                cuts_in=request.floor == "cuts_in",
            )
        )
        self._time_answer(line)

    def _time_answer(self, line: _Line) -> None:
        timing = line.timing
        if timing is None or line.start is None:
            return
        # What was foreseen was there before it was asked for, and cost no time.
        words_at = max(line.words_at or line.start, line.began_at)
        sound_at = max(line.sound_at or line.start, words_at)
        waste = self._waste.take()
        self._note(
            TurnTimed(
                kind="answer",
                line_id=line.request.line_id,
                total_ms=_ms(line.start - timing.utterance_end),
                endpoint_ms=round(timing.endpoint_ms, 1),
                recognize_ms=round(timing.recognize_ms, 1),
                floor_ms=_ms(line.began_at - timing.requested_at),
                write_ms=_ms(words_at - line.began_at),
                synthesize_ms=_ms(sound_at - words_at),
                playout_ms=_ms(line.start - sound_at),
                foreseen=line.foreseen,
                dropped_finals=timing.dropped_finals,
                dropped_answers=waste.answers,
                dropped_chars=waste.chars,
                dropped_sound_sec=waste.sound_sec,
            )
        )

    def _note_reaction(self, kind: Literal["duck", "stop"], line: _Line) -> None:
        reacted_at = line.silent_at if kind == "stop" and line.barge.held else self._clock.now()
        total_ms = _ms(reacted_at - line.barge.onset)
        self._note(TurnTimed(kind=kind, line_id=line.request.line_id, total_ms=total_ms))

    def _end(self, line: _Line, heard: Heard, by: CutBy) -> None:
        """Log what was heard of a line that sounded, and free the track."""
        if self._line is not line:
            return
        if line.start is not None:
            end = self._clock.now() if by == "none" else max(line.start, line.silent_at)
            cut_by: CutBy = "none" if heard.complete else by
            self._note(
                LineVoiced(
                    line_id=line.request.line_id,
                    viewer_id=line.request.viewer_id,
                    text=self._whole_text(line),
                    heard_text=heard.text,
                    cut_off=cut_by != "none",
                    start=round(line.start, 3),
                    end=round(end, 3),
                    cut_by=cut_by,
                )
            )
        self._forget(line, delivered=line.start is not None)

    def _whole_text(self, line: _Line) -> str:
        """Return what would have been said: for a scripted line all of it, for a model's what had come."""
        return line.request.text if line.writer == SCRIPTED else line.text.strip()

    def _forget(self, line: _Line, *, delivered: bool) -> None:
        if self._line is line:
            self._line = None
            self._over(line.request, delivered)


def _ms(seconds: float) -> float:
    return round(max(0.0, seconds) * 1000, 1)
