"""What has been learnt of one streamer: where the mean of their cepstra lies and which transform suits their voice."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from audio.asr.sphinx_features import CEPSTRA, Cepstra
from audio.asr.sphinx_model import AcousticModel
from audio.asr.sphinx_transform import IDENTITY, Statistics, Transform, fit

Floats = NDArray[np.float64]

MEAN_FRAMES = 100
"""Frames that tell a mean, 1 s: the least to begin with for an unknown speaker, and the weight of a known one's."""
SETTLED_FRAMES = 400
"""Frames after which a mean is not asked about again, 4 s: reading a longer utterance again takes too long."""
LOUD = 30.0
"""A frame is taken for speech down to so far under the loudest in its first cepstrum: 26 dB (that cepstrum is five
times the mean logarithm of the bands' power). Below it lie pauses and breath."""
SPEECH_SHARE = 0.85
"""Share of speech in a mean. The model was trained on read sentences with the mean of each as a whole; an utterance
that begins with its first word, or ends with a long silence, must not move it. No share was tried against another."""
CLOSE = 0.03
"""Mean square distance, in variances, under which an utterance goes on under the mean that it began with."""
VERY_CLOSE = 0.002
"""The same for a short utterance at its end, when reading it again costs little."""
LEARNT_FRAMES = 3_000.0
"""Aligned speech after which a transform is as good as it gets, 30 s (Gales 1998: 13 rows of 14 numbers)."""


@dataclass
class Speaker:
    """One voice at one microphone, as far as it is known."""

    statistics: Statistics = field(default_factory=Statistics)
    transform: Transform = IDENTITY
    mean: Floats | None = None
    """Of the last utterance that was long enough, shape (13,)."""

    @property
    def is_known(self) -> bool:
        """Return whether there was an utterance to learn from."""
        return self.mean is not None

    @property
    def is_learnt(self) -> bool:
        """Return whether more utterances would change little."""
        return self.statistics.frames >= LEARNT_FRAMES

    def mean_of(self, cepstra: Cepstra) -> Floats:
        """Return the most probable mean of an utterance of which so much was heard; a known voice's counts as 1 s."""
        if self.mean is None:
            return balanced_mean(cepstra)
        frames = len(cepstra) if len(cepstra) >= MEAN_FRAMES else 0
        share = frames / (frames + MEAN_FRAMES)
        return np.asarray(share * balanced_mean(cepstra) + (1 - share) * self.mean)

    def transform_for(self, model: AcousticModel, normal: Cepstra) -> Transform:
        """Return the transform if it suits these cepstra, else none: somebody else may be speaking."""
        if not self.statistics.frames:
            return IDENTITY
        gain = fit(model, self.transform.apply(normal)) + self.transform.log_volume - fit(model, normal)
        return self.transform if gain > 0 else IDENTITY

    def learn_mean(self, cepstra: Cepstra) -> None:
        """Take in the mean of an utterance that is over."""
        if len(cepstra) >= MEAN_FRAMES:
            self.mean = balanced_mean(cepstra)

    def learn_voice(self, statistics: Statistics) -> None:
        """Take in what an utterance tells about the voice."""
        self.statistics.take(statistics)
        self.transform = self.statistics.solve()


def balanced_mean(cepstra: Cepstra) -> Floats:
    """Return the mean of cepstra of shape (n, 13) as if speech and pauses had their usual shares in them."""
    heard = cepstra[cepstra[:, 0] >= 0]  # without digital silence, which pocketsphinx leaves out too
    if not len(heard):
        return np.zeros(CEPSTRA)
    is_speech = heard[:, 0] >= np.percentile(heard[:, 0], 95) - LOUD
    speech, pause = heard[is_speech], heard[~is_speech]
    if not len(pause):
        return np.asarray(speech.mean(axis=0), np.float64)
    return np.asarray(SPEECH_SHARE * speech.mean(axis=0) + (1 - SPEECH_SHARE) * pause.mean(axis=0), np.float64)


def are_close(one: Floats, other: Floats, cepstra: Cepstra, limit: float = CLOSE) -> bool:
    """Return whether reading an utterance again under another mean would change nothing to speak of."""
    return bool(np.mean((one - other) ** 2 / (cepstra.var(axis=0) + 1e-6)) < limit)
