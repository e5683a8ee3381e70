"""How the viewers' sound gets from the loudspeaker into the microphone, learned while it happens.

A partitioned frequency-domain Kalman filter (Enzner and Vary 2006; partitioned: Kuech, Mabande, Enzner 2014): like
any adaptive filter it predicts the echo, and it also knows how sure it is. That uncertainty is what tells a streamer
who talks over a viewer from an echo that is not fully learned yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.fft import irfft, rfft
from numpy.typing import NDArray

from audio.echo_reference import Float32Array
from coach.ports import EAR_FRAME

Complex64Array = NDArray[np.complex64]

_SIZE = 2 * EAR_FRAME
BINS = EAR_FRAME + 1
"""Bins of a spectrum, 25 Hz apart."""
PARTS = 12
"""Blocks of 20 ms that the filter covers: 240 ms, over which a room of 0.6 s reverberation falls by 24 dB."""
_DECAY_SEC = 0.06
"""How fast an unknown room is expected to fall: 0.4 s reverberation, the middle of furnished rooms (ISO 3382-2)."""
_GAIN = 0.03
"""Expected power of the unknown path's first block: 15 dB under full coupling, a laptop at arm's length."""
_KEEP = 0.99**2
"""Share of the path that stays from block to block; the rest may move, as heads and hands do."""
_SMOOTH = 0.8
"""Memory of the near side's spectrum per block: 100 ms, a syllable."""
_REPLAYS = 2
_YOUNG_BLOCKS = 100
"""Blocks with sound, 2 s, during which each is learned from again: a path is known twice as soon."""
_REPLAY_BLOCKS = 50
LOUD = 3e-7
"""Mean square from which a played block teaches something: -65 dBFS."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """One block, 20 ms."""

    residual: Float32Array
    """Microphone minus predicted echo, shape (320,)."""
    echo: Float32Array
    """Predicted echo, shape (320,)."""
    residual_power: Float32Array
    """Per bin, shape (321,)."""
    unsure_power: Float32Array
    """Echo that may be left in the residual, by what the filter does not know yet; per bin."""
    played_power: Float32Array
    """Of the block played and the one before it, per bin."""


class EchoFilter:
    """One echo path. Fed every 20 ms block while it may carry sound; 0.15 ms a block, 0.4 ms while it is young."""

    def __init__(self) -> None:
        fall = np.maximum(np.exp(-np.arange(PARTS) * EAR_FRAME / 16_000 / _DECAY_SEC), 0.01)
        self._path: Complex64Array = np.zeros((PARTS, BINS), np.complex64)
        self._doubt: Float32Array = np.repeat((_GAIN * fall)[:, None], BINS, axis=1).astype(np.float32)
        self._near: Float32Array = np.full(BINS, 1e-3, np.float32)
        self._played: Complex64Array = np.zeros((_REPLAY_BLOCKS + PARTS, BINS), np.complex64)
        self._heard: Float32Array = np.zeros((_REPLAY_BLOCKS, EAR_FRAME), np.float32)
        self._last: Float32Array = np.zeros(EAR_FRAME, np.float32)
        self._random = np.random.default_rng(0)
        self.taught = 0
        """Blocks with sound so far."""

    def step(self, played: Float32Array, heard: Float32Array) -> Prediction:
        """Predict the echo in one block and learn from what was heard.

        Args:
            played: Shape (320,), 16 kHz: what was played, delayed as the path delays it.
            heard: Shape (320,): the microphone.
        """
        self._played[1:] = self._played[:-1]
        self._played[0] = rfft(np.concatenate([self._last, played]))
        self._last = played
        self._heard[1:] = self._heard[:-1]
        self._heard[0] = heard
        self.taught += bool(np.dot(played, played) > LOUD * EAR_FRAME)
        prediction = self._learn(self._played[:PARTS], heard, replay=False)
        if 1 < self.taught < _YOUNG_BLOCKS:
            for _ in range(_REPLAYS):
                back = int(self._random.integers(1, min(self.taught, _REPLAY_BLOCKS)))
                self._learn(self._played[back : back + PARTS], self._heard[back], replay=True)
        return prediction

    def refill(self, played: list[Float32Array]) -> None:
        """Take other blocks for what was played last, the oldest first: PARTS + 1 of them."""
        for back, (last, block) in enumerate(reversed(list(pairwise(played)))):
            self._played[back] = rfft(np.concatenate([last, block]))
        self._last = played[-1]

    def _learn(self, played: Complex64Array, heard: Float32Array, *, replay: bool) -> Prediction:
        echo = irfft(np.einsum("pf,pf->f", played, self._path), _SIZE)[EAR_FRAME:].astype(np.float32)
        residual = heard - echo
        error = rfft(np.concatenate([_ZEROS, residual])).astype(np.complex64)
        power = error.real**2 + error.imag**2
        if not replay:
            self._near += (1 - _SMOOTH) * (power - self._near)
        near = np.maximum(self._near, power) if replay else self._near
        played_power = played.real**2 + played.imag**2
        # Half of every spectrum is the zero padding of overlap-save, hence the factors of one half.
        unsure = 0.5 * np.einsum("pf,pf->f", played_power, self._doubt)
        gain = self._doubt / (unsure + near + 1e-6)
        self._path += gain * np.conj(played) * error
        response = irfft(self._path, _SIZE, axis=1)
        response[:, EAR_FRAME:] = 0
        self._path = rfft(response, axis=1).astype(np.complex64)
        if not replay:
            moved = (1 - _KEEP) * (self._path.real**2 + self._path.imag**2)
            self._doubt = _KEEP * (1 - 0.5 * gain * played_power) * self._doubt + moved
        return Prediction(residual, echo, power, unsure, played_power[0])


_ZEROS: Float32Array = np.zeros(EAR_FRAME, np.float32)
