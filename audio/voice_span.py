"""Pitch and loudness of a voice in given stretches of a recording."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from audio.parts import require
from coach.ports import EAR_RATE_HZ, Int16Array
from coach.score.intervals import Interval
from coach.score.voice import VoiceSpan

if TYPE_CHECKING:
    from swift_f0 import SwiftF0

LOWEST_HZ, HIGHEST_HZ = 65.0, 500.0
"""Voices of grown people, lively ones included (as in `coach.live.prosody`, a little wider)."""
CONFIDENT = 0.5
"""Confidence from which a frame is voiced: the model's own."""
MOST_SEC = 6.0
"""Sound measured in each stretch, taken in pieces spread evenly over it: some twenty syllables fix a median to half a
semitone (frames of running speech scatter by 3 semitones), and cost 50 ms."""
PIECE_SEC = 0.5
LEAST_VOICED_SEC = 1.0
"""Less voice says nothing about a stretch."""
_HOP_SEC = 0.016


def measure_spans(path: Path, spans: Sequence[Interval]) -> dict[Interval, VoiceSpan]:
    """Measure stretches of a recording whose first sample is second 0. Blocks: 50 ms a stretch, and the decoding.

    Raises:
        AudioInputError: If the recording cannot be used; says why.
        MissingPart: If a package is not installed; says how to get it.
    """
    require("av", "Measuring a recording")
    require("swift_f0", "Measuring the pitch of a recording")
    from audio.pcm import decode

    return spans_of(decode(path), spans)


def spans_of(pcm: Int16Array, spans: Sequence[Interval]) -> dict[Interval, VoiceSpan]:
    """Measure stretches of sound that is decoded already.

    Args:
        pcm: Shape (n,), int16, 16 kHz mono.
        spans: (start, end) in seconds.
    """
    from swift_f0 import SwiftF0

    detector = SwiftF0(threads=1, spin=False)
    return {span: _measured(detector, _pieces(pcm, span)) for span in spans}


def _pieces(pcm: Int16Array, span: Interval) -> NDArray[np.float32]:
    """Return at most `MOST_SEC` of a stretch, in pieces spread evenly over it."""
    first, last = (min(len(pcm), max(0, round(at * EAR_RATE_HZ))) for at in span)
    sound = pcm[first:last].astype(np.float32) / 32768.0
    piece = round(PIECE_SEC * EAR_RATE_HZ)
    count = round(MOST_SEC / PIECE_SEC)
    if len(sound) <= count * piece:
        return sound
    starts = np.linspace(0, len(sound) - piece, count).astype(int)
    return np.concatenate([sound[start : start + piece] for start in starts])


def _measured(detector: SwiftF0, sound: NDArray[np.float32]) -> VoiceSpan:
    if len(sound) < PIECE_SEC * EAR_RATE_HZ:
        return VoiceSpan(None, None, 0.0)
    found = detector.detect(sound, EAR_RATE_HZ, fmin=LOWEST_HZ, fmax=HIGHEST_HZ)
    voiced = found.confidence >= CONFIDENT
    sec = float(voiced.sum()) * _HOP_SEC
    if sec < LEAST_VOICED_SEC:
        return VoiceSpan(None, None, round(sec, 2))
    pitch = 12.0 * np.log2(found.pitch_hz[voiced])
    power = np.power(10.0, found.loudness_db[voiced] / 10.0)
    return VoiceSpan(
        pitch_st=round(float(np.median(pitch)), 2),
        loudness_db=round(float(10.0 * np.log10(power.mean())), 2),
        voiced_sec=round(sec, 2),
    )
