"""Reads one utterance with Whisper, partial and final, and tells words from what the model makes up.

Synchronous, on the engine's thread: sound in, words out.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from audio.asr.agreement import Agreement, joined, units
from audio.asr.speech_map import SpeechMap, cut_point, last_pause, seconds
from audio.asr.whisper_files import NAME
from audio.asr.whisper_guard import (
    LEAST_LOGPROB,
    Reading,
    echoes,
    is_broken,
    is_doubtful,
    is_invented,
    is_silence,
    is_too_dense,
    without_loop,
)
from audio.asr.whisper_model import Encoded, SpeechModel
from audio.asr.whisper_prompt import prompt_text
from audio.asr.whisper_window import FINAL, FULL, PARTIAL, Window
from audio.asr.word_times import agreed_words, aligned, moved, spread
from audio.asr.zh_text import tidy
from coach.ports import EAR_RATE_HZ, HeardWord, Hypothesis, Int16Array, RecognitionHints

logger = logging.getLogger(__name__)

LONGEST_SAMPLES = 20 * EAR_RATE_HZ
"""Sound read at a time. What is longer is cut at a pause, so that it fits Whisper's 30 s with room for the next."""
PAUSE_SAMPLES = 3 * EAR_RATE_HZ // 10
"""A pause to cut at, 300 ms."""
LEAST_VOICED_SAMPLES = EAR_RATE_HZ // 8
"""Speech without which nothing is read: 125 ms, the shortest syllable with its vowel."""
SURE_VOICED_SAMPLES = EAR_RATE_HZ // 4
"""Speech under which words must be sure to count: 250 ms, a published gate against invented words."""
LEAST_LEVEL = 3.0
"""Quietest speech that is read, RMS in steps of int16: 20 dB above the noise of rounding to int16 (0.29 steps)."""
EDGE_SAMPLES = 3 * EAR_RATE_HZ // 10
"""Quiet kept on either side of the speech, 300 ms; the rest would only invite inventions."""
SKIM_SAMPLES = 8 * EAR_RATE_HZ
"""Sound that a partial reads at most, if there was a pause to cut at: its decoding grows with what was said."""
NEWS_SAMPLES = EAR_RATE_HZ // 10
"""New speech without which a partial would read the same again: 100 ms, half a syllable."""
TOKENS_PER_SEC = 16
"""Tokens asked for per second: above what `whisper_guard` believes, so that a loop is seen and yet ends soon."""
CONTEXT_TOKENS = 60
"""Tokens of the words before a cut that are given as a prompt: a sentence or two."""


@dataclass(frozen=True, slots=True)
class _Settled:
    """What lies before a cut and is read no more."""

    cut: int = 0
    """In samples."""
    words: tuple[HeardWord, ...] = ()


