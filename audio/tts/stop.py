"""A stop sign that reaches into a running model."""

from __future__ import annotations

from typing import Any


class Stop:
    """Set on the event loop, read on an engine's thread. Once set it stays set."""

    def __init__(self) -> None:
        self.is_set = False
        self._run: Any = None

    def set(self) -> None:
        """Stop the work at its next step; a run of ONNX Runtime ends within one operator."""
        self.is_set = True
        run = self._run
        if run is not None:
            run.terminate = True

    def watch(self, run: Any) -> None:
        """Name the `onnxruntime.RunOptions` of the run that begins."""
        self._run = run
        if self.is_set:
            run.terminate = True
