"""Opens, runs, keeps and scores the rehearsals of one process."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Protocol, Self

from coach.clock import wall_time
from coach.errors import EngineError, InputError, RoomFull, StorageError
from coach.events import Record
from coach.language import language_for
from coach.live.engines import Engines
from coach.live.hints import hints_for
from coach.live.prep import prepare
from coach.live.rehearsal import LiveRehearsal
from coach.live.terms import Terms
from coach.live.tuning import LiveTuning
from coach.live.warm import Warmth
from coach.ports import Keeper, PageRecognizer, Recognizer, Recorder, RehearsalFiles, RehearsalSummary
from coach.scenario.load import LoadedScenario

logger = logging.getLogger(__name__)

_RETRY_WRITE_SEC = 2.0
"""How long records refused by the disk wait until the next try."""
WARM_SCENARIOS = 4
"""Scenarios for which recognisers are made ready at the start: as many as the embedded one keeps, 0.1 s each."""
_LAST_TRIES = 2
"""Tries for what is still unwritten once the log is closed."""


class ScoreValue(Protocol):
    """One named score."""

    @property
    def id(self) -> str:
        """`pacing`, `coverage` or `composure`."""
        ...

    @property
    def value(self) -> float | None:
        """0 to 100, or None where not measured."""
        ...


class Scored(Protocol):
    """A scorecard, as far as the host needs to know it."""

    @property
    def scores(self) -> Sequence[ScoreValue]:
        """The named scores."""
        ...

    def model_dump_json(self, *, indent: int | None = None) -> str:
        """Return the whole scorecard as JSON."""
        ...


Finish = Callable[[LoadedScenario, Sequence[Record], Path], Scored]
"""Scores a closed log; gets the rehearsal's folder for the recording. Runs in a thread."""


