"""Any server with OpenAI's `/v1/audio/transcriptions`: whole utterances out, words back.

Each final is one request (two if the first fails in a way that may pass), also those computed ahead in a pause that
turns out not to end the utterance. Nothing is sent in which nobody speaks.
"""

from __future__ import annotations

import io
import threading
import wave
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from audio.asr.agreement import Agreement, joined, units
from audio.asr.desk import Desk
from audio.asr.desk_hearing import DeskHearing, Early, Terms
from audio.asr.growing import LEAST_LEVEL, LEAST_VOICED_SAMPLES
from audio.asr.local import require_known
from audio.asr.speech_map import Span, SpeechMap, seconds
from audio.asr.whisper_guard import Reading, believable, echoes, is_invented
from audio.asr.whisper_prompt import prompt_text
from audio.asr.whisper_reader import without_stop
from audio.asr.word_times import agreed_words, spread
from audio.asr.zh_text import tidy
from audio.openai_failure import FarSide
from coach.clock import Stopwatch
from coach.errors import EngineError
from coach.ports import EAR_RATE_HZ, Hearing, Hypothesis, Int16Array, RecognitionHints

if TYPE_CHECKING:
    from openai import OpenAI

NAME = "openai"
LANGUAGES = ("zh", "en")
REQUESTS = 8
"""Requests under way at a time, for all rehearsals; more wait their turn."""
MOST_PROMPT = 80
"""Length of the prompt in words or characters; servers count tokens in their own ways and take some 200."""
LONGEST_REFUSAL_SEC = 30.0
"""A server that asks for fewer requests is asked again after this time at the latest. Design value."""
NEVER = 1 << 62
"""Samples that no utterance has."""
_NO_KEY = "none"
"""Local servers want no key, but the client insists on one."""


class OpenAITranscriptionRecognizer:
    """One client for all rehearsals. Implements `coach.ports.Recognizer`.

    Args:
        base_url: e.g. `http://127.0.0.1:8000/v1`.
        model: Name the server knows the model by.
        api_key: Key, or None for servers without.
        timeout_sec: Longest wait for a connection and for an answer; with a second try half as long again.
        partial_sec: New sound between partials, each of which is a request; None: no partials.
    """

    name = NAME

    def __init__(
        self,
        base_url: str,
        model: str,
        api_key: str | None = None,
        *,
        timeout_sec: float = 10.0,
        partial_sec: float | None = None,
    ) -> None:
        # Imported here, not on first use: it takes seconds on a busy machine, which would stall a running rehearsal.
        from openai import OpenAI

        self._desk: Desk[Hypothesis | None] = Desk(NAME, REQUESTS)
        self._client = OpenAI(base_url=base_url, api_key=api_key or _NO_KEY, timeout=timeout_sec, max_retries=0)
        self._server = _Server(self._client, base_url, model, timeout_sec)
        self._terms = Terms(
            NAME,
            pace=lambda: NEVER if partial_sec is None else round(partial_sec * EAR_RATE_HZ),
            limit_sec=1.5 * timeout_sec + 1.0,
        )

    async def prepare(self, hints: RecognitionHints) -> None:
        """Check the language. The server is not asked: a start never waits on a network.

        Raises:
            EngineError: For a language other than Chinese and English.
        """
        require_known(NAME, LANGUAGES, hints)

    def open(self, hints: RecognitionHints, on_partial: Callable[[Hypothesis], None]) -> Hearing:
        """Begin one utterance.

        Raises:
            EngineError: For a language other than Chinese and English.
        """
        require_known(NAME, LANGUAGES, hints)
        return DeskHearing(self._desk, _RemoteReader(self._server, hints), on_partial, self._terms)

    async def aclose(self) -> None:
        """Release connections; a final that waits gets an EngineError. Idempotent."""
        await self._desk.aclose(self._client.close)


