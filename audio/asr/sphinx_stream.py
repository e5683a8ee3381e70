"""One utterance read while it is spoken, by two decoders side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from audio.asr.speech_gate import SpeechGate
from audio.asr.sphinx_read import NOTHING, Decoder, Reading, read, reading
from coach.ports import EAR_RATE_HZ, Int16Array

MEAN_SAMPLES = EAR_RATE_HZ
"""Least audio that tells a speaker's cepstral mean, 1 s. Measured on human clips, word errors against reading the
utterance as a whole: streaming from the mean of the speaker's other utterance the same (19 clips), from that of the
first second 2 to 10 points more, from the model's stock mean 4 to 9 points more."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two decoders of the same audio.

    A pair either streams or reads whole utterances, never both in turn: pocketsphinx crashed (SIGSEGV) in long
    pieces streamed into decoders that had read a whole utterance before.
    """

    scenario: Decoder
    general: Decoder

    def whole(self, pcm: Int16Array) -> Reading:
        """Decode all of an utterance at once; return the more probable reading."""
        return more_probable(read(self.scenario, pcm), read(self.general, pcm))

    def mean_of(self, pcm: Int16Array) -> str:
        """Return the cepstral mean of a stretch of audio. Costs a reading of it by the small decoder."""
        read(self.scenario, pcm)
        return self.scenario.get_cmn(False)

    def start(self, mean: str) -> None:
        """Begin to stream from this cepstral mean."""
        for decoder in (self.scenario, self.general):
            decoder.set_cmn(mean)
            decoder.start_utt()

    def add(self, pcm: Int16Array) -> None:
        """Stream further audio."""
        for decoder in (self.scenario, self.general):
            decoder.process_raw(pcm.tobytes(), False, False)

    def end(self) -> None:
        """End the stream."""
        self.scenario.end_utt()
        self.general.end_utt()

    def so_far(self) -> Reading:
        """Return the more probable of the best paths so far."""
        return more_probable(reading(self.scenario, is_over=False), reading(self.general, is_over=False))


def more_probable(scenario: Reading, general: Reading) -> Reading:
    """Choose between two paths over the same frames; the scenario's wins a tie, as of two that found nothing."""
    return scenario if scenario.score >= general.score else general


class Stream:
    """One utterance. Order: (add, advance | finish)*, stop.

    Nothing ends at a finish, for most pauses are not the end: the answer is the best path so far, and audio after it
    goes on from there. So each sample is streamed once, however often somebody asks; where the mean was unknown, what
    came before it was learnt is read as a whole and streamed once more.
    """

    def __init__(self, pair: Pair, whole: Pair, mean: str | None) -> None:
        """Take two decoders that nobody else uses.

        Args:
            pair: The decoders that stream.
            whole: Others, that read at once; may be shared with other streams.
            mean: The speaker's cepstral mean, if known. Without it partials begin after a second, by the mean of
                that, and `finish` reads the utterance as a whole until there is enough of it to learn the mean.
        """
        self.pair = pair
        self.mean = mean
        self._whole = whole
        self._gate = SpeechGate()
        self._gated = 0
        self._audio = np.empty(0, np.int16)
        self._done = 0
        self._is_running = False
        self._has_words = False

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
        if self.mean is None and len(self._audio) < MEAN_SAMPLES:
            return None
        self._start()
        piece = self._audio[self._done : self._done + samples]
        self._done += len(piece)
        if piece.size:
            self.pair.add(piece)
        return self.pair.so_far() if self._heard(self._done) else None

    def finish(self) -> Reading:
        """Return the best reading of all so far, nothing where nobody spoke; learn the speaker's mean."""
        if not self._heard(len(self._audio)):
            return NOTHING
        if self.mean is None:
            result = self._read_whole()
        else:
            result = self.advance(len(self._audio) - (self._done if self._is_running else 0)) or NOTHING
        self._has_words = bool(result.words)
        return result

    def stop(self) -> str | None:
        """End the decoders' utterance. Idempotent.

        Returns:
            The speaker's cepstral mean as gathered over all of it, None if there was too little.
        """
        if not self._is_running:
            return None
        self._is_running = False
        self.pair.end()
        return self.pair.general.get_cmn(True) if self._has_words and self._done >= MEAN_SAMPLES else None

    def _read_whole(self) -> Reading:
        result = self._whole.whole(self._audio)
        if result.words and len(self._audio) >= MEAN_SAMPLES:
            self.stop()
            self.mean = self._whole.general.get_cmn(False)
        return result

    def _start(self) -> None:
        if self._is_running:
            return
        self._is_running, self._done = True, 0
        self.pair.start(self.mean or self._whole.mean_of(self._audio[:MEAN_SAMPLES]))

    def _heard(self, until: int) -> bool:
        """Return whether anybody spoke before this sample."""
        fresh = self._audio[self._gated : until]
        self._gated += len(fresh)
        return self._gate.heard(fresh)