class RehearsalHost:
    """The process's rehearsals, to be entered with `async with`. Leaving it ends, keeps and scores all of them.

    Args:
        engines: Shared by all rehearsals.
        keeper: Folders and index.
        finish: Scores a rehearsal that ended.
        tuning: Times and thresholds of the loop.
        limit: Most rehearsals at a time; those inside are never degraded for one more.
        version: Product version, for the logs.
    """

    def __init__(
        self,
        engines: Engines,
        keeper: Keeper,
        finish: Finish,
        *,
        tuning: LiveTuning | None = None,
        limit: int = 4,
        version: str = "",
    ) -> None:
        self.engines = engines
        self.limit = limit
        self._keeper = keeper
        self._finish = finish
        self._tuning = tuning or LiveTuning()
        self._version = version
        self._rehearsals: dict[str, LiveRehearsal] = {}
        self._opening = 0
        self._disk = ThreadPoolExecutor(max_workers=2, thread_name_prefix="keeping")
        # Scoring may wait minutes for a model that grades; what others are saying must reach the disk meanwhile.
        self._scoring = ThreadPoolExecutor(max_workers=2, thread_name_prefix="scoring")
        self._warmth = Warmth(engines, self._disk)
        self._group = asyncio.TaskGroup()

    async def warm(self, scenarios: Sequence[LoadedScenario] = ()) -> None:
        """Make the engines ready while nobody waits for them; a rehearsal that comes earlier waits for its own."""
        known = [loaded.scenario for loaded in scenarios]
        hints = [hints_for(one, language_for(one.locale)) for one in known[:WARM_SCENARIOS]]
        await self._warmth.everything(hints, known)

    async def __aenter__(self) -> Self:
        await self._group.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for rehearsal in self.active():
            rehearsal.end("stopped")
        try:
            await self._group.__aexit__(None, None, None)
        finally:
            self._scoring.shutdown(wait=True)
            self._disk.shutdown(wait=True)
            await self.engines.aclose()

    def active(self) -> list[LiveRehearsal]:
        """Return the rehearsals that are running or being kept, oldest first."""
        return list(self._rehearsals.values())

    def get(self, rehearsal_id: str) -> LiveRehearsal | None:
        """Return a running rehearsal."""
        return self._rehearsals.get(rehearsal_id)

    async def create(
        self,
        scenario: LoadedScenario,
        *,
        difficulty: int | None = None,
        terms: Terms | None = None,
        input: Literal["voice", "typed"] = "voice",
        words: Literal["engine", "browser"] = "engine",
    ) -> LiveRehearsal:
        """Open a rehearsal with its folder and engines ready; it begins with its first connection or typed word.

        Args:
            scenario: What is rehearsed.
            difficulty: 1 to 5; default the scenario's. Short for `terms` that say no more.
            terms: How it is played this time.
            input: How the streamer takes part.
            words: Who understands the streamer: an engine here, or the browser's own recognition, whose maker then
                hears the voice. The streamer must have chosen that.

        Raises:
            InputError: If words of the browser are not taken here.
            RoomFull: If `limit` rehearsals are running.
            StorageError: If its folder cannot be made.
        """
        if len(self._rehearsals) + self._opening >= self.limit:
            raise RoomFull(self.limit)
        self._opening += 1
        terms = (terms or Terms(difficulty=difficulty)).within(self._tuning.longest_pause_sec)
        try:
            rehearsal, files, summary = await self._open(scenario, terms, typed=input == "typed", words=words)
        finally:
            self._opening -= 1
        self._rehearsals[rehearsal.id] = rehearsal
        self._group.create_task(self._live(rehearsal, files, summary), name=f"rehearsal {rehearsal.id}")
        return rehearsal

    async def _open(
        self, scenario: LoadedScenario, terms: Terms, *, typed: bool, words: Literal["engine", "browser"]
    ) -> tuple[LiveRehearsal, RehearsalFiles, RehearsalSummary]:
        now = wall_time()
        summary = RehearsalSummary(
            id=f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}",
            scenario_id=scenario.scenario.id,
            scenario_title=scenario.scenario.title,
            locale=scenario.scenario.locale,
            state="running",
            started_at=now.isoformat(timespec="seconds"),
            kind="moment" if terms.replay_of else scenario.scenario.kind,
        )
        page = self._page_recognizer() if words == "browser" and not typed else None
        await self._warmth.words(scenario.scenario)
        if not typed:
            await self._warmth.for_rehearsal(language_for(scenario.scenario.locale).code)
        recognizer, trouble = (page, None) if typed or page else await self._recognizer_for(scenario)
        files = await self._on_disk(self._keeper.open, summary, scenario.text)
        try:
            rehearsal = self._new(scenario, summary, files, now, recognizer, page, terms, typed=typed)
        except BaseException:
            files.close()
            raise
        if trouble is not None:
            rehearsal.remember_trouble("recognizer", str(trouble), "typed input stays", trouble.engine)
        return rehearsal, files, summary

    def _new(
        self,
        scenario: LoadedScenario,
        summary: RehearsalSummary,
        files: RehearsalFiles,
        now: datetime,
        recognizer: Recognizer | None,
        page: PageRecognizer | None,
        terms: Terms,
        *,
        typed: bool,
    ) -> LiveRehearsal:
        return LiveRehearsal(
            rehearsal_id=summary.id,
            scenario=scenario,
            engines=self.engines,
            recognizer=recognizer,
            page=page,
            recorder=None if typed else self._recorder_for(files),
            started_at=now,
            tuning=self._tuning,
            typed=typed,
            terms=terms,
            product_version=self._version,
        )

    def _page_recognizer(self) -> PageRecognizer:
        if self.engines.page_recognizer is None:
            raise InputError("Expected an engine for the words: this room does not take them from the browser.")
        return self.engines.page_recognizer()

    async def _recognizer_for(self, scenario: LoadedScenario) -> tuple[Recognizer | None, EngineError | None]:
        """Return a recogniser warmed for the scenario, or why there is none."""
        language = language_for(scenario.scenario.locale)
        recognizer = self.engines.recognizer(language.code)
        if recognizer is None:
            return None, None
        try:
            await recognizer.prepare(hints_for(scenario.scenario, language))
        except EngineError as error:
            return None, error
        return recognizer, None

    def _recorder_for(self, files: RehearsalFiles) -> Recorder | None:
        return self.engines.recorder(files.path) if self.engines.recorder is not None else None

    async def _live(self, rehearsal: LiveRehearsal, files: RehearsalFiles, summary: RehearsalSummary) -> None:
        """Run one rehearsal to its scorecard; its faults stay its own."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._keep(rehearsal, files), name=f"keep {rehearsal.id}")
                if rehearsal.terms.prep_sec > 0:
                    group.create_task(prepare(rehearsal, rehearsal.terms.prep_sec), name=f"prepare {rehearsal.id}")
                await self._run(rehearsal)
            await self._score(rehearsal, files, summary)
        except Exception:
            logger.exception("rehearsal could not be kept: id=%s", rehearsal.id)
        finally:
            self._rehearsals.pop(rehearsal.id, None)
            try:
                await self._on_disk(files.close)
            finally:
                rehearsal.mark_finished()

    async def _run(self, rehearsal: LiveRehearsal) -> None:
        try:
            await rehearsal.run()
        except Exception:
            logger.exception("rehearsal failed: id=%s", rehearsal.id)

    async def _keep(self, rehearsal: LiveRehearsal, files: RehearsalFiles) -> None:
        """Write records as they come, in batches, off the loop. What the disk refuses is tried again later."""
        written, retry_at = 0, 0.0
        async for _ in rehearsal.log.follow():
            if written == len(rehearsal.log.records) or rehearsal.clock.now() < retry_at:
                continue
            kept = await self._write(rehearsal, files, written, quiet=retry_at > 0)
            retry_at = retry_at if kept > written else rehearsal.clock.now() + _RETRY_WRITE_SEC
            written = kept
        for _ in range(_LAST_TRIES):
            if written < len(rehearsal.log.records):
                written = await self._write(rehearsal, files, written, quiet=True)

    async def _write(self, rehearsal: LiveRehearsal, files: RehearsalFiles, written: int, *, quiet: bool) -> int:
        """Append what is new; return how many records are now on disk."""
        batch = list(rehearsal.log.records[written:])
        try:
            await self._on_disk(files.append, batch)
        except StorageError as error:
            if not quiet:
                rehearsal.keeping_failed(str(error))
            return written
        return written + len(batch)

    async def _score(self, rehearsal: LiveRehearsal, files: RehearsalFiles, summary: RehearsalSummary) -> None:
        """Score the closed log, write the scorecard, and bring the index up to date. Each may fail by itself."""
        records = list(rehearsal.log.records)
        last = records[-1] if records else None
        summary = replace(
            summary,
            state="ended",
            duration_sec=round(rehearsal.room_sec_at(last.at if last is not None else 0.0), 1),
            end_reason=getattr(last.event, "reason", None) if last is not None else None,
        )
        try:
            scored = await asyncio.get_running_loop().run_in_executor(
                self._scoring, self._finish, rehearsal.loaded, records, files.path
            )
            await self._on_disk(files.save_scorecard, scored.model_dump_json(indent=2))
            summary = replace(summary, state="scored", scores={score.id: score.value for score in scored.scores})
        finally:
            await self._on_disk(self._keeper.update, summary)

    async def _on_disk(self, function: Callable[..., Any], *args: Any) -> Any:
        """Run blocking work of keeping in its own threads."""
        return await asyncio.get_running_loop().run_in_executor(self._disk, function, *args)
