"""What the recording tells beyond the words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VoiceFeatures:
    """Acoustic measures of one streamer recording; its time line is the rehearsal clock."""

    voiced: tuple[tuple[float, float], ...]
    """Stretches of speech, (start, end) in seconds, in order, not overlapping."""
    duration_sec: float
    engine: str = ""
    """Detector and version that found them."""


@dataclass(frozen=True, slots=True)
class VoiceSpan:
    """How the voice sounded in one stretch of a recording. Private to the streamer: see `private_voice`."""

    pitch_st: float | None
    """Median pitch in semitones over 1 Hz; None with too little voice."""
    loudness_db: float | None
    """Level of the voiced frames, dB under full scale; None with too little voice."""
    voiced_sec: float
