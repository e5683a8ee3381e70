"""eSpeak NG: the synthesizer that is always there. Chinese and English, no download.

Its output starts within a millisecond and runs hundreds of times faster than real time, so a text is spoken clause by
clause: the first is on its way while the rest is still text. GPL-3.0, installed beside the product.

How exact the word marks are: each mark's sample is where eSpeak NG began that word. It reports no word ends, so a word
counts as heard once the next mark (or the end of the sound) has been played. Words it joins ("of the", 便宜) share one
mark whose length covers them all; marks point into the text given to `speak`, also where it is worded otherwise aloud
(¥89 is read 八十九元, marked as `¥89`).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from audio.pcm import resample
from audio.tts.clause_engine import ClauseEngine
from audio.tts.espeak_library import LOCK, RawSpeech, VoiceSetting, library
from audio.tts.espeak_voices import BASE, voice_setting
from audio.tts.level import gain_to_target
from audio.tts.phrase import Phrase, ended, finished
from audio.tts.spoken import place
from audio.tts.stop import Stop
from audio.tts.wording import Spoken, has_han, spoken
from coach.errors import EngineError
from coach.ports import MOUTH_RATE_HZ, SpeechChunk, VoiceSpec, WordMark

NAME = "espeak"

_SLOWEST = 0.25
"""Pace under which pauses grow no longer; the engine's own limit lies near it."""
_SAMPLE = {"cmn": "这件能不能便宜一点，我买两件。", "en-us": "Could you go a little lower, I would take two."}
"""Spoken unheard by each voice, to learn its level: 4 ms."""


class EspeakSynthesizer(ClauseEngine):
    """The library on a thread of its own."""

    name = NAME

    async def prepare(self, language: str) -> None:
        """Load the library and speak a sentence to warm it.

        Raises:
            EngineError: If it is not installed, does not load, or has no voice for the language.
        """
        if language not in BASE:
            raise EngineError(NAME, "expected language 'zh' or 'en', got {language!r}.", language=language)
        warm = Phrase("好" if language == "zh" else "so", 0, goes_on=False, pause_sec=0.0)
        await self._on_thread(self._render, warm, VoiceSpec(language), 0, Stop())

    def _render(self, phrase: Phrase, voice: VoiceSpec, position: int, stop: Stop) -> SpeechChunk | None:
        setting = voice_setting(voice, phrase.text)
        worded = spoken(phrase.text, "zh" if has_han(phrase.text) else voice.language)
        said = Spoken(ended(worded.text, goes_on=phrase.goes_on), worded.words)
        gain = _gain(setting)
        raw, rate_hz = _synthesize(said.text, setting, stop)
        if raw.cancelled:
            return None
        pcm = resample(np.frombuffer(raw.pcm, np.int16), rate_hz, MOUTH_RATE_HZ)
        ratio = MOUTH_RATE_HZ / rate_hz
        marks = [
            WordMark(phrase.start + word.start, word.end - word.start, round(word.sample * ratio))
            for word in place(said.words, raw.words)
        ]
        return finished(pcm, marks, gain, phrase.pause_sec / max(_SLOWEST, voice.rate), position)


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


def _synthesize(text: str, setting: VoiceSetting, stop: Stop) -> tuple[RawSpeech, int]:
    with LOCK:
        engine = library()
        return engine.synthesize(text, setting, is_cancelled=lambda: stop.is_set), engine.rate_hz


@lru_cache(maxsize=512)
def _gain(setting: VoiceSetting) -> float:
    """Return the factor that brings a voice to the common level."""
    raw, rate_hz = _synthesize(_SAMPLE[setting.name.split("+")[0]], setting, Stop())
    return gain_to_target(np.frombuffer(raw.pcm, np.int16), rate_hz)
