"""Whether a turn is over, by its sound: Pipecat's Smart Turn v3 (Whisper tiny's encoder, 23 languages).

The model file ships inside the package pipecat-ai; only that file is read, the package itself is never imported.
It takes the log-mel levels of 8 s of sound (1, 80, 800), silence before what is shorter, brought to unit variance, and
gives the probability that the turn is over.
"""

from __future__ import annotations

import asyncio
import math
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from audio.onnx_session import single_threaded
from audio.turn.log_mel import BANDS, STEP, Floats, log_mel
from coach.errors import EngineError, MissingPart
from coach.ports import EAR_RATE_HZ, SURE, Int16Array

NAME = "smart-turn"
SAMPLES = 8 * EAR_RATE_HZ
_QUIET = 1e-7
"""Added to the variance, so that silence stays silence."""


class SmartTurn:
    """One network for all rehearsals, run in a thread of its own: about 50 ms of one core each time."""

    name = NAME

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=NAME)
        self._closed = False

    async def prepare(self) -> None:
        """Load the network and run it once.

        Raises:
            EngineError: If it cannot be loaded.
        """
        await self.judge(np.zeros(STEP, np.int16))

    async def judge(self, pcm: Int16Array) -> float:
        """Return the log-odds that the turn is over, -6 to 6; the last 8 s count (`TurnModel`).

        Raises:
            EngineError: If the network is missing, damaged or closed.
        """
        if self._closed:
            raise EngineError(self.name, "The turn model is closed.")
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, judged, pcm.copy())
        except EngineError:
            raise
        except Exception as error:  # the network's own failures; to whoever asks they are all the same
            raise EngineError(self.name, str(error)) from error

    async def aclose(self) -> None:
        """Let go of the thread; what it computes is not waited for. Idempotent."""
        self._closed = True
        self._thread.shutdown(wait=False, cancel_futures=True)


def model_path() -> Path:
    """Return where the model file lies.

    Raises:
        MissingPart: If it is not installed.
    """
    spec = find_spec("pipecat")
    for folder in (spec.submodule_search_locations if spec else None) or ():
        for path in sorted(Path(folder, "audio", "turn", "smart_turn", "data").glob("smart-turn-v3*cpu.onnx"))[::-1]:
            return path
    raise MissingPart("The turn model comes with the package pipecat-ai. Install it with: uv sync --extra voice")


def judged(pcm: Int16Array) -> float:
    """Return the log-odds that a turn is over, as `SmartTurn.judge`; blocks.

    Raises:
        EngineError: If the network gave nonsense.
        MissingPart: If it is not installed or not usable.
    """
    pcm = pcm[-SAMPLES:]
    if not pcm.size:
        return 0.0
    (answer,) = _session().run(None, {"input_features": _levels(pcm)[None]})
    probability = float(answer.flat[0])
    if not 0.0 <= probability <= 1.0:
        raise EngineError(NAME, "The turn model gave {probability}, which is no probability.", probability=probability)
    share = min(max(probability, 1e-6), 1.0 - 1e-6)
    return max(-SURE, min(SURE, math.log(share / (1.0 - share))))


def _levels(pcm: Int16Array) -> Floats:
    sound = np.zeros(SAMPLES, np.float32)
    sound[SAMPLES - len(pcm) :] = pcm
    sound /= np.float32(32768.0)
    sound -= sound.mean()
    sound /= np.sqrt(sound.var() + np.float32(_QUIET))
    return log_mel(sound)


_loading = Lock()


def _session() -> Any:  # onnxruntime ships no types
    """Return the network, loaded once per process however many threads ask."""
    with _loading:
        return _loaded(model_path())


@cache
def _loaded(path: Path) -> Any:
    try:
        session = single_threaded(path)
        (answer,) = session.run(None, {"input_features": np.zeros((1, BANDS, SAMPLES // STEP), np.float32)})
    except ImportError as error:
        raise MissingPart("The turn model needs onnxruntime: uv sync --extra voice") from error
    except Exception as error:  # a foreign or broken file fails in many ways; all mean: not usable
        raise MissingPart(
            "{path} is not the turn model that is expected here: {reason}", path=path, reason=error
        ) from error
    if answer.size != 1:
        raise MissingPart(
            "{path} is not the turn model that is expected here: it gives {size} numbers.", path=path, size=answer.size
        )
    return session
