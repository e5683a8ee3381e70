"""One utterance read while it is spoken, by two decoders side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from audio.asr.speech_gate import SpeechGate
from audio.asr.sphinx_read import NOTHING, Decoder, Reading, read, reading
from coach.ports import EAR_RATE_HZ, Int16Array

MEAN_SAMPLES = EAR_RATE_HZ
"""How much of an utterance is awaited to know its cepstral mean: 1 s. Streaming from the model's stock mean costs
some 4 points of word errors on human clips; from the mean of the first second, 2 points (0.6 s: 13)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The two decoders of one utterance."""

    scenario: Decoder
    general: Decoder

    def whole(self, pcm: Int16Array) -> Reading:
        """Decode all of an utterance at once; return the more probable reading."""
        return more_probable(read(self.scenario, pcm), read(self.general, pcm))


def more_probable(scenario: Reading, general: Reading) -> Reading:
    """Choose between two paths over the same frames; the scenario's wins a tie, as of two that found nothing."""
    return scenario if scenario.score >= general.score else general


class Stream:
    """One utterance. Order: (add, advance)*, finish, and again: audio after a finish starts it over from the front."""

    def __init__(self, pair: Pair, mean_of: Callable[[Int16Array], str]) -> None:
        """Take two decoders that nobody else uses.

        Args:
            pair: The decoders.
            mean_of: Returns the cepstral mean of a stretch of audio, in the form that `set_cmn` takes.
        """
        self.pair = pair
        self._mean_of = mean_of
        self._gate = SpeechGate()
        self._audio = np.empty(0, np.int16)
        self._done = 0
        self._is_running = False

    def add(self, offset: int, pcm: Int16Array) -> bool:
        """Take audio that began at sample `offset` of the utterance; what is known already is skipped.

        Returns:
            False if the audio before it is missing: this stream can not read the utterance.
        """
        known = len(self._audio)
        if offset > known:
            return False
        self._audio = np.concatenate((self._audio, pcm[known - offset :]))
        return True

    def advance(self, samples: int) -> Reading | None:
        """Decode up to so many further samples; return the words so far, None before anybody spoke."""
        if len(self._audio) < MEAN_SAMPLES:
            return None
        self._start()
        piece = self._audio[self._done : self._done + samples]
        self._done += len(piece)
        if piece.size:
            for decoder in (self.pair.scenario, self.pair.general):
                decoder.process_raw(piece.tobytes(), False, False)
        if not self._gate.heard(piece):
            return None
        return more_probable(reading(self.pair.scenario), reading(self.pair.general))

    def finish(self) -> Reading:
        """Decode the rest and return the best reading of all; nothing where nobody spoke."""
        if len(self._audio) < MEAN_SAMPLES:
            return self.pair.whole(self._audio) if SpeechGate().heard(self._audio) else NOTHING
        spoken = self.advance(len(self._audio) - self._done)
        self.stop()
        if spoken is None:
            return NOTHING
        return more_probable(reading(self.pair.scenario), reading(self.pair.general))

    def stop(self) -> None:
        """End the decoders' utterance. Idempotent."""
        if self._is_running:
            self._is_running = False
            self.pair.scenario.end_utt()
            self.pair.general.end_utt()

    def _start(self) -> None:
        if self._is_running:
            return
        self._is_running, self._done, self._gate = True, 0, SpeechGate()
        mean = self._mean_of(self._audio[:MEAN_SAMPLES])
        for decoder in (self.pair.scenario, self.pair.general):
            decoder.set_cmn(mean)
            decoder.start_utt()
