"""Keeps viewers from interrupting themselves: takes their echo out of the microphone and weighs what is left.

What a filter of our own predicts is subtracted. That leaves a streamer who talks at the same time as he is, so the
voice detector gets it, and what it finds counts only as far as it cannot be echo. WebRTC's canceller also silences
what no filter can predict, and clips a streamer who talks over a viewer for half a second: it serves the recogniser
while there is nothing but echo.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

import numpy as np

from audio.echo_apm import WebRtcProcessing
from audio.echo_reference import Float32Array, Reference
from audio.echo_tracker import KEEP_SEC, NOTHING_PLAYED, EchoState, EchoTracker, Sight
from audio.echo_witness import Witness
from coach.errors import MissingPart
from coach.ports import EAR_FRAME, EAR_RATE_HZ, EarFrame, Int16Array, VadDecision

logger = logging.getLogger(__name__)

MODES = ("auto", "on", "off")

_RETIMED_SAMPLES = EAR_RATE_HZ // 20
"""Unbroken sound that the clock places this much elsewhere, 50 ms: the ears learned that they had run late."""
_WEBRTC_DELAY = EAR_FRAME
"""WebRTC gets the reference this close to its echo, 20 ms; the rest of a known delay is taken out before."""
_PROOF_BLOCKS = 5
"""Blocks, 100 ms, of which the filter must have taken 6 dB before an echo is reported: two voices at once look alike
by chance, but what is no echo cannot be predicted."""
_TAKEN_OUT = 0.25
_AUDIBLE = 1e-5
"""Mean power from which a block proves anything: -50 dBFS."""
_NOBODY = VadDecision(quick=False, speech=0.0)


class EchoGuard:
    """One connection's echo canceller; implements `coach.ports.EchoCanceller`.

    Args:
        mode: `on`: WebRTC's canceller runs from the start; `auto`: once an echo was heard, or from the start where
            the far side said that it cancels none; `off`: nothing is changed, an echo is only reported.
        client_cancels: Whether the far side cancels echo itself; None where it did not say.
        processing: Makes WebRTC's canceller; None where it is not installed.

    Raises:
        ValueError: If the mode is unknown.
    """

    def __init__(
        self,
        mode: str = "auto",
        *,
        client_cancels: bool | None = None,
        processing: Callable[[], WebRtcProcessing] | None = WebRtcProcessing,
    ) -> None:
        if mode not in MODES:
            raise ValueError(f"Expected auto, on or off, got {mode!r}.")
        self._mode = mode
        self._reference = Reference(KEEP_SEC)
        self._tracker = EchoTracker(self._reference, trusting=client_cancels is True)
        self._make = processing if mode != "off" else None
        self._processing: WebRtcProcessing | None = None
        self._wanted = mode == "on" or (mode == "auto" and client_cancels is False)
        self._next: int | None = None
        self._offset = 0
        self._sight = NOTHING_PLAYED
        self._witness = Witness()
        self._spoken: Int16Array = np.zeros(EAR_FRAME, np.int16)
        self._told = False
        self._proofs = 0
        self.name = "off" if mode == "off" else "kalman+aec3" if processing is not None else "kalman"

    @property
    def state(self) -> EchoState:
        """What is known of the echo."""
        return self._tracker.state

    def played(self, pcm: Int16Array, at: float) -> None:
        """Take one frame handed to the mouth, silence too, in order.

        Args:
            pcm: Shape (960,), int16, 48 kHz mono.
            at: When it was handed out, rehearsal seconds.
        """
        self._reference.played(pcm, at)

    def clean(self, frame: EarFrame, at: float) -> Int16Array:
        """Return the frame without the viewers in it, for the voice detector.

        Args:
            frame: 20 ms of microphone.
            at: When it began, rehearsal seconds.
        """
        end = self._place(frame, at) + EAR_FRAME
        heard = np.multiply(frame.pcm, np.float32(1 / 32768), dtype=np.float32)
        sight = self._tracker.hear(heard, end)
        self._spoken = frame.pcm
        if self._mode == "off":
            self._proofs += _is_taken_out(heard, sight)
            return frame.pcm
        self._sight = sight
        cleaned = frame.pcm
        if sight.prediction is not None and sight.rest is not None:
            self._spoken, cleaned = _int16(sight.prediction.residual), _int16(sight.rest)
        if self._is_processing():
            silenced = self._process(frame.pcm, end)
            if sight.is_echo:
                self._spoken = silenced
        return cleaned

    def spoken(self) -> Int16Array:
        """Return the frame cleaned last as a recogniser should hear it: where nobody but viewers speaks, silent."""
        return self._spoken

    def weigh(self, vad: VadDecision) -> VadDecision:
        """Return the opinions on the frame cleaned last, or that nobody speaks where it may be all echo."""
        sight = self._sight
        if sight.is_echo:
            if sight.has_viewer:
                self._witness.hear_echo(vad.speech)
            return _NOBODY
        if sight.prediction is not None and not self._witness.is_believed(vad.speech, sight.above_db):
            return VadDecision(vad.quick, 0.0)  # what is left of a viewer under a noise
        return vad

    def trouble(self) -> str | None:
        """Return, once, that an echo is heard which nothing here takes out."""
        if self._told or self._proofs < _PROOF_BLOCKS:
            return None
        self._told = True
        return "The microphone hears the viewers, and the echo canceller is switched off."

    def _is_processing(self) -> bool:
        """Whether WebRTC's canceller hears along; it is made when it is first needed."""
        if self._make is None or not (self._wanted or self._tracker.state is EchoState.FOUND):
            return False
        if self._processing is None and self._reference.has_sounded:
            try:
                self._processing = self._make()
            except MissingPart as error:
                logger.warning("the echo is taken out by our own filter alone: %s", error)
                self._make, self.name = None, "kalman"
        return self._processing is not None

    def _process(self, pcm: Int16Array, end: int) -> Int16Array:
        known = max(0, (self._tracker.delay or 0) - _WEBRTC_DELAY)
        played = self._reference.before(end - known, EAR_FRAME)
        assert self._processing is not None
        return self._processing.process(played, pcm, _WEBRTC_DELAY * 1000 // EAR_RATE_HZ)

    def _place(self, frame: EarFrame, at: float) -> int:
        """Return the number of the frame's first sample on the reference's time line.

        Positions count without jitter, so they place every frame; the clock only corrects them.
        """
        due = round(at * EAR_RATE_HZ)
        is_next, self._next = frame.position == self._next, frame.position + EAR_FRAME
        off = frame.position + self._offset - due
        if not is_next:
            self._tracker.interrupt()
        if not is_next or abs(off) > _RETIMED_SAMPLES:
            self._offset = due - frame.position
            if is_next:
                self._tracker.retime(off)
        return frame.position + self._offset


def _is_taken_out(heard: Float32Array, sight: Sight) -> bool:
    """Return whether most of a block was foretold from what was played."""
    if sight.prediction is None:
        return False
    power, left = float(np.dot(heard, heard)), float(np.dot(sight.prediction.residual, sight.prediction.residual))
    return power > _AUDIBLE * len(heard) and left < _TAKEN_OUT * power


def _int16(sound: Float32Array) -> Int16Array:
    return np.clip(np.rint(sound * 32768), -32768, 32767).astype(np.int16)
