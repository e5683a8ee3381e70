"""Asks recorder and echo canceller now and then whether something is wrong with the sound."""

from __future__ import annotations

from typing import Protocol

from coach.events import Port
from coach.ports import EchoCanceller, Recorder


class Failed(Protocol):
    """Logs that an engine failed and what is done instead."""

    def __call__(self, port: Port, error: str, fallback: str) -> None:
        """Log it."""
        ...


class SoundCheck:
    """One per rehearsal. `echo` is the present connection's canceller, if there is one."""

    def __init__(self, recorder: Recorder | None, failed: Failed) -> None:
        self.echo: EchoCanceller | None = None
        self._recorder = recorder
        self._failed = failed
        self._echo_told = False

    def check(self) -> None:
        """Report what is new. An echo is told once a rehearsal, however often the streamer reconnects."""
        failure = self._recorder.failure() if self._recorder is not None else None
        if failure is not None:
            self._failed("recorder", failure, "the rehearsal goes on without a recording")
        trouble = self.echo.trouble() if self.echo is not None and not self._echo_told else None
        if trouble is not None:
            self._echo_told = True
            self._failed("echo", trouble, "headphones help")
