"""The engines of the conformance suite for recognisers, each with recordings that it can be expected to know."""

from __future__ import annotations

import itertools
import wave
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache

import numpy as np

from audio.asr.browser import BrowserRecognizer
from audio.asr.moonshine import MoonshineRecognizer
from audio.asr.openai_transcription import OpenAITranscriptionRecognizer
from audio.asr.pocketsphinx import PocketsphinxRecognizer
from audio.asr.whisper import WhisperRecognizer
from coach.ports import Hearing, Hypothesis, Int16Array, RecognitionHints, Recognizer
from coach.testing import ScriptedRecognizer
from tests.audio.phrases import BUDGET, SHENGSHI, YUSUAN, micro_whisper, said
from tests.audio.phrases import SAVES as CLOUD
from tests.audio.transcription_server import knows, serving
from tests.data import audio_clip


@cache
def recording(name: str) -> Int16Array:
    with wave.open(str(audio_clip(name))) as file:
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


@dataclass(frozen=True)
class Clip:
    pcm: Int16Array
    text: str
    onset_sec: float
    """Earliest moment a word can begin."""


@dataclass(frozen=True)
class Engine:
    make: Callable[[ExitStack], Recognizer]
    clips: Callable[[], list[Clip]]
    """Two, of different words."""
    hints: RecognitionHints
    least_units: int
    """How many words (zh: characters) of the first clip's final must be right."""
    at_once: int = 12
    """How many may ask for a final at the same moment. They queue, and an engine gives up after its limit."""
    is_shared: bool = True
    """False for an engine of one rehearsal, which hears one utterance at a time and has no queue to close."""
    listens: bool = True
    """False for a fake, whose words do not depend on the sound."""


def human() -> list[Clip]:
    return [
        Clip(recording("en/icefall_voices_sp0307.wav"), "i had that curiosity beside me at this moment", 0.3),
        Clip(recording("en/pocketsphinx_librivox_0880.wav"), "young man", 0.0),
    ]


def spoken(language: str, *texts: str) -> list[Clip]:
    return [Clip(said(text, language), text, 0.25) for text in texts]


def english() -> list[Clip]:
    return spoken("en", BUDGET, CLOUD)


def paged() -> list[Clip]:
    """The browser's words come without the sound, so they may be placed before its onset."""
    return [Clip(clip.pcm, clip.text, 0.0) for clip in english()]


class Page:
    """The browser's own recognition: hears what is fed and sends the words of a clip that it knows, as a page does."""

    name = "browser"

    def __init__(self) -> None:
        self._engine = BrowserRecognizer()
        self._results = itertools.count()
        self.prepare, self.aclose = self._engine.prepare, self._engine.aclose

    def open(self, hints: RecognitionHints, on_partial: Callable[[Hypothesis], None]) -> Hearing:
        return PageHearing(self._engine, self._engine.open(hints, on_partial), next(self._results))


class PageHearing:
    def __init__(self, engine: BrowserRecognizer, hearing: Hearing, result: int) -> None:
        self._engine, self._hearing, self._result = engine, hearing, result
        self._heard = np.empty(0, np.int16)
        self._said = ""
        self.final, self.aclose = hearing.final, hearing.aclose

    def feed(self, pcm: Int16Array) -> None:
        self._hearing.feed(pcm)
        self._heard = np.concatenate([self._heard, pcm])
        for clip in english():
            if np.array_equal(self._heard, clip.pcm[: len(self._heard)]):
                parts = clip.text.split()
                text = " ".join(parts[: len(parts) * len(self._heard) // len(clip.pcm)])
                if text not in ("", self._said):
                    self._said = text
                    self._engine.hear_page(self._result, text, is_final=len(self._heard) == len(clip.pcm))
                return


def server(stack: ExitStack) -> Recognizer:
    heard = stack.enter_context(serving(knows([(clip.pcm, clip.text) for clip in english()])))
    return OpenAITranscriptionRecognizer(heard.base_url, "whisper-1", partial_sec=0.4)


HINTS = RecognitionHints("en", phrases=("This shirt never pills after a wash.",), words=("linen",))
ENGINES = {
    "scripted": Engine(lambda _: ScriptedRecognizer([BUDGET] * 200), english, HINTS, 6, listens=False),
    "moonshine": Engine(lambda _: MoonshineRecognizer(), human, HINTS, 9),
    "pocketsphinx": Engine(lambda _: PocketsphinxRecognizer(), human, HINTS, 7, at_once=3),
    "faster-whisper en": Engine(lambda _: WhisperRecognizer(micro_whisper()), english, RecognitionHints("en"), 6),
    "faster-whisper zh": Engine(
        lambda _: WhisperRecognizer(micro_whisper()), lambda: spoken("zh", SHENGSHI, YUSUAN), RecognitionHints("zh"), 12
    ),
    "openai": Engine(server, english, HINTS, 6),
    "browser": Engine(lambda _: Page(), paged, HINTS, 6, is_shared=False),
}
