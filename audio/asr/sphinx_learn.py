"""Learning a voice from what was understood of it, beside the listening."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass

import numpy as np

from audio.asr.pronounce import Pronouncer
from audio.asr.sphinx_align import align
from audio.asr.sphinx_child import CAN_FORK, Child
from audio.asr.sphinx_model import AcousticModel
from audio.asr.sphinx_speaker import Speaker, balanced_mean
from audio.asr.sphinx_stream import Spoken
from audio.asr.sphinx_transform import Statistics

logger = logging.getLogger(__name__)

LONGEST_FRAMES = 1_500
"""Longest utterance learnt from, 15 s or about half a second of work."""
LEAST_WORDS = 3
"""A voice is not judged by an okay."""
_GRACE_SEC = 0.0
_NICE = 10
"""Listening goes before learning."""


@dataclass(frozen=True, slots=True)
class _Lesson:
    speaker: Speaker
    child: Child[Statistics | None]


class Learner:
    """Learns from one utterance at a time, in a child process; what is over meanwhile teaches its mean only."""

    def __init__(self, model: AcousticModel, pronouncer: Pronouncer) -> None:
        self._model = model
        self._pronouncer = pronouncer
        self._lesson: _Lesson | None = None

    def learn(self, speaker: Speaker, spoken: Spoken) -> None:
        """Begin to learn from an utterance."""
        if not spoken.reading.words:
            return
        speaker.learn_mean(spoken.cepstra)
        self.collect()
        is_worth_it = len(spoken.reading.words) >= LEAST_WORDS and len(spoken.cepstra) <= LONGEST_FRAMES
        if CAN_FORK and is_worth_it and self._lesson is None and not speaker.is_learnt:
            self._lesson = _Lesson(speaker, Child(lambda: self._statistics(spoken)))

    def collect(self, wait_sec: float = 0.0) -> None:
        """Take in what has been learnt by now, or soon."""
        lesson = self._lesson
        if lesson is None or not lesson.child.is_done(wait_sec):
            return
        self._lesson = None
        statistics = lesson.child.result(_GRACE_SEC)
        if statistics is not None:
            lesson.speaker.learn_voice(statistics)

    def _statistics(self, spoken: Spoken) -> Statistics | None:
        os.nice(_NICE)
        words = [word.text for word in spoken.reading.words]
        cepstra = spoken.cepstra
        normal = np.asarray(cepstra - balanced_mean(cepstra), np.float32)
        try:
            states = align(normal, words, {word: self._pronouncer.pronounce(word) for word in words})
        except RuntimeError as error:  # words that do not fit the sound teach nothing
            logger.debug("Nothing learnt: %s", error)
            return None
        statistics = Statistics()
        statistics.add(self._model, normal, states.senones, states.phones)
        return statistics
