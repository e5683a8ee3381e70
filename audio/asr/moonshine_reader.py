"""Reads one utterance with Moonshine, partial and final. Synchronous, on the engine's thread: sound in, words out."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Sequence

from audio.asr.agreement import units
from audio.asr.growing import SURE_VOICED_SAMPLES, GrowingReader
from audio.asr.moonshine_files import NAME
from audio.asr.moonshine_model import Moonshine, Said
from audio.asr.speech_map import seconds
from audio.asr.whisper_guard import LEAST_LOGPROB, MOST_TOKENS_PER_SEC, SPARE_TOKENS, Reading, is_broken, without_loop
from audio.asr.word_times import spread
from coach.ports import HeardWord, Int16Array

logger = logging.getLogger(__name__)

LANGUAGE = "en"


class MoonshineReader(GrowingReader):
    """One utterance. Give it all of the sound so far, each time.

    Args:
        model: Returns the loaded model.
        is_urgent: Whether somebody waits for a final: a partial is then given up.
    """

    def __init__(self, model: Callable[[], Moonshine], is_urgent: Callable[[], bool] = lambda: False) -> None:
        super().__init__(NAME, LANGUAGE)
        self._model = model
        self._is_urgent = is_urgent
        self._draft: tuple[int, ...] = ()
        """Tokens of the last reading: most of the next one."""

    def _ready(self) -> None:
        self._model()

    def _quick(self, pcm: Int16Array, start: int, end: int) -> tuple[HeardWord, ...] | None:
        if self._is_urgent():
            return None
        words = self._words(pcm, start, end)
        return words or None

    def _words(self, pcm: Int16Array, start: int, end: int) -> tuple[HeardWord, ...]:
        """Read a part once. Times are spread over the speech by length; confidences are the model's."""
        spans = self._map.spans(start, end)
        found = self._speech(pcm, start, end)
        if found is None:
            return ()
        voiced = self._map.voiced(*found)
        if voiced < SURE_VOICED_SAMPLES:
            return ()
        said = self._model().read(pcm[found[0] : found[1]], self._draft, _most_tokens(seconds(voiced)))
        self._draft = tuple(one.token for one in said)
        if not said or _mean_log(said) < LEAST_LOGPROB:
            return ()
        text = " ".join(self._model().text(self._draft).split())
        if is_broken(Reading(text, self._draft), seconds(voiced)):
            once = without_loop(text, LANGUAGE)
            logger.warning("Moonshine says more than was said; what it repeats is left out: tokens=%d", len(said))
            text = once if once != text else ""
        bare = _without_mark(text)
        self._mark = text[len(bare) :]
        return self._sure(spread(units(bare, LANGUAGE), spans, LANGUAGE), said)

    def _sure(self, words: Sequence[HeardWord], said: Sequence[Said]) -> tuple[HeardWord, ...]:
        """Return words with the mean share of their tokens; without one where the tokens do not make up the words."""
        shares: list[list[float]] = []
        for one in said:
            piece = self._model().text([one.token])
            if not shares or piece.startswith(" "):
                shares.append([])
            shares[-1].append(one.share)
        if len(shares) != len(words):
            return tuple(words)
        return tuple(
            HeardWord(word.text, word.start_sec, word.end_sec, sum(group) / len(group))
            for word, group in zip(words, shares, strict=True)
        )


def _without_mark(text: str) -> str:
    """Return a text without the stop or comma at its end; three dots stay.

    They say nothing: the network put a comma at 9 of 100 ends of recorded sentences, and at 12 of 100 pauses in them.
    """
    return text if text.endswith("..") else text.rstrip(".,;:")


def _mean_log(said: Sequence[Said]) -> float:
    return sum(math.log(max(one.share, 1e-6)) for one in said) / len(said)


def _most_tokens(voiced_sec: float) -> int:
    """Return one token more than anybody can say: a loop is seen and yet ends."""
    return round(MOST_TOKENS_PER_SEC * voiced_sec) + SPARE_TOKENS + 1
