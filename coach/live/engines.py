"""The engines one process runs, chosen once by the composition root."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from coach.live.model_use import TokenPrices
from coach.ports import ChatModel, EchoCanceller, PageRecognizer, Recognizer, Recorder, Synthesizer, TurnModel, Vad


@dataclass(slots=True)
class Engines:
    """What the live loop hears, speaks and thinks with. Shared by all rehearsals of the process."""

    vad: Callable[[], Vad]
    """A fresh detector per connection."""
    recognizer: Callable[[str], Recognizer | None]
    """The shared recogniser for a language code, or None where no engine knows it."""
    page_recognizer: Callable[[], PageRecognizer] | None = None
    """A recogniser for one rehearsal whose page sends the words; None: not allowed here."""
    synthesizer: Synthesizer | None = None
    """None: viewers write instead of speaking."""
    chat: ChatModel | None = None
    """None: scripted lines."""
    token_prices: TokenPrices | None = None
    """What the chat model's tokens cost, if that was set."""
    recorder: Callable[[Path], Recorder] | None = None
    """Opens a recorder in a rehearsal's folder; None: nothing is recorded."""
    echo: Callable[[bool | None], EchoCanceller] | None = None
    """A fresh canceller per connection, given whether the far side says that it cancels echo itself; None: none."""
    turn_model: TurnModel | None = None
    """Judges pauses by their sound; None: words and prosody alone do."""
    names: dict[str, str] = field(default_factory=dict)
    """Engine name per port, or per port and language (`recognizer.en`), for the log."""

    def names_for(self, language: str) -> dict[str, str]:
        """Return the engine name per port in a rehearsal of that language."""
        here = {port: name for port, name in self.names.items() if "." not in port or port.endswith(f".{language}")}
        return {port.partition(".")[0]: name for port, name in here.items()}

    def names_with(self, recognizer: Recognizer | None, language: str) -> dict[str, str]:
        """Return the engine name per port in a rehearsal that hears with this recogniser; None: it has no words."""
        names = self.names_for(language)
        label = names.pop("recognizer", "")
        if recognizer is None:
            return names
        is_shared = recognizer is self.recognizer(language)
        return {**names, "recognizer": label if is_shared and label else recognizer.name}

    async def aclose(self) -> None:
        """Release what is shared. Idempotent."""
        for language in ("en", "zh"):
            recognizer = self.recognizer(language)
            if recognizer is not None:
                await recognizer.aclose()
        if self.turn_model is not None:
            await self.turn_model.aclose()
        if self.synthesizer is not None:
            await self.synthesizer.aclose()
        if self.chat is not None:
            await self.chat.aclose()
