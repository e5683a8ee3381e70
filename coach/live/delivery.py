"""Brings the lines viewers ask for to the streamer: danmaku at once, voices when the floor allows."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable

from coach.clock import Clock
from coach.events import Event, ModelUsed, UtteranceHeard
from coach.live.danmaku import posted
from coach.live.echo_words import died_with_viewer
from coach.live.endpoint import Turn, TurnChange
from coach.live.engines import Engines
from coach.live.floor import Floor
from coach.live.heard import HeardTurn
from coach.live.model_use import CountedChat
from coach.live.speaker import AnswerTiming, Speaker
from coach.live.tuning import LiveTuning
from coach.live.writer import SCRIPTED, LineWriter
from coach.ports import FRAME_SEC, FrameSource, Int16Array, Recorder, VadDecision
from coach.room.request import Dropped, LineRequest

logger = logging.getLogger(__name__)


class Delivery:
    """Owns the voice track, the floor and the lines waiting for it. One per rehearsal.

    Args:
        voiced: False in a typed rehearsal, where every line is danmaku.
        note: Takes each event to be logged.
        dropped: Told of each line that was never delivered.
        model_failed: Told (engine, one sentence) when a model's words could not be used.
    """

    def __init__(
        self,
        *,
        clock: Clock,
        engines: Engines,
        tuning: LiveTuning,
        recorder: Recorder | None,
        voiced: bool,
        note: Callable[[Event], None],
        dropped: Callable[[Dropped], None],
        model_failed: Callable[[str, str], None],
    ) -> None:
        self._clock = clock
        self._voiced = voiced
        self._note = note
        self._dropped = dropped
        self._floor = Floor(tuning.floor)
        self._chat = CountedChat(engines.chat, engines.token_prices) if engines.chat is not None else None
        self._writer = LineWriter(self._chat, tuning.reply, model_failed)
        self._speaker = Speaker(
            clock=clock,
            synthesizer=engines.synthesizer,
            writer=self._writer,
            times=tuning.barge,
            reply_times=tuning.reply,
            recorder=recorder,
            note=note,
            over=self._line_over,
        )
        self._pending: deque[tuple[LineRequest, AnswerTiming | None]] = deque()
        self._last_turn: HeardTurn | None = None
        self._silences = 0
        """How often the room fell silent; words that a model finishes after that are not posted any more."""
        self.through_air = False
        """Whether the viewers come from a loudspeaker that nothing on the far side takes out of the microphone."""

    @property
    def track(self) -> FrameSource:
        """What the mouth plays."""
        return self._speaker

    def request(self, request: LineRequest, group: asyncio.TaskGroup) -> None:
        """Take a line: post it, have it worded, or let it wait for the floor."""
        if request.channel == "voice" and self._voiced:
            self._pending.append((request, self._timing_for(request)))
        elif self._writer.instant:
            self._note(posted(request, request.text, SCRIPTED))
        else:
            group.create_task(self._post(request), name=f"danmaku {request.line_id}")

    def foresee(self, request: LineRequest, group: asyncio.TaskGroup) -> None:
        """Begin to compute a spoken line that may be asked for in a moment."""
        if self._voiced and not self._pending:
            self._speaker.foresee(request, group)

    def offer_floor(self, group: asyncio.TaskGroup) -> None:
        """Give the voice track to the first waiting line that may have it."""
        if not self._pending or self._speaker.busy:
            return
        now = self._clock.now()
        for item in list(self._pending):
            request, timing = item
            if now > request.expires_at:
                self._pending.remove(item)
                self.drop(request, "its moment was over")
            elif self._floor.may_speak(request.floor, now, answers=request.reply_to is not None):
                self._pending.remove(item)
                self._floor.viewer_began()
                talking = self._floor.streamer_talking
                self._speaker.begin(request, group, timing=timing, over_streamer=talking)
                return

    def stop(self) -> None:
        """Silence the viewer who speaks and forget the waiting ones: the rehearsal is over."""
        self._silences += 1
        self._speaker.drop_foreseen()
        self._speaker.stop("end")
        self._pending.clear()

    def model_used(self) -> ModelUsed | None:
        """Return what the language model took so far; None if it was not asked."""
        return self._chat.used() if self._chat is not None else None

    def drop(self, request: LineRequest, why: str) -> None:
        """Tell the audience that a line was never delivered."""
        self._dropped(Dropped(request.line_id, why, self._clock.now()))

    # --- what the streamer does -----------------------------------------------------------------------------

    def frame_heard(self, pcm: Int16Array, vad: VadDecision, start: float) -> None:
        """Watch one microphone frame for barge-in."""
        if vad.quick:
            self._floor.sound_heard(start + FRAME_SEC)
        self._speaker.hear(pcm, vad, start + FRAME_SEC)

    @property
    def saying(self) -> str:
        """The words of the line that is heard now, as far as they are known; empty while no viewer speaks."""
        return self._speaker.saying

    def is_own_echo(self, heard: UtteranceHeard) -> bool:
        """Return whether an utterance was the viewer who was silenced by it."""
        return self.through_air and died_with_viewer(heard.start, heard.end, self._speaker.silenced_at)

    def words_heard(self, *, backchannel: bool, final: bool) -> None:
        """Take what partial or final words say about talking over a viewer."""
        self._speaker.words(backchannel, final=final)

    def turn_changed(self, change: TurnChange) -> None:
        """Keep the floor; a viewer still taking breath lets the streamer go first."""
        match change.turn:
            case Turn.STARTED | Turn.RESUMED:
                self._floor.streamer_talks()
                self._speaker.drop_foreseen()
                self._speaker.yield_floor()
            case Turn.PAUSED:
                self._floor.streamer_pauses(change.last_voiced)
            case Turn.DISCARDED:
                self._speaker.drop_foreseen()
                self._floor.utterance_over(change.last_voiced)
            case Turn.ENDED:
                self._floor.utterance_over(change.last_voiced)

    def turn_heard(self, turn: HeardTurn) -> None:
        """Remember the utterance that lines may answer."""
        self._last_turn = turn

    def streamer_gone(self) -> None:
        """Note that nobody talks: paused or disconnected."""
        self._silences += 1
        self._speaker.drop_foreseen()
        self._speaker.stop("pause")
        self._floor.utterance_over()

    # --- inside ---------------------------------------------------------------------------------------------

    async def _post(self, request: LineRequest) -> None:
        """Post a line a model words; a fault in doing so costs the line, not the rehearsal."""
        silences = self._silences
        try:
            worded = await self._writer.whole(request)
        except Exception:
            logger.exception("danmaku failed")
            self.drop(request, "it could not be worded")
            return
        if silences != self._silences:
            self.drop(request, "the room fell silent before it was worded")
            return
        self._note(posted(request, worded.text, worded.writer))

    def _timing_for(self, request: LineRequest) -> AnswerTiming | None:
        turn = self._last_turn
        if turn is None or turn.utterance.source != "voice" or request.reply_to != turn.utterance.utterance_id:
            return None
        return AnswerTiming(
            utterance_end=turn.utterance.end,
            endpoint_ms=turn.endpoint_ms,
            recognize_ms=turn.recognize_ms,
            requested_at=self._clock.now(),
            dropped_finals=turn.dropped_finals,
        )

    def _line_over(self, request: LineRequest, delivered: bool) -> None:
        self._floor.viewer_stopped(self._clock.now())
        if not delivered:
            self.drop(request, "interrupted before its first word")
