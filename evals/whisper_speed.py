"""How long a Whisper model takes here, by the length of the utterance: what a final and a partial are made of.

Text does not matter, so random weights of a true shape serve. The number of tokens is set to what people say.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from audio.asr.whisper_model import Encoded, Whisper, load
from audio.asr.whisper_window import FINAL, FULL, PARTIAL
from coach.clock import Stopwatch
from coach.ports import EAR_RATE_HZ, Int16Array

LENGTHS_SEC = (1, 3, 8, 15)
TOKENS_PER_SEC = 4.5
"""Median of recorded speech: 15 tokens in 3.3 s (SPEECH §1.2)."""
PROMPT = "Live now: linen shirt, storage bag."
REPEATS = 5

T = TypeVar("T")


def measure(folder: Path, *, device: str = "auto", threads: int = 1, repeats: int = REPEATS) -> dict[str, Any]:
    """Return medians in ms by length: every stage, a whole final, a whole partial.

    Args:
        folder: Of the model.
        device: `auto`, `cpu` or `cuda`.
        threads: Processor threads.
        repeats: Runs of each.

    Raises:
        EngineError: If the folder holds no usable model.
    """
    model = load(folder, device, "auto", threads)
    prompt = model.tokens(PROMPT)
    return {f"{length}_s": _stages(model, prompt, length, repeats) for length in LENGTHS_SEC}


def _stages(model: Whisper, prompt: Sequence[int], length: int, repeats: int) -> Mapping[str, float]:
    pcm = _speech_like(length)
    tokens = round(TOKENS_PER_SEC * length)
    runs = [_run(model, list(prompt), pcm, tokens) for _ in range(repeats)]
    return {stage: round(statistics.median(run[stage] for run in runs), 1) for stage in runs[0]}


def _run(model: Whisper, prompt: list[int], pcm: Int16Array, tokens: int) -> dict[str, float]:
    encode_ms, sound = _timed(lambda: model.encode(pcm, FINAL))
    decode_ms, reading = _timed(lambda: model.read(sound, "en", prompt, tokens))
    align_ms, _ = _timed(lambda: model.align(sound, "en", reading))
    partial_ms, short = _timed(lambda: model.encode(pcm, PARTIAL))
    again_ms, _ = _timed(lambda: model.read(short, "en", prompt, tokens))
    full_ms, _ = _timed(lambda: _first(model.encode(pcm, FULL)))
    return {
        "encode_ms": encode_ms,
        "decode_ms": decode_ms,
        "align_ms": align_ms,
        "final_ms": encode_ms + decode_ms + align_ms,
        "partial_ms": partial_ms + again_ms,
        "encode_30_s_ms": full_ms,
        "tokens": len(reading.tokens),
    }


def _first(sound: Encoded) -> object:
    return sound.memory.shape


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    watch = Stopwatch()
    result = work()
    return watch.elapsed_sec() * 1000, result


def _speech_like(seconds: int) -> Int16Array:
    """Return noise at the level of speech: the time taken does not depend on what is heard."""
    return np.random.default_rng(seconds).normal(0, 2000, seconds * EAR_RATE_HZ).astype(np.int16)
