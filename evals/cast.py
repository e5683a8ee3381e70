"""Engines that cost nothing, for runs in virtual time: they know what is said and speak sound that can be traced."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from itertools import pairwise

import numpy as np

from coach.language import language_for
from coach.live.engines import Engines
from coach.ports import (
    EAR_RATE_HZ,
    FRAME_SEC,
    MOUTH_RATE_HZ,
    HeardWord,
    Hearing,
    Hypothesis,
    Int16Array,
    RecognitionHints,
    SpeechChunk,
    Synthesizer,
    Vad,
    VoiceSpec,
    WordMark,
)
from evals.loop import Scene, Sound
from evals.sound import voiced_span


class TracedSynthesizer:
    """Speaks every word (zh: character) as 200 ms of noise that is never twice the same, with word marks.

    Any 10 ms of it can be found again in what was played, whatever its volume.

    Args:
        first_after_sec: Seconds before the first sound of a clause.
    """

    name = "traced"
    WORD_SEC = 0.2

    def __init__(self, *, first_after_sec: float = 0.0) -> None:
        self._first_after_sec = first_after_sec
        self._random = np.random.default_rng(1)
        self.spoken: list[tuple[str, Int16Array]] = []
        """(clause, its sound), in order."""

    async def prepare(self, language: str) -> None:
        """Need nothing."""

    async def speak(self, text: str, voice: VoiceSpec) -> AsyncGenerator[SpeechChunk, None]:
        """Yield one chunk per word."""
        await asyncio.sleep(self._first_after_sec)
        size = round(self.WORD_SEC * MOUTH_RATE_HZ)
        spans = word_spans(text, voice.language)
        pcm = self._random.integers(-9000, 9000, size * len(spans), dtype=np.int16)
        self.spoken.append((text, pcm))
        for number, (start, end) in enumerate(spans):
            mark = WordMark(start, end - start, number * size)
            yield SpeechChunk(pcm[number * size : (number + 1) * size], (mark,))

    async def aclose(self) -> None:
        """Hold nothing."""


def word_spans(text: str, language: str) -> list[tuple[int, int]]:
    """Return (start, end) in characters of each word, zh of each character, with the marks that follow it."""
    starts = [
        index
        for index, char in enumerate(text)
        if char.isalnum()
        and (language == "zh" or index == 0 or not (text[index - 1].isalnum() or text[index - 1] in "'-"))
    ]
    return list(pairwise([*starts, len(text)])) if starts else [(0, len(text))]


class SceneRecognizer:
    """Understands every word of a scene's sounds, `lag_ms` after it was said.

    A sound's text is spread evenly over its loud part. Sounds without text are heard as nothing at all.
    """

    name = "scene"

    def __init__(self, scene: Scene, language: str, *, lag_ms: float = 250.0) -> None:
        self._scene = scene
        self._language = language
        self._lag_sec = lag_ms / 1000

    async def prepare(self, hints: RecognitionHints) -> None:
        """Need nothing."""

    def open(self, hints: RecognitionHints, on_partial: Callable[[Hypothesis], None]) -> Hearing:
        """Begin one utterance."""
        return _SceneHearing(self._words, on_partial, self._lag_sec, "" if self._language == "zh" else " ")

    def _words(self) -> list[tuple[float, float, str]]:
        """Return (start, end, word) of all that is said, rehearsal seconds."""
        return sorted(word for sound in self._scene.sounds for word in words_of(sound, self._language))

    async def aclose(self) -> None:
        """Hold nothing."""


def words_of(sound: Sound, language: str) -> list[tuple[float, float, str]]:
    """Return (start, end, word) of a sound that has begun, rehearsal seconds."""
    if sound.begun is None or not sound.text:
        return []
    words = language_for(language).tokens(sound.text)
    first, last = voiced_span(sound.pcm)
    step = (last - first) / max(1, len(words))
    begun = sound.begun + first
    return [(begun + index * step, begun + (index + 1) * step, word) for index, word in enumerate(words)]


class _SceneHearing:
    """One utterance: what was said since shortly before it was opened. Counts time in samples."""

    LATE_SEC = 0.3
    """Words may end this long after the detector lost the voice: the final text still holds them."""

    def __init__(
        self,
        words: Callable[[], list[tuple[float, float, str]]],
        on_partial: Callable[[Hypothesis], None],
        lag_sec: float,
        joint: str,
    ) -> None:
        self._words = words
        self._on_partial = on_partial
        self._lag_sec = lag_sec
        self._joint = joint
        self._shown = ""
        self._opened_at = asyncio.get_running_loop().time()
        self._before_sec: float | None = None
        self._fed_sec = 0.0

    def feed(self, pcm: Int16Array) -> None:
        seconds = len(pcm) / EAR_RATE_HZ
        if self._before_sec is None:
            self._before_sec = seconds
        self._fed_sec += seconds
        text = self._said(self._lag_sec).text
        if text and text != self._shown:
            self._shown = text
            self._on_partial(Hypothesis(text, engine=SceneRecognizer.name))

    async def final(self) -> Hypothesis:
        return self._said(-self.LATE_SEC)

    async def aclose(self) -> None:
        pass

    def _said(self, lag_sec: float) -> Hypothesis:
        """Return the words that ended `lag_sec` before the last sample fed."""
        base = self._opened_at - (self._before_sec or 0.0)
        until = base + self._fed_sec - lag_sec + FRAME_SEC
        words = [word for word in self._words() if base - 0.1 <= word[0] and word[1] <= until]
        text = self._joint.join(word for _, _, word in words)
        timed = tuple(HeardWord(word, max(0.0, start - base), max(0.0, end - base)) for start, end, word in words)
        return Hypothesis(text, timed, SceneRecognizer.name)


def engines(synthesizer: Synthesizer | None, vad: Callable[[], Vad] | None = None) -> Engines:
    """Return the engines of a run: the product's own voice detector unless another is given."""
    from audio.engines import choose

    return Engines(
        vad=vad or choose().vad,
        recognizer=lambda language: None,
        synthesizer=synthesizer,
        names={"vad": "webrtc+silero", "synthesizer": getattr(synthesizer, "name", "none")},
    )
