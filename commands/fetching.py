"""A recogniser for a language that nothing here hears, fetched while the practice room is open already."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable, Iterable
from typing import Literal

from audio.engine_choice import AUTO, NONE, Choice, hears
from audio.engine_report import EngineReport as FoundEngine
from audio.engine_report import report
from audio.engines import hear_more
from audio.model_catalogue import CatalogueModel, catalogue
from audio.parts import is_installed
from coach.live.engines import Engines
from coach.ports import RecognitionHints
from coach.score.scorecard import Text
from commands.compose import ROOT
from commands.engine_rows import row_of
from commands.texts import Say
from web.composition import EngineReport

logger = logging.getLogger(__name__)

_PACKAGE = "faster_whisper"


class HearingFetch:
    """Fetches one model in a process of its own, then lets the engines hear with it.

    Implements `web.composition.Arrival`.

    Args:
        model: What to fetch.
        language: What is heard with it.
        choice: What the installation asked for.
        engines: Given the recogniser once it is there.
        tell: Gets a line for the terminal now and then.
        say: In the terminal's language.
        command: What fetches a model by its id; `models pull` by default.
    """

    def __init__(
        self,
        model: CatalogueModel,
        language: str,
        choice: Choice,
        engines: Engines,
        *,
        tell: Callable[[str], None],
        say: Say,
        command: Iterable[str] = (sys.executable, str(ROOT / "run_coach.py"), "models", "pull"),
    ) -> None:
        self.state: Literal["fetching", "here", "failed"] = "fetching"
        self._model = model
        self._language = language
        self._choice = choice
        self._engines = engines
        self._tell = tell
        self._say = say
        self._command = (*command, model.id)

    async def run(self) -> None:
        """Fetch; then `state` is `here` or `failed`. A failure is told and never raised."""
        size = f"{self._model.size / 1e6:.0f}"
        self._tell(self._say("serve.fetching", name=self._model.id, size=size))
        try:
            reason = await self._pull()
            if reason is None:
                await asyncio.to_thread(hear_more, self._engines, self._choice)
                await self._prepare()
        except Exception as error:
            # It shares a task group with the rehearsals: no fault of it may end those.
            logger.exception("fetching %s failed", self._model.id)
            reason = f"{type(error).__name__}: {error}"
        self.state = "here" if reason is None else "failed"
        key = "serve.fetched" if reason is None else "serve.not_fetched"
        self._tell(self._say(key, name=self._model.id, reason=reason))

    def reports(self) -> tuple[EngineReport, ...]:
        """Return what runs here now, with how far it is."""
        found = report(self._choice, chat=self._engines.chat)
        return tuple(self._underway(row) if self._is_ours(row) else row_of(row) for row in found)

    def _is_ours(self, row: FoundEngine) -> bool:
        return self.state == "fetching" and row.port == "recognizer" and (row.name == NONE or not self._hears())

    def _hears(self) -> bool:
        return self._engines.recognizer(self._language) is not None

    def _underway(self, row: FoundEngine) -> EngineReport:
        models = self._choice.models
        done = models.begun_bytes(self._model) if models is not None else 0
        share = f"{min(99, 100 * done // self._model.size)}%"
        size = f"{self._model.size / 1e6:.0f} MB"
        note = Text(
            zh=f"正在下载中文语音识别（{size}，已到 {share}），只需一次；下载完之前可以打字",
            en=f"Chinese speech recognition is being fetched ({size}, {share} so far); once. Until then you can type",
        )
        return EngineReport(row.port, NONE, ready=False, note=note, arriving=True)

    async def _prepare(self) -> None:
        recognizer = self._engines.recognizer(self._language)
        if recognizer is not None:
            await recognizer.prepare(RecognitionHints(self._language))

    async def _pull(self) -> str | None:
        """Run the command; return why it failed, None if it did not."""
        process = await asyncio.create_subprocess_exec(
            *self._command, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE, start_new_session=True
        )
        try:
            _, said = await process.communicate()
        finally:
            await _end(process)
        if process.returncode == 0:
            return None
        lines = [line.strip() for line in said.decode(errors="replace").splitlines() if line.strip()]
        return (lines or [f"exit code {process.returncode}"])[-1]


def hearing_fetch(choice: Choice, engines: Engines, *, tell: Callable[[str], None], say: Say) -> HearingFetch | None:
    """Return what would fetch a recogniser for Chinese, None where something hears it or nothing is to be fetched.

    English needs none: a recogniser for it comes with this program.
    """
    language = "zh"
    if choice.recognizer != AUTO or choice.models is None or not is_installed(_PACKAGE):
        return None
    if hears(choice, language, is_installed) is not None or choice.faults_for("recognizer", language):
        return None
    fitting = [
        model for model in catalogue() if model.port == "recognizer" and language in model.languages and model.packages
    ]
    if not fitting:
        return None
    return HearingFetch(fitting[0], language, choice, engines, tell=tell, say=say)


async def _end(process: Process) -> None:
    """Kill what still runs, and what it started."""
    if process.returncode is not None:
        return
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (AttributeError, ProcessLookupError, PermissionError):  # Windows has no groups
        process.kill()
    await process.wait()
