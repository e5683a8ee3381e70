"""One echo path that was found: what it lets through, and whether there is more in the microphone than that."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from audio.echo_align import Aligner
from audio.echo_evidence import NearEvidence
from audio.echo_filter import LOUD, EchoFilter, Prediction
from audio.echo_reference import Float32Array
from audio.echo_rest import RestGain
from coach.ports import EAR_FRAME

AUDIBLE_DB = 6.0
"""Above the background a block may be speech: as the quick voice detector has it."""
_TELLING_DB = 12.0
"""From here on the background is too small a part to excuse a bad prediction."""
_SURE_DB = 1.5
"""Evidence, dB, above which a block speaks for somebody beside the echo, and under which against."""
_MOST_DB = 6.0
_ENOUGH_DB = 20.0
"""A sequential test (Page 1954): what the blocks say beyond that is added up, each at most this much either way, from
zero to this much, which says that somebody speaks: 80 ms of a clear voice, longer for one that hardly stands out. Set
on synthetic voices in simulated rooms: with 12 and 16 noises brought the viewer back more often."""
_HOLD_BLOCKS = 15
_HOLD_DB = 3.5
"""Then 300 ms count in which the evidence is no more than this much lower: speech has gaps between its syllables."""
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
    rest: Float32Array
    """What the prediction leaves, turned down where it is echo still; shape (320,), 2 ms late."""
    is_echo: bool
    """Whether it must be taken for no more than echo."""
    above_db: float
    """How far it stands above all that can be echo, dB averaged over the bands."""
    has_viewer: bool
    """Whether a viewer sounds in it."""


class EchoPath:
    """Fed every 20 ms block of the microphone with what was played `delay` samples before.

    Args:
        delay: From what was played to the first sound that can be its echo, samples at 16 kHz.
    """

    def __init__(self, delay: int) -> None:
        self.delay = delay
        self._filter = EchoFilter()
        self._evidence = NearEvidence()
        self._rest = RestGain()
        self._aligner = Aligner()
        self._match = np.zeros((_MATCH_BLOCKS, 3))
        self._more_db = 0.0
        self._held = self._missing = self._paused = self._useless = 0
        self._proof, self._patience = _PROOF_BLOCKS, 0

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
        return self._more_db > 0 or self._held > 0 or self.is_lost

    @property
    def accuses(self) -> bool:
        """Whether somebody seems to speak beside the echo, or soon will."""
        return self._held > 0 or self._more_db >= _ENOUGH_DB / 2

    @property
    def shift(self) -> int:
        """By how many samples later the echo was just found to come than it did; `realign` is due."""
        return self._aligner.shift

    def step(self, played: Float32Array, heard: Float32Array, above_db: float) -> PathSight:
        """Advance by one block.

        Args:
            played: Shape (320,), 16 kHz: what was played `delay` samples before.
            heard: Shape (320,): the microphone.
            above_db: How far it stands above the background.
        """
        audible = above_db >= AUDIBLE_DB
        prediction = self._filter.step(played, heard)
        self._compare(prediction, heard)
        if above_db >= _TELLING_DB and _is_loud(played):
            useless = np.dot(prediction.residual, prediction.residual) > _USELESS * np.dot(heard, heard)
            self._useless = self._useless + 1 if useless else 0
        lost = self.is_lost
        self._missing = self._missing + audible if lost else 0
        self._evidence.judge(heard, prediction, audible=audible)
        more, proven = self._is_more(audible=audible), self._is_proven(played, audible=audible)
        self._aligner.hear(prediction.echo, heard, audible=audible)
        rest = self._rest.quieten(prediction.residual, self._evidence.near_share, self._evidence.echo_power)
        is_echo = lost or not more or not proven
        return PathSight(prediction, rest, is_echo, self._evidence.average, _is_loud(played))

    def realign(self, blocks: list[Float32Array]) -> None:
        """Move the path by `shift`: the filter stays as it is.

        Args:
            blocks: What was played up to now, delayed as it should have been; oldest first, PARTS + 1 of them.
        """
        self.delay += self.shift
        self._filter.refill(blocks)
        self._evidence.forget()

    def _compare(self, prediction: Prediction, heard: Float32Array) -> None:
        echo = prediction.echo
        self._match[:-1] = self._match[1:]
        self._match[-1] = np.dot(echo, heard), np.dot(echo, echo), np.dot(heard, heard)

    def _is_more(self, *, audible: bool) -> bool:
        """Whether somebody speaks beside the echo."""
        latest = self._evidence.latest if audible else -_MOST_DB
        self._more_db += min(max(latest - _SURE_DB, -_MOST_DB), _MOST_DB)
        self._more_db = min(max(self._more_db, 0.0), _ENOUGH_DB)
        self._held = _HOLD_BLOCKS if self._more_db >= _ENOUGH_DB else max(0, self._held - 1)
        return audible and self._held > 0 and self._evidence.average >= _SURE_DB - _HOLD_DB

    def _is_proven(self, played: Float32Array, *, audible: bool) -> bool:
        """Whether the path was seen to hold since the last pause, or nothing more can be learned."""
        if not _is_loud(played):
            self._paused += 1
        elif self._paused >= _PAUSE_BLOCKS:
            self._begin_anew()
        else:
            self._paused = 0
        if audible:
            alike, echo, heard = self._match[-1]
            self._proof += bool(echo > _AUDIBLE_SHARE * heard and alike > 0.5 * echo)
            self._patience -= 1
        return self._proof >= _PROOF_BLOCKS or self._patience <= 0

    def _begin_anew(self) -> None:
        """Trust nothing that was learned before the pause until it is seen to hold."""
        self._paused, self._proof, self._patience = 0, 0, _PATIENCE_BLOCKS
        self._evidence.forget()
        self._aligner.begin()


def _is_loud(played: Float32Array) -> bool:
    return float(np.dot(played, played)) > LOUD * EAR_FRAME
