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

from starlette.concurrency import run_in_threadpool

from audio.engine_choice import AUTO, NONE, Choice, hears
from audio.engine_report import EngineReport as FoundEngine
from audio.engine_report import report
from audio.engines import hear_more
from audio.model_catalogue import CatalogueModel, catalogue
from audio.parts import is_installed
from coach.errors import CoachError
from coach.live.engines import Engines
from coach.ports import RecognitionHints
from coach.score.scorecard import Text
from commands.compose import ROOT
from commands.engine_rows import row_of
from commands.texts import Say
from web.composition import EngineReport

logger = logging.getLogger(__name__)

_PACKAGE = "faster_whisper"
_TOLD = {"here": "serve.fetch_here", "failed": "serve.fetch_failed", "unusable": "serve.fetch_unusable"}
_UNUSABLE = "serve.fetch_unusable_note"
_LOOKS_SEC = 10.0
"""Time between two looks, after a failure, at whether somebody else has brought the model. Design value."""


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
        looks_sec: Time between two looks, after a failure, at whether the model has come otherwise.
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
        command: Iterable[str] = (sys.executable, "-X", "utf8", str(ROOT / "run_coach.py"), "models", "pull"),
        looks_sec: float = _LOOKS_SEC,
    ) -> None:
        self.state: Literal["fetching", "here", "failed", "unusable"] = "fetching"
        self._model = model
        self._language = language
        self._choice = choice
        self._engines = engines
        self._tell = tell
        self._say = say
        self._command = (*command, model.id, "--lang", say.lang)
        self._looks_sec = looks_sec

    async def run(self) -> None:
        """Fetch and use the model. A failure is told and never raised; a model that comes otherwise is used then."""
        size = f"{self._model.size / 1e6:.0f}"
        self._tell(self._say("serve.fetching", name=self._model.id, size=size))
        await self._attempt(pulls=True)
        while self.state == "failed":
            await asyncio.sleep(self._looks_sec)
            if await run_in_threadpool(self._has_come):
                await self._attempt(pulls=False)

    async def _attempt(self, *, pulls: bool) -> None:
        """Fetch unless it has come, let the engines hear with it, and tell how that went."""
        reason: str | None
        try:
            reason = (await self._pull() if pulls else None) or await self._adopt()
            self.state = "here" if reason is None else "failed"
        except CoachError as error:
            self.state, reason = "unusable", self._say.error(error)
        except Exception as error:
            # It shares a task group with the rehearsals: no fault of it may end those.
            logger.exception("fetching %s failed", self._model.id)
            self.state, reason = "failed", f"{type(error).__name__}: {error}"
        self._tell(self._say(_TOLD[self.state], name=self._model.id, reason=reason))

    def _has_come(self) -> bool:
        return hears(self._choice, self._language, is_installed) is not None

    def reports(self) -> tuple[EngineReport, ...]:
        """Return what runs here now, with how far it is."""
        found = report(self._choice, chat=self._engines.chat)
        ours = [row for row in found if row.port == "recognizer"][-1]  # English stands before it
        return tuple(self._ours(row) if row is ours else row_of(row) for row in found)

    def _ours(self, row: FoundEngine) -> EngineReport:
        """Return the row of the language: as the engines are, not as the disk is."""
        if self.state == "unusable":
            note = Text(zh=Say("zh")(_UNUSABLE), en=Say("en")(_UNUSABLE))
            return EngineReport(row.port, NONE, ready=False, note=note)
        if self._hears() or (self.state == "failed" and not row.ready):
            return row_of(row)
        return self._underway(row)

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

    async def _adopt(self) -> str | None:
        """Let the engines hear with what was fetched; return why they do not, None if they do.

        Raises:
            CoachError: If the model cannot be used here.
        """
        await run_in_threadpool(hear_more, self._engines, self._choice)
        recognizer = self._engines.recognizer(self._language)
        if recognizer is None:
            return f"{self._model.id}?"
        await recognizer.prepare(RecognitionHints(self._language))
        return None

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

    English needs none: a recogniser for it comes with this program. A machine too small for the model gets none.
    """
    language = "zh"
    if choice.recognizer != AUTO or choice.models is None or not is_installed(_PACKAGE):
        return None
    if hears(choice, language, is_installed) is not None or choice.faults_for("recognizer", language):
        return None
    if choice.models.machine.is_small:
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
