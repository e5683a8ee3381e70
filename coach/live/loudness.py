"""How loud a frame is against the room and against the voice: where speech ends, the detectors let go late."""

from __future__ import annotations

import math

import numpy as np

from coach.ports import FRAME_SEC, Int16Array

BELOW_VOICE_DB = 25.0
"""A voice's softest sounds: final [f] and [θ] lie some 25 dB under stressed vowels (Fletcher's phonetic powers)."""
ABOVE_FLOOR_DB = 8.0
"""More than twice the room's amplitude; a steady noise's 20 ms levels stay within 3 dB of their mean."""
NOISY_DB = 12.0
"""A voice that stands out less than this hides its own end: everything so near to it counts as loud."""
FLOOR_RISE_DB_PER_SEC = 3.0
"""The floor falls at once and rises this fast, as in the quick detector."""
VOICE_FALL_DB_PER_SEC = 4.0
"""Voices tire over a sentence by a few dB; a later, softer sentence is learnt within seconds."""
FLOOR_MIN_DB = -70.0
"""dBFS. After digital silence breath must not seem loud."""


class Loudness:
    """Follows the room's level and the voice's. One per connection, every frame in order."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Forget room and voice, as after a gap."""
        self._floor_db = 0.0
        self._voice_db = FLOOR_MIN_DB
        self.level_db = -120.0
        """RMS level of the last frame, dBFS."""

    @property
    def under_voice_db(self) -> float:
        """How far the last frame lies under the voice's level."""
        return self._voice_db - self.level_db

    @property
    def is_loud(self) -> bool:
        """Whether the last frame is near the voice's level, or cannot be told from it for noise."""
        limit = max(self._floor_db + ABOVE_FLOOR_DB, self._voice_db - BELOW_VOICE_DB)
        return self.level_db >= min(limit, self._voice_db - NOISY_DB)

    def hear(self, pcm: Int16Array, *, is_speech: bool) -> None:
        """Take one 20 ms frame, shape (320,), int16; only what is speech raises the voice's level."""
        self.level_db = _level_db(pcm)
        risen = min(self.level_db, self._floor_db + FLOOR_RISE_DB_PER_SEC * FRAME_SEC)
        self._floor_db = max(risen, FLOOR_MIN_DB)
        if not is_speech:
            return
        fallen = max(self._voice_db - VOICE_FALL_DB_PER_SEC * FRAME_SEC, FLOOR_MIN_DB)
        # Half way up a frame: one clap under a vowel must not set the voice's level.
        self._voice_db = max(fallen, (self._voice_db + self.level_db) / 2)


def _level_db(pcm: Int16Array) -> float:
    samples = pcm.astype(np.float64)  # their squares add up without rounding, in whatever order
    power = float(np.dot(samples, samples)) / pcm.size / 32768.0**2 if pcm.size else 0.0
    return 10.0 * math.log10(max(power, 1e-12))
