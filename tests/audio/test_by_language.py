"""One synthesizer for each language."""

from __future__ import annotations

import pytest

from audio.tts.by_language import SynthesizerByLanguage
from coach.errors import EngineError
from coach.ports import VoiceSpec
from coach.testing import ScriptedSynthesizer


class Closing(ScriptedSynthesizer):
    """Fails to close, once."""

    closed = 0

    async def aclose(self) -> None:
        self.closed += 1
        raise EngineError("broken", "does not close")


class Named(ScriptedSynthesizer):
    """Has a name of its own."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


async def test_each_clause_goes_to_the_engine_of_its_language() -> None:
    english, chinese = Named("piper"), Named("espeak")
    both = SynthesizerByLanguage({"en": english, "zh": chinese})
    assert both.name == "piper+espeak"
    async for _ in both.speak("how much", VoiceSpec("en")):
        pass
    async for _ in both.speak("多少钱", VoiceSpec("zh")):
        pass
    assert (english.spoken, chinese.spoken) == (["how much"], ["多少钱"])
    with pytest.raises(EngineError, match="'fr'"):
        both.speak("combien", VoiceSpec("fr"))


async def test_all_engines_are_closed_even_if_one_fails_to() -> None:
    engines_ = [Closing(), Closing()]
    with pytest.raises(EngineError):
        await SynthesizerByLanguage({"en": engines_[0], "zh": engines_[1]}).aclose()
    assert [engine.closed for engine in engines_] == [1, 1]
