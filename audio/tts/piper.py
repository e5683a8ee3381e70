"""Piper: neural voices for Chinese and English from files on this machine. GPL-3.0-or-later, installed apart.

A medium voice takes about 0.08 s of one core for a second of speech, so the first words go out before the rest of their
clause. Word marks come from the voice's own durations where it has them, else from its phonemes spread evenly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from audio.pcm import resample
from audio.tts.clause_engine import ClauseEngine
from audio.tts.phrase import Phrase, ended, finished
from audio.tts.piper_cast import Part, Speaker, load_cast, part_for
from audio.tts.piper_voice import NAME, read_config
from audio.tts.stop import Stop
from audio.tts.wording import Spoken, has_han, spoken
from coach.errors import EngineError, InputError
from coach.ports import MOUTH_RATE_HZ, SpeechChunk, VoiceSpec, WordMark

LANGUAGES = ("zh", "en")


class PiperSynthesizer(ClauseEngine):
    """Speaks with one or more voices a language; viewers are told apart by voice, speaker and pitch.

    Args:
        voices: `.onnx` files by language (`zh`, `en`), each with its `.onnx.json` beside it.
        threads: Of one run. Measured on 2 cores: a second one makes it slower as soon as anything else runs.

    Raises:
        InputError: If a file is missing or not a voice, or a voice would download a part at its first use.
    """

    name = NAME
    first_words = (2, 3)
    """0.5 to 1 s of speech: its sound is there in under 0.1 s (a medium voice runs at 0.06 to 0.1 of real time)."""

    def __init__(self, voices: Mapping[str, Sequence[Path]], *, threads: int = 1) -> None:
        super().__init__()
        unknown = [language for language in voices if language not in LANGUAGES]
        if unknown or not any(voices.values()):
            raise InputError(
                "expected Piper voices for 'zh' or 'en', got {unknown}. Set COACH_PIPER__VOICES, e.g. {{\"en\": "
                '["/path/voice.onnx"]}}.',
                unknown=unknown or "none",
            )
        self._configs = {lang: tuple(read_config(path) for path in paths) for lang, paths in voices.items() if paths}
        self._threads = threads
        self._casts: dict[str, tuple[Speaker, ...]] = {}

    @property
    def languages(self) -> frozenset[str]:
        """Languages there is a voice for."""
        return frozenset(self._configs)

    async def prepare(self, language: str) -> None:
        """Load the language's voices and let each speak once: about a second a voice.

        Raises:
            EngineError: If there is no voice for the language, or one does not load.
        """
        await self._on_thread(self._cast, language)

    def _cast(self, language: str) -> tuple[Speaker, ...]:
        if language not in self._configs:
            have = ", ".join(sorted(self._configs))
            raise EngineError(
                NAME,
                "expected a voice for {language!r}, have only {have}. Set COACH_PIPER__VOICES.",
                language=language,
                have=have,
            )
        if language not in self._casts:
            self._casts[language] = load_cast(self._configs[language], language, self._threads)
        return self._casts[language]

    def _render(self, phrase: Phrase, voice: VoiceSpec, position: int, stop: Stop) -> SpeechChunk | None:
        language = "zh" if has_han(phrase.text) else voice.language
        cast = self._cast(language if language in self._configs else voice.language)
        part = part_for(cast, voice)
        worded = spoken(phrase.text, language)
        said = Spoken(ended(worded.text, goes_on=phrase.goes_on), worded.words)
        rendered = part.speaker.voice.render(said, speaker=part.speaker.number, pace=part.rate / part.pitch, stop=stop)
        if rendered is None or stop.is_set:
            return None
        from_hz = _played_hz(part)
        pcm = resample(rendered.pcm, from_hz, MOUTH_RATE_HZ)
        marks = [
            WordMark(phrase.start + word.start, word.end - word.start, round(sample * MOUTH_RATE_HZ / from_hz))
            for word, sample in zip(said.words, rendered.starts, strict=True)
        ]
        return finished(pcm, marks, part.speaker.gain, phrase.pause_sec / part.rate, position)


def _played_hz(part: Part) -> int:
    """Return the rate at which the speaker's samples give the wanted pitch."""
    return round(part.speaker.voice.config.rate_hz * part.pitch)
