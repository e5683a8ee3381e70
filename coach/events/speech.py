"""What the streamer said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from pydantic import ConfigDict

from coach.events.strict import STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One recognised word."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    text: str
    start: float
    """Rehearsal seconds."""
    end: float
    """Rehearsal seconds."""
    confidence: float | None = None
    """0 to 1 where the engine tells, else null."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechStarted:
    """The streamer began to speak. Followed by WordsHeard*, SpeechPaused*, then UtteranceHeard or nothing."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    start: float
    """Onset, rehearsal seconds; earlier than the record by what it took to notice."""
    type: Literal["speech_started"] = "speech_started"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechPaused:
    """The streamer fell silent; whether the utterance is over is not yet known."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    start: float
    """Last voiced instant, rehearsal seconds."""
    type: Literal["speech_paused"] = "speech_paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsHeard:
    """What has been understood of the running utterance so far; each replaces the one before."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    text: str
    start: float
    """Onset of the utterance, rehearsal seconds."""
    type: Literal["words_heard"] = "words_heard"


@dataclass(frozen=True, slots=True, kw_only=True)
class UtteranceHeard:
    """One finished stretch of streamer speech, or one typed message."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    utterance_id: str
    text: str
    start: float
    """First voiced instant, rehearsal seconds; for typed text the moment it came."""
    end: float
    """Last voiced instant, rehearsal seconds; equals `start` for typed text."""
    words: tuple[Word, ...] = ()
    """Empty where the engine gives no word times, and for typed text."""
    source: Literal["voice", "typed"] = "voice"
    voiced_sec: float | None = None
    """Seconds inside [start, end] the voice detector called speech; null if not measured."""
    engine: str = ""
    type: Literal["utterance_heard"] = "utterance_heard"
