"""One rehearsal: the loop between the streamer and the audience, over ports only."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections import deque
from datetime import datetime

from coach.clock import LoopClock
from coach.errors import EngineError
from coach.event_log import EventLog
from coach.events import (
    EndReason,
    EngineFailed,
    Port,
    RehearsalEnded,
    UtteranceHeard,
)
from coach.language import Language, language_for
from coach.live.connection import Connection
from coach.live.cues import cues_for
from coach.live.echo_tap import EchoTap
from coach.live.engines import Engines
from coach.live.heard import HeardTurn
from coach.live.hints import hints_for
from coach.live.listen import Listener
from coach.live.microphone import MicrophoneNote
from coach.live.opening import opening
from coach.live.pauses import Pauses
from coach.live.scene import Scene
from coach.live.sound_check import SoundCheck
from coach.live.streamer import Streamer
from coach.live.terms import Terms
from coach.live.tuning import LiveTuning
from coach.ports import Ears, Mouth, PageRecognizer, Recognizer, Recorder
from coach.room.audience import Audience
from coach.scenario.load import LoadedScenario

logger = logging.getLogger(__name__)

_MAX_SAY_CHARS = 2000
"""Longest typed message taken; longer ones are cut."""
_IDS_KEPT = 256
"""How many ids of typed messages are remembered; few others come before one that is sent again."""
_LAST_WORDS_SEC = 6.0
"""How long an end waits for the final words of what was being said; they may complete a selling point."""
_GOODBYE_SEC = 2.0
"""How long a lost connection waits for them; the streamer may be coming back by another."""


class LiveRehearsal:
    """A running rehearsal. `run` is its life; every other method may be called in any state and from the loop only.

    Invariants: the log begins with RehearsalStarted and ends with RehearsalEnded; at most one line has the voice
    track; every action of the audience follows from the log and the ticks, so a log can be replayed.
    """

    def __init__(
        self,
        *,
        rehearsal_id: str,
        scenario: LoadedScenario,
        engines: Engines,
        recognizer: Recognizer | None,
        page: PageRecognizer | None = None,
        recorder: Recorder | None,
        started_at: datetime,
        tuning: LiveTuning,
        typed: bool,
        terms: Terms,
        product_version: str,
    ) -> None:
        self.id = rehearsal_id
        self.loaded = scenario
        self.scenario = scenario.scenario
        self.clock = LoopClock()
        self.log = EventLog(self.clock)
        self.typed = typed
        self.difficulty = terms.difficulty if terms.difficulty is not None else self.scenario.difficulty
        self.terms = terms
        self._engines = engines
        self._recognizer = recognizer
        self._page = page
        self._recorder = recorder
        self._started_at = started_at
        self._tuning = tuning
        self._version = product_version
        self._language: Language = language_for(self.scenario.locale)
        self._pauses = Pauses()
        self._connection = Connection(tuning.grace_sec)
        self._ending = asyncio.Event()
        self._reason: EndReason = "streamer"
        self._finished = asyncio.Event()
        self._numbers = itertools.count(1)
        self._said_ids: deque[str] = deque(maxlen=_IDS_KEPT)
        self._early_trouble: list[EngineFailed] = []
        self._scene = Scene(
            clock=self.clock,
            log=self.log,
            audience=terms.audience or Audience(self.scenario, seed=self.scenario.seed, difficulty=self.difficulty),
            engines=engines,
            tuning=tuning,
            recorder=recorder,
            voiced=not typed,
            is_running=self._running,
            can_speak=lambda: self._connection.up and not self._pauses.paused,
            cues=cues_for(self.scenario, exam=terms.exam, typed=typed),
        )
        self.microphone = MicrophoneNote(self._scene.note)
        self._delivery = self._scene.delivery
        self._sound = SoundCheck(recorder, self._scene.engine_failed)
        self._streamer = Streamer(self._scene, self._language, recorder, said_safe_word=self.stop)

    # --- what the outside may do ----------------------------------------------------------------------------

    @property
    def connected(self) -> bool:
        """Whether a streamer is connected by voice."""
        return self._connection.up

    @property
    def ended(self) -> bool:
        """Whether the end has been asked for or reached."""
        return self._ending.is_set()

    def room_sec(self) -> float:
        """Return rehearsal seconds without pauses."""
        return self.room_sec_at(self.clock.now())

    def room_sec_at(self, at: float) -> float:
        """Return how much of the time up to `at` (rehearsal seconds) counted."""
        return self._pauses.room_time(at)

    def say(self, text: str, line_id: str | None = None) -> None:
        """Take a typed message of the streamer, as if it had been spoken; one whose id came before is dropped."""
        text = " ".join(text.split())[:_MAX_SAY_CHARS]
        if text and self._running() and line_id not in self._said_ids:
            if line_id is not None:
                self._said_ids.append(line_id)
            now = round(self.clock.now(), 3)
            self._streamer.take(HeardTurn(self._typed(text, now), 0.0, 0.0))

    def hear_page(self, result: int, text: str, *, is_final: bool) -> bool:
        """Take words of the browser's own recognition; return whether this rehearsal takes any (`PageRecognizer`)."""
        if self._page is None:
            return False
        self._page.hear_page(result, text[:_MAX_SAY_CHARS], is_final=is_final)
        return True

    def pause(self) -> None:
        """Let the viewers wait."""
        if self._running():
            self._pause("streamer")

    def resume(self) -> None:
        """Go on after `pause`."""
        if self._running():
            self._resume("streamer")

    def end(self, reason: EndReason = "streamer") -> None:
        """End the rehearsal; the first reason given stands."""
        if not self._ending.is_set():
            self._reason = reason
            self._ending.set()

    def stop(self) -> None:
        """End all pressure at once: viewers fall silent in the middle of a word, and the rehearsal is over."""
        self.end("safe_word")
        self._silence()

    async def finished(self) -> None:
        """Return once the log is closed and everything of the rehearsal is kept."""
        await self._finished.wait()

    def mark_finished(self) -> None:
        """Say that log, recording and scorecard are kept; called by the host."""
        self._finished.set()

    async def converse(self, ears: Ears, mouth: Mouth, *, cancels_echo: bool | None = None) -> None:
        """Run one voice connection until it or the rehearsal ends; cancelling it is a disconnect.

        Args:
            ears: The streamer.
            mouth: Where the viewers are heard.
            cancels_echo: Whether the far side takes the viewers out of its microphone; None if it does not say.

        Raises:
            RuntimeError: If another connection is up.
        """
        if self.ended:
            return
        self._connection.connect()
        try:
            self._begin()
            self._resume("disconnected")
            await self._talk(ears, mouth, cancels_echo)
        finally:
            self._connection.disconnect()
            if self._running():
                self._pause("disconnected")

    # --- its life -------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Live from the first connection to RehearsalEnded; the log is closed when this returns, whatever happens."""
        reason: EndReason = "failed"
        try:
            async with asyncio.TaskGroup() as group:
                self._scene.group = group
                ticking = group.create_task(self._tick(), name="tick")
                watching = group.create_task(self._watch_connection(), name="connection")
                if self.typed:
                    self._begin()
                await self._ending.wait()
                await self._connection.wait_down(timeout_sec=_LAST_WORDS_SEC + 1.0)
                ticking.cancel()
                watching.cancel()
                self._delivery.stop()
            reason = self._reason
        except asyncio.CancelledError:
            reason = "stopped"
            raise
        finally:
            self._scene.group = None
            self._ending.set()
            self._silence()
            await self._close(reason)

    def _silence(self) -> None:
        """Stop a viewer who still speaks, so that every LineVoicing has its LineVoiced, also after a fault."""
        try:
            self._delivery.stop()
        except Exception:
            logger.exception("the last line could not be closed in order")

    def _begin(self) -> None:
        """Start the rehearsal clock and the log, once."""
        if self.log.records or self.log.closed:
            return
        self.clock.restart()
        engines = self._engines.names_with(self._recognizer, self._language.code)
        self._scene.note(
            opening(self.id, self.loaded, self.terms, self._started_at, engines, self._version, typed=self.typed)
        )
        for trouble in self._early_trouble:
            self._scene.note(trouble)
        self.microphone.begin()

    async def _close(self, reason: EndReason) -> None:
        """Write the last record; a log that never began gets its first one too, so that it is whole."""
        try:
            self._begin()
            if not self.log.closed:
                for last in (self._delivery.model_used(), RehearsalEnded(reason=reason)):
                    if last is not None:
                        self.log.append(last)
        finally:
            self.log.close()
            if self._recorder is not None:
                await self._recorder.aclose()

    def _typed(self, text: str, at: float) -> UtteranceHeard:
        return UtteranceHeard(utterance_id=f"u{next(self._numbers)}", text=text, start=at, end=at, source="typed")

    def _running(self) -> bool:
        return bool(self.log.records) and not self._ending.is_set()

    async def _tick(self) -> None:
        """Let time pass for the viewers, on absolute deadlines."""
        step = self._tuning.tick_ms / 1000
        while True:
            await self.clock.sleep_until((int(self.clock.now() / step + 0.001) + 1) * step)
            if not self._running():
                continue
            self._sound.check()
            now = self.clock.now()
            if self._pauses.paused_sec(now) >= self._tuning.longest_pause_sec:
                self.end("disconnected")
                return
            if self._pauses.paused:
                continue
            if self._pauses.room_time(now) >= self.scenario.duration_sec:
                self.end("time")
                return
            self._scene.tick(round(now, 3))

    async def _watch_connection(self) -> None:
        """End a rehearsal whose streamer did not come (back) in time."""
        if not self.typed:
            await self._connection.lost_for_good()
            self.end("disconnected")

    async def _talk(self, ears: Ears, mouth: Mouth, cancels_echo: bool | None) -> None:
        """Listen and play until either side is gone or the rehearsal ends."""
        self._delivery.through_air = cancels_echo is False
        echo = self._sound.echo = self._engines.echo(cancels_echo) if self._engines.echo is not None else None
        listener = Listener(
            clock=self.clock,
            vad=self._engines.vad(),
            recognizer=self._recognizer,
            hints=hints_for(self.scenario, self._language),
            language=self._language,
            times=self._tuning.endpoint,
            sink=self._streamer,
            next_id=self._numbers.__next__,
            final_limit_sec=self._tuning.reply.final_words_ms / 1000,
            echo=echo,
            turn_model=self._engines.turn_model,
            is_asked=self._scene.asked.is_open,
        )
        try:
            async with asyncio.TaskGroup() as group:
                playing = group.create_task(mouth.play(EchoTap(self._delivery.track, echo, self.clock)), name="mouth")
                listening = listener.run(
                    ears, deaf=lambda: self._pauses.paused, done=lambda: self._ending.is_set() or playing.done()
                )
                hearing = group.create_task(listening, name="ears")
                over = group.create_task(self._ending.wait(), name="end")
                await asyncio.wait({playing, hearing, over}, return_when=asyncio.FIRST_COMPLETED)
                await asyncio.wait({hearing}, timeout=_LAST_WORDS_SEC if self._ending.is_set() else _GOODBYE_SEC)
                for task in (playing, hearing, over):
                    task.cancel()
        except* EngineError as errors:
            for error in errors.exceptions:
                self._scene.engine_failed("ears", str(error), "the connection is opened again")

    # --- pausing --------------------------------------------------------------------------------------------

    def _pause(self, reason: str) -> None:
        event = self._pauses.begin(reason, self.clock.now())
        if event is not None:
            self._delivery.streamer_gone()
            self._scene.note(event)

    def _resume(self, reason: str) -> None:
        event = self._pauses.end(reason, self.clock.now())
        if event is not None:
            self._scene.note(event)

    # --- trouble --------------------------------------------------------------------------------------------

    def remember_trouble(self, port: Port, error: str, fallback: str, engine: str) -> None:
        """Keep a failure from before the start, to be logged right after RehearsalStarted."""
        self._early_trouble.append(EngineFailed(port=port, engine=engine, error=error, fallback=fallback))

    def keeping_failed(self, error: str) -> None:
        """Log that the disk refused a write; the rehearsal goes on in memory."""
        if not self.log.closed:
            self._scene.engine_failed("recorder", error, "the rehearsal goes on; what could not be written may be lost")
