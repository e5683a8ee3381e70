"""pocketsphinx in a process of its own, and this side of the pipe to it.

The binding holds Python's global lock for a whole decode (measured: a 7 s utterance stops every other thread for
2.2 s), which no thread can cure; in the server's process it would stop the sound of all rehearsals. A crash of the C
library ends only this process, and the next request starts a new one.
"""

from __future__ import annotations

import logging
import pickle
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO, Literal, cast

from coach.errors import EngineError
from coach.ports import Hypothesis, Int16Array, RecognitionHints

NAME = "pocketsphinx"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to do. Answered by one Answer."""

    kind: Literal["prepare", "partial", "final"]
    hints: RecognitionHints
    pcm: Int16Array | None = None
    """What is new (partial) or the whole utterance (final); int16 16 kHz mono."""
    utterance: int = 0
    offset: int = 0
    """Samples of the utterance before `pcm`."""
    speaker: int = 0
    """Utterances of one number share a speaker and a microphone."""
    forget: tuple[int, ...] = ()
    """Utterances that are over."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request. The first Answer, unasked, says whether the engine loaded."""

    hypothesis: Hypothesis | None = None
    error: str = ""


class SphinxProcess:
    """The parent's end. Blocking; used by one thread at a time, except `kill`."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def ask(self, request: Request) -> Hypothesis | None:
        """Send one request and wait for its answer; starts the process if there is none.

        Raises:
            EngineError: If it cannot start, the decoder failed, or the process died (then trying again can help).
        """
        try:
            process = self._started()
            pickle.dump(request, cast("BinaryIO", process.stdin))
            cast("BinaryIO", process.stdin).flush()
            return self._answer(process)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            self._reap()
            raise EngineError(NAME, "the recogniser's process ended unexpectedly.", retryable=True) from error

    def kill(self) -> None:
        """End the process at once; a thread that waits in `ask` gets its error. From any thread."""
        process = self._process
        if process:
            process.kill()

    def close(self) -> None:
        """End the process and wait for that. Idempotent; `ask` must not be called after."""
        self._closed = True
        self._reap()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._closed:
            raise EngineError(NAME, "the recogniser is closed.")
        if self._process:
            return self._process
        if find_spec("pocketsphinx") is None:
            raise EngineError(NAME, "the package pocketsphinx is not installed. Install it with: uv sync --extra voice")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "audio.asr.sphinx_worker"],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        try:
            self._answer(self._process)
        except EngineError:
            self._reap()
            raise
        return self._process

    def _answer(self, process: subprocess.Popen[bytes]) -> Hypothesis | None:
        answer: Answer = pickle.load(cast("BinaryIO", process.stdout))
        if answer.error:
            raise EngineError(NAME, answer.error)
        return answer.hypothesis

    def _reap(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            try:
                cast("BinaryIO", pipe).close()
            except OSError:
                logger.debug("The pipe to the recogniser broke while it was closed.")
        process.wait()
