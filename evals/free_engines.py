"""Engines that cost nothing, for runs on the wire: what is left is the price of the loop and of the transport.

The recogniser knows the clips that will be played and tells by their loudness which one it hears; so it works behind
a real codec and needs no word from the client. The synthesizer speaks at an even level, so that a viewer turned down
can be told from a viewer between two words.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from coach.ports import (
    EAR_RATE_HZ,
    MOUTH_RATE_HZ,
    HeardWord,
    Hearing,
    Hypothesis,
    Int16Array,
    RecognitionHints,
    SpeechChunk,
    VoiceSpec,
    WordMark,
)
from evals.cast import word_spans

Floats = np.ndarray[Any, np.dtype[np.float64]]

STEP = EAR_RATE_HZ // 100
"""Samples of one point of a loudness curve, 10 ms."""
KNOWN_BY = 100
"""Points by which a clip is told from the others, 1 s."""
LIKENESS = 0.6
"""Least correlation of two loudness curves of one clip; another second of speech stays well under it."""


@dataclass(frozen=True, slots=True)
class KnownClip:
    """A clip that may be played."""

    words: tuple[tuple[float, float, str], ...]
    """(start, end, word), seconds of the clip."""
    language: str
    curve: Floats

    @classmethod
    def of(cls, pcm: Int16Array, words: Sequence[tuple[float, float, str]], language: str) -> KnownClip:
        """Take a clip, 16 kHz, and when its words are said (`evals.word_times`)."""
        return cls(tuple(words), language, loudness(pcm))


def loudness(pcm: Int16Array) -> Floats:
    """Return the level of every 10 ms in dB."""
    whole = pcm[: len(pcm) - len(pcm) % STEP].astype(np.float64).reshape(-1, STEP)
    return np.asarray(20 * np.log10(np.sqrt((whole**2).mean(axis=1)) + 30.0))


def place(curve: Floats, heard: Floats) -> tuple[float, int]:
    """Return the best likeness of `heard` anywhere in `curve`, -1 to 1, and the point where it begins.

    Both ends may hang over by half a second: a recogniser gets some silence from before the first word.
    """
    wanted = heard[:KNOWN_BY]
    padded = np.concatenate([np.full(50, curve.min()), curve, np.full(50, curve.min())])
    if len(wanted) < 20 or len(padded) < len(wanted):
        return -1.0, 0
    windows = np.lib.stride_tricks.sliding_window_view(padded, len(wanted))
    around = windows - windows.mean(axis=1, keepdims=True)
    wanted = wanted - wanted.mean()
    norm = np.linalg.norm(around, axis=1) * np.linalg.norm(wanted)
    likeness = (around @ wanted) / np.where(norm == 0, 1.0, norm)
    best = int(likeness.argmax())
    return float(likeness[best]), best - 50


class KnownClipsRecognizer:
    """Understands the clips it was given and nothing else. Implements `coach.ports.Recognizer`."""

    name = "known-clips"

    def __init__(self, clips: Sequence[KnownClip]) -> None:
        self._clips = clips

    async def prepare(self, hints: RecognitionHints) -> None:
        """Need nothing."""

    def open(self, hints: RecognitionHints, on_partial: Callable[[Hypothesis], None]) -> Hearing:
        """Begin one utterance."""
        clips = [clip for clip in self._clips if clip.language == hints.language]
        return _KnownClipHearing(clips, on_partial, "" if hints.language == "zh" else " ")

    async def aclose(self) -> None:
        """Hold nothing."""


class _KnownClipHearing:
    """One utterance, which may be any stretch of a clip."""

    LAG_SEC = 0.2
    """How long after its end a word is told as a partial."""
    LATE_SEC = 0.04
    """A final knows words that end this long after the last sample fed, as far as an alignment may be off; some 80 ms
    of the pause are fed."""

    def __init__(self, clips: Sequence[KnownClip], on_partial: Callable[[Hypothesis], None], joint: str) -> None:
        self._clips = clips
        self._on_partial = on_partial
        self._joint = joint
        self._pieces: list[Int16Array] = []
        self._samples = 0
        self._found: tuple[KnownClip, float] | None = None
        self._shown = ""
        self._next_try = KNOWN_BY * STEP

    def feed(self, pcm: Int16Array) -> None:
        self._pieces.append(pcm)
        self._samples += len(pcm)
        if self._found is None and self._samples >= self._next_try:
            self._next_try = 2 * self._samples
            self._found = self._find()
        text = self._said(-self.LAG_SEC).text if self._found else ""
        if text and text != self._shown:
            self._shown = text
            self._on_partial(Hypothesis(text, engine=KnownClipsRecognizer.name))

    async def final(self) -> Hypothesis:
        self._found = self._found or self._find()
        return self._said(self.LATE_SEC) if self._found else Hypothesis("", engine=KnownClipsRecognizer.name)

    async def aclose(self) -> None:
        self._pieces.clear()

    def _find(self) -> tuple[KnownClip, float] | None:
        """Return the clip being heard and the second of it at which this utterance began."""
        heard = loudness(np.concatenate(self._pieces)) if self._pieces else np.empty(0)
        best = max(
            ((*place(clip.curve, heard), clip) for clip in self._clips), key=lambda found: found[0], default=None
        )
        if best is None or best[0] < LIKENESS:
            return None
        return best[2], best[1] * STEP / EAR_RATE_HZ

    def _said(self, late_sec: float) -> Hypothesis:
        if self._found is None:
            return Hypothesis("", engine=KnownClipsRecognizer.name)
        clip, begun = self._found
        until = begun + self._samples / EAR_RATE_HZ + late_sec
        words = [word for word in clip.words if word[0] >= begun - 0.05 and word[1] <= until]
        timed = tuple(HeardWord(text, start - begun, end - begun) for start, end, text in words)
        return Hypothesis(self._joint.join(text for _, _, text in words), timed, KnownClipsRecognizer.name)


class EvenSynthesizer:
    """Speaks every word (zh: character) as a buzz of even level. Implements `coach.ports.Synthesizer`."""

    name = "even-buzz"
    WORD_SEC: ClassVar = {"en": 0.28, "zh": 0.2}
    PITCH_HZ = 160
    LEVEL = 5000

    async def prepare(self, language: str) -> None:
        """Need nothing."""

    async def speak(self, text: str, voice: VoiceSpec) -> AsyncGenerator[SpeechChunk, None]:
        """Yield one chunk per word."""
        size = round(self.WORD_SEC[voice.language] * MOUTH_RATE_HZ)
        for number, (start, end) in enumerate(word_spans(text, voice.language)):
            yield SpeechChunk(self._buzz(number * size, size), (WordMark(start, end - start, number * size),))

    async def aclose(self) -> None:
        """Hold nothing."""

    def _buzz(self, first: int, size: int) -> Int16Array:
        """Return the buzz in phase with what came before."""
        return np.resize(np.roll(_PERIOD, -(first % len(_PERIOD))), size)


def _period() -> Int16Array:
    """Return one period of a voice-like sum of harmonics that fall by 6 dB an octave."""
    turns = 2 * np.pi * np.arange(MOUTH_RATE_HZ // EvenSynthesizer.PITCH_HZ) * EvenSynthesizer.PITCH_HZ / MOUTH_RATE_HZ
    tone = sum((np.sin(n * turns) / n for n in range(1, 16)), np.zeros(len(turns)))
    period: Int16Array = (tone * EvenSynthesizer.LEVEL / 1.2).astype(np.int16)
    return period


_PERIOD = _period()
