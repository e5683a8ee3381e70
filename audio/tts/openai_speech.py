"""Any server with the OpenAI speech protocol (`/v1/audio/speech`): OpenAI, Kokoro, CosyVoice and other local ones.

The sound is played as it comes: raw PCM at 24 kHz where the server has it, else WAV. Such servers report no word times,
so marks are placed by the length of the words at the pace this voice has shown so far.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, aclosing
from dataclasses import dataclass, field
from typing import Protocol

from audio.openai_failure import FarSide
from audio.tts.manner import manner_of
from audio.tts.remote_sound import RemoteSound, SoundFault
from audio.tts.word_times import SYLLABLE_SEC, syllables
from audio.tts.wording import Spoken, has_han, is_sayable, spoken
from coach.errors import EngineError
from coach.ports import SpeechChunk, VoiceSpec

logger = logging.getLogger(__name__)

NAME = "openai"
DEFAULT_VOICES: Mapping[str, Sequence[str]] = {
    "female": ("nova", "shimmer", "coral", "sage"),
    "male": ("onyx", "echo", "ash", "fable"),
}
"""Names OpenAI's own server knows."""
_SAMPLE = {"zh": "你好，这件多少钱？", "en": "Hello, how much is this one?"}
_NO_KEY = "none"
"""Local servers want no key, but the client insists on one."""
_SEXES = ("female", "male")
_SPEED_RANGE = (0.25, 4.0)
"""Of the protocol."""


@dataclass(slots=True)
class _Learned:
    """What a voice has shown so far."""

    syllable_sec: float = SYLLABLE_SEC
    gain: float | None = None
    heard: int = field(default=0)


class _Answer(Protocol):
    """What is used of an answer of the client."""

    @property
    def headers(self) -> Mapping[str, str]: ...

    def iter_bytes(self, chunk_size: int | None = None) -> AsyncIterator[bytes]: ...


