"""Where somebody speaks in an utterance, kept up to date while it grows."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from audio.vad.cascade import CascadeVad
from coach.ports import EAR_FRAME, EAR_RATE_HZ, Int16Array

START, KEEP = 0.5, 0.35
"""Probability that begins and that keeps a stretch: Silero's defaults."""

Span = tuple[int, int]
"""First sample and the one after the last."""


class SpeechMap:
    """Stretches of speech, in samples of the utterance. About 0.1 ms of work per 20 ms of sound.

    Raises:
        MissingPart: If no voice detector is installed.
    """

    def __init__(self) -> None:
        self._vad = CascadeVad()
        self._heard = 0
        self._spans: list[Span] = []
        self._is_on = False

    def follow(self, pcm: Int16Array) -> None:
        """Listen to what is new in the utterance so far, whole frames of 20 ms.

        Args:
            pcm: All of the utterance, int16, 16 kHz mono; must begin with what was given before.
        """
        while self._heard + EAR_FRAME <= len(pcm):
            self._listen(pcm[self._heard : self._heard + EAR_FRAME])

    def spans(self, start: int, end: int) -> list[Span]:
        """Return the stretches between two samples, cut off there."""
        cut = [(max(start, first), min(end, last)) for first, last in self._spans]
        return [(first, last) for first, last in cut if first < last]

    def voiced(self, start: int, end: int) -> int:
        """Return the samples of speech between two samples."""
        return sum(last - first for first, last in self.spans(start, end))

    def level(self, pcm: Int16Array, start: int, end: int) -> float:
        """Return the root mean square of the speech between two samples, in steps of int16."""
        spoken = [pcm[first:last] for first, last in self.spans(start, end)]
        return float(np.sqrt(np.mean(np.square(np.concatenate(spoken), dtype=np.float64)))) if spoken else 0.0

    def _listen(self, frame: Int16Array) -> None:
        speech = self._vad.feed(frame).speech
        was_on, self._is_on = self._is_on, speech >= (KEEP if self._is_on else START)
        start, self._heard = self._heard, self._heard + EAR_FRAME
        if not self._is_on:
            return
        if was_on:
            start = self._spans.pop()[0]
        self._spans.append((start, self._heard))


def cut_point(spans: list[Span], start: int, longest: int, pause: int) -> int:
    """Return where to cut an utterance that is longer than `longest` samples: in a pause where there is one.

    Args:
        spans: Stretches of speech from `start` on.
        start: Where the part to be cut begins.
        longest: Samples that the first piece may have.
        pause: Samples of quiet that make a good place.

    Returns:
        The middle of the last good pause in the second half of the piece; else of the longest gap there; else the end.
    """
    low, high = start + longest // 2, start + longest
    between = [(max(low, left[1]), min(high, right[0])) for left, right in pairwise(spans)]
    gaps = [(first, last) for first, last in between if first < last]
    good = [gap for gap in gaps if gap[1] - gap[0] >= pause]
    if not gaps:
        return high
    first, last = good[-1] if good else max(gaps, key=lambda gap: gap[1] - gap[0])
    return (first + last) // 2


def first_pause(spans: list[Span], low: int, pause: int) -> int | None:
    """Return the middle of the first pause of at least `pause` samples that begins at `low` or after, or None."""
    for left, right in pairwise(spans):
        if left[1] >= low and right[0] - left[1] >= pause:
            return (left[1] + right[0]) // 2
    return None


def last_pause(spans: list[Span], low: int, pause: int) -> int | None:
    """Return the middle of the last pause of at least `pause` samples that begins at `low` or after, None without one.

    Speech stands on both sides of a pause.
    """
    for left, right in reversed(list(pairwise(spans))):
        if left[1] >= low and right[0] - left[1] >= pause:
            return (left[1] + right[0]) // 2
    return None


def seconds(samples: float) -> float:
    """Return samples at 16 kHz as seconds."""
    return samples / EAR_RATE_HZ
