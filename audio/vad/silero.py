"""The confirmed opinion: Silero v6, streaming, from the ONNX file that the faster-whisper package ships.

The file takes 64 samples of context and 512 new ones (32 ms at 16 kHz) with the state of an LSTM (`h`, `c`) and
gives the probability of speech and the new state. faster-whisper itself is never imported: only its file is read.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from audio.onnx_session import single_threaded
from audio.vad.frame import require_frame
from coach.errors import MissingPart
from coach.ports import Int16Array

WINDOW = 512
"""Samples of one step, 32 ms at 16 kHz: the only size that the model knows at this rate."""
CONTEXT = 64
"""Samples of the window before that the model wants to see again."""
STATE_SHAPE = (1, 1, 128)
_AT_ONCE = 512
"""Windows of one run of `feed_all`, 16 s: longer runs take no less time and more memory."""


class SileroVad:
    """One stream. The network is loaded once per process and shared; only the state is its own.

    Raises:
        MissingPart: If onnxruntime or the model file is missing or unusable.
    """

    def __init__(self) -> None:
        self._session = _session()
        self._input = _zeros((1, CONTEXT + WINDOW))
        self._h = _zeros(STATE_SHAPE)
        self._c = _zeros(STATE_SHAPE)

    def feed(self, pcm: Int16Array) -> float:
        """Advance by one window and return the probability of speech, 0 to 1. About 0.1 ms.

        Args:
            pcm: Shape (512,), int16, 16 kHz mono.

        Raises:
            ValueError: If the shape differs.
        """
        require_frame(pcm, WINDOW)
        self._input[0, :CONTEXT] = self._input[0, -CONTEXT:]
        np.multiply(pcm, np.float32(1 / 32768), out=self._input[0, CONTEXT:])
        speech, self._h, self._c = self._session.run(None, {"input": self._input, "h": self._h, "c": self._c})
        return float(speech.flat[0])

    def feed_all(self, pcm: Int16Array) -> NDArray[np.float32]:
        """Advance by all windows of a stretch of sound at once; the same probabilities in half the time.

        The network takes the windows of a run as a sequence, so that only its recurrent part goes step by step. About
        0.06 ms a window.

        Args:
            pcm: Shape (n,), int16, 16 kHz mono; zeros fill the last window up.

        Returns:
            One probability a window, shape (ceil(n / 512),).
        """
        count = -(-len(pcm) // WINDOW)
        found = np.empty(count, np.float32)
        for first in range(0, count, _AT_ONCE):
            sound = pcm[first * WINDOW : (first + _AT_ONCE) * WINDOW]
            windows = _zeros((-(-len(sound) // WINDOW), CONTEXT + WINDOW))
            _fill(windows, sound)
            windows[0, :CONTEXT] = self._input[0, -CONTEXT:]
            speech, self._h, self._c = self._session.run(None, {"input": windows, "h": self._h, "c": self._c})
            found[first : first + len(windows)] = speech.reshape(-1)
            self._input[0] = windows[-1]
        return found

    def reset(self) -> None:
        """Forget the past."""
        self._input = _zeros((1, CONTEXT + WINDOW))
        self._h = _zeros(STATE_SHAPE)
        self._c = _zeros(STATE_SHAPE)


def _fill(windows: NDArray[np.float32], pcm: Int16Array) -> None:
    """Put sound into rows of context and window; the first row's context is left."""
    flat = np.zeros(len(windows) * WINDOW, np.float32)
    np.multiply(pcm, np.float32(1 / 32768), out=flat[: len(pcm)])
    windows[:, CONTEXT:] = flat.reshape(-1, WINDOW)
    windows[1:, :CONTEXT] = windows[:-1, -CONTEXT:]


def _zeros(shape: tuple[int, ...]) -> NDArray[np.float32]:
    return np.zeros(shape, np.float32)


def model_path() -> Path:
    """Return where the model file lies.

    Raises:
        MissingPart: If it is not installed.
    """
    spec = find_spec("faster_whisper")
    for folder in (spec.submodule_search_locations if spec else None) or ():
        for path in sorted(Path(folder, "assets").glob("silero_vad*.onnx")):
            return path
    raise MissingPart("The Silero voice detector comes with faster-whisper. Install it with: uv sync --extra voice")


@cache
def _session() -> Any:  # onnxruntime ships no types
    """Load the network and run it once, so that no first frame is slow."""
    path = model_path()
    try:
        session = single_threaded(path)
        _check(session)
    except ImportError as error:
        raise MissingPart("The Silero voice detector needs onnxruntime: uv sync --extra voice") from error
    except Exception as error:  # a foreign or broken file fails in many ways; all mean: not usable
        raise MissingPart(
            "{path} is not the Silero v6 model that is expected here: {reason}", path=path, reason=error
        ) from error
    return session


def _check(session: Any) -> None:
    inputs = {"input": _zeros((1, CONTEXT + WINDOW)), "h": _zeros(STATE_SHAPE), "c": _zeros(STATE_SHAPE)}
    outputs = cast("list[NDArray[np.float32]]", session.run(None, inputs))
    shapes = [output.shape for output in outputs]
    if len(outputs) != 3 or outputs[0].size != 1 or shapes[1:] != [STATE_SHAPE, STATE_SHAPE]:
        raise ValueError(f"expected a probability and two states of {STATE_SHAPE}, got shapes {shapes}")
