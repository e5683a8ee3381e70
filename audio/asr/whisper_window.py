"""How much sound Whisper's encoder is given: as little as the utterance allows, since its time grows with it.

faster-whisper fills up every utterance to 30 s, which takes three times as long as 10 s (measured, SPEECH §1.2).
"""

from __future__ import annotations

from dataclasses import dataclass

FRAME_SAMPLES = 160
"""Samples of one mel frame, 10 ms at 16 kHz."""
MOST_FRAMES = 3000
"""30 s, what Whisper was trained on."""


@dataclass(frozen=True, slots=True)
class Window:
    """Quiet added after the sound, and the least of both together."""

    least_sec: float
    margin_sec: float

    def frames(self, samples: int, mels: int) -> int:
        """Return the mel frames for a sound: even, at most 30 s, and not the one number that goes wrong.

        CTranslate2 takes encoder output of shape (1, mels, width) for mel frames and encodes it again without a word:
        half the frames must not be the number of mels.
        """
        frames = -(-samples // FRAME_SAMPLES) + round(self.margin_sec * 100)
        frames = min(MOST_FRAMES, max(frames, round(self.least_sec * 100)))
        frames += frames % 2
        return frames + 2 if frames == 2 * mels else frames


FINAL = Window(least_sec=7.0, margin_sec=1.5)
"""On 82 recordings the base model makes the same errors as with 10 s and 2 s, or with 30 s (zh .21, .22, .23; en .13,
.14, .13), in 242 ms instead of 304 and 1,044; with 5 s and 1 s it makes more (.23, .15)."""
PARTIAL = Window(least_sec=6.0, margin_sec=1.0)
"""Between the 5 and 7 s that do for readings that are thrown away."""
FULL = Window(least_sec=30.0, margin_sec=0.0)
"""As trained: for the second try at a reading that looks broken."""
