"""Engines, and what reads words, made ready before somebody waits for them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor
from functools import partial

from coach.errors import EngineError
from coach.language import language_for
from coach.live.engines import Engines
from coach.ports import RecognitionHints
from coach.room.ready import make_ready
from coach.room.sheet import KEPT as SHEETS_KEPT
from coach.room.sheet import sheet_of
from coach.scenario.model import Scenario

logger = logging.getLogger(__name__)

LANGUAGES = ("en", "zh")


class Warmth:
    """Makes each engine ready once per process. Whoever comes while that goes on waits for it.

    What fails is tried again for the next one who asks. Its trouble is told where the engine is used: a voice that does
    not load fails at its first line, and the line goes to chat.

    Args:
        engines: Those of the process.
        threads: Where the voice detector and the lists of words load; that blocks and would stop every rehearsal.
    """

    def __init__(self, engines: Engines, threads: Executor) -> None:
        self._engines = engines
        self._threads = threads
        self._ready: set[str] = set()
        self._locks: dict[str, asyncio.Lock] = {}

    async def for_rehearsal(self, language: str) -> None:
        """Return once a connection can hear and a viewer can speak without loading anything."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._once("vad", self._detector), name="warm vad")
            tasks.create_task(self._once("echo", self._canceller), name="warm echo")
            tasks.create_task(self._once("turn model", self._turn_model), name="warm turn model")
            tasks.create_task(self._once(f"voice {language}", lambda: self._voice(language)), name="warm voice")

    async def words(self, scenario: Scenario) -> None:
        """Return once its viewers understand what is said without loading anything."""
        await self._lists(scenario)
        await self.sheet(scenario)

    async def _lists(self, scenario: Scenario) -> None:
        code = language_for(scenario.locale).code
        loop = asyncio.get_running_loop()
        await self._once(f"words {code}", partial(loop.run_in_executor, self._threads, make_ready, scenario))

    async def sheet(self, scenario: Scenario) -> None:
        """Return once a scenario's product is compiled to what is read: some 20 ms that no loop should stop for."""
        await asyncio.get_running_loop().run_in_executor(self._threads, sheet_of, scenario)

    async def everything(self, hints: Sequence[RecognitionHints] = (), scenarios: Sequence[Scenario] = ()) -> None:
        """Make ready what any rehearsal needs, one after the other, in the background of a start.

        Args:
            hints: Those of the scenarios at hand: recognisers build something for each.
            scenarios: Those at hand; what reads words is made ready with the first of each language.
        """
        first = {language_for(scenario.locale).code: scenario for scenario in reversed(scenarios)}
        for language in LANGUAGES:
            await self.for_rehearsal(language)
            if language in first:
                await self._lists(first[language])
        for number, wanted in enumerate(hints or [RecognitionHints(language) for language in LANGUAGES]):
            await self._once(f"ears {number}", partial(self._ears, wanted))
        for scenario in scenarios[:SHEETS_KEPT]:
            try:
                await self.sheet(scenario)
            except Exception:  # of that scenario's rehearsals, not of the room
                logger.exception("not ready: %s", scenario.id)

    async def _once(self, name: str, make_ready: Callable[[], Awaitable[None]]) -> None:
        async with self._locks.setdefault(name, asyncio.Lock()):
            if name in self._ready:
                return
            try:
                await make_ready()
            except EngineError as error:
                logger.info("not ready: %s (%s)", name, error)
            except Exception:
                logger.exception("not ready: %s", name)
            else:
                self._ready.add(name)

    async def _detector(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._threads, self._engines.vad)

    async def _canceller(self) -> None:
        """Load what cancels echo: making one does."""
        if self._engines.echo is not None:
            await asyncio.get_running_loop().run_in_executor(self._threads, self._engines.echo, None)

    async def _turn_model(self) -> None:
        if self._engines.turn_model is not None:
            await self._engines.turn_model.prepare()

    async def _voice(self, language: str) -> None:
        if self._engines.synthesizer is not None:
            await self._engines.synthesizer.prepare(language)

    async def _ears(self, hints: RecognitionHints) -> None:
        recognizer = self._engines.recognizer(hints.language)
        if recognizer is not None:
            await recognizer.prepare(hints)
