"""Loudness of speech, and what is done to a stretch of it before it is heard: gain, trimmed ends, soft edges. Pure.

Loudness is that of ITU-R BS.1770-4 (K-weighted, gated), so that voices of different colour sound equally loud, not
only measure the same power.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from coach.ports import MOUTH_RATE_HZ, Int16Array

TARGET_LUFS = -20.0
"""Level of every viewer. Between broadcast speech (EBU R 128, -23) and spoken-word streams (about -16 stereo, -19
mono); speech at it peaks near -4 dBFS, so it hardly meets the limiter."""
_MAX_GAIN_DB = 18.0
_KNEE = 0.7
"""Share of full scale from which peaks are bent instead of clipped."""
_BLOCK_SEC, _STEP_SEC = 0.4, 0.1
_ABSOLUTE_GATE_LUFS, _RELATIVE_GATE_LU = -70.0, -10.0
_OFFSET_LUFS = -0.691
"""All of BS.1770-4."""
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
"""Coefficients of the two filters at 48 kHz, BS.1770-4 tables 1 and 2."""

_SOUND = 10 ** (-50 / 20) * 32768
"""Under -50 dBFS nothing of a voice at `TARGET_LUFS` is heard: it is 30 dB below it."""
_LEAD = MOUTH_RATE_HZ * 5 // 1000
_TAIL = MOUTH_RATE_HZ * 20 // 1000
_FADE = MOUTH_RATE_HZ * 3 // 1000
"""What is kept before the first sound and after the last, and how fast the ends rise and fall: 5, 20 and 3 ms."""


def loudness(pcm: Int16Array, rate_hz: int = MOUTH_RATE_HZ) -> float:
    """Return the loudness of mono sound in LUFS; -inf for silence. Stretches under 0.4 s are taken whole."""
    block = min(len(pcm), round(_BLOCK_SEC * rate_hz))
    if block == 0:
        return float("-inf")
    step = round(_STEP_SEC * rate_hz)
    blocks = np.lib.stride_tricks.sliding_window_view(pcm, block)[::step]
    # By Parseval's theorem the power of a filtered block is that of its weighted spectrum: no filter to run.
    spectrum = np.fft.rfft(blocks.astype(np.float64) / 32768, axis=1)
    powers = np.abs(spectrum) ** 2 @ _weights(block, rate_hz)
    powers = powers[powers > _power(_ABSOLUTE_GATE_LUFS)]
    if len(powers) == 0:
        return float("-inf")
    powers = powers[powers > _power(_lufs(float(np.mean(powers))) + _RELATIVE_GATE_LU)]
    return _lufs(float(np.mean(powers)))


def gain_to_target(pcm: Int16Array, rate_hz: int = MOUTH_RATE_HZ) -> float:
    """Return the factor that brings a voice's sample of speech to `TARGET_LUFS`, at most 18 dB; 1 for silence."""
    level = loudness(pcm, rate_hz)
    if level == float("-inf"):
        return 1.0
    return float(10 ** (min(_MAX_GAIN_DB, max(-_MAX_GAIN_DB, TARGET_LUFS - level)) / 20))


def amplified(pcm: Int16Array, gain: float) -> Int16Array:
    """Return the sound times `gain`; peaks over 70 % of full scale are bent smoothly and never clip."""
    scaled = pcm.astype(np.float32) * np.float32(gain / 32768)
    size = np.abs(scaled)
    loud = size > _KNEE
    if loud.any():
        bent = _KNEE + (1 - _KNEE) * np.tanh((size[loud] - _KNEE) / (1 - _KNEE))
        scaled[loud] = np.sign(scaled[loud]) * bent
    return (scaled * 32767).astype(np.int16)


def sounding(pcm: Int16Array) -> tuple[int, int]:
    """Return where the sound begins and ends, a breath of 5 and 20 ms included; (0, 0) if there is none.

    Args:
        pcm: 48 kHz, at the level it will be heard.
    """
    loud = np.flatnonzero(np.abs(pcm.astype(np.int32)) > _SOUND)
    if len(loud) == 0:
        return 0, 0
    return max(0, int(loud[0]) - _LEAD), min(len(pcm), int(loud[-1]) + 1 + _TAIL)


def softened(pcm: Int16Array, *, start: bool = True, end: bool = True) -> Int16Array:
    """Return the sound with ends that rise from and fall to nothing within 3 ms, so that no join clicks."""
    out = pcm.copy()
    fade = min(_FADE, len(out) // 2)
    if fade:
        ramp = np.linspace(0, 1, fade, dtype=np.float32)
        if start:
            out[:fade] = (out[:fade] * ramp).astype(np.int16)
        if end:
            out[-fade:] = (out[-fade:] * ramp[::-1]).astype(np.int16)
    return out


@lru_cache(maxsize=32)
def _weights(block: int, rate_hz: int) -> NDArray[np.float64]:
    """Return the K weighting of each bin of a block's spectrum, such that the weighted sum is the block's power."""
    turn = np.exp(-2j * np.pi * np.fft.rfftfreq(block) * rate_hz / MOUTH_RATE_HZ)
    response = np.ones(len(turn), dtype=np.complex128)
    for over, under in (_SHELF, _HIGH_PASS):
        response *= np.polyval(over[::-1], turn) / np.polyval(under[::-1], turn)
    both_sides = np.full(len(turn), 2.0)
    both_sides[0] = 1.0
    if block % 2 == 0:
        both_sides[-1] = 1.0
    weights: NDArray[np.float64] = np.abs(response) ** 2 * both_sides / block**2
    return weights


def _lufs(power: float) -> float:
    return float(_OFFSET_LUFS + 10 * np.log10(power))


def _power(lufs: float) -> float:
    return float(10 ** ((lufs - _OFFSET_LUFS) / 10))
