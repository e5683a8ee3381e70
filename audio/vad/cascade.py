"""Two detectors, one answer: a quick reversible opinion and a confirmed one."""

from __future__ import annotations

import logging
from collections import deque

import numpy as np

from audio.vad.silero import WINDOW, SileroVad
from audio.vad.webrtc import WebRtcVad
from coach.errors import MissingPart
from coach.ports import Int16Array, VadDecision

logger = logging.getLogger(__name__)

VOTES = 8
"""Frames (160 ms) over which the quick opinion is averaged where it has to stand in for the confirmed one."""


class CascadeVad:
    """WebRTC's detector for `quick`, Silero for `speech`; implements `coach.ports.Vad`.

    Without onnxruntime or Silero's file the quick one serves alone (`name` says so) and `speech` is the share of
    the last 160 ms that it took for speech. Construction loads and warms everything.

    Raises:
        MissingPart: If not even the quick detector is installed.
    """

    def __init__(self) -> None:
        self._quick = WebRtcVad()
        self._votes: deque[bool] = deque(maxlen=VOTES)
        self._confirmed = _silero_or_none()
        self._pending = np.empty(0, np.int16)
        self._speech = 0.0
        self.name = "webrtc+silero" if self._confirmed else "webrtc"

    def feed(self, pcm: Int16Array) -> VadDecision:
        """Advance by one frame.

        Args:
            pcm: Shape (320,), int16, 16 kHz mono.

        Raises:
            ValueError: If the shape differs; frames are never padded silently.
        """
        quick = self._quick.feed(pcm)
        self._speech = self._confirm(self._confirmed, pcm) if self._confirmed else self._share(quick)
        return VadDecision(quick=quick, speech=self._speech)

    def reset(self) -> None:
        """Forget the past, as after a gap."""
        self._quick.reset()
        self._votes.clear()
        self._pending = np.empty(0, np.int16)
        self._speech = 0.0
        if self._confirmed:
            self._confirmed.reset()

    def _confirm(self, silero: SileroVad, pcm: Int16Array) -> float:
        """Run a window once 512 samples are there; in between the last answer stands. At most one fits a frame."""
        self._pending = np.concatenate((self._pending, pcm))
        if len(self._pending) < WINDOW:
            return self._speech
        window, self._pending = self._pending[:WINDOW], self._pending[WINDOW:]
        return silero.feed(window)

    def _share(self, quick: bool) -> float:
        self._votes.append(quick)
        return sum(self._votes) / VOTES


def _silero_or_none() -> SileroVad | None:
    try:
        return SileroVad()
    except MissingPart as error:
        logger.warning("Silero is missing, the quick voice detector works alone: %s", error)
        return None
