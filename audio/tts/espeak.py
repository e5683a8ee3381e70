"""eSpeak NG: the synthesizer that is always there. Chinese and English, no download.

Its output starts within a millisecond and runs hundreds of times faster than real time, so a text is spoken clause by
clause: the first is on its way while the rest is still text. GPL-3.0, installed beside the product.

How exact the word marks are: each mark's sample is where eSpeak NG began that word. It reports no word ends, so a word
counts as heard once the next mark (or the end of the sound) has been played. Words it joins ("of the", 便宜) share one
mark whose length covers them all; marks point into the text given to `speak`, also where it is worded otherwise aloud
(¥89 is read 89元, marked as `¥89`).
"""

from __future__ import annotations

import asyncio
import logging
import math
import threading
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from audio.pcm import resample
from audio.tts.espeak_library import LOCK, RawSpeech, VoiceSetting, library
from audio.tts.spoken import Clause, Spoken, clauses, has_han, place, spoken
from coach.errors import EngineError
from coach.ports import MOUTH_RATE_HZ, Int16Array, SpeechChunk, VoiceSpec, WordMark

logger = logging.getLogger(__name__)

NAME = "espeak"

# Variants that give speech of one sex at a usable level in both languages: median pitch above 150 or below 120 Hz,
# no clipping (measured over all variants of eSpeak NG 1.52 on one sentence a language).
_FEMALE = ("f2", "Annie", "f3", "linda", "f4", "belinda", "aunty", "steph")
_MALE = ("m3", "Alex", "m7", "Lee", "m1", "Reed", "m4", "marcelo")
_NEUTRAL = tuple(variant for pair in zip(_FEMALE, _MALE, strict=True) for variant in pair)
_VARIANTS = {"female": _FEMALE, "male": _MALE, "neutral": _NEUTRAL}
_BASE = {"zh": "cmn", "en": "en-us"}
_WORDS_PER_MIN = {"zh": 240, "en": 175}
"""eSpeak NG's own 175 gives 4.4 Chinese characters a second, slower than people chat; 240 gives about 6."""
_RATE_RANGE = (80, 450)
_PITCH_STEPS_PER_OCTAVE = 70
"""Measured: 60 to 78 of its pitch steps double the median pitch."""
_GOES_ON = tuple(",;:，；：、")
"""Endings after which a speaker goes on: the pause they ask for is part of the sound even at the end of a text."""


class EspeakSynthesizer:
    """One engine thread. Texts of several speakers take turns clause by clause and never mix."""

    name = NAME

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="espeak")
        self._closed = False

    async def prepare(self, language: str) -> None:
        """Load the library and speak one word to warm it.

        Raises:
            EngineError: If it is not installed, does not load, or has no voice for the language.
        """
        if language not in _BASE:
            raise EngineError(NAME, f"expected language 'zh' or 'en', got {language!r}.")
        warm = Clause("好" if language == "zh" else "so", 0)
        await self._run(warm, VoiceSpec(language), True, threading.Event())

    async def speak(self, text: str, voice: VoiceSpec) -> AsyncGenerator[SpeechChunk, None]:
        """Yield one chunk per clause, 48 kHz, in order. Text without anything to say yields nothing.

        Closing the iterator stops the engine within 60 ms of sound. The pause between clauses belongs to the sound;
        after the last clause there is one only if the text ends with a comma or the like.

        Raises:
            EngineError: If the engine failed or is closed.
        """
        cancelled = threading.Event()
        position = 0
        found = list(clauses(text))
        try:
            for number, clause in enumerate(found):
                goes_on = number < len(found) - 1 or clause.text.rstrip().endswith(_GOES_ON)
                pcm, words = await self._run(clause, voice, goes_on, cancelled)
                if len(pcm) == 0:
                    continue
                marks = (WordMark(mark.offset, mark.length, mark.sample + position) for mark in words)
                yield SpeechChunk(pcm, tuple(marks))
                position += len(pcm)
        finally:
            cancelled.set()

    async def aclose(self) -> None:
        """Stop the engine thread; speaking after this fails. Idempotent."""
        self._closed = True
        self._executor.shutdown(wait=False, cancel_futures=True)

    async def _run(
        self, clause: Clause, voice: VoiceSpec, goes_on: bool, cancelled: threading.Event
    ) -> tuple[Int16Array, tuple[WordMark, ...]]:
        if self._closed:
            raise EngineError(NAME, "the synthesizer is closed.")
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, _render, clause, voice, goes_on, cancelled)


def phonemes(text: str, voice: str = "en-us") -> str:
    """Return how eSpeak NG pronounces a text, as IPA with stress marks. Thread-safe, takes about 0.1 ms a word.

    Args:
        text: Any text; unreadable characters are skipped.
        voice: A voice of eSpeak NG: `en-us`, `cmn` …

    Raises:
        EngineError: If it is not installed, does not load, or has no such voice.
    """
    readable = spoken(text, "zh" if voice.startswith("cmn") else "en").text
    with LOCK:
        return library().phonemes(readable, voice)


def voice_setting(voice: VoiceSpec, text: str) -> VoiceSetting:
    """Map a viewer's voice to one of eSpeak NG.

    An English voice meeting Chinese characters reads them with the Chinese one, which speaks both; the English one
    would say "Chinese letter" for each.

    Raises:
        EngineError: If the language is neither `zh` nor `en`.
    """
    if voice.language not in _BASE:
        raise EngineError(NAME, f"expected language 'zh' or 'en', got {voice.language!r}.")
    language = "zh" if has_han(text) else voice.language
    variants = _VARIANTS[voice.gender]
    variant = variants[voice.seed % len(variants)]
    # Viewers beyond the number of variants share one, a little higher or lower.
    shift = (0, 8, -8)[voice.seed // len(variants) % 3]
    octaves = math.log2(min(4.0, max(0.25, voice.pitch)))
    return VoiceSetting(
        f"{_BASE[language]}+{variant}",
        _clamped(_WORDS_PER_MIN[language] * voice.rate, *_RATE_RANGE),
        _clamped(50 + _PITCH_STEPS_PER_OCTAVE * octaves + shift, 0, 99),
    )


def _clamped(value: float, low: int, high: int) -> int:
    return round(min(high, max(low, value)))


def _render(
    clause: Clause, voice: VoiceSpec, goes_on: bool, cancelled: threading.Event
) -> tuple[Int16Array, tuple[WordMark, ...]]:
    """Speak one clause on the engine thread."""
    setting = voice_setting(voice, clause.text)
    said = spoken(clause.text, "zh" if has_han(clause.text) else voice.language)
    with LOCK:
        engine = library()
        raw = engine.synthesize(said.text, setting, end_pause=goes_on, is_cancelled=cancelled.is_set)
        rate_hz = engine.rate_hz
    if raw.cancelled:
        return np.zeros(0, np.int16), ()
    pcm = resample(np.frombuffer(raw.pcm, np.int16), rate_hz, MOUTH_RATE_HZ)
    return pcm, _marks(clause, said, raw, len(pcm), MOUTH_RATE_HZ / rate_hz)


def _marks(clause: Clause, said: Spoken, raw: RawSpeech, samples: int, ratio: float) -> tuple[WordMark, ...]:
    """Return the marks of one clause, samples counted from its start."""
    return tuple(
        WordMark(clause.start + word.start, word.end - word.start, min(round(word.sample * ratio), samples - 1))
        for word in place(said.words, raw.words)
    )
