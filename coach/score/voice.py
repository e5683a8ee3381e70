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
