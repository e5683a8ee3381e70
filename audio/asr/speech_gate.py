"""Whether anybody spoke at all. A recogniser asked about noise answers with words; this keeps it from being asked."""

from __future__ import annotations

import numpy as np

from audio.vad.cascade import CascadeVad
from coach.ports import EAR_FRAME, Int16Array

SPEECH = 0.5
"""Probability at which the confirmed detector means speech (Silero's own default)."""
FRAMES_NEEDED = 4
"""80 ms: shorter than any syllable that carries meaning, longer than a click."""


class SpeechGate:
    """Opens at the first speech of an utterance and stays open."""

    def __init__(self) -> None:
        self._vad = CascadeVad()
        self._left = np.empty(0, np.int16)
        self._frames = 0

    def heard(self, pcm: Int16Array) -> bool:
        """Take more audio, any length, int16 16 kHz mono; return whether there was speech up to its end."""
        if self._frames < FRAMES_NEEDED:
            self._listen(np.concatenate((self._left, pcm)))
        return self._frames >= FRAMES_NEEDED

    def _listen(self, audio: Int16Array) -> None:
        whole = len(audio) - len(audio) % EAR_FRAME
        self._left = audio[whole:]
        for frame in audio[:whole].reshape(-1, EAR_FRAME):
            is_speech = self._vad.feed(frame).speech >= SPEECH
            self._frames = self._frames + 1 if is_speech else 0
            if self._frames >= FRAMES_NEEDED:
                return
