"""Levels of recorded sound, and where it is loud: the yardsticks of the benchmarks.

Blocks are 5 ms. What the wire benchmark calls heard or voiced is a block above `LOUD_RMS`.
"""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Any

import numpy as np

from coach.ports import EAR_RATE_HZ, Int16Array

LOUD_RMS = 300.0
"""A 5 ms block above this is heard: -41 dBFS."""
BLOCK_SEC = 0.005
ACTIVE_BELOW_PEAK_DB = 30.0
"""Blocks this far under the loudest one are not part of a clip's level: pauses, room."""
BACKGROUND_MARGIN = 4.0
"""How far a voiced block stands above the clip's quietest tenth: 12 dB; a clip without pauses has no such tenth."""
_STRETCH = 10
_VOICE_HZ = 200.0
"""What lies lower is no beginning of a voice: a hand on the table, a bump of the microphone. Source: the first formants
that carry a voice lie from 250 Hz on."""

Bools = np.ndarray[Any, np.dtype[np.bool_]]
Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.intp]]


def read_wav(path: Path) -> Int16Array:
    """Return a 16 kHz mono int16 WAV.

    Raises:
        ValueError: If the format differs.
    """
    with wave.open(str(path)) as file:
        shape = file.getframerate(), file.getnchannels(), file.getsampwidth()
        if shape != (EAR_RATE_HZ, 1, 2):
            raise ValueError(f"expected 16 kHz, mono, 16 bit in {path.name}, got {shape}")
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


def block_rms(pcm: Int16Array | Floats, rate_hz: int) -> Floats:
    """Return the RMS of each whole 5 ms block."""
    size = round(rate_hz * BLOCK_SEC)
    whole = pcm[: len(pcm) - len(pcm) % size].astype(np.float64).reshape(-1, size)
    return np.asarray(np.sqrt((whole**2).mean(axis=1)))


def active_rms(pcm: Int16Array, rate_hz: int = EAR_RATE_HZ) -> float:
    """Return the RMS over the blocks that belong to the sound; 0 for silence."""
    blocks = block_rms(pcm, rate_hz)
    if not len(blocks) or blocks.max() <= 0:
        return 0.0
    kept = blocks[blocks >= blocks.max() * 10 ** (-ACTIVE_BELOW_PEAK_DB / 20)]
    return float(np.sqrt((kept**2).mean()))


def active_end(pcm: Int16Array, rate_hz: int = EAR_RATE_HZ) -> float:
    """Return seconds after the last block that belongs to the sound, however soft the clip is."""
    blocks = block_rms(pcm, rate_hz)
    if not len(blocks) or blocks.max() <= 0:
        return len(pcm) / rate_hz
    return float(np.flatnonzero(blocks >= blocks.max() * 10 ** (-ACTIVE_BELOW_PEAK_DB / 20))[-1] + 1) * BLOCK_SEC


def at_level(pcm: Int16Array, dbfs: float) -> Int16Array:
    """Return a clip with its active level set, dBFS; peaks are clipped."""
    level = active_rms(pcm)
    gain = 32768 * 10 ** (dbfs / 20) / level if level else 1.0
    louder: Int16Array = np.clip(pcm * gain, -32768, 32767).astype(np.int16)
    return louder


def voiced_span(pcm: Int16Array, rate_hz: int = EAR_RATE_HZ) -> tuple[float, float]:
    """Return seconds of the first voiced block's start and the last one's end; the whole clip if there is none.

    Voiced is a block above `LOUD_RMS` and above the clip's own background, in a stretch of 50 ms that is so for the
    most part: a click of the microphone before the first word is not the first word, nor is a thump.
    """
    loud = _stands_out(block_rms(pcm, rate_hz))
    if not loud.any():
        return 0.0, len(pcm) / rate_hz
    voice = _stands_out(block_rms(_without_thumps(pcm, rate_hz), rate_hz))
    firsts = _mostly(voice, ahead=True)
    firsts = firsts if len(firsts) else _mostly(loud, ahead=True)
    lasts = _mostly(loud, ahead=False)
    if not len(firsts) or not len(lasts):
        return 0.0, len(pcm) / rate_hz
    return float(firsts[0]) * BLOCK_SEC, float(lasts[-1] + 1) * BLOCK_SEC


def _stands_out(blocks: Floats) -> Bools:
    """Return which blocks are heard over the clip's own background."""
    if not len(blocks):
        return np.zeros(0, np.bool_)
    return np.asarray(blocks > max(LOUD_RMS, float(np.quantile(blocks, 0.1)) * BACKGROUND_MARGIN))


def _mostly(loud: Bools, *, ahead: bool) -> Ints:
    """Return the loud blocks that begin (or end) a stretch in which most are."""
    share = np.convolve(loud.astype(np.float64), np.ones(_STRETCH), "full")
    share = share[_STRETCH - 1 :] if ahead else share
    return np.flatnonzero(loud & (share[: len(loud)] > _STRETCH / 2))


def _without_thumps(pcm: Int16Array, rate_hz: int) -> Floats:
    """Return a clip without what lies under a voice: a second-order high-pass that moves nothing in time."""
    ratio = (np.fft.rfftfreq(len(pcm), 1 / rate_hz) / _VOICE_HZ) ** 4
    return np.asarray(np.fft.irfft(np.fft.rfft(pcm) * np.sqrt(ratio / (1 + ratio)), len(pcm)))