class WhisperReader:
    """One utterance. Give it all of the sound so far, each time.

    Args:
        model: Returns the loaded model.
        hints: Language and words of the scenario.
        is_urgent: Whether somebody waits for a final: a partial is then given up half way.
    """

    def __init__(
        self,
        model: Callable[[], SpeechModel],
        hints: RecognitionHints,
        is_urgent: Callable[[], bool] = lambda: False,
    ) -> None:
        self._model = model
        self._is_urgent = is_urgent
        self._hints = hints
        self._language = hints.language
        self._map = SpeechMap()
        self._agreement = Agreement(hints.language)
        self._settled = _Settled()
        self._skimmed = _Settled()
        """What partials need not read again; finals do."""
        self._prompt: str | None = None
        self._news_from = 0
        """Speech (samples) that the last partial knew."""

    def partial(self, pcm: Int16Array) -> Hypothesis | None:
        """Return what the last two readings agree on, None where there is nothing new.

        Word times are spread over the speech by length: what a partial needs is how far it reaches.
        """
        self._advance(pcm)
        voiced = self._map.voiced(0, len(pcm))
        if voiced - self._news_from < NEWS_SAMPLES:
            return None
        self._news_from = voiced
        self._skim(pcm)
        now = self._quick(pcm, self._skimmed.cut, len(pcm))
        if now is None:
            return None
        words = (*self._skimmed.words, *now)
        shown = self._agreement.hear(joined([word.text for word in words], self._language))
        return Hypothesis(joined(shown, self._language), agreed_words(shown, words), NAME)

    def final(self, pcm: Int16Array) -> Hypothesis:
        """Return the best reading of all the sound, with word times.

        Times come from the decoder's attention (`confidence` says how sure each word is); where that does not fit the
        text, they are spread over the speech by length and have no confidence.
        """
        self._advance(pcm)
        words = (*self._settled.words, *self._words(pcm, self._settled.cut, len(pcm)))
        text = joined([word.text for word in words], self._language)
        self._agreement.hear(text)  # if speech goes on, this was a reading like any other
        self._news_from = self._map.voiced(0, len(pcm))
        return Hypothesis(text, words, NAME)

    def _advance(self, pcm: Int16Array) -> None:
        """Follow the speech, and settle what has grown too long to be read at once."""
        self._model().require(self._language)
        self._map.follow(pcm)
        while len(pcm) - self._settled.cut > LONGEST_SAMPLES:
            start = self._settled.cut
            end = cut_point(self._map.spans(start, len(pcm)), start, LONGEST_SAMPLES, PAUSE_SAMPLES)
            self._settled = _Settled(end, (*self._settled.words, *self._words(pcm, start, end)))

    def _skim(self, pcm: Int16Array) -> None:
        """Leave behind what partials of long talk need not read again, up to a pause, so that they stay quick."""
        if self._settled.cut > self._skimmed.cut:
            self._skimmed = self._settled
        start = self._skimmed.cut
        if len(pcm) - start <= SKIM_SAMPLES:
            return
        end = last_pause(self._map.spans(start, len(pcm)), start + SKIM_SAMPLES // 2, PAUSE_SAMPLES)
        words = self._quick(pcm, start, end) if end is not None else None
        if end is not None and words is not None:
            self._skimmed = _Settled(end, (*self._skimmed.words, *words))

    def _quick(self, pcm: Int16Array, start: int, end: int) -> tuple[HeardWord, ...] | None:
        """Read a part in the shortest window and once; return None where that gives nothing to rely on."""
        spans = self._map.spans(start, end)
        found = self._speech(pcm, start, end)
        if found is None:
            return None
        start, end = found
        voiced = self._map.voiced(start, end)
        model = self._model()
        sound = model.encode(pcm[start:end], PARTIAL)
        if self._is_urgent():
            return None
        prompt = self._prompt_tokens(self._skimmed.words)
        reading = model.read(sound, self._language, prompt, _most_tokens(end - start))
        if voiced < SURE_VOICED_SAMPLES or is_broken(reading, seconds(voiced)):
            return None
        if is_doubtful(reading) or self._is_made_up(reading):
            return None
        return spread(units(self._tidy(reading.text), self._language), spans, self._language)

    def _words(self, pcm: Int16Array, start: int, end: int) -> tuple[HeardWord, ...]:
        found = self._speech(pcm, start, end)
        if found is None:
            return ()
        start, end = found
        voiced = self._map.voiced(start, end)
        sound, reading = self._read(pcm[start:end], seconds(voiced))
        if self._is_nothing(reading, voiced):
            return ()
        text = self._tidy(reading.text)
        if is_too_dense(reading, seconds(voiced)):
            once = without_loop(text, self._language)
            logger.warning(
                "Whisper says more than was said; what it repeats is left out: tokens=%d", len(reading.tokens)
            )
            text = once if once != text else ""
        return self._timed(text, reading, sound, start, end) if text else ()

    def _speech(self, pcm: Int16Array, start: int, end: int) -> tuple[int, int] | None:
        """Return the part in which somebody speaks, with a little quiet around it, None if nobody does."""
        spans = self._map.spans(start, end)
        if self._map.voiced(start, end) < LEAST_VOICED_SAMPLES:
            return None
        if self._map.level(pcm, start, end) < LEAST_LEVEL:
            return None
        return max(start, spans[0][0] - EDGE_SAMPLES), min(end, spans[-1][1] + EDGE_SAMPLES)

    def _read(self, pcm: Int16Array, voiced_sec: float) -> tuple[Encoded, Reading]:
        """Read once; without the prompt if that led astray; in the full window if the result looks broken."""
        prompt = self._prompt_tokens(self._settled.words)
        sound, reading = self._try(pcm, FINAL, prompt)
        if prompt and (self._is_led_astray(reading) or is_broken(reading, voiced_sec)):
            plain = self._model().read(sound, self._language, [], _most_tokens(len(pcm)))
            reading = max(reading, plain, key=lambda one: (not is_broken(one, voiced_sec), one.logprob))
        if is_broken(reading, voiced_sec):
            again_sound, again = self._try(pcm, FULL, [])
            if not is_broken(again, voiced_sec) or again.logprob > reading.logprob:
                return again_sound, again
        return sound, reading

    def _try(self, pcm: Int16Array, window: Window, prompt: list[int]) -> tuple[Encoded, Reading]:
        model = self._model()
        sound = model.encode(pcm, window)
        return sound, model.read(sound, self._language, prompt, _most_tokens(len(pcm)))

    def _is_led_astray(self, reading: Reading) -> bool:
        return reading.logprob < LEAST_LOGPROB or echoes(reading.text, self._prompt or "", self._language)

    def _is_made_up(self, reading: Reading) -> bool:
        return is_invented(reading) or echoes(reading.text, self._prompt or "", self._language)

    def _is_nothing(self, reading: Reading, voiced: int) -> bool:
        """Return whether the words are the model's own. An echo of the prompt is not: it was read again without."""
        if not units(reading.text, self._language) or is_silence(reading) or is_invented(reading):
            return True
        return voiced < SURE_VOICED_SAMPLES and is_doubtful(reading)

    def _timed(self, text: str, reading: Reading, sound: Encoded, start: int, end: int) -> tuple[HeardWord, ...]:
        parts = units(text, self._language)
        spans = self._map.spans(start, end)
        pieces = self._model().align(sound, self._language, reading)
        first, last = seconds(spans[0][0] - start), seconds(spans[-1][1] - start)
        words = aligned(parts, pieces, first, last)
        return moved(words, seconds(start)) if words else spread(parts, spans, self._language)

    def _prompt_tokens(self, before: tuple[HeardWord, ...]) -> list[int]:
        """Return the scenario's prompt and the words before the cut, as tokens."""
        model = self._model()
        if self._prompt is None:
            self._prompt = prompt_text(self._hints, lambda text: len(model.tokens(text)))
        tokens = model.tokens(self._prompt) if self._prompt else []
        if before:
            said = joined([word.text for word in before], self._language)
            tokens += model.tokens(said)[-CONTEXT_TOKENS:]
        return tokens

    def _tidy(self, text: str) -> str:
        return without_stop(tidy(text) if self._language == "zh" else " ".join(text.split()))


def without_stop(text: str) -> str:
    """Return a text without the full stop at its end: engines put one wherever the sound ends. Three dots stay."""
    return text if text.endswith("..") else text.removesuffix(".").removesuffix("。")


def _most_tokens(samples: int) -> int:
    return round(TOKENS_PER_SEC * seconds(samples)) + TOKENS_PER_SEC
