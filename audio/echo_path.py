"""One echo path that was found: what it lets through, and whether there is more in the microphone than that."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from audio.echo_evidence import NearEvidence
from audio.echo_filter import LOUD, EchoFilter, Prediction
from audio.echo_reference import Float32Array
from coach.ports import EAR_FRAME

AUDIBLE_DB = 6.0
"""Above the background a block may be speech: as the quick voice detector has it."""
_TELLING_DB = 12.0
"""From here on the background is too small a part to excuse a bad prediction."""
# _SURE_EVIDENCE, _YOUNG_EVIDENCE, _LEARNED_DB, _GROWN_BLOCKS and _CERTAIN_BLOCKS were set while looking at failing
# cases with recorded voices (2026-11-25); they are to be set again on generated material.
_SURE_EVIDENCE = 1.5
"""Evidence from which there is more than echo, dB."""
_YOUNG_EVIDENCE = 9.0
"""What a filter that takes nothing out yet asks for beyond that, dB. Falls to nothing while the filter learns."""
_LEARNED_DB = 10.0
"""An echo taken down by this much counts as known."""
_GROWN_BLOCKS = 300
"""After 6 s of sound nothing more is asked for: a streamer who talks all the time keeps the filter from learning."""
_ERLE_MEMORY = 0.95
"""Of what came and what was left, per block: 400 ms, two syllables."""
_CERTAIN_BLOCKS = 4
_HOLD_BLOCKS = 15
_HOLD_EVIDENCE = 3.5
"""Sure evidence must last for 80 ms; then this much less, dB, is enough for 300 ms: speech has gaps between its
syllables."""
_MATCH_BLOCKS = 8
"""Over 160 ms, a syllable, echo and prediction are compared."""
_ALIKE = 0.35
"""A prediction that does not share this much of itself with the microphone is wrong."""
_AUDIBLE_SHARE = 0.25
"""A prediction 6 dB under the microphone or more is too small to tell."""
_PAUSE_BLOCKS = 20
_PROOF_BLOCKS = 3
_PATIENCE_BLOCKS = 20
"""After a pause of 400 ms the path may have moved, as after a hiccup of the network: the echo must be heard where it is
expected for 60 ms before anything counts as more, or 400 ms of sound must have gone by."""
_GONE_BLOCKS = 50
"""Predicted echo missing for 1 s of it: the path is gone, as when headphones are plugged in."""
_USELESS, _USELESS_BLOCKS = 0.97, 25
"""A prediction that leaves more than this of the sound for half a second predicts nothing: two voices were alike by
chance. Of an echo 10 dB under a streamer it leaves 0.92."""


@dataclass(frozen=True, slots=True)
class PathSight:
    """One block as the path sees it."""

    prediction: Prediction
    is_echo: bool
    """Whether it must be taken for no more than echo."""


class EchoPath:
    """Fed every 20 ms block of the microphone with what was played `delay` samples before.

    Args:
        delay: From what was played to the first sound that can be its echo, samples at 16 kHz.
    """

    def __init__(self, delay: int) -> None:
        self.delay = delay
        self._filter = EchoFilter()
        self._evidence = NearEvidence()
        self._match = np.zeros((_MATCH_BLOCKS, 3))
        self._certain = self._held = self._missing = self._paused = self._useless = 0
        self._proof, self._patience = _PROOF_BLOCKS, 0
        self._came = self._left = 1e-9
        self._rated = 0
        self._best_db = 0.0

    @property
    def is_lost(self) -> bool:
        """Whether a good part of the last 160 ms should be echo, and is not where it should be."""
        alike, echo, heard = self._match.sum(axis=0)
        return bool(echo > _AUDIBLE_SHARE * heard > 0 and alike < _ALIKE * echo)

    @property
    def is_gone(self) -> bool:
        """Whether there is no such echo any more."""
        return self._missing >= _GONE_BLOCKS or self._useless >= _USELESS_BLOCKS

    @property
    def is_suspicious(self) -> bool:
        """Whether somebody seems to speak beside the echo, or the echo has moved: a look tells which."""
        return self._certain > 0 or self._held > 0 or self.is_lost

    def step(self, played: Float32Array, heard: Float32Array, above_db: float) -> PathSight:
        """Advance by one block.

        Args:
            played: Shape (320,), 16 kHz: what was played `delay` samples before.
            heard: Shape (320,): the microphone.
            above_db: How far it stands above the background.
        """
        audible = above_db >= AUDIBLE_DB
        youth = max(0.0, 1 - self._best_db / _LEARNED_DB) * max(0.0, 1 - self._rated / _GROWN_BLOCKS)
        prediction = self._filter.step(played, heard)
        self._compare(prediction.echo, heard)
        if above_db >= _TELLING_DB and _is_loud(played):
            self._rate(prediction.residual, heard)
        lost = self.is_lost
        self._missing = self._missing + audible if lost else 0
        evidence = self._evidence.judge(heard, prediction, youth)
        more = self._is_more(evidence if audible else -_HOLD_EVIDENCE, youth)
        proven = self._is_proven(played, audible=audible)
        return PathSight(prediction, is_echo=lost or not more or not proven)

    def _rate(self, residual: Float32Array, heard: Float32Array) -> None:
        """See how much of the echo has been taken out at best; a streamer who talks over it makes it seem less."""
        came, left = float(np.dot(heard, heard)), float(np.dot(residual, residual))
        self._useless = self._useless + 1 if left > _USELESS * came else 0
        self._rated += 1
        self._came = _ERLE_MEMORY * self._came + came
        self._left = _ERLE_MEMORY * self._left + left
        self._best_db = max(self._best_db, 10 * math.log10(self._came / max(self._left, 1e-12)))

    def _compare(self, echo: Float32Array, heard: Float32Array) -> None:
        self._match[:-1] = self._match[1:]
        self._match[-1] = np.dot(echo, heard), np.dot(echo, echo), np.dot(heard, heard)

    def _is_more(self, evidence: float, youth: float) -> bool:
        """Whether somebody speaks beside the echo."""
        needed = _SURE_EVIDENCE + _YOUNG_EVIDENCE * youth
        self._certain = self._certain + 1 if min(evidence, self._evidence.latest) >= needed else 0
        self._held = _HOLD_BLOCKS if self._certain >= _CERTAIN_BLOCKS else max(0, self._held - 1)
        return self._held > 0 and evidence >= needed - _HOLD_EVIDENCE

    def _is_proven(self, played: Float32Array, *, audible: bool) -> bool:
        """Whether the path was seen to hold since the last pause, or nothing more can be learned."""
        if not _is_loud(played):
            self._paused += 1
        elif self._paused >= _PAUSE_BLOCKS:
            self._paused, self._proof, self._patience = 0, 0, _PATIENCE_BLOCKS
        else:
            self._paused = 0
        if audible:
            alike, echo, heard = self._match[-1]
            self._proof += bool(echo > _AUDIBLE_SHARE * heard and alike > 0.5 * echo)
            self._patience -= 1
        return self._proof >= _PROOF_BLOCKS or self._patience <= 0


def _is_loud(played: Float32Array) -> bool:
    return float(np.dot(played, played)) > LOUD * EAR_FRAME
