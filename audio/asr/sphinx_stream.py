"""One utterance read while it is spoken, by two decoders side by side."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from audio.asr.scenario_grammar import Script
from audio.asr.speech_gate import SpeechGate
from audio.asr.sphinx_child import CAN_FORK, Child
from audio.asr.sphinx_features import CEPSTRA, Cepstra, FrontEnd
from audio.asr.sphinx_model import AcousticModel
from audio.asr.sphinx_read import NOTHING, Decoder, Reading, feed, reading
from audio.asr.sphinx_speaker import CLOSE, MEAN_FRAMES, SETTLED_FRAMES, VERY_CLOSE, Speaker, are_close
from audio.asr.sphinx_splice import splice
from audio.asr.sphinx_transform import IDENTITY, Transform
from coach.ports import Int16Array

BEST_LIMIT_SEC = 0.25
"""Longest that the better reading of a final is waited for; the streamed one is there at once. It takes a tenth of
that, so the limit matters on a machine with no core to spare."""
AGAIN_LIMIT_SEC = 0.4
"""Longest that a short utterance is read again at its end, when all of it shows its mean to be another than its
beginning did. Only an unknown voice needs that, so it is one final of a rehearsal that comes so late."""
AGAIN_FRAMES = 250
"""Longest utterance read again, 2.5 s: at a sixth of real time it is there in time, a longer one is not."""
_TAIL_FRAMES = 3
"""Frames that pocketsphinx holds back because a curvature needs what follows."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two decoders of the same cepstra."""

    scenario: Decoder
    general: Decoder
    script: Script = frozenset()
    """What the scenario has word for word."""

    def start(self) -> None:
        """Begin an utterance."""
        self.scenario.start_utt()
        self.general.start_utt()

    def add(self, cepstra: Cepstra) -> None:
        """Stream further frames."""
        feed(self.scenario, cepstra)
        feed(self.general, cepstra)

    def end(self) -> None:
        """End the utterance."""
        self.scenario.end_utt()
        self.general.end_utt()

    def so_far(self) -> Reading:
        """Return the most probable reading so far."""
        return splice(reading(self.scenario, is_over=False), reading(self.general, is_over=False), self.script)

    def again(self, cepstra: Cepstra) -> Reading:
        """Read an utterance from the front instead of going on; return the most probable reading."""
        self.end()
        self.start()
        self.add(cepstra)
        return self.best(cepstra[-1:])

    def best(self, last: Cepstra) -> Reading:
        """End the utterance, which ended with this frame; return the most probable reading."""
        self.add(np.repeat(last, _TAIL_FRAMES, axis=0))
        self.end()
        return splice(reading(self.scenario), reading(self.general), self.script)


@dataclass(frozen=True, slots=True)
class Spoken:
    """An utterance that is over."""

    cepstra: Cepstra
    """Shape (n, 13), as heard."""
    reading: Reading
    """Of all of it; without words if nobody spoke or nobody asked at the end."""