class _Server:
    """The far side, called from the desk's threads."""

    def __init__(self, client: OpenAI, base_url: str, model: str, timeout_sec: float) -> None:
        self._client = client
        self._far = FarSide(NAME, base_url, timeout_sec, "COACH_TRANSCRIPTION")
        self._model = model
        self._timeout_sec = timeout_sec
        self._refusal: _Refusal | None = None

    def transcribe(self, sound: bytes, language: str, prompt: str) -> str:
        """Send a WAV file, return its text. A failure that may pass and came early is tried once more.

        Raises:
            EngineError: If both tries failed, or the first one for good or too late for another.
        """
        if self._refusal is not None and not self._refusal.is_over:
            raise self._refusal.error
        watch = Stopwatch()
        try:
            return self._ask(sound, language, prompt)
        except EngineError as error:
            if _is_too_many(error):
                self._refusal = _Refusal(error)
            if not error.retryable or _is_too_many(error) or watch.elapsed_sec() > self._timeout_sec / 2:
                raise
        return self._ask(sound, language, prompt)

    def _ask(self, sound: bytes, language: str, prompt: str) -> str:
        from openai import omit

        try:
            answer = self._client.audio.transcriptions.create(
                file=("utterance.wav", sound, "audio/wav"),
                model=self._model,
                language=language,
                response_format="json",
                temperature=0.0,
                prompt=prompt or omit,
            )
            text: object = answer.text
            if not isinstance(text, str):
                raise TypeError("no text")
        except Exception as error:  # the boundary: client, network and malformed answers raise all sorts
            raise self._far.failure(error) from error
        return text


class _Refusal:
    """A server's wish to be left alone for a while."""

    def __init__(self, error: EngineError) -> None:
        self.error = error
        self._watch = Stopwatch()
        self._for_sec = _retry_after(error)

    @property
    def is_over(self) -> bool:
        """Return whether it may be asked again."""
        return self._watch.elapsed_sec() >= self._for_sec


class _RemoteReader:
    """One utterance. Implements `audio.asr.desk_hearing.Reader`; a partial and a final may be under way together."""

    def __init__(self, server: _Server, hints: RecognitionHints) -> None:
        self._server = server
        self._language = hints.language
        self._map = SpeechMap()
        self._following = threading.Lock()
        self._agreement = Agreement(hints.language)
        self._prompt = prompt_text(hints, lambda text: len(units(text, hints.language)), MOST_PROMPT)

    def partial(self, pcm: Int16Array) -> Hypothesis | None:
        """Return what the last two readings agree on; None if this one failed, since the next may not."""
        spans = self._speech(pcm)
        try:
            text = self._text(pcm, spans) if spans else ""
        except EngineError:
            return None
        words = spread(units(text, self._language), spans, self._language)
        shown = self._agreement.hear(text)
        return Hypothesis(joined(shown, self._language), agreed_words(shown, words), NAME)

    def final(self, pcm: Int16Array, early: Early) -> Hypothesis:
        """Return the text, its words spread over the speech by length: the protocol's plain answer has no times."""
        spans = self._speech(pcm)
        parts = units(self._text(pcm, spans), self._language) if spans else []
        return Hypothesis(joined(parts, self._language), spread(parts, spans, self._language), NAME)

    def _speech(self, pcm: Int16Array) -> list[Span]:
        """Return the stretches of speech, none where there is too little to be any."""
        end = len(pcm)
        with self._following:
            self._map.follow(pcm)
            if self._map.voiced(0, end) < LEAST_VOICED_SAMPLES or self._map.level(pcm, 0, end) < LEAST_LEVEL:
                return []
            return self._map.spans(0, end)

    def _text(self, pcm: Int16Array, spans: Sequence[Span]) -> str:
        sound = wav_bytes(pcm)
        text = self._server.transcribe(sound, self._language, self._prompt)
        if self._prompt and echoes(text, self._prompt, self._language):
            text = self._server.transcribe(sound, self._language, "")
        if is_invented(Reading(text)):
            return ""
        return believable(self._tidy(text), self._language, seconds(sum(end - start for start, end in spans)))

    def _tidy(self, text: str) -> str:
        return without_stop(tidy(text) if self._language == "zh" else " ".join(text.split()))


def _is_too_many(error: EngineError) -> bool:
    """Return whether the server asked for fewer requests: another one at once would be the wrong answer."""
    import openai

    return isinstance(error.__cause__, openai.RateLimitError)


def _retry_after(error: EngineError) -> float:
    """Return how long the server wants no request, s; what it does not say in seconds counts as 1."""
    import openai

    cause = error.__cause__
    named = cause.response.headers.get("retry-after", "") if isinstance(cause, openai.APIStatusError) else ""
    return min(float(named), LONGEST_REFUSAL_SEC) if named.isdecimal() else 1.0


def wav_bytes(pcm: Int16Array) -> bytes:
    """Return sound (int16, 16 kHz mono) as a WAV file in memory."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(EAR_RATE_HZ)
        out.writeframes(pcm.astype("<i2").tobytes())
    return file.getvalue()
