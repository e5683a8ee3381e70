"""Reads one utterance with Whisper, partial and final, and tells words from what the model makes up.

Synchronous, on the engine's thread: sound in, words out.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from audio.asr.agreement import joined, units
from audio.asr.growing import SURE_VOICED_SAMPLES, GrowingReader, Settled
from audio.asr.speech_map import Span, seconds
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
from audio.asr.word_times import aligned, moved, spread
from audio.asr.zh_text import tidy
from coach.ports import HeardWord, Int16Array, RecognitionHints

logger = logging.getLogger(__name__)

TOKENS_PER_SEC = 16
"""Tokens asked for per second: above what `whisper_guard` believes, so that a loop is seen and yet ends soon."""
CONTEXT_TOKENS = 60
"""Tokens of the words before a cut that are given as a prompt: a sentence or two."""


class WhisperReader(GrowingReader):
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
        super().__init__(NAME, hints.language)
        self._model = model
        self._is_urgent = is_urgent
        self._hints = hints
        self._prompt: str | None = None
        self._draft: tuple[int, tuple[int, ...]] = (0, ())
        """Where the part read last began, and its tokens."""

    def _ready(self) -> None:
        self._model().require(self._language)

    def _quick(self, pcm: Int16Array, start: int, end: int) -> tuple[HeardWord, ...] | None:
        """Read a part in the shortest window and once; return None where that gives nothing to rely on."""
        spans, part = self._map.spans(start, end), start
        found = self._speech(pcm, start, end)
        if found is None:
            return None
        start, end = found
        voiced = self._map.voiced(start, end)
        model = self._model()
        sound = model.encode(pcm[start:end], PARTIAL)
        if self._is_urgent():
            return None
        prompt = self._prompt_tokens(self._skimmed)
        reading = model.read(sound, self._language, prompt, _most_tokens(end - start), self._draft_of(part))
        self._keep_draft(part, reading, voiced)
        if voiced < SURE_VOICED_SAMPLES or is_broken(reading, seconds(voiced)):
            return None
        if is_doubtful(reading) or self._is_made_up(reading):
            return None
        return spread(units(self._tidy(reading.text), self._language), spans, self._language)

    def _words(self, pcm: Int16Array, start: int, end: int) -> tuple[HeardWord, ...]:
        """Read a part as often as it takes.

        Times come from the decoder's attention (`confidence` says how sure each word is); where that does not fit the
        text, they are spread over the speech by length and have no confidence.
        """
        found, part = self._speech(pcm, start, end), start
        if found is None:
            return ()
        start, end = found
        voiced = self._map.voiced(start, end)
        sound, reading = self._read(pcm[start:end], seconds(voiced), self._draft_of(part))
        self._keep_draft(part, reading, voiced)
        if self._is_nothing(reading, voiced):
            return ()
        text = self._tidy(reading.text)
        if is_too_dense(reading, seconds(voiced)):
            once = without_loop(text, self._language)
            logger.warning(
                "Whisper says more than was said; what it repeats is left out: tokens=%d", len(reading.tokens)
            )
            text = once if once != text else ""
        if not text:
            return ()
        parts, spans = units(text, self._language), self._map.spans(start, end)
        self._tell(spread(parts, spans, self._language), pcm)
        return self._timed(parts, reading, sound, start, spans)

    def _draft_of(self, start: int) -> tuple[int, ...]:
        """Return the tokens read last, if they were of a part that began there too."""
        first, tokens = self._draft
        return tokens if first == start else ()

    def _keep_draft(self, start: int, reading: Reading, voiced: int) -> None:
        """Keep the tokens for the next reading; what is broken, a loop of hundreds, would only cost it time."""
        self._draft = start, () if is_broken(reading, seconds(voiced)) else reading.tokens

    def _read(self, pcm: Int16Array, voiced_sec: float, draft: tuple[int, ...]) -> tuple[Encoded, Reading]:
        """Read once; without the prompt if that led astray; in the full window if the result looks broken."""
        prompt = self._prompt_tokens(self._settled)
        sound, reading = self._try(pcm, FINAL, prompt, draft)
        if prompt and (self._is_led_astray(reading) or is_broken(reading, voiced_sec)):
            plain = self._model().read(sound, self._language, [], _most_tokens(len(pcm)))
            reading = max(reading, plain, key=lambda one: (not is_broken(one, voiced_sec), one.logprob))
        if is_broken(reading, voiced_sec):
            again_sound, again = self._try(pcm, FULL, [])
            if not is_broken(again, voiced_sec) or again.logprob > reading.logprob:
                return again_sound, again
        return sound, reading

    def _try(
        self, pcm: Int16Array, window: Window, prompt: list[int], draft: tuple[int, ...] = ()
    ) -> tuple[Encoded, Reading]:
        model = self._model()
        sound = model.encode(pcm, window)
        return sound, model.read(sound, self._language, prompt, _most_tokens(len(pcm)), draft)

    def _is_led_astray(self, reading: Reading) -> bool:
        return reading.logprob < LEAST_LOGPROB or echoes(reading.text, self._prompt or "", self._language)

    def _is_made_up(self, reading: Reading) -> bool:
        return is_invented(reading) or echoes(reading.text, self._prompt or "", self._language)

    def _is_nothing(self, reading: Reading, voiced: int) -> bool:
        """Return whether the words are the model's own. An echo of the prompt is not: it was read again without."""
        if not units(reading.text, self._language) or is_silence(reading) or is_invented(reading):
            return True
        return voiced < SURE_VOICED_SAMPLES and is_doubtful(reading)

    def _timed(
        self, parts: list[str], reading: Reading, sound: Encoded, start: int, spans: list[Span]
    ) -> tuple[HeardWord, ...]:
        pieces = self._model().align(sound, self._language, reading)
        first, last = seconds(spans[0][0] - start), seconds(spans[-1][1] - start)
        words = aligned(parts, pieces, first, last)
        return moved(words, seconds(start)) if words else spread(parts, spans, self._language)

    def _prompt_tokens(self, before: Settled) -> list[int]:
        """Return the scenario's prompt and the words before the cut, as tokens."""
        model = self._model()
        if self._prompt is None:
            self._prompt = prompt_text(self._hints, lambda text: len(model.tokens(text)))
        tokens = model.tokens(self._prompt) if self._prompt else []
        if before.words:
            said = joined([word.text for word in before.words], self._language) + before.mark
            tokens += model.tokens(said)[-CONTEXT_TOKENS:]
        return tokens

    def _tidy(self, text: str) -> str:
        whole = tidy(text) if self._language == "zh" else " ".join(text.split())
        said = without_stop(whole)
        self._mark = whole[len(said) :]
        return said


def without_stop(text: str) -> str:
    """Return a text without the full stop at its end: engines put one wherever the sound ends. Three dots stay."""
    return text if text.endswith("..") else text.removesuffix(".").removesuffix("。")


def _most_tokens(samples: int) -> int:
    return round(TOKENS_PER_SEC * seconds(samples)) + TOKENS_PER_SEC
