"""What a recording tells beyond its words: where somebody speaks in it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from audio.parts import require
from coach.ports import EAR_RATE_HZ, Int16Array
from coach.score.voice import VoiceFeatures

# Start at 0.5 for two windows, end under 0.35: the pair with the best F1 on a labelled set, mixed with office, café
# and white noise (TEN's VAD test set, 87 onsets).
START_PROBABILITY = 0.5
END_PROBABILITY = 0.35
START_WINDOWS = 2
MIN_GAP_SEC = 0.15
"""A shorter gap is a closed stop or a breath inside a word group, not a pause: stretches around it are joined."""

ENGINE = "silero-v6"


def voice_features(path: Path) -> VoiceFeatures:
    """Find the stretches of speech in a recording; its first sample is second 0.

    Takes about 0.15 s a minute of sound on one core, so call it in a thread or process.

    Raises:
        AudioInputError: If the recording cannot be used; says why.
        MissingPart: If PyAV or the voice detector is not installed; says how to get it.
    """
    require("av", "Measuring a recording")
    from audio.pcm import decode

    return voice_features_of(decode(path))


def voice_features_of(pcm: Int16Array) -> VoiceFeatures:
    """Find the stretches of speech in sound that is decoded already.

    Args:
        pcm: Shape (n,), int16, 16 kHz mono.

    Raises:
        MissingPart: If the voice detector is not installed; says how to get it.
    """
    from audio.vad.silero import WINDOW, SileroVad

    probabilities = SileroVad().feed_all(pcm).tolist()
    duration_sec = len(pcm) / EAR_RATE_HZ
    return VoiceFeatures(voiced_stretches(probabilities, WINDOW / EAR_RATE_HZ, duration_sec), duration_sec, ENGINE)


def voiced_stretches(
    probabilities: Iterable[float], window_sec: float, duration_sec: float
) -> tuple[tuple[float, float], ...]:
    """Turn probabilities of speech into stretches.

    A stretch begins with the first of `START_WINDOWS` windows in a row at `START_PROBABILITY` or above, and ends where
    the first window under `END_PROBABILITY` begins.

    Args:
        probabilities: One per window, in order, without gaps.
        window_sec: Length of a window.
        duration_sec: Where the recording ends, in seconds; no stretch goes past it.

    Returns:
        (start, end) in seconds, in order, at least `MIN_GAP_SEC` apart.
    """
    found: list[tuple[float, float]] = []
    run = 0
    begun: int | None = None
    last = 0
    for last, probability in enumerate(probabilities, start=1):
        run = run + 1 if probability >= START_PROBABILITY else 0
        if begun is None and run >= START_WINDOWS:
            begun = last - START_WINDOWS
        elif begun is not None and probability < END_PROBABILITY:
            _add(found, begun * window_sec, (last - 1) * window_sec)
            begun = None
    if begun is not None:
        _add(found, begun * window_sec, min(last * window_sec, duration_sec))
    return tuple(found)


def _add(found: list[tuple[float, float]], start: float, end: float) -> None:
    """Append a stretch, or lengthen the last one where the gap is too short to be a pause."""
    if found and start - found[-1][1] < MIN_GAP_SEC:
        start = found.pop()[0]
    found.append((round(start, 3), round(end, 3)))
