"""One synthesizer for each language, behind the port of one."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping

from coach.errors import EngineError
from coach.ports import SpeechChunk, Synthesizer, VoiceSpec


class SynthesizerByLanguage:
    """Hands each clause to the engine of its language. Implements `coach.ports.Synthesizer`.

    Args:
        engines: By language code.
    """

    def __init__(self, engines: Mapping[str, Synthesizer]) -> None:
        self._engines = dict(engines)
        self.name = "+".join(dict.fromkeys(engine.name for engine in engines.values()))

    async def prepare(self, language: str) -> None:
        """Load and warm the language's engine.

        Raises:
            EngineError: If it cannot run, or no engine speaks the language.
        """
        await self._engine(language).prepare(language)

    def speak(self, text: str, voice: VoiceSpec) -> AsyncGenerator[SpeechChunk, None]:
        """Return the engine's own iterator, so that closing it cancels the rest.

        Raises:
            EngineError: If no engine speaks the language.
        """
        return self._engine(voice.language).speak(text, voice)

    async def aclose(self) -> None:
        """Close each engine, also when one of them fails to. Idempotent."""
        errors: list[Exception] = []
        for engine in self._engines.values():
            try:
                await engine.aclose()
            except Exception as error:  # raised below, once the others are closed
                errors.append(error)
        if errors:
            raise errors[0]

    def _engine(self, language: str) -> Synthesizer:
        engine = self._engines.get(language)
        if engine is None:
            raise EngineError(
                self.name, "no synthesizer for the language {language!r} on this machine", language=language
            )
        return engine
