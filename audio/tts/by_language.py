"""One synthesizer for some languages, another for the rest."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection

from coach.ports import SpeechChunk, Synthesizer, VoiceSpec


class ByLanguage:
    """Sends each viewer to the engine that speaks the viewer's language. Owns both.

    Args:
        first: The better one.
        languages: What it speaks.
        rest: Speaks the others.
    """

    def __init__(self, first: Synthesizer, languages: Collection[str], rest: Synthesizer) -> None:
        self.name = first.name
        self._first = first
        self._languages = frozenset(languages)
        self._rest = rest

    async def prepare(self, language: str) -> None:
        """Warm the engine of a language.

        Raises:
            EngineError: If it cannot run.
        """
        await self._for(language).prepare(language)

    def speak(self, text: str, voice: VoiceSpec) -> AsyncGenerator[SpeechChunk, None]:
        """Yield the sound of the viewer's engine.

        Raises:
            EngineError: If it failed.
        """
        return self._for(voice.language).speak(text, voice)

    async def aclose(self) -> None:
        """Close both. Idempotent."""
        try:
            await self._first.aclose()
        finally:
            await self._rest.aclose()

    def _for(self, language: str) -> Synthesizer:
        return self._first if language in self._languages else self._rest