class Stream:
    """One utterance. Order: (add, advance | finish)*, stop.

    Nothing ends at a finish, for most pauses are not the end: a copy of the process ends, and audio after it goes on
    from there. The utterance is read from the front again only when its mean turns out to be another than was taken:
    after 1, 2 and 4 s at most, so that a second of speech is read twice or less on the average.
    """

    def __init__(self, pair: Pair, speaker: Speaker, model: AcousticModel) -> None:
        """Take two decoders that nobody else uses, and what is known of the voice."""
        self.pair = pair
        self._speaker = speaker
        self._model = model
        self._front = FrontEnd()
        self._gate = SpeechGate()
        self._has_speech = False
        self._samples = 0
        self._cepstra: Cepstra = np.empty((0, CEPSTRA), np.float32)
        self._view = _View()
        self._done = 0
        self._shown = 0
        self._is_running = False
        self._last = NOTHING
        self._last_frames = 0

    def add(self, offset: int, pcm: Int16Array) -> bool:
        """Take audio that began at sample `offset` of the utterance; what is known already is skipped.

        Returns:
            False if the audio before it is missing: this stream can not read the utterance.
        """
        if offset > self._samples:
            return False
        fresh = pcm[self._samples - offset :]
        self._samples += len(fresh)
        self._has_speech = self._has_speech or self._gate.heard(fresh)
        self._cepstra = np.concatenate((self._cepstra, self._front.feed(fresh)))
        return True

    def advance(self, frames: int) -> Reading | None:
        """Decode up to so many further frames; return the words so far, None if there are no newer ones to show."""
        is_early = len(self._cepstra) < MEAN_FRAMES and not self._speaker.is_known
        if is_early or not self._has_speech:
            return None
        self._read_on(frames)
        if self._done <= self._shown:
            return None
        self._shown = self._done
        return self.pair.so_far()

    def finish(self) -> Reading:
        """Return the best reading of all so far, nothing where nobody spoke."""
        if not self._has_speech or not len(self._cepstra):
            return NOTHING
        self._read_on(len(self._cepstra))
        if self._last_frames != self._done:
            self._last, self._last_frames = self._best(), self._done
        return self._last

    def stop(self) -> Spoken:
        """End the decoders' utterance. Idempotent."""
        if self._is_running:
            self._is_running = False
            self.pair.end()
        return Spoken(self._cepstra, self._last if self._last_frames == len(self._cepstra) else NOTHING)

    def _best(self) -> Reading:
        if not CAN_FORK:
            return self.pair.so_far()
        last = self._view.normal(self._cepstra[-1:])
        best = Child(lambda: self.pair.best(last))
        again = self._read_again()
        if again is not None:
            best.stop()
            return again
        return best.result(BEST_LIMIT_SEC) or self.pair.so_far()

    def _read_again(self) -> Reading | None:
        """Return a reading under the mean of the whole utterance; None if that is no other or takes too long."""
        if len(self._cepstra) > AGAIN_FRAMES or self._view.frames == len(self._cepstra):
            return None
        view = self._look(len(self._cepstra))
        if view.is_like(self._view, self._cepstra, VERY_CLOSE):
            return None
        return Child(lambda: self.pair.again(view.normal(self._cepstra))).result(AGAIN_LIMIT_SEC)

    def _read_on(self, frames: int) -> None:
        self._settle()
        piece = self._cepstra[self._done : self._done + frames]
        self.pair.add(self._view.normal(piece))
        self._done += len(piece)

    def _settle(self) -> None:
        """Begin, or begin again where more of the utterance shows its mean or its speaker to be others."""
        known, heard = self._view.frames, len(self._cepstra)
        if self._is_running and (known >= SETTLED_FRAMES or heard < max(2 * known, MEAN_FRAMES)):
            return
        view = self._look(heard)
        if self._is_running:
            if view.is_like(self._view, self._cepstra):
                self._view.frames = heard
                return
            self.pair.end()
        self._view, self._done, self._is_running = view, 0, True
        self.pair.start()

    def _look(self, heard: int) -> _View:
        view = _View(heard, self._speaker.mean_of(self._cepstra), self._speaker.transform)
        if heard >= MEAN_FRAMES:
            view.transform = self._speaker.transform_for(self._model, view.centred(self._cepstra))
        return view


@dataclass(slots=True)
class _View:
    """How the cepstra of an utterance are normalised."""

    frames: int = 0
    """Length of the utterance by which this was found."""
    mean: NDArray[np.float64] = field(default_factory=lambda: np.zeros(CEPSTRA))
    transform: Transform = IDENTITY

    def normal(self, cepstra: Cepstra) -> Cepstra:
        """Return what the decoders get."""
        return self.transform.apply(self.centred(cepstra))

    def centred(self, cepstra: Cepstra) -> Cepstra:
        """Return cepstra without their mean."""
        return np.asarray(cepstra - self.mean, np.float32)

    def is_like(self, other: _View, cepstra: Cepstra, limit: float = CLOSE) -> bool:
        """Return whether a reading under the other is as good."""
        return self.transform is other.transform and are_close(self.mean, other.mean, cepstra, limit)
