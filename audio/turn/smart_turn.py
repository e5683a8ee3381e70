"""Whether a turn is over, by its sound: Pipecat's Smart Turn v3 (Whisper tiny's encoder, 23 languages).

The model file ships inside the package pipecat-ai; only that file is read, the package itself is never imported.
It takes the log-mel levels of 8 s of sound (1, 80, 800), silence before what is shorter, brought to unit variance, and
gives the probability that the turn is over. It is given the last 6 s alone, in two thirds of the time
(`audio.turn.shortened`).
"""

from __future__ import annotations

import asyncio
import logging
import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from audio.onnx_session import single_threaded
from audio.turn.log_mel import BANDS, STEP, Floats, log_mel
from audio.turn.shortened import shortened
from coach.errors import EngineError, MissingPart
from coach.ports import EAR_RATE_HZ, SURE, Int16Array

logger = logging.getLogger(__name__)

NAME = "smart-turn"
SAMPLES = 8 * EAR_RATE_HZ
"""What the network was made for, and what the level of its sound is measured over."""
_QUIET = 1e-7
"""Added to the variance, so that silence stays silence."""
_WHOLE, _KEPT = 400, 300
"""Places of its window, and those that are kept: 6 s, longer than nine of ten stretches of speech that end in a pause.
Of 241 pauses in recordings it told ends from others as well as with 8 s: areas under the curve of 0.80 and 0.80, with
words and voice 0.95 and 0.95. With 4 s more pauses were taken for ends at the same delay."""
_FRAMES = 2
SHORT_BIAS = 0.4
"""Log-odds by which the network is surer of an end with more silence in front, whatever it hears: 0.7 for eSpeak by
scripts/fit_turn_window.py, 0.4 in recordings; the less, as an end too soon is worse than one too late."""


@dataclass(frozen=True, slots=True)
class Network:
    """The network as loaded."""

    session: Any  # onnxruntime ships no types
    frames: int
    """Levels of 10 ms that it takes."""
    bias: float
    """To be added to its log-odds."""


class SmartTurn:
    """One network for all rehearsals, run in a thread of its own: about 33 ms of one core each time."""

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
        """Return the log-odds that the turn is over, -6 to 6; the last 6 s count (`TurnModel`).

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
    return judged_by(_network(), pcm) if pcm.size else 0.0


def judged_by(network: Network, pcm: Int16Array) -> float:
    """Return what one network says of a sound, as `judged`."""
    (answer,) = network.session.run(None, {"input_features": _levels(pcm, network.frames)[None]})
    probability = float(answer.flat[0])
    if not 0.0 <= probability <= 1.0:
        raise EngineError(NAME, "The turn model gave {probability}, which is no probability.", probability=probability)
    share = min(max(probability, 1e-6), 1.0 - 1e-6)
    return max(-SURE, min(SURE, math.log(share / (1.0 - share)) + network.bias))


def _levels(pcm: Int16Array, frames: int) -> Floats:
    """Return the levels of the last frames, those of the silence before a shorter sound too."""
    samples = frames * STEP
    pcm = pcm[-samples:]
    sound = np.zeros(samples, np.float32)
    sound[samples - len(pcm) :] = pcm
    sound /= np.float32(32768.0)
    # As loud as with the rest of the network's own 8 s before it, silent.
    mean, power = sound.sum() / SAMPLES, np.dot(sound, sound) / SAMPLES
    sound -= mean
    sound /= np.sqrt(max(power - mean * mean, np.float32(0.0)) + np.float32(_QUIET))
    return log_mel(sound)


_loading = Lock()


def _network() -> Network:
    """Return the network, loaded once per process however many threads ask."""
    with _loading:
        return _loaded(model_path())


@cache
def _loaded(path: Path) -> Network:
    try:
        network, size = _opened(path)
    except ImportError as error:
        raise MissingPart("The turn model needs onnxruntime: uv sync --extra voice") from error
    except Exception as error:  # a foreign or broken file fails in many ways; all mean: not usable
        raise MissingPart(
            "{path} is not the turn model that is expected here: {reason}", path=path, reason=error
        ) from error
    if size != 1:
        raise MissingPart(
            "{path} is not the turn model that is expected here: it gives {size} numbers.", path=path, size=size
        )
    return network


def opened(path: Path, *, is_short: bool) -> Network:
    """Load the network as it is, for 8 s, or shortened.

    Raises:
        ValueError: If it is to be shortened and is not built as is known.
        Exception: Whatever onnxruntime makes of a foreign or broken file.
    """
    if is_short:
        model = shortened(path.read_bytes(), _WHOLE, _KEPT, _FRAMES)
        return Network(single_threaded(model), _KEPT * _FRAMES, SHORT_BIAS)
    return Network(single_threaded(path), _WHOLE * _FRAMES, 0.0)


def _opened(path: Path) -> tuple[Network, int]:
    """Return the network, short if that can be, and how many numbers it gives."""
    try:
        network = opened(path, is_short=True)
    except ValueError as error:
        logger.info("the turn model is used as it is: %s", error)
        network = opened(path, is_short=False)
    (answer,) = network.session.run(None, {"input_features": np.zeros((1, BANDS, network.frames), np.float32)})
    return network, answer.size