class OpenAISpeechSynthesizer:
    """Streams speech of one model. Implements `coach.ports.Synthesizer`.

    Args:
        base_url: e.g. `http://127.0.0.1:8880/v1`.
        model: Name the server knows the model by.
        voices: Voice names for `female` and `male` viewers, or for `zh_female`, `zh_male`, `en_female` and `en_male`
            where a server has other voices for each language; the seed chooses one.
        api_key: Key, or None for servers without.
        timeout_sec: Longest wait for the connection and for each next piece of sound.
    """

    name = NAME

    def __init__(
        self,
        base_url: str,
        model: str,
        voices: Mapping[str, Sequence[str]] = DEFAULT_VOICES,
        api_key: str | None = None,
        timeout_sec: float = 10.0,
    ) -> None:
        # Imported here, not on first use: it takes seconds on a busy machine, which would stall a running rehearsal.
        from openai import AsyncOpenAI

        self._far = FarSide(NAME, base_url, timeout_sec, "COACH_SPEECH")
        self._model = model
        self._voices = {sex: tuple(names) for sex, names in (voices or DEFAULT_VOICES).items() if names}
        self._format = "pcm"
        self._learned: dict[tuple[str, str], _Learned] = {}
        self._client = AsyncOpenAI(base_url=base_url, api_key=api_key or _NO_KEY, timeout=timeout_sec, max_retries=0)
        self._closed = False

    async def prepare(self, language: str) -> None:
        """Have a short sentence spoken: opens the connection, lets the server load the model, and learns its format.

        Raises:
            EngineError: If the server cannot be reached or cannot speak.
        """
        if language not in _SAMPLE:
            raise EngineError(NAME, "expected language 'zh' or 'en', got {language!r}.", language=language)
        async with aclosing(self.speak(_SAMPLE[language], VoiceSpec(language))) as chunks:
            async for _ in chunks:
                pass

    async def speak(self, text: str, voice: VoiceSpec) -> AsyncGenerator[SpeechChunk, None]:
        """Yield the sound as it comes, 48 kHz. Closing the iterator closes the request.

        Raises:
            EngineError: On any failure of network or server, also when the sound breaks off.
        """
        if self._closed:
            raise EngineError(NAME, "the synthesizer is closed.")
        if not is_sayable(text):
            return
        said = spoken(text, "zh" if has_han(text) else voice.language)
        name = self.voice_name(voice)
        learned = self._learned.setdefault((name, voice.language), _Learned())
        speed = min(_SPEED_RANGE[1], max(_SPEED_RANGE[0], voice.rate * manner_of(voice.viewer_type).rate))
        sound = RemoteSound(_timeline(said, learned.syllable_sec / speed), learned.gain)
        try:
            async with aclosing(self._pieces(said.text.strip(), name, speed)) as pieces:
                async for piece in pieces:
                    for chunk in sound.feed(piece):
                        yield chunk
            for chunk in sound.finish():
                yield chunk
        except EngineError:
            raise
        except SoundFault as error:
            raise EngineError(NAME, str(error), retryable=error.retryable) from error
        except Exception as error:  # the boundary: client and network raise all sorts
            raise self._far.failure(error) from error
        self._learn(learned, sound, said, speed)

    def voice_name(self, voice: VoiceSpec) -> str:
        """Return the server's voice for a viewer, the same every time."""
        exact = self._voices.get(f"{voice.language}_{voice.gender}") or self._voices.get(voice.gender)
        names = exact or self._all_names(voice.language)
        return names[voice.seed % len(names)]

    def _all_names(self, language: str) -> tuple[str, ...]:
        """Return all voices of a language; all there are if none is said to be of it."""
        own = [name for sex in _SEXES for name in self._voices.get(f"{language}_{sex}", ())]
        common = [name for sex in _SEXES for name in self._voices.get(sex, ())]
        return tuple(own or common or (name for group in self._voices.values() for name in group))

    async def aclose(self) -> None:
        """Release connections. Idempotent."""
        self._closed = True
        await self._client.close()

    async def _pieces(self, text: str, voice: str, speed: float) -> AsyncGenerator[bytes, None]:
        """Yield the bytes of the answer; asks again for WAV if the server does not know PCM."""
        import openai

        async with AsyncExitStack() as stack:
            try:
                answer = await stack.enter_async_context(self._request(text, voice, speed))
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if self._format != "pcm" or "format" not in str(error.body).lower():
                    raise
                self._format = "wav"
                answer = await stack.enter_async_context(self._request(text, voice, speed))
            kind = answer.headers.get("content-type", "")
            if "json" in kind or "html" in kind or "mpeg" in kind or "ogg" in kind:
                raise SoundFault(f"expected raw or WAV sound, got {kind.split(';')[0]!r}; check base URL and model")
            pieces: AsyncIterator[bytes] = answer.iter_bytes(_PIECE)
            async for piece in pieces:
                yield piece

    def _request(self, text: str, voice: str, speed: float) -> AbstractAsyncContextManager[_Answer]:
        # Not every server takes a speed, so that the usual one is not mentioned.
        from openai import omit

        wanted = round(speed, 2)
        return self._client.audio.speech.with_streaming_response.create(
            model=self._model,
            voice=voice,
            input=text,
            response_format="pcm" if self._format == "pcm" else "wav",
            speed=omit if wanted == 1.0 else wanted,
        )

    def _learn(self, learned: _Learned, sound: RemoteSound, said: Spoken, speed: float) -> None:
        """Keep pace and level of the voice for its next lines; within a line neither changes."""
        count = sum(syllables(piece) for piece in said.pieces())
        if sound.sounding_sec and count >= _LEAST_SYLLABLES:
            seen = sound.sounding_sec * speed / count
            weight = 1 / min(4, learned.heard + 1)
            learned.syllable_sec += weight * (min(0.5, max(0.08, seen)) - learned.syllable_sec)
            learned.heard += 1
            learned.gain = sound.measured_gain() if learned.gain is None else learned.gain


_PIECE = 4800
"""Bytes handed on at a time: 100 ms of PCM at 24 kHz. Smaller pieces cost more work than they save time."""
_LEAST_SYLLABLES = 4
"""Shorter texts say little about a voice's pace or level."""


def _timeline(said: Spoken, syllable_sec: float) -> list[tuple[float, int, int]]:
    """Return (second, offset, length) of each word at a pace."""
    found, at = [], 0.0
    for word, piece in zip(said.words, said.pieces(), strict=True):
        found.append((at, word.start, word.end - word.start))
        at += max(0.5, syllables(piece)) * syllable_sec
    return found
